"""usbmuxd's packets: four u32 little-endian (length with these 16 bytes, version, message, tag) and a body."""

from __future__ import annotations

import asyncio
import plistlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from diagnostics.practice.apple.channel import BadFrame, ChannelClosed

HEADER = struct.Struct("<IIII")
BINARY_VERSION, PLIST_VERSION = 0, 1
RESULT_MESSAGE, PLIST_MESSAGE = 1, 8
LARGEST = 1024 * 1024


class Result(IntEnum):
    """The numbers that usbmuxd answers with."""

    OK = 0
    BAD_COMMAND = 1
    BAD_DEVICE = 2
    REFUSED = 3
    BAD_VERSION = 6


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet as it came."""

    version: int
    message: int
    tag: int
    body: bytes


async def read(reader: asyncio.StreamReader) -> Packet:
    """Return the next packet.

    Raises:
        ChannelClosed: Nothing more comes.
        BadFrame: The length cannot be.
    """
    try:
        length, version, message, tag = HEADER.unpack(await reader.readexactly(HEADER.size))
        if not HEADER.size <= length <= LARGEST:
            raise BadFrame(f"a packet of {length} bytes")
        return Packet(version, message, tag, await reader.readexactly(length - HEADER.size))
    except (asyncio.IncompleteReadError, OSError) as error:
        raise ChannelClosed("the client went away") from error


def plist(values: Mapping[str, Any], tag: int) -> bytes:
    """Return a packet with an XML property list."""
    body = plistlib.dumps(dict(values))
    return HEADER.pack(HEADER.size + len(body), PLIST_VERSION, PLIST_MESSAGE, tag) + body


def binary_result(result: Result, tag: int) -> bytes:
    """Return the old protocol's result packet."""
    return HEADER.pack(HEADER.size + 4, BINARY_VERSION, RESULT_MESSAGE, tag) + struct.pack("<I", result)
