"""What a phone's shell prints, taken out of how it is sent: plainly, or in packets (AOSP adb/shell_protocol.h)."""

from __future__ import annotations

_HEADER = 5
_STDOUT, _STDERR, _EXIT = 1, 2, 3


class Plain:
    """Shell v1: stdout and stderr in one, ended by the close of the connection."""

    def __init__(self) -> None:
        self.output = bytearray()

    def take(self, chunk: bytes) -> bool:
        """Add received bytes; a plain shell never tells its end."""
        self.output += chunk
        return False


class Packets:
    """Shell v2: packets of an id byte, a little-endian length and data.

    Args:
        most: A packet that claims to be longer counts towards the cap while it arrives.
    """

    def __init__(self, most: int) -> None:
        self.output = bytearray()
        self._most = most
        self._pending = bytearray()

    def take(self, chunk: bytes) -> bool:
        """Add received bytes; returns whether the exit packet was among them."""
        self._pending += chunk
        at, ended = 0, False
        while len(self._pending) - at >= _HEADER and not ended:
            length = int.from_bytes(self._pending[at + 1 : at + _HEADER], "little")
            end = at + _HEADER + length
            if len(self._pending) < end:
                if length > self._most:
                    self.output += self._pending[at + _HEADER :]
                    at = len(self._pending)
                break
            if self._pending[at] in {_STDOUT, _STDERR}:
                self.output += self._pending[at + _HEADER : end]
            ended = self._pending[at] == _EXIT
            at = end
        del self._pending[:at]
        return ended
