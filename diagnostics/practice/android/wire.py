"""The bytes of adb's smart-socket and shell protocols (AOSP adb: OVERVIEW.TXT, SERVICES.TXT, shell_protocol.h)."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterator
from contextlib import suppress
from enum import IntEnum

OKAY = b"OKAY"
CHUNK = 32 * 1024
PACKET_LIMIT = 1024 * 1024
_HEADER = struct.Struct("<BI")


class Packet(IntEnum):
    """The ids of the shell protocol's packets."""

    STDIN = 0
    STDOUT = 1
    STDERR = 2
    EXIT = 3
    CLOSE_STDIN = 4
    WINDOW_SIZE = 5


async def read_request(reader: asyncio.StreamReader) -> str | None:
    """Return the next request, or ``None`` when the client left or does not speak the protocol."""
    with suppress(asyncio.IncompleteReadError, ConnectionError, ValueError):
        length = int((await reader.readexactly(4)).decode("ascii"), 16)
        return (await reader.readexactly(length)).decode("utf-8", "surrogateescape")
    return None


def block(text: str) -> bytes:
    """Return a text with its length in four hexadecimal digits in front; longer than that is cut."""
    data = text.encode("utf-8", "surrogateescape")[:0xFFFF]
    return f"{len(data):04x}".encode() + data


def fail(text: str) -> bytes:
    """Return the answer to a request that is refused."""
    return b"FAIL" + block(text)


def packet(kind: Packet, data: bytes) -> bytes:
    """Return one packet of the shell protocol."""
    return _HEADER.pack(kind, len(data)) + data


def packets(kind: Packet, data: bytes) -> Iterator[bytes]:
    """Return a long output as packets of at most 32 KiB."""
    for start in range(0, len(data), CHUNK):
        yield packet(kind, data[start : start + CHUNK])


async def read_packet(reader: asyncio.StreamReader) -> tuple[int, bytes] | None:
    """Return the client's next packet, or ``None`` when it left or sends nonsense."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        kind, length = _HEADER.unpack(await reader.readexactly(_HEADER.size))
        if length <= PACKET_LIMIT:
            return kind, await reader.readexactly(length)
    return None
