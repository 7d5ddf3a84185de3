"""What a trainer can practise with one phone: a button that says what is wrong with it, and a menu to choose from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from tradein_app.viewmodels.language import pick

PHONE, BUS = "phone", "bus"
_FRAME = 24
"""Pixels of a button beside its text."""

Answer = Callable[[str], None]


class FaultMenu(QMenu):
    """All faults under their headings, and the way back to an ordinary phone; made when it is first opened.

    Args:
        language: Two letters.
        side: ``ios`` or ``android``.
        target: ``phone`` or ``bus``: whose faults.
        parent: The window.

    Attributes:
        side: As given.
    """

    def __init__(self, language: str, side: str, target: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.side = side
        self._language = language
        self._target = target
        self._answer: Answer = lambda _fault: None
        self.setAccessibleName(self.tr("What to practise"))

    def ask(self, button: QWidget, answer: Answer) -> None:
        """Open below a button, and call back with the id that is chosen; empty for nothing."""
        if self.isEmpty():
            self._fill()
        self._answer = answer
        self.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _fill(self) -> None:
        from diagnostics.practice.catalogues import CATALOGUES

        known = CATALOGUES[self.side]
        none = self.tr("Nothing special") if self._target == PHONE else self.tr("Works as it should")
        self._add(self, none, "")
        self.addSeparator()
        for group, words in known.groups().items():
            faults = [f for f in known.faults.values() if (f.group, f.target) == (group, self._target)]
            menu = self.addMenu(pick(words, self._language)) if self._target == PHONE and faults else self
            for fault in faults:
                self._add(menu, pick(fault.words, self._language), fault.id)

    def _add(self, menu: QMenu, text: str, fault: str) -> None:
        action = menu.addAction(text.replace("&", "&&"))
        action.triggered.connect(lambda: self._answer(fault))


class FaultButton(QPushButton):
    """Says which fault there is, and opens the menu of those that there are.

    Args:
        menu: Shared by all buttons of its kind.
        language: Two letters.
        idle: What it says while there is no fault.
    """

    chosen = Signal(str)
    """The fault's id; empty for none."""

    def __init__(self, menu: FaultMenu, language: str, idle: str) -> None:
        super().__init__()
        self._language = language
        self._side = menu.side
        self._idle = idle
        self._fault: str | None = None
        self._words = ""
        # It is as wide as there is room, and says so much of its text as fits.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "answer")
        self.setCheckable(True)
        self.clicked.connect(lambda: self._ask(menu))
        self.show_fault("")

    def show_fault(self, fault: str) -> None:
        """Show which fault there is; empty for none."""
        if fault == self._fault:
            return
        self._fault = fault
        self._words = self._words_of(fault) if fault else self._idle
        self.setAccessibleName(self._words)
        self.setToolTip(self._words if fault else "")
        self.setChecked(bool(fault))
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

    def _ask(self, menu: FaultMenu) -> None:
        self.setChecked(bool(self._fault))  # what is on shows as chosen, not what is being looked at
        menu.ask(self, self.chosen.emit)

    def _words_of(self, fault: str) -> str:
        from diagnostics.practice.catalogues import CATALOGUES

        known = CATALOGUES[self._side].faults.get(fault)
        return fault if known is None else pick(known.words, self._language)

    def _elide(self) -> None:
        room = max(0, self.width() - _FRAME)
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
