"""Work off the window's thread, whose result comes back as a Qt signal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from diagnostics.errors import UserError
from tradein_app.bridge.worker import Worker

Report = Callable[[object], None]
Work = Callable[[Report], Any]


class Job(QObject):
    """One kind of work at a time: a new run cancels the old one, and late results are dropped.

    All signals arrive in the thread of this object, always through the event loop (queued): direct delivery from
    another thread was seen to hang.

    Args:
        worker: Where the work is done.
        must_happen: The work writes something. Then a cancelled run that waits is still done, and its failure is
            still told; only its late result is dropped.
    """

    done = Signal(object)
    """The work's result."""
    failed = Signal(object)
    """The `diagnostics.errors.UserError` that says why not. Other exceptions go to the one place for crashes."""
    cancelled = Signal()
    """The running work was cancelled; nothing more comes of it."""
    progress = Signal(object)
    """Whatever the work reports."""
    _arrived = Signal(int, str, object)

    def __init__(self, worker: Worker, parent: QObject | None = None, *, must_happen: bool = False) -> None:
        super().__init__(parent)
        self._worker = worker
        self._must_happen = must_happen
        self._run = 0
        self._running = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether the newest run has not ended."""
        return self._running

    def run(self, work: Work) -> None:
        """Start the work, cancelling the run before it.

        Args:
            work: Called in the worker's thread with a function that reports progress; only frozen records cross.
        """
        if self._running:
            self.cancel()
        self._run += 1
        self._running = True
        run = self._run
        self._worker.submit(lambda: self._perform(run, work))

    def cancel(self) -> None:
        """Drop the running work's result; it is not begun any more if it waits and may be left out."""
        if self._running:
            self._run += 1
            self._running = False
            self.cancelled.emit()

    def _perform(self, run: int, work: Work) -> None:
        if run != self._run and not self._must_happen:
            return
        try:
            result = work(lambda value: self._arrived.emit(run, "progress", value))
        except UserError as error:
            self._arrived.emit(run, "failed", error)
        except BaseException as error:
            self._arrived.emit(run, "crashed", error)
            raise
        else:
            self._arrived.emit(run, "done", result)

    @Slot(int, str, object)
    def _on_arrived(self, run: int, what: str, value: object) -> None:
        late = run != self._run
        if late and not (what == "failed" and self._must_happen):
            return
        if what == "progress":
            self.progress.emit(value)
            return
        if not late:
            self._running = False
        if what == "done":
            self.done.emit(value)
        elif what == "failed":
            self.failed.emit(value)
