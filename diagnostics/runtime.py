"""The one thread with the one asyncio loop that all phones are served from; no Qt in it.

A thread of its own keeps the window free: measured with eight iPhones reading, the worst gap of the window's loop was
16-21 ms, against 109-366 ms when both share a thread. Blocking calls go through `asyncio.to_thread` into an executor
of 32.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self, TypeVar

T = TypeVar("T")
WORKERS = 32


class Runtime:
    """Owns the device thread; start and stop it once."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()

    def start(self) -> None:
        """Start the thread and return when its loop runs."""
        assert self._thread is None, "a runtime starts once"
        self._thread = threading.Thread(target=self._serve, name="devices", daemon=True)
        self._thread.start()
        self._ready.wait()

    def stop(self, grace: float = 3.0) -> bool:
        """Cancel everything that runs and end the thread.

        Args:
            grace: Seconds to wait for tasks that clean up; a phone that hangs never holds the program longer.

        Returns:
            Whether the thread ended in time.
        """
        if self._loop is None or self._thread is None:
            return True
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(grace)
        return not self._thread.is_alive()

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine in the loop, from any thread; cancelling the future cancels it."""
        assert self._loop is not None, "the runtime was not started"
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def assert_here(self) -> None:
        """Fail unless called in the device thread."""
        assert threading.current_thread() is self._thread, "only the device thread may do this"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _serve(self) -> None:
        loop = asyncio.new_event_loop()
        executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="devices-blocking")
        loop.set_default_executor(executor)
        self._loop = loop
        loop.call_soon(self._ready.set)
        try:
            loop.run_forever()
            _cancel_all(loop)
        finally:
            # Not waited for: a blocking call that hangs behind a phone ends by its own deadline.
            executor.shutdown(wait=False, cancel_futures=True)
            loop.close()


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=2.0))
    loop.run_until_complete(loop.shutdown_asyncgens())
