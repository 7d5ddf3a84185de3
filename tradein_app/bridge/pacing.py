"""Spreads work over the window's event loop, so that keys and painting come in between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

Task = Callable[[], object]


class Pacer(QObject):
    """Runs tasks one in each pass of the event loop; one that is asked for again while it waits runs once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: dict[Task, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._run_one)

    def ask(self, task: Task) -> None:
        """Run a task soon; bound methods of one object count as the same task."""
        self._tasks.setdefault(task)
        if not self._timer.isActive():
            self._timer.start()

    @property
    def busy(self) -> bool:
        """Whether anything waits."""
        return bool(self._tasks)

    def waits(self, task: Task) -> bool:
        """Return whether a task waits for its turn."""
        return task in self._tasks

    def finish(self) -> None:
        """Run everything that waits now."""
        while self._tasks:
            self._next()
        self._timer.stop()

    def _run_one(self) -> None:
        self._next()
        if self._tasks:
            self._timer.start()

    def _next(self) -> None:
        if self._tasks:
            task = next(iter(self._tasks))
            del self._tasks[task]
            task()
