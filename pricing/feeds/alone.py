"""One program at a time fetches into a folder: two at once would each note what the other one knows better."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from diagnostics.file_locks import lock
from pricing.feeds.problems import failed
from pricing.feeds.stopping import Stop

_FILE = ".fetching.lock"
_PAUSE = 0.05


@contextmanager
def alone(place: Path, seconds: float, stop: Stop | None = None) -> Iterator[None]:
    """Hold a folder for this program; the system lets go of it, also after a kill.

    Args:
        place: Made where it is not there.
        seconds: How long to wait for another one that holds it.
        stop: Ends the waiting.

    Raises:
        NotFetched: ``busy``: another one holds it for longer; ``unwritable``: it cannot be made or written;
            ``cancelled``: nobody waits for it any more.
    """
    handle = _opened(place)
    try:
        _wait(handle, time.monotonic() + seconds, stop or Stop())
        yield
    finally:
        os.close(handle)


def _opened(place: Path) -> int:
    try:
        place.mkdir(parents=True, exist_ok=True)
        return os.open(place / _FILE, os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), 0o644)
    except OSError as error:
        raise failed("unwritable", detail=error.strerror or "?") from None


def _wait(handle: int, until: float, stop: Stop) -> None:
    stop.check()
    while not lock(handle):
        if time.monotonic() >= until:
            raise failed("busy")
        stop.pause(_PAUSE)
