"""The list of all slots: what is in each, its speed, how often it lost its phone today, and what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableView, QWidget

from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.theme import TOUCH
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.slot_rows import SlotRow, follows_tip, heads, lost_tip, slot_rows

if TYPE_CHECKING:
    from diagnostics.usb.history import SlotDay
    from tradein_app.viewmodels.workbench import Workbench

_REFRESH_MS = 2000
"""How often the counts are asked for while the list is open."""
_LOST = 4
_NUMBERS = frozenset({0, _LOST})
_TEXTS = frozenset({int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)})
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CELL_EDGES = 14
"""A cell's padding and its grid line, left and right."""
_LETTERS = 150
"""How wide the sheet would be, in letters."""
_Index = QModelIndex | QPersistentModelIndex


class SlotsModel(QAbstractTableModel):
    """The slots by their numbers, or those first that lost their phones most often."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[SlotRow, ...] = ()
        self.cells: tuple[tuple[str, ...], ...] = ()
        self.by_losses = False
        self._heads = heads()

    def show_rows(self, rows: tuple[SlotRow, ...]) -> None:
        """Show these; the chosen cell stays where it is as long as the slots are the same ones."""
        wanted = tuple(sorted(rows, key=lambda row: -(row.lost or 0))) if self.by_losses else rows
        if wanted == self.rows:
            return
        same = [row.index for row in wanted] == [row.index for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows, self.cells = wanted, tuple(map(cells, wanted))
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(len(wanted) - 1, len(self._heads) - 1))
        else:
            self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many slots there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return {0: follows_tip(), _LOST: lost_tip()}.get(section)
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text; numbers stand at the right."""
        # A table asks for every cell nine times: enumerations would take most of that.
        if role in _TEXTS:
            if role == _TOOLTIP and index.column() == 0 and self.rows[index.row()].follows:
                return follows_tip()
            return self.cells[index.row()][index.column()]
        return _RIGHT if role == _ALIGNMENT and index.column() in _NUMBERS else None

    def width_of(self, column: int, title: QFontMetrics, cell: QFontMetrics) -> int:
        """Return the width that a column's title and cells need, in the letters of each."""
        wide = max((cell.horizontalAdvance(text) for text in {row[column] for row in self.cells}), default=0)
        return max(title.horizontalAdvance(self._heads[column]), wide) + _CELL_EDGES


def cells(row: SlotRow) -> tuple[str, ...]:
    """Return a slot's cells: a number that nobody gave stands in brackets, and what is not known is a dash."""
    number = f"({row.number})" if row.follows else str(row.number)
    lost = "–" if row.lost is None else str(row.lost)
    return number, row.state, row.phone, row.speed, lost, row.verdict


class SlotsSheet(Overlay):
    """Shows the list; Enter goes to a slot, L sorts by losses, Delete takes a number away.

    Args:
        parent: What it lies over.
        bench: Whose slots they are.
    """

    picked = Signal(int)
    """A port's index."""
    number_asked = Signal()

    def __init__(self, parent: QWidget, bench: Workbench) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("All slots"))
        self._bench = bench
        self._days: dict[str, SlotDay] | None = None
        self._asking = QTimer(self, interval=_REFRESH_MS)
        self._asking.timeout.connect(bench.saving.ask_days)
        bench.saving.days_told.connect(self._on_days)
        for signal in (bench.devices.tile_changed, bench.devices.tile_added, bench.devices.order_changed):
            signal.connect(lambda *_: bench.pacer.ask(self._refresh))
        self._make_table()
        self._lay_out()

    def _make_table(self) -> None:
        self.model = SlotsModel()
        self._table = QTableView()
        self._table.setAccessibleName(self.tr("All slots"))
        self._table.setModel(self.model)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._table.installEventFilter(self)
        head = self._table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.sectionClicked.connect(lambda section: self._sort(by_losses=section == _LOST))
        self._table.doubleClicked.connect(lambda index: self._pick(index.row()))

    def _lay_out(self) -> None:
        self._sorts = self._button("", lambda: self._sort(by_losses=not self.model.by_losses))
        numbers = self._button(self.tr("Number the slots  Shift+F11"), self.number_asked.emit)
        close = self._button(self.tr("Close  Esc"), self.dismiss)
        self.closed_by(close)
        tip = self.tr("Enter or a double click goes to a slot, Delete takes its number away.")
        head = hbox(label(self.tr("All slots"), "heading"), 1, self._sorts, numbers, close)
        self.setLayout(vbox(head, self._table, label(tip, "dim", wrap=True), margin=18, spacing=12))
        metrics = self.fontMetrics()
        self._table.setMinimumSize(metrics.averageCharWidth() * 60, metrics.height() * 6)
        self._name_sorting()

    def _button(self, text: str, does: object) -> QPushButton:
        button = QPushButton(text)
        button.setMinimumHeight(TOUCH)
        button.clicked.connect(does)
        return button

    def open(self) -> None:
        """Show the list: first its frame, then its rows, so that no step takes long; counts follow from the desk."""
        super().open()
        self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bench.pacer.ask(self._fill)

    def _fill(self) -> None:
        if self.isHidden():
            return
        self._refresh()
        self._spread()
        chosen = (at for at, row in enumerate(self.model.rows) if row.index == self._bench.devices.selected)
        self._table.selectRow(next(chosen, 0))
        self._bench.saving.ask_days()
        self._asking.start()

    def dismiss(self) -> bool:
        """Close the list, and ask for nothing more."""
        self._asking.stop()
        return super().dismiss()

    def _place(self) -> None:
        """Take most of the room: a list is read at a glance."""
        room, layout = self._room.rect().adjusted(24, 24, -24, -24), self.layout()
        assert layout is not None
        wide = min(room.width(), self.fontMetrics().averageCharWidth() * _LETTERS)
        rows = len(self._bench.devices.board.order()) * self._table.verticalHeader().defaultSectionSize()
        around = layout.totalHeightForWidth(wide) - self._table.sizeHint().height()
        high = around + rows + 2 * self._table.horizontalHeader().sizeHint().height()
        self.resize(wide, min(room.height(), high))
        self.move(room.center() - self.rect().center())

    def _spread(self) -> None:
        """Give each column what its cells need, as far as there is room; the last one takes the rest."""
        head, room = self._table.horizontalHeader(), self._table.viewport().width()
        last, shares = head.count() - 1, {1: 0.28, 2: 0.22}
        strong = QFont(head.font())
        strong.setBold(True)  # the style sheet's, of which the title's own font knows nothing
        # Qt's own fitting of columns asks for all cells again; these are measured once each.
        for column in range(last):
            wide = self.model.width_of(column, QFontMetrics(strong), self._table.fontMetrics())
            head.resizeSection(column, min(wide, round(room * shares.get(column, 1))))
        head.resizeSection(last, room - head.sectionPosition(last))

    def text(self) -> str:
        """Return the list as a person would read it out; ``""`` while it is closed."""
        lines = (" | ".join(cells(row)) for row in self.model.rows)
        return "" if self.isHidden() else without_isolates("\n".join(lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the list's keys before the table does, which would look for a cell that begins with the letter."""
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._does(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _does(self, key: Qt.Key) -> bool:
        """Go to a slot, sort, take a number away; whether the key does any of it."""
        row = self._table.currentIndex().row()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._pick(row)
        elif key == Qt.Key.Key_L:
            self._sort(by_losses=not self.model.by_losses)
        elif key == Qt.Key.Key_Delete and 0 <= row < len(self.model.rows):
            self._bench.slots.forget(self.model.rows[row].number)
        else:
            return False
        return True

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            index = self.model.rows[row].index
            self.dismiss()
            self.picked.emit(index)

    def _sort(self, *, by_losses: bool) -> None:
        self.model.by_losses = by_losses
        self._name_sorting()
        self._refresh()
        self._table.selectRow(0)

    def _name_sorting(self) -> None:
        by_number, by_losses = self.tr("Sort by number  L"), self.tr("Sort by losses  L")
        self._sorts.setText(by_number if self.model.by_losses else by_losses)

    def _on_days(self, days: tuple[SlotDay, ...]) -> None:
        self._days = {day.slot: day for day in days}
        self._refresh()

    def _refresh(self) -> None:
        if not self.isHidden():
            self.model.show_rows(slot_rows(self._bench.devices, self._days))
