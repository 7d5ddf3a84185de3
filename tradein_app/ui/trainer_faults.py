"""What a trainer can practise with one phone: the faults that there are, as a menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from tradein_app.viewmodels.language import pick

PHONE, BUS = "phone", "bus"

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

    def words(self, fault: str) -> str:
        """Return what a fault is called."""
        from diagnostics.practice.catalogues import CATALOGUES

        known = CATALOGUES[self.side].faults.get(fault)
        return fault if known is None else pick(known.words, self._language)

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
