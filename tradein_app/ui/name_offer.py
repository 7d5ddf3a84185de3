"""The line that offers to name a phone whose model no table knows; made when the first such phone is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tradein_app.ui.layouts import hbox, label
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.formatting import isolated
from tradein_app.viewmodels.naming import Unnamed

NAME_KEY = "Ctrl+M"


class NameOffer(QWidget):
    """Says that a model is not known, with the button that leads to the sheet."""

    pressed = Signal(object)
    """The `Unnamed` phone."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setAccessibleName(self.tr("Unknown model"))
        self._row: QHBoxLayout = hbox()
        self.setLayout(self._row)
        self._text: QLabel | None = None
        self._phone: Unnamed | None = None
        self.hide()

    @property
    def phone(self) -> Unnamed | None:
        """The phone that is offered to be named."""
        return self._phone

    def offer(self, phone: Unnamed | None) -> None:
        """Offer to name a phone; ``None`` hides the line."""
        self._phone = phone
        if phone is not None:
            text = self.tr("Unknown model {0}").format(isolated(phone.model))
            shown = self._made()
            if shown.text() != text:
                shown.setText(text)
        if self.isHidden() is (phone is not None):
            self.setVisible(phone is not None)

    def press(self) -> None:
        """Ask for the name, where one is offered."""
        if self._phone is not None:
            self.pressed.emit(self._phone)

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
