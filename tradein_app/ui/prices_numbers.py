"""The second page of prices: the backtest in numbers, each step of the price, the curve as rows, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tradein_app.ui.calibration_table import RowsModel, RowsTable
from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.viewmodels.prices_axis import name_of
from tradein_app.viewmodels.prices_standing import figure_rows
from tradein_app.viewmodels.prices_words import figure_heads, left_out_rows, money

if TYPE_CHECKING:
    from tradein_app.viewmodels.prices import PricesModel


_MOST = 50
"""Of a column's room goes to its list, which is no higher than its rows; the rest stays empty beneath."""


class NumbersPage(QWidget):
    """Four lists, for those who want to know exactly."""

    def __init__(self, model: PricesModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("All numbers"))
        self._model = model
        self.backtest = RowsTable(self.tr("Backtest"), RowsModel(figure_heads()), wide=0)
        self.steps = RowsTable(
            self.tr("The price, step by step"),
            RowsModel((self.tr("Step"), self.tr("By"), self.tr("Times"))),
            wide=0,
        )
        heads = (self.tr("At"), self.tr("Low"), self.tr("Expected"), self.tr("High"))
        self.points = RowsTable(self.tr("The curve"), RowsModel(heads), wide=0)
        found = (self.tr("File or feed"), self.tr("Rows"), self.tr("Why they are left out"))
        self.left_out = RowsTable(self.tr("Rows left out"), RowsModel(found), wide=0)
        self._no_backtest = label(
            self.tr("No model was trained yet, so nothing was tried."), "dim", wrap=True
        )
        self._none_out = label(self.tr("No row is left out."), "dim", wrap=True)
        self._steps_of = label(role="title", wrap=True)
        self._lay_out()
        model.overview_changed.connect(self.show_overview)
        model.curve_changed.connect(self.show_curve)

    def _lay_out(self) -> None:
        first = vbox(
            label(self.tr("Backtest: tried on prices that were left out"), "title"),
            self._no_backtest,
            self.backtest,
        )
        steps = vbox(self._steps_of, self.steps, 1)
        points = vbox(label(self.tr("The curve as rows"), "title"), self.points, 1)
        middle = hbox(steps, points, spacing=12)
        last = vbox(label(self.tr("Rows left out"), "title"), self._none_out, self.left_out, 1)
        for part, table in ((steps, self.steps), (points, self.points), (last, self.left_out)):
            part.setStretchFactor(table, _MOST)
        column = vbox(first, middle, last, spacing=12)
        column.setStretch(1, 3)
        column.setStretch(2, 1)
        self.setLayout(column)

    def take_focus(self) -> None:
        """Bring the keyboard to the first list that holds anything."""
        shown = (self.backtest, self.steps, self.points)
        first = next((each for each in shown if each.rows.rows), self.steps)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_overview(self) -> None:
        """Show the backtest and what was left out."""
        overview = self._model.overview
        if overview is None:
            return
        _fill(self.backtest, figure_rows(overview, self._model.language), self._no_backtest)
        _fill(self.left_out, left_out_rows(overview.data, self._model.language), self._none_out)

    def show_curve(self) -> None:
        """Show the price's steps and the curve."""
        curve, language = self._model.curve, self._model.language
        if curve is None:
            return
        from pricing.words import words

        self._steps_of.setText(self.tr("The price, step by step: {0}").format(curve.title))
        steps = [(words(each, language), each.note, f"\u00d7 {each.multiplier}") for each in curve.factors]
        total = (self.tr("Expected price"), "", money(curve.today.range.p50, language))
        self.steps.rows.show_rows([*steps, total])
        _fit(self.steps)
        ends = [(point.range.p10, point.range.p50, point.range.p90) for point in curve.points]
        self.points.rows.show_rows(
            [
                (name_of(curve, at, language), *(money(amount, language) for amount in amounts))
                for at, amounts in enumerate(ends)
            ]
        )
        _fit(self.points)

    def text(self) -> str:
        """Return the page as a person would read it out."""
        return "\n".join(each.text() for each in (self.backtest, self.steps, self.points, self.left_out))


def _fill(table: RowsTable, rows: list[tuple[str, ...]], nothing: QLabel) -> None:
    table.rows.show_rows(rows)
    table.setVisible(bool(rows))
    _fit(table)
    nothing.setVisible(not rows)
    if rows:
        table.selectRow(0)


def _fit(table: RowsTable) -> None:
    """Let a list be no higher than its rows: what is below moves up."""
    head, row = table.horizontalHeader().sizeHint().height(), table.verticalHeader().defaultSectionSize()
    table.setMaximumHeight(head + row * max(len(table.rows.rows), 1) + 2 * table.frameWidth() + 2)
