"""The modes that a trainer can put a phone in: recovery, DFU, fastboot, charging only, debugging off, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from tradein_app.viewmodels.language import pick

RUNNING = "normal"


class ModeMenu(QMenu):
    """One phone's modes, the running phone first; made when it is first opened.

    Args:
        language: Two letters.
        side: ``ios`` or ``android``.
        modes: Ids of those that this phone has.
        parent: The phone's row.
    """

    def __init__(self, language: str, side: str, modes: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._language = language
        self._side = side
        self._modes = modes
        self._answer: Callable[[str], None] = lambda _mode: None
        self.setAccessibleName(self.tr("Mode of the phone"))

    def ask(self, button: QWidget, answer: Callable[[str], None]) -> None:
        """Open below a button, and call back with the mode that is chosen."""
        if self.isEmpty():
            for mode in self._modes:
                self._add(mode)
        self._answer = answer
        self.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def words(self, chosen: str) -> str:
        """Return what a mode is called."""
        known = self._known().get(chosen)
        return chosen if known is None else pick(known["words"], self._language)

    def _add(self, mode: str) -> None:
        action = self.addAction(self.words(mode).replace("&", "&&"))
        action.triggered.connect(lambda: self._answer(mode))
        if mode == RUNNING:
            self.addSeparator()

    def _known(self) -> Mapping[str, Mapping[str, Any]]:
        from diagnostics.practice.usb import modes

        return modes(self._side)
