"""A layout that sets widgets side by side, each as wide as its text, and goes on in a new row where no room is left."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Left to right, then below; hidden widgets take no room.

    Args:
        widgets: In their order, which is that of the Tab key, too.
        spacing: Between them, and between rows.
    """

    def __init__(self, *widgets: QWidget, spacing: int = 6) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(spacing)
        for each in widgets:
            self.addWidget(each)

    def addItem(self, item: QLayoutItem) -> None:
        """Take what Qt hands over."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one of them; ``None`` beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one of them up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Want no more room than there must be."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Be higher where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the rows are together."""
        places = self._places(width)
        return max((place.y() + place.height() for _, place in places), default=0)

    def setGeometry(self, rect: QRect) -> None:
        """Give each its place."""
        super().setGeometry(rect)
        for item, place in self._places(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    def sizeHint(self) -> QSize:
        """Return room for one below the other: who knows the width asks for the height."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return room for the widest one: no text is cut."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        widest = max((hint.width() for hint in hints), default=0)
        return QSize(widest, max((hint.height() for hint in hints), default=0))

    def _places(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        """Return where each one that is shown lies, from the upper left corner."""
        found: list[tuple[QLayoutItem, QRect]] = []
        left, top, below = 0, 0, 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if left and left + hint.width() > width:
                left, top = 0, below + self.spacing()
            found.append((item, QRect(left, top, min(hint.width(), max(width, 0)), hint.height())))
            left += hint.width() + self.spacing()
            below = max(below, top + hint.height())
        return found
