"""The lists of calibration: plain rows, and a trend that is painted and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tradein_app.ui.theme import Theme

TREND = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
Cells = Sequence[str]
Points = tuple[float | None, ...]
_DOT, _LINE = 3.0, 1.6
_INSET = 6.0
_LEAST_LETTERS = 12
_WIDEST_LATEST = "2026-W00: 000/000  "


class RowsModel(QAbstractTableModel):
    """Texts in rows; the last column may be a trend."""

    def __init__(self, heads: Cells) -> None:
        super().__init__()
        self._heads = heads
        self.rows: tuple[Cells, ...] = ()
        self._points: tuple[Points, ...] = ()

    def show_rows(
        self, rows: Sequence[Cells], points: Sequence[Points] = (), heads: Cells | None = None
    ) -> None:
        """Show these; a row with points ends in the words of its trend."""
        self.beginResetModel()
        self.rows, self._points = tuple(rows), tuple(points)
        self._heads = heads or self._heads
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title."""
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._heads[section] if shown else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text; that of a trend is said, not shown."""
        text, last = self.rows[index.row()][index.column()], index.column() == len(self._heads) - 1
        painted = bool(self._points) and last
        if role == TREND:
            return self._points[index.row()] if painted else None
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return text
        return text if role == Qt.ItemDataRole.DisplayRole and not painted else None


class RowPainter(QStyledItemDelegate):
    """Paints the cells of the chosen row alike: the one with the keyboard would have another colour of text."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Leave the frame of the one cell away."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class TrendPainter(RowPainter):
    """Paints a cell's trend: a line from the oldest to the newest, a dot where the neighbours are missing.

    Args:
        theme: Its colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a cell."""
        super().paint(painter, option, index)
        points = index.data(TREND)
        if not points:
            return
        rect = QRectF(option.rect).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        rect.setLeft(self._paint_latest(painter, option, index))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        colour = QColor(self._theme.tokens.on if chosen else self._theme.tokens.accent)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.edge), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_points(painter, colour, [_place(rect, points, at) for at in range(len(points))])
        painter.restore()

    def _paint_latest(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> float:
        """Say the newest period in words beside its picture, and return where the picture begins."""
        latest = str(index.data(Qt.ItemDataRole.ToolTipRole)).rpartition(", ")[2]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        room = QRectF(option.rect).adjusted(_INSET, 0, -_INSET, 0)
        painter.setPen(QColor(self._theme.tokens.on if chosen else self._theme.tokens.text))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, latest)
        return room.left() + option.fontMetrics.horizontalAdvance(_WIDEST_LATEST)

    def _paint_points(self, painter: QPainter, colour: QColor, places: list[QPointF | None]) -> None:
        painter.setPen(QPen(colour, _LINE))
        for before, after in pairwise(places):
            if before is not None and after is not None:
                painter.drawLine(before, after)
        painter.setBrush(colour)
        for place in places:
            if place is not None:
                painter.drawEllipse(place, _DOT, _DOT)


def _place(rect: QRectF, points: Points, at: int) -> QPointF | None:
    share = points[at]
    if share is None:
        return None
    across = rect.left() + rect.width() * (at + 0.5) / len(points)
    return QPointF(across, rect.bottom() - rect.height() * share)


class RowsTable(QTableView):
    """A list whose Tab leaves it, and whose Enter picks a row."""

    picked = Signal(int)

    def __init__(self, name: str, model: RowsModel, *, wide: int = 0) -> None:
        super().__init__()
        self._wide = wide
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._painter = RowPainter()
        self.setItemDelegate(self._painter)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 1.9))
        head = self.horizontalHeader()
        head.setAccessibleName(name)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.picked.emit(index.row()))
        model.modelReset.connect(self.spread)

    def spread(self) -> None:
        """Give each column what its cells need, the wide one what is left of the room."""
        self.resizeColumnsToContents()
        head, room = self.horizontalHeader(), self.viewport().width()
        last = head.count() - 1
        least = head.fontMetrics().averageCharWidth() * _LEAST_LETTERS
        ending = max(least, self.sizeHintForColumn(last))
        others = sum(head.sectionSize(at) for at in range(last) if at != self._wide)
        wanted = min(head.sectionSize(self._wide), room - others - ending)
        head.resizeSection(self._wide, max(least, wanted))
        # Fitting columns to their cells shrinks the last one, too; Qt stretches it only when the list is resized.
        head.resizeSection(last, max(ending, room - head.sectionPosition(last)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.spread()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick the row on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.picked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def text(self) -> str:
        """Return the list as a person would read it out."""
        return "\n".join(" | ".join(row) for row in self.rows.rows)
