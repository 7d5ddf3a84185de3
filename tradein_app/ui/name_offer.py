"""The line that offers to name a model or a colour that no table knows; made when the first such phone is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tradein_app.ui.layouts import hbox, label
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.naming import unknown_words

if TYPE_CHECKING:
    from diagnostics.teaching import Unnamed

NAME_KEY = "Ctrl+M"


class NameOffer(QWidget):
    """Says that a model or a colour is not known, with the button that leads to the sheet."""

    pressed = Signal(object)
    """What is `diagnostics.teaching.Unnamed`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setAccessibleName(self.tr("Not known by name"))
        self._row: QHBoxLayout = hbox()
        self.setLayout(self._row)
        self._text: QLabel | None = None
        self._what: Unnamed | None = None
        self.hide()

    @property
    def what(self) -> Unnamed | None:
        """What is offered to be named."""
        return self._what

    def offer(self, what: Unnamed | None) -> None:
        """Offer to name something; ``None`` hides the line."""
        self._what = what
        if what is not None:
            text, shown = unknown_words(what), self._made()
            if shown.text() != text:
                shown.setText(text)
        if self.isHidden() is (what is not None):
            self.setVisible(what is not None)

    def press(self) -> None:
        """Ask for the name, where one is offered."""
        if self._what is not None:
            self.pressed.emit(self._what)

    def _made(self) -> QLabel:
        if self._text is None:
            self._text = label(role="strong", wrap=True)
            restyle(self._text, tone="warn")
            name_it = self.tr("Name it")
            button = QPushButton(f"{name_it}  {NAME_KEY}")
            button.clicked.connect(self.press)
            self._row.addWidget(self._text, 1)
            self._row.addWidget(button)
        return self._text
