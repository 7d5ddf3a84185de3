"""Calibration's page of agreement: by question and by grader, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.calibration_table import RowsModel, RowsTable, TrendPainter
from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.theme import TOUCH, Theme
from tradein_app.viewmodels.calibration_words import agreement_heads, grader_rows, question_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tradein_app.viewmodels.calibration import CalibrationModel
    from tradein_app.viewmodels.calibration_words import TrendRow


class AgreementPage(QWidget):
    """The questions with the least agreement first."""

    saving = Signal()

    def __init__(self, model: CalibrationModel, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Agreement"))
        self._model = model
        self._head = label(role="heading", wrap=True)
        self._painter = TrendPainter(theme)
        self._question, self._grader = self.tr("Question"), self.tr("Grader")
        self.questions = self._table(self.tr("Agreement by question"), self._question)
        self.graders = self._table(self.tr("Agreement by grader"), self._grader)
        self._by = self._button("", self.toggle)
        save = self._button(self.tr("Save as CSV…  Ctrl+S"), self.saving.emit)
        tip = self.tr("Least agreement first. Below five answers no percent is said.")
        column = vbox(
            self._head,
            label(tip, "dim", wrap=True),
            self.questions,
            self.graders,
            hbox(self._by, save, 1),
            spacing=8,
        )
        column.setStretch(2, 3)
        column.setStretch(3, 2)
        self.setLayout(column)
        model.agreement_changed.connect(self.show_report)

    def _table(self, name: str, first: str) -> RowsTable:
        table = RowsTable(name, RowsModel(agreement_heads(first)))
        table.setItemDelegateForColumn(4, self._painter)
        return table

    def _button(self, text: str, does: object) -> QPushButton:
        button = QPushButton(text)
        button.setMinimumHeight(TOUCH)
        button.setAutoDefault(False)
        button.clicked.connect(does)
        return button

    def open(self) -> None:
        """Ask for the counts of now."""
        self._name()
        self._model.ask_agreement()
        self.questions.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle(self) -> None:
        """Go from months to weeks, and back."""
        self._model.ask_agreement("week" if self._model.by == "month" else "month")
        self._name()

    def _name(self) -> None:
        weeks, months = self.tr("By week  Ctrl+W"), self.tr("By month  Ctrl+W")
        self._by.setText(weeks if self._model.by == "month" else months)

    def show_report(self) -> None:
        """Show the counts."""
        report = self._model.report
        if report is None:
            return
        text = self.tr("{0} finished rounds") if report.rounds else self.tr("No round is finished yet.")
        text = self.tr("1 finished round") if report.rounds == 1 else text
        self._head.setText(text.format(report.rounds))
        _fill(self.questions, question_rows(report, self._model.language))
        _fill(self.graders, grader_rows(report))
        self.questions.selectRow(0)

    def text(self) -> str:
        """Return the page as a person would read it out."""
        return f"{self._head.text()}\n{self.questions.text()}\n{self.graders.text()}"


def _fill(table: RowsTable, rows: Sequence[TrendRow]) -> None:
    table.rows.show_rows([(*row.cells, row.words) for row in rows], [row.points for row in rows])
