"""MTP's containers and datasets as bytes (USB Still Image class 1.0, section 7; MTP 1.1, appendices A and B).

Everything here is pure, and what comes from a phone is hostile: each length is compared with what is there before
anything is made of it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from diagnostics.usb.pipe import PipeError

COMMAND, DATA, RESPONSE = 1, 2, 3
MOST_BYTES = 64 * 1024
"""The longest container that is taken; the longest seen is a device info of some 600 bytes."""
_HEAD = struct.Struct("<IHHI")
HEAD_LENGTH = _HEAD.size


class BadAnswer(PipeError):
    """An answer is no MTP, or breaks off: nothing that follows could be understood."""


class BadDataset(PipeError):
    """An answer's content makes no sense; the talk goes on."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before every container; ``length`` counts it, too."""

    length: int
    kind: int
    code: int
    transaction: int


def command(code: int, transaction: int, *params: int) -> bytes:
    """Return an operation as it is sent."""
    length = HEAD_LENGTH + 4 * len(params)
    return _HEAD.pack(length, COMMAND, code, transaction) + struct.pack(f"<{len(params)}I", *params)


def head(data: bytes) -> Head:
    """Return what the first bytes of a container say.

    Args:
        data: At least ``HEAD_LENGTH`` bytes.

    Raises:
        BadAnswer: This is no container, or one that is too long to be an answer to any question of ours.
    """
    found = Head(*_HEAD.unpack_from(data))
    if not HEAD_LENGTH <= found.length <= MOST_BYTES:
        raise BadAnswer(f"MTP length {found.length}")
    return found


class Cursor:
    """Reads a dataset from its beginning to its end.

    Args:
        data: The dataset; nothing past it is ever touched.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def number(self, octets: int) -> int:
        """Return an unsigned number of so many bytes."""
        return int.from_bytes(self._take(octets), "little")

    def array(self, octets: int) -> tuple[int, ...]:
        """Return an array of unsigned numbers of so many bytes each."""
        count = self.number(4)
        raw = self._take(count * octets)
        return tuple(int.from_bytes(raw[at : at + octets], "little") for at in range(0, len(raw), octets))

    def string(self) -> str:
        """Return a string: a count of UTF-16 units with the closing zero, then those; half a surrogate shows as �."""
        raw = self._take(2 * self.number(1))
        return raw.decode("utf-16-le", "replace").partition("\0")[0]

    def _take(self, octets: int) -> bytes:
        end = self._at + octets
        if end > len(self._data):
            raise BadDataset(f"{octets} bytes at {self._at} of {len(self._data)}")
        taken = self._data[self._at : end]
        self._at = end
        return taken
