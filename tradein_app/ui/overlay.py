"""A sheet that lies over the panels and leaves them usable: Esc closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QWidget


class Overlay(QFrame):
    """Stands in the middle of its parent, and stays there when that changes its size."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.setAccessibleName(name)
        self._room = parent
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the sheet."""
        self.show()
        self._place()
        self.raise_()

    def dismiss(self) -> bool:
        """Close the sheet; ``False`` when it was closed already."""
        was_open = not self.isHidden()
        self.hide()
        return was_open

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the middle of the parent."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._room.rect().adjusted(24, 24, -24, -24)
        size = self.sizeHint().boundedTo(room.size())
        self.resize(size)
        self.move(room.center() - self.rect().center())
