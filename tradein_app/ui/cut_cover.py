"""Hides what the lower edge of a scrolled column cuts through: half a line cannot be read, half a value misleads."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QWidget

from tradein_app.ui.panel import Scroll

_MOST = 0.4
"""Share of the room in sight above which something is rather shown cut than not at all."""


class CutCover(QWidget):
    """Lies over the foot of a scrolled column, as high as what is cut there; the bar says that there is more.

    Args:
        scroll: Whose foot.
        parts: The widgets of one column that shall be seen whole or not at all.
    """

    def __init__(self, scroll: Scroll, parts: Callable[[], Iterable[QWidget]]) -> None:
        super().__init__(scroll.viewport())
        self._scroll = scroll
        self._parts = parts
        self.setProperty("role", "plain")
        self.setAccessibleName(self.tr("More below"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hide()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.place)
        scroll.verticalScrollBar().valueChanged.connect(self.place)
        scroll.verticalScrollBar().rangeChanged.connect(self._later.start)
        scroll.laid_out.connect(self._later.start)

    def place(self) -> None:
        """Cover what is cut now; nothing where nothing is."""
        room = self._scroll.viewport()
        low = room.height()
        shown = [_place(part, room) for part in self._parts() if part.isVisibleTo(room)]
        cut = [rect for rect in shown if rect.top() < low <= rect.bottom()]
        if not cut or any(rect.top() < 0 or rect.height() > low * _MOST for rect in cut):
            self.hide()
            return
        top = min(rect.top() for rect in cut)
        left, right = min(rect.left() for rect in shown), max(rect.right() for rect in shown)
        self.setGeometry(left, top, right - left + 1, low - top)
        self.raise_()
        self.show()


def _place(part: QWidget, room: QWidget) -> QRect:
    return QRect(part.mapTo(room, QPoint(0, 0)), part.size())
