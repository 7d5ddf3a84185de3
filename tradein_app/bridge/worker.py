"""One plain thread that does blocking work in the order in which it was given; no Qt in it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

Task = Callable[[], None]


class Worker:
    """Runs tasks one after the other, so that a database behind it is only ever used by one thread.

    Args:
        name: The thread's name, as a crash report shows it.
    """

    def __init__(self, name: str) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread; tasks that were given before now run first."""
        self._thread.start()

    def submit(self, task: Task) -> None:
        """Run a task after all that were given before; what it raises is a crash of this program."""
        self._tasks.put(task)

    def stop(self, grace: float = 5.0) -> bool:
        """Finish what was given, then end the thread.

        Args:
            grace: Seconds to wait for it.

        Returns:
            Whether the thread ended in time; one that hangs does not hold the program, for it is a daemon.
        """
        if not self._thread.is_alive():
            return True
        self._tasks.put(None)
        self._thread.join(grace)
        return not self._thread.is_alive()

    def _serve(self) -> None:
        while (task := self._tasks.get()) is not None:
            self._do(task)

    def _do(self, task: Task) -> None:
        try:
            task()
        except Exception as error:  # noqa: BLE001 - handed to the one place for crashes; the thread must live on
            args = threading.ExceptHookArgs((type(error), error, error.__traceback__, self._thread))
            threading.excepthook(args)
