"""Labels and amounts below each other; the total stands under a rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from tradein_app.ui.layouts import clear, label, set_tip
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.quote import Line


class LinesTable(QWidget):
    """Shows the lines of a build-up."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._shown: tuple[Line, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show lines; nothing is made anew when they are the same."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        clear(self._grid)
        row = 0
        for line in lines:
            row = self._add(line, row)

    def _add(self, line: Line, row: int) -> int:
        if line.total:
            rule = QFrame()
            rule.setFrameShape(QFrame.Shape.HLine)
            rule.setAccessibleName(self.tr("Sum"))
            self._grid.addWidget(rule, row, 0, 1, 2)
            row += 1
        role = "strong" if line.total else ""
        amount = label(line.amount, role)
        amount.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        name = label(line.label, role, wrap=True)
        if line.note:
            self._grid.addWidget(name, row, 0, 1, 2)
        else:
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(amount, row, 1)
        for widget in (name, amount):
            set_tip(widget, line.tip)
        return self._add_note(line, amount, row) if line.note else row + 1

    def _add_note(self, line: Line, amount: QLabel, row: int) -> int:
        """Put what is said of an amount under the label, and the amount beside it, both in its colour."""
        note = label(line.note, "strong", wrap=True)
        set_tip(note, line.tip)
        for widget in (note, amount):
            restyle(widget, tone=line.tone)
        self._grid.addWidget(note, row + 1, 0)
        self._grid.addWidget(amount, row + 1, 1)
        return row + 2
