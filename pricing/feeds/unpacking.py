"""Unpacks an answer as it comes, and knows whether it came to its end: the web's libraries take one that broke off."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

ACCEPTED = "gzip, deflate"
"""What a server is told that it may pack by."""
_GZIP, _ZLIB, _BARE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_WINDOWS = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": _ZLIB}
_AT_ONCE = 64 * 1024
"""Bytes that are unpacked before somebody looks at them: little can unpack to very much."""
_MEMBER = b"\x1f"
_KIND, _DEFLATED = 0x0F, 8


class Unreadable(ValueError):
    """It is packed by a way that nobody asked for, or is damaged."""


class BrokenOff(ValueError):
    """It is not there to its end."""


def is_packed(encoding: str) -> bool:
    """Return whether a header ``Content-Encoding`` names a way of packing."""
    return encoding.strip().casefold() not in {"", "identity"}


def unpacked(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield what pieces hold, in pieces that are never empty nor large.

    Args:
        pieces: As they come.
        encoding: Of the header ``Content-Encoding``; one way, as no server of files packs twice.

    Raises:
        Unreadable: It cannot be unpacked.
        BrokenOff: It ends before its own end, which gzip and zlib say, and prove by a checksum.
    """
    if not is_packed(encoding):
        return filter(None, pieces)
    window = _WINDOWS.get(encoding.strip().casefold())
    if window is None:
        raise Unreadable(encoding)
    return _inflated(filter(None, pieces), window)


def _inflated(pieces: Iterable[bytes], window: int) -> Iterator[bytes]:
    unpacker = None
    for piece in pieces:
        unpacker = unpacker or zlib.decompressobj(_window_of(piece, window))
        rest = piece
        while rest:
            if unpacker.eof and not _goes_on(rest, window):
                return
            unpacker = zlib.decompressobj(window) if unpacker.eof else unpacker
            yield from _drained(unpacker, rest)
            rest = unpacker.unused_data
    if unpacker and not unpacker.eof:
        raise BrokenOff


def _window_of(start: bytes, window: int) -> int:
    """Return how to begin; many servers send ``deflate`` without the header that it should have.

    That header's first four bits are 8, with which no bare block begins: one that is stored has zeros behind its kind.
    """
    return _BARE if window == _ZLIB and start[0] & _KIND != _DEFLATED else window


def _goes_on(rest: bytes, window: int) -> bool:
    """Return whether another member follows, as in a file that is written day by day; else it is padding."""
    return window == _GZIP and rest.startswith(_MEMBER)


def _drained(unpacker: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    """Yield all that one piece holds; what is left over at the end is `unused_data`."""
    while True:
        try:
            content = unpacker.decompress(piece, _AT_ONCE)
        except zlib.error as error:
            raise Unreadable(str(error)) from None
        if content:
            yield content
        piece = unpacker.unconsumed_tail
        if unpacker.eof or (not piece and len(content) < _AT_ONCE):
            return
