"""What a reader must not leave behind: sockets, tasks, threads, and words in the log that nobody expects."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

GRACE = 3.0
_ROOMS = ("diagnostics", "asyncio", "resources")
_SAID_ON_PURPOSE = (
    "usbmuxd's pair record cannot be read",
    "usbmuxd did not take the pair record",
)
"""What an operator is told about this computer's own records; no fault of the reader's."""
_POOL = "asyncio_"


def sockets_to(port: int) -> int:
    """Return how many sockets this process has to a port of this computer, also half closed ones (Linux alone)."""
    ours = set()
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            ours.add(entry.readlink().name)
    rows = [line.split() for line in Path("/proc/self/net/tcp").read_text().splitlines()[1:]]
    return sum(f"socket:[{row[9]}]" in ours and int(row[2].split(":")[1], 16) == port for row in rows)


async def settles(count: int, port: int) -> int:
    """Return the number of sockets to a port once it is at most ``count``, or after a while."""
    deadline = asyncio.get_running_loop().time() + GRACE
    while (found := sockets_to(port)) > count and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.05)
    return found


async def tasks_since(before: set[asyncio.Task[object]]) -> list[str]:
    """Return the names of tasks that were not there before and do not end."""
    deadline = asyncio.get_running_loop().time() + GRACE
    while left := [task for task in asyncio.all_tasks() - before if not task.done()]:
        if asyncio.get_running_loop().time() > deadline:
            break
        await asyncio.sleep(0.05)
    return [task.get_name() for task in left]


def threads_since(before: set[threading.Thread]) -> list[str]:
    """Return the names of threads that were not there before, but for the loop's own pool."""
    new = set(threading.enumerate()) - before
    return [thread.name for thread in new if thread.is_alive() and not thread.name.startswith(_POOL)]


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Give the list of what is logged from a warning up, and of warnings such as a socket that was not closed."""
    said: list[str] = []
    handler = _Ear(said)
    loggers = [logging.getLogger(name) for name in _ROOMS]
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", ResourceWarning)
        for logger in loggers:
            logger.addHandler(handler)
        try:
            yield said
        finally:
            gc.collect()
            for logger in loggers:
                logger.removeHandler(handler)
            said += [f"{w.category.__name__}: {w.message}" for w in warned]


class _Ear(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if record.exc_info or not line.startswith(_SAID_ON_PURPOSE):
            trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
            self._said.append(f"{record.name}: {line} {trace}".strip())
