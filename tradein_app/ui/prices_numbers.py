"""The second page of prices: the backtest in numbers, each step of the price, the curve as rows, what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLabel, QWidget

from tradein_app.ui.calibration_table import RowsModel, RowsTable
from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.viewmodels.prices_axis import name_of
from tradein_app.viewmodels.prices_data_words import left_out_rows
from tradein_app.viewmodels.prices_standing import figure_rows
from tradein_app.viewmodels.prices_steps import step_rows
from tradein_app.viewmodels.prices_words import figure_heads, money

if TYPE_CHECKING:
    from tradein_app.viewmodels.prices import PricesModel


_MOST = 50
"""Of a column's room goes to its list, which is no higher than its rows; the rest stays empty beneath."""
_MOST_LEFT_OUT = 5
"""Rows of the list of what is left out that are seen at once; the price's steps need the room."""


class ExactRows(RowsModel):
    """Rows of rounded numbers; the tip of each cell tells it exactly."""

    def __init__(self, heads: tuple[str, ...]) -> None:
        super().__init__(heads)
        self._exact: Sequence[tuple[str, ...]] = ()

    def show_exactly(self, rows: Sequence[tuple[str, ...]], exact: Sequence[tuple[str, ...]]) -> None:
        """Show rows, and keep the exact ones for the tips."""
        self._exact = exact
        self.show_rows(rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a cell's text, or the exact one as its tip."""
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._exact[index.row()][index.column()]
        return super().data(index, role)


class NumbersPage(QWidget):
    """Four lists, for those who want to know exactly."""

    def __init__(self, model: PricesModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("All numbers"))
        self._model = model
        self.backtest = RowsTable(self.tr("Backtest"), RowsModel(figure_heads()), wide=0)
        self._step_rows = ExactRows((self.tr("Step"), self.tr("By"), self.tr("Times")))
        self.steps = RowsTable(
            self.tr("The price, step by step"),
            self._step_rows,
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
        for each in (self._no_backtest, self._none_out):
            # Nothing is said of what nobody has looked at yet.
            each.hide()
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
        # The middle takes what room there is, so that its lists scroll last of all.
        column.setStretch(1, 1)
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
        _fill(
            self.left_out, left_out_rows(overview.data, self._model.language), self._none_out, _MOST_LEFT_OUT
        )

    def show_curve(self) -> None:
        """Show the price's steps and the curve."""
        curve, language = self._model.curve, self._model.language
        if curve is None:
            return
        self._steps_of.setText(self.tr("The price, step by step: {0}").format(curve.title))
        steps, exact = step_rows(curve.factors, language)
        total = (self.tr("Expected price"), "", money(curve.today.range.p50, language))
        self._step_rows.show_exactly([*steps, total], [*exact, total])
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


def _fill(table: RowsTable, rows: list[tuple[str, ...]], nothing: QLabel, most: int = 0) -> None:
    table.rows.show_rows(rows)
    table.setVisible(bool(rows))
    _fit(table, most)
    nothing.setVisible(not rows)
    if rows:
        table.selectRow(0)


def _fit(table: RowsTable, most: int = 0) -> None:
    """Let a list be no higher than its rows, or than so many: what is below moves up."""
    head, row = table.horizontalHeader().sizeHint().height(), table.verticalHeader().defaultSectionSize()
    count = max(len(table.rows.rows), 1)
    table.setMaximumHeight(head + row * (min(count, most) if most else count) + 2 * table.frameWidth() + 2)
