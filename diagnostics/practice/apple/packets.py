"""usbmuxd's packets: four u32 little-endian (length with these 16 bytes, version, message, tag) and a body."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from enum import IntEnum

from diagnostics.practice.apple.channel import BadFrame, ChannelClosed
from diagnostics.practice.apple.frames import property_list
from diagnostics.practice.frames import Frame

HEADER = struct.Struct("<IIII")
BINARY_VERSION, PLIST_VERSION = 0, 1
RESULT_MESSAGE, PLIST_MESSAGE = 1, 8
LARGEST = 1024 * 1024
_U32 = 0xFFFFFFFF


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


def plist(values: object, tag: int) -> Frame:
    """Return a packet with a property list."""
    body = property_list(values)

    def head(length: int) -> bytes:
        return HEADER.pack(min(HEADER.size + length, _U32), PLIST_VERSION, PLIST_MESSAGE, tag)

    return Frame(head, body, len(body))


def binary_result(result: Result, tag: int) -> bytes:
    """Return the old protocol's result packet."""
    return HEADER.pack(HEADER.size + 4, BINARY_VERSION, RESULT_MESSAGE, tag) + struct.pack("<I", result)
