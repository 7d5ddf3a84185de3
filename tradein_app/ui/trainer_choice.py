"""A button of the trainer's window that says what is chosen, and opens the menu of what else there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

_FRAME = 24
"""Pixels of a button beside its text."""


class Choices(Protocol):
    """A menu of what there is to choose from."""

    def ask(self, button: QWidget, answer: Callable[[str], None]) -> None:
        """Open below a button, and call back with the id that is chosen; empty for nothing."""
        ...

    def words(self, chosen: str) -> str:
        """Return what an id is called."""
        ...


class ChoiceButton(QPushButton):
    """Says what is chosen.

    Args:
        choices: May be shared by all buttons of its kind.
        idle: What it says while nothing is.
    """

    chosen = Signal(str)
    """The id; empty for none."""

    def __init__(self, choices: Choices, idle: str) -> None:
        super().__init__()
        self._choices = choices
        self._idle = idle
        self._shown: str | None = None
        self._words = ""
        # It is as wide as there is room, and says so much of its text as fits.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "answer")
        self.setCheckable(True)
        self.clicked.connect(self._ask)
        self.show_chosen("")

    def show_chosen(self, chosen: str) -> None:
        """Show what is chosen; empty for nothing."""
        if chosen == self._shown:
            return
        self._shown = chosen
        self._words = self._choices.words(chosen) if chosen else self._idle
        self.setAccessibleName(self._words)
        self.setToolTip(self._words if chosen else "")
        self.setChecked(bool(chosen))
        self._elide()

    def text_in_full(self) -> str:
        """Return what it says, also where it has no room for it."""
        return self._words

    def minimumSizeHint(self) -> QSize:
        """Ask for no width of its own."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _ask(self) -> None:
        self.setChecked(bool(self._shown))  # what is on shows as chosen, not what is being looked at
        self._choices.ask(self, self.chosen.emit)

    def _elide(self) -> None:
        room = max(0, self.width() - _FRAME)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
