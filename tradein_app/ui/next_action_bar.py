"""The bar on top: the one step that frees most phones soonest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import TOUCH, Theme, restyle

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from tradein_app.viewmodels.faults import Faults
    from tradein_app.viewmodels.next_action import NextAction


class NextActionBar(QFrame):
    """Says the step, and does it on a press."""

    pressed = Signal()

    def __init__(self, theme: Theme, language: str = "en") -> None:
        super().__init__()
        self._language = language
        self.setProperty("role", "bar")
        self.setAccessibleName(self.tr("Next action"))
        self._sign = Sign(theme, 1.5)
        self._text = label(role="heading", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(self.tr("Do it  F4"))
        self._button.setMinimumHeight(TOUCH)
        self._button.clicked.connect(self.pressed)
        self.tools: QHBoxLayout = hbox()
        self._hint = label(role="dim", wrap=True)
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint.hide()
        self._faults: Faults | None = None
        self._action: NextAction | None = None
        texts = vbox(self._text, self._hint, spacing=2)
        row = hbox(self._sign, texts, self._button, self.tools, spacing=12)
        row.setStretch(1, 1)
        row.setContentsMargins(12, 6, 8, 6)
        self.setLayout(row)

    def say(self, text: str) -> None:
        """Say something before there is anything to press."""
        self._text.setText(text)
        self._button.hide()
        self.setProperty("tone", "accent")  # not shown yet: it is dressed then

    def show_action(self, action: NextAction) -> None:
        """Show a step; where there is no phone, also why none may be seen."""
        self._action = action
        lines = self._faults.lines() if self._faults and action.look == "free" else ()
        blind = bool(lines) and self._faults is not None and self._faults.blind
        text = self.tr("No phone can be seen: services are missing") if blind else action.text
        tone = "bad" if blind else action.tone
        set_text(self._hint, "\n".join(" ".join(words) for words in lines) or action.hint)
        if self._text.text() != text:
            self._text.setText(text)
        self._sign.show_icon("problem" if blind else action.look, tone, text)
        self._button.setText(self._deed(action.act))
        self._button.setVisible(bool(action.act))
        restyle(self, tone=tone)

    def _deed(self, act: str) -> str:
        """Return what a press does: what only a person can do, the program can but show."""
        if act == "quote":
            return self.tr("Do it  F4")
        if act in {"ask_trust", "read_again"}:
            return self.tr("Ask again  F4")
        return self.tr("Show  F4")

    def show_source(self, name: str, error: UserError | None) -> None:
        """Note what is wrong with a bus, or that it works again."""
        if self._faults is None:
            from tradein_app.viewmodels.faults import Faults

            self._faults = Faults(self._language)
        self._faults.note(name, error)
        if self._action is not None:
            self.show_action(self._action)

    def text(self) -> str:
        """Return what the bar says."""
        return f"{self._text.text()} {self._hint.text()}".strip()
