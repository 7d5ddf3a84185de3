"""Chooses colours and language."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton

from tradein_app.ui.theme import TOUCH
from tradein_app.ui.tokens import Mode

LANGUAGES = {"en": "English", "fr": "Français"}
"""Each in its own words, so that everybody finds the own one."""


class ViewMenu(QPushButton):
    """A button with a menu."""

    mode_chosen = Signal(str)
    language_chosen = Signal(str)
    calibration_asked = Signal()
    prices_asked = Signal()

    def __init__(self, mode: Mode, language: str) -> None:
        super().__init__()
        self._actions: dict[str, QAction] = {}
        self.setText(self.tr("View  F10"))
        self.setMinimumHeight(TOUCH)
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("View"))
        self._add_group(menu, self._modes(), mode.value, self.mode_chosen)
        menu.addSeparator()
        self._add_group(menu, LANGUAGES, language, self.language_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Calibration…  Ctrl+Shift+C")).triggered.connect(self.calibration_asked)
        menu.addAction(self.tr("Prices…  Ctrl+Shift+P")).triggered.connect(self.prices_asked)
        self.setMenu(menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, too, not only on Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def _modes(self) -> dict[str, str]:
        return {
            Mode.SYSTEM.value: self.tr("Colours of the system"),
            Mode.LIGHT.value: self.tr("Light"),
            Mode.DARK.value: self.tr("Dark"),
            Mode.CONTRAST.value: self.tr("High contrast"),
        }

    def _add_group(self, menu: QMenu, entries: dict[str, str], chosen: str, signal: object) -> None:
        group = QActionGroup(menu)
        for key, text in entries.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == chosen)
            action.triggered.connect(lambda _on, key=key: signal.emit(key))  # type: ignore[attr-defined]
            group.addAction(action)
            self._actions[key] = action

    def choose(self, key: str) -> None:
        """Choose an entry without opening the menu."""
        self._actions[key].trigger()
