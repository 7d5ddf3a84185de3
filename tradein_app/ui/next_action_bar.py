"""The bar on top: the one step that frees most phones soonest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from tradein_app.ui.layouts import hbox, label
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import TOUCH, Theme, restyle

if TYPE_CHECKING:
    from tradein_app.viewmodels.next_action import NextAction


class NextActionBar(QFrame):
    """Says the step, and does it on a press."""

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setAccessibleName(self.tr("Next action"))
        self._sign = Sign(theme, 1.5)
        self._text = label(role="heading", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(self.tr("Do it  F4"))
        self._button.setMinimumHeight(TOUCH)
        self._button.clicked.connect(self.pressed)
        self.tools: QHBoxLayout = hbox()
        row = hbox(self._sign, self._text, self._button, self.tools, spacing=12)
        row.setStretch(1, 1)
        row.setContentsMargins(12, 6, 8, 6)
        self.setLayout(row)

    def say(self, text: str) -> None:
        """Say something before there is anything to press."""
        self._text.setText(text)
        self._button.hide()
        restyle(self, tone="accent")

    def show_action(self, action: NextAction) -> None:
        """Show a step."""
        if self._text.text() != action.text:
            self._text.setText(action.text)
        self._sign.show_icon(action.look, action.tone, action.text)
        self._button.setVisible(bool(action.act))
        restyle(self, tone=action.tone)

    def text(self) -> str:
        """Return what the bar says."""
        return self._text.text()
