"""Calibration's first page: the reference phones, and where a round begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from tradein_app.ui.calibration_table import RowsModel, RowsTable
from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.theme import TOUCH
from tradein_app.viewmodels.calibration_words import phone_cells, phone_heads
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from tradein_app.viewmodels.calibration import CalibrationModel

_FIELD_LETTERS = 30


class StartPage(QWidget):
    """Type or scan a sticker's code; Enter begins."""

    taking = Signal()
    """A person wants the phone that the main window shows as a reference."""
    importing = Signal()
    exporting = Signal(str)

    def __init__(self, model: CalibrationModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Reference phones"))
        self._model = model
        self.grader = self._field(self.tr("Grader"))
        self.code = self._field(self.tr("Sticker"))
        ask = self.tr("Scan or type the code")
        self.code.setPlaceholderText(ask)
        # The text, the edges of the field, and room for the cursor.
        around = self.code.fontMetrics().averageCharWidth() * 6
        self.code.setMinimumWidth(self.code.fontMetrics().horizontalAdvance(ask) + around)
        self._codes: list[tuple[str, str]] = []
        self._begin = self._button(self.tr("Begin or go on  Enter"), self.begin)
        self._begin.setProperty("role", "primary")
        self.table = RowsTable(self.tr("Reference phones"), RowsModel(phone_heads()), wide=1)
        self.table.picked.connect(self._on_picked)
        self._nothing = label(role="dim", wrap=True)
        self._lay_out()
        self.grader.returnPressed.connect(self.code.setFocus)
        self.code.returnPressed.connect(self.begin)
        model.sets_changed.connect(self.show_sets)

    def _lay_out(self) -> None:
        task = label(self.tr("Who grades, and which reference phone?"), "heading", wrap=True)
        words = self.tr(
            "You answer without seeing what holds for the phone, or what others answered; both are shown at the end."
        )
        fields = hbox(
            label(self.tr("Grader"), "strong"),
            self.grader,
            label(self.tr("Sticker"), "strong"),
            self.code,
            self._begin,
            1,
        )
        buttons = hbox(
            self._button(self.tr("Import a set…  Ctrl+O"), self.importing.emit),
            self._button(self.tr("Export its set…  Ctrl+S"), self.export),
            self._button(self.tr("Practice set  Ctrl+P"), self._model.import_practice),
            self._button(self.tr("Shown phone as reference…  Ctrl+T"), self.taking.emit),
            1,
        )
        rows = (task, label(words, "dim", wrap=True), fields, self._nothing, self.table, buttons)
        column = vbox(*rows, spacing=10)
        column.setStretch(4, 1)
        self.setLayout(column)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMinimumHeight(TOUCH)
        field.setMinimumWidth(field.fontMetrics().averageCharWidth() * _FIELD_LETTERS)
        return field

    def _button(self, text: str, does: object) -> QPushButton:
        button = QPushButton(text)
        button.setMinimumHeight(TOUCH)
        button.setAutoDefault(False)
        button.clicked.connect(does)
        return button

    def open(self) -> None:
        """Take the keyboard: to the grader's name while there is none, else to the code."""
        self.code.clear()
        self._model.ask_sets()
        first = self.code if self.grader.text().strip() else self.grader
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def begin(self) -> None:
        """Begin the round of who is named on the phone whose code is typed; where one is missing, go there."""
        if not self.grader.text().strip():
            self.grader.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not self.code.text().strip():
            self._model.noticed.emit(Notice("warn", self.tr("Type the phone's sticker first.")))
            self.code.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._model.begin(self.code.text(), self.grader.text())

    def export(self) -> None:
        """Ask where the set of the chosen phone goes; where none is chosen, of the first."""
        row = max(self.table.currentIndex().row(), 0)
        if self._codes:
            self.exporting.emit(self._codes[row][1])

    def show_sets(self) -> None:
        """Show the phones."""
        pairs = [(one, each) for one in self._model.sets or () for each in one.references]
        self._codes = [(each.code, one.name) for one, each in pairs]
        self.table.rows.show_rows([phone_cells(one, each) for one, each in pairs])
        nothing = self.tr("There is no reference phone yet. Import a set, or try the practice set: Ctrl+P.")
        self._nothing.setText(nothing)
        self._nothing.setVisible(not pairs)

    def _on_picked(self, row: int) -> None:
        self.code.setText(self._codes[row][0])
        self.begin()
