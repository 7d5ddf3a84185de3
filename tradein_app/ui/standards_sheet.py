"""The sheet with one phone under every standard, side by side; Esc closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from diagnostics.grading.findings import finding_words
from tradein_app.ui.layouts import clear, hbox, label, set_text, set_tip, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.panel import Scroll
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.regrading import StandardRow, heads, standard_rows

if TYPE_CHECKING:
    from tradein_app.services.comparing import Comparison
    from tradein_app.viewmodels.workbench import Workbench

_LETTERS = 170
"""How wide the sheet would be, in letters."""
_SHARES = (3, 2, 6, 2)
"""How the columns share the width."""


class StandardsSheet(Overlay):
    """Rows are standards; the first one is that under which the phone was graded.

    Args:
        parent: What it lies over.
        bench: Whose phone it is.
    """

    def __init__(self, parent: QWidget, bench: Workbench) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("One phone, every standard"))
        self._bench = bench
        self._asked_for = ""
        self.rows: tuple[StandardRow, ...] = ()
        bench.saving.compared.connect(self._on_compared)
        bench.shown.connect(lambda: bench.pacer.ask(self._follow))
        self._close = QPushButton(self.tr("Close  Esc"))
        self._close.setMinimumHeight(TOUCH)
        self.closed_by(self._close)
        self._close.clicked.connect(self.dismiss)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(14)
        for column, share in enumerate(_SHARES):
            self._grid.setColumnStretch(column, share)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setLayout(vbox(self._grid, 1))
        self._scroll = Scroll(self.tr("One phone, every standard"), inside)
        self._inside = inside
        self._phone = label("", "strong", wrap=True)
        title = label(self.tr("One phone, every standard"), "heading")
        self._left_out = label("", wrap=True)
        restyle(self._left_out, tone="warn")
        tip = self.tr("Nothing changes by looking: the phone keeps the grade that it has.")
        head = hbox(title, 1, self._close)
        self.setLayout(
            vbox(
                head,
                self._phone,
                self._scroll,
                self._left_out,
                label(tip, "dim", wrap=True),
                margin=18,
                spacing=12,
            )
        )

    def ask(self) -> None:
        """Have the shown phone compared; the sheet opens when that is there, a moment later."""
        if self._bench.compare():
            self._asked_for = self._bench.record_id or ""

    def text(self) -> str:
        """Return the sheet as a person would read it out; ``""`` while it is closed."""
        return "" if self.isHidden() else without_isolates("\n".join(row.as_text() for row in self.rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by line and by page; a column that scrolls leaves the arrows to its panel."""
        bar = self._scroll.verticalScrollBar()
        line, page = self.fontMetrics().height() * 2, self._scroll.viewport().height()
        steps = {
            Qt.Key.Key_Down: line,
            Qt.Key.Key_Up: -line,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        bar.setValue(bar.value() + step)

    def _on_compared(self, comparison: Comparison) -> None:
        record = self._bench.record
        if record is None or comparison.inspection_id not in {record.id, self._asked_for}:
            return
        if comparison.inspection_id == record.id == self._asked_for:
            set_text(self._phone, record.reading.identity.model or "")
            left_out = (finding_words(found, self._bench.language) for found in comparison.left_out)
            set_text(self._left_out, "\n".join(left_out))
            self._show(standard_rows(comparison, record, self._bench.language))

    def _follow(self) -> None:
        """Ask anew while the sheet is open: other answers, or another phone."""
        if not self.isHidden():
            self.ask()

    def _show(self, rows: tuple[StandardRow, ...]) -> None:
        if rows != self.rows:
            self.rows = rows
            self._fill()
        if self.isHidden():
            self.open()
            self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._place()

    def _fill(self) -> None:
        clear(self._grid)
        for column, title in enumerate(heads()):
            self._grid.addWidget(label(title, "title"), 0, column)
        for number, row in enumerate(self.rows, start=1):
            self._add(row, number)

    def _add(self, row: StandardRow, at: int) -> None:
        because = "\n".join(row.because) or self.tr("nothing lowers it")
        cells = (
            label(row.name, "strong" if row.own else "", wrap=True),
            label(row.label, "strong", wrap=True),
            label(because, "" if row.because else "dim", wrap=True),
            label(row.differs, wrap=True),
        )
        restyle(cells[3], tone=row.tone)
        set_tip(cells[2], row.tip)
        for column, cell in enumerate(cells):
            cell.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            self._grid.addWidget(cell, at, column)

    def _place(self) -> None:
        """Take most of the room, no more than the rows need."""
        room = self._room.rect().adjusted(24, 24, -24, -24)
        width = min(room.width(), self.fontMetrics().averageCharWidth() * _LETTERS)
        # Rows wrap by the width that they get; only then it is known how high they are.
        self.resize(width, min(room.height(), self.sizeHint().height()))
        layout = self.layout()
        assert layout is not None
        layout.activate()
        viewport = self._scroll.viewport()
        missing = self._inside.heightForWidth(viewport.width()) - viewport.height()
        wanted = self.height() + missing
        self.resize(width, min(room.height(), wanted))
        # Labels that wrap ask for more height than they take: a bar would lead to nothing but empty room.
        bar = "ScrollBarAlwaysOff" if wanted <= room.height() else "ScrollBarAsNeeded"
        self._scroll.setProperty("verticalScrollBarPolicy", bar)
        self.move(room.center() - self.rect().center())
