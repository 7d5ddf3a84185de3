"""A sheet that lies over the panels and leaves them usable: Esc closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget


class Stack(QObject):
    """Tells when one of the sheets that lie over a room opens or closes; there is one a room."""

    changed = Signal()

    @classmethod
    def of(cls, room: QWidget) -> Stack:
        """Return a room's own."""
        return room.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly) or cls(room)


class Overlay(QFrame):
    """Stands in the middle of its parent, and stays there when that changes its size."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.setAccessibleName(name)
        self._room = parent
        self._closer: EscButton | None = None
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show the sheet."""
        self.show()
        self._place()
        self.raise_()
        self._tell()

    def closed_by(self, button: QPushButton) -> None:
        """Name Esc on a button of this sheet only while it is this sheet that Esc would close."""
        self._closer = EscButton(button, self._room, self)

    def _tell(self) -> None:
        Stack.of(self._room).changed.emit()

    def dismiss(self) -> bool:
        """Close the sheet; ``False`` when it was closed already."""
        was_open = not self.isHidden()
        self.hide()
        if was_open:
            self._tell()
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


def uppermost(room: QWidget) -> Overlay | None:
    """Return the open sheet that lies over all others of a room."""
    above = (each for each in reversed(room.children()) if isinstance(each, Overlay))
    return next((each for each in above if not each.isHidden()), None)


class EscButton(QObject):
    """Names Esc on a button as long as Esc presses it: of two buttons with that word a person cannot tell which goes.

    Args:
        button: Its text ends in two spaces and the key.
        room: What sheets lie over.
        sheet: The sheet that it closes; ``None`` for what lies beneath all of them.
    """

    def __init__(self, button: QPushButton, room: QWidget, sheet: Overlay | None = None) -> None:
        super().__init__(button)
        self._button = button
        self._room = room
        self._sheet = sheet
        self._whole = button.text()
        Stack.of(room).changed.connect(self._look)

    def _look(self) -> None:
        esc = uppermost(self._room) is self._sheet
        self._button.setText(self._whole if esc else self._whole.partition("  ")[0])
