"""The bar that asks for the set and the sticker of a phone that becomes a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton

from tradein_app.ui.layouts import hbox, label
from tradein_app.ui.theme import TOUCH

if TYPE_CHECKING:
    from tradein_app.viewmodels.calibration import CalibrationModel

_LETTERS = 14


class TakeBar(QFrame):
    """Two fields and Enter."""

    def __init__(self, model: CalibrationModel) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setAccessibleName(self.tr("Phone as reference"))
        self._model = model
        self._inspection = ""
        self._phone = label(role="strong", wrap=True)
        self.set_name, self.code = self._field(self.tr("Set")), self._field(self.tr("Sticker"))
        take = QPushButton(self.tr("Take it  Enter"))
        take.setProperty("role", "primary")
        take.setMinimumHeight(TOUCH)
        take.setAutoDefault(False)
        take.clicked.connect(self._take)
        self.set_name.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self._take)
        row = hbox(
            self._phone,
            label(self.tr("Set")),
            self.set_name,
            label(self.tr("Sticker")),
            self.code,
            take,
            margin=8,
        )
        row.setStretch(0, 1)
        self.setLayout(row)
        self.hide()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMinimumHeight(TOUCH)
        field.setMinimumWidth(field.fontMetrics().averageCharWidth() * _LETTERS)
        return field

    def ask(self, inspection_id: str, phone: str, set_name: str) -> None:
        """Ask for both, and take the keyboard."""
        self._inspection = inspection_id
        self._phone.setText(self.tr("{0} as a reference phone").format(phone))
        self.set_name.setText(set_name)
        self.code.clear()
        self.show()
        first = self.code if set_name else self.set_name
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def dismiss(self) -> bool:
        """Close the bar; ``False`` when it was closed already."""
        was_open = not self.isHidden()
        self.hide()
        return was_open

    def _take(self) -> None:
        """Take the phone; an empty field asks to be filled, and gets the keyboard."""
        for field in (self.set_name, self.code):
            if not field.text().strip():
                field.setPlaceholderText(self.tr("type it first"))
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
        if self.set_name.text().strip() and self.code.text().strip():
            self._model.take(self._inspection, self.set_name.text(), self.code.text())
            self.dismiss()
