"""Whether the machine was held up while a test ran: then a limit in real time says nothing of the program."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from pathlib import Path

BEAT = 0.05
"""Seconds between two beats."""
LATE = 0.1
"""Seconds by which a beat may be late on a machine that has time for us."""
SHARE = 0.25
"""The share of its time that the test may wait for a core: four limits out of three of what is usual stand for it."""


class Pulse:
    """A thread that asks to be woken again and again, and notes how late it was.

    A machine that runs other things as well, or that stands still for a second as virtual ones do, makes phones of the
    practice bench late that are not late at all. A test that failed then is run again; where the machine had time for
    it, it has failed.
    """

    def __init__(self) -> None:
        self._latest = 0.0
        self._waited = self._ran = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def start(self) -> None:
        """Begin to beat, for all tests that follow."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the thread."""
        self._over.set()
        self._thread.join()

    def begin(self) -> None:
        """Forget what was before this test. Called in the thread that runs it."""
        self._latest = 0.0
        self._ran, self._waited = _schedule()

    def was_held_up(self) -> bool:
        """Return whether the machine stood still, or had too little time for the test, since it began."""
        ran, waited = _schedule()
        ran, waited = ran - self._ran, waited - self._waited
        return self._latest > LATE or (waited > LATE and waited / (ran + waited) > SHARE)

    def _beat(self) -> None:
        due = time.monotonic() + BEAT
        while not self._over.wait(due - time.monotonic()):
            self._latest = max(self._latest, time.monotonic() - due)
            due = time.monotonic() + BEAT


def _schedule() -> tuple[float, float]:
    """Return the seconds for which the main thread ran, and for which it was ready and waited (Linux alone)."""
    with suppress(OSError, ValueError):
        ran, waited, _ = Path("/proc/self/schedstat").read_text().split()
        return int(ran) / 1e9, int(waited) / 1e9
    return 0.0, 0.0
