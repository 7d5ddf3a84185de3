"""Answers as they go over the wire, in two parts, so that a fault can lie about the length or break off anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


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
