"""Blocking work that may hang, such as a look at a network drive: done beside everything, and never waited for long."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

log = logging.getLogger(__name__)


class Aside:
    """Does one thing in a thread of its own, at most once at a time.

    The thread is a daemon: a drive that hangs in the kernel must not keep the program from ending.

    Args:
        task: What blocks; its `OSError` means that it could not be done.
        seconds: How long to wait for it.
    """

    def __init__(self, task: Callable[[], None], seconds: float) -> None:
        self._task = task
        self._seconds = seconds
        self._guard = threading.Lock()
        self._future: Future[bool] | None = None
        self._until = 0.0
        self._slow = False

    async def done(self) -> bool:
        """Have it done, and wait; returns whether it was done in time.

        What was late once is begun as before, and not waited for, until it is in time again.
        """
        future = self._begun()
        left = 0.0 if self._slow and not future.done() else self._until - time.monotonic()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), max(left, 0.0))
        except TimeoutError:
            self._slow = True
            return False

    def done_here(self) -> bool:
        """Have it done, and wait, blocking; returns whether it was done in time."""
        try:
            return self._begun().result(self._seconds)
        except TimeoutError:
            return False

    def _begun(self) -> Future[bool]:
        with self._guard:
            if self._future is None or self._future.done():
                self._future = Future()
                self._future.set_running_or_notify_cancel()
                self._until = time.monotonic() + self._seconds
                threading.Thread(target=self._run, args=(self._future,), name="aside", daemon=True).start()
            return self._future

    def _run(self, future: Future[bool]) -> None:
        begun = time.monotonic()
        try:
            self._task()
        except OSError:
            done = False
        except Exception:
            log.exception("work beside the loop failed")
            done = False
        else:
            done = True
        self._slow = time.monotonic() - begun > self._seconds
        future.set_result(done)
