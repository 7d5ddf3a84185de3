"""A pair of bulk pipes to one phone, what can go wrong with it, and the patience that is had with it."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import Protocol

SLICE = 0.2
"""Seconds that one transfer waits at most: so soon is it noticed that nobody wants the answer any more."""


WHOLE = 10.0
"""Seconds for a whole talk: what a phone told that is slow at each step must not be lost to the reading's limit."""


class PipeError(Exception):
    """The talk with the phone cannot go on.

    Attributes:
        code: A key of ``resources/messages/problems.toml``.
        detail: For that message, where it has room for one.
    """

    code = "protocol_error"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.code)
        self.detail = detail


class PipeLost(PipeError):
    """The phone went away: unplugged (EIO, ENODEV and EPROTO say the same), or silent."""

    code = "unplugged"


class PipeSilent(PipeLost):
    """Nothing came in time. What comes later would be taken for the next answer, so the talk is over, too."""

    code = "timeout"


class PipeHeld(PipeError):
    """Another program, or a driver of this computer, has the interface; it keeps it."""

    code = "usb_held"


class PipeForbidden(PipeError):
    """This person may not open the device."""

    code = "no_permission"


class PipeMissing(PipeError):
    """The phone has no such interface as it is."""

    code = "absent"


class PipeStopped(PipeError):
    """Nobody wants the answer any more."""

    code = "interrupted"


class Pipe(Protocol):
    """Two bulk pipes; both methods block, so they are called in a worker thread."""

    def write(self, data: bytes, timeout: float) -> None:
        """Send all bytes in one transfer.

        Raises:
            PipeError: They could not be sent in so many seconds.
        """
        ...

    def read(self, length: int, timeout: float) -> bytes:
        """Return what one transfer brings: at most so many bytes, and none for an empty packet.

        Raises:
            PipeSilent: Nothing came in so many seconds; the next call may bring it.
            PipeError: Something else went wrong.
        """
        ...

    def close(self) -> None:
        """Give the interface back; nothing goes wrong, and twice is once."""
        ...


class Patient:
    """A pipe with a limit for each step of a talk, which ends soon after it is told to stop.

    Args:
        pipe: What is read and written.
        stop: Set from another thread when nobody wants the answer any more.
        whole: Seconds for all steps together.
    """

    def __init__(self, pipe: Pipe, stop: threading.Event, *, whole: float = WHOLE) -> None:
        self._pipe = pipe
        self._stop = stop
        self._end = time.monotonic() + whole
        self._until = self._end

    def within(self, seconds: float) -> None:
        """Begin a step: everything up to the next one takes at most so many seconds."""
        self._until = min(self._end, time.monotonic() + seconds)

    def write(self, data: bytes) -> None:
        """Send all bytes.

        Raises:
            PipeError: See `Pipe.write`; `PipeStopped` once nobody wants the answer.
        """
        self._pipe.write(data, self._left())

    def read(self, length: int) -> bytes:
        """Return what the next transfer brings.

        Raises:
            PipeError: See `Pipe.read`; `PipeSilent` once the step's time is over.
        """
        while True:
            left = self._left()
            with contextlib.suppress(PipeSilent):
                return self._pipe.read(length, min(left, SLICE))

    def _left(self) -> float:
        if self._stop.is_set():
            raise PipeStopped
        left = self._until - time.monotonic()
        if left <= 0:
            raise PipeSilent
        return left
