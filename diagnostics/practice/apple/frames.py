"""Answers as they go over the wire, in two parts, so that a fault can lie about the length or break off anywhere."""

from __future__ import annotations

import plistlib
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

TLS_HEADER = 5
_LONGEST_RECORD = 0xFFFF


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame.

    Attributes:
        head: Makes the header for a body of so many bytes.
        body: What follows the header.
        length: The length that the header tells; a TLS flight has more than one record.
    """

    head: Callable[[int], bytes]
    body: bytes
    length: int

    def whole(self) -> bytes:
        """Return it as it should be."""
        return self.head(self.length) + self.body

    def part(self, share: float) -> bytes:
        """Return its beginning, a share from 0 to 1."""
        data = self.whole()
        return data[: int(len(data) * share)]

    def claiming(self, length: int) -> bytes:
        """Return it with another length in its header."""
        return self.head(length) + self.body

    def holding(self, body: bytes) -> bytes:
        """Return a frame of the same kind, rightly told, with another body."""
        return self.head(len(body)) + body


def lockdown_frame(answer: object) -> Frame:
    """Return a property list as lockdown and most services send it: u32 big-endian length, then the list."""
    body = property_list(answer)
    return Frame(lambda length: struct.pack(">I", length), body, len(body))


def flight_frame(data: bytes) -> Frame:
    """Return what one side of a TLS handshake sends at a time; the header is its first record's."""
    (length,) = struct.unpack(">H", data[3:TLS_HEADER])
    kind = data[:3]
    return Frame(
        lambda length: kind + struct.pack(">H", min(length, _LONGEST_RECORD)), data[TLS_HEADER:], length
    )


def property_list(value: Any) -> bytes:
    """Return a property list: XML, or binary when a text has signs that XML cannot hold."""
    plain = dict(value) if isinstance(value, Mapping) else value
    try:
        return plistlib.dumps(plain)
    except ValueError:
        return plistlib.dumps(plain, fmt=plistlib.FMT_BINARY)
