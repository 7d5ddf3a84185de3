"""Tells when a window's first picture stands, so that nothing slow begins before that."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 1000
"""A window that opens minimised or hidden is never painted; then work begins all the same."""


class FirstPaint(QObject):
    """Watches one window; make it before the window is shown.

    Args:
        window: Also the parent.
    """

    painted = Signal()
    """Emitted once, from the event loop, after the first paint or after `PATIENCE_MS`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._timer.timeout.connect(self._tell)
        self._timer.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the first paint begin; the loop comes round again when it has ended."""
        if event.type() == QEvent.Type.Paint and watched is self._window:
            self._window.removeEventFilter(self)
            self._timer.start(0)
        return False

    def _tell(self) -> None:
        self._window.removeEventFilter(self)
        self.painted.emit()
