"""The range that a phone may sell for, painted: a bar from p10 to p90, a mark at p50."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tradein_app.ui.theme import Theme
from tradein_app.viewmodels.quote import RangeView


class RangeBar(QWidget):
    """Paints a range; its accessible name says it in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._range: RangeView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Range of the resale price"))

    def show_range(self, shown: RangeView | None) -> None:
        """Show a range, or nothing."""
        self._range = shown
        self.setVisible(shown is not None)
        if shown is not None:
            self.setAccessibleName(shown.as_text())
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bar and two lines of amounts."""
        return QSize(160, round(self.fontMetrics().height() * 2.9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar, its ends and its middle."""
        if self._range is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = self.fontMetrics().height()
        bar = QRectF(1, line + 4, self.width() - 2, line * 0.6)
        share = (
            self._range.share
            if self.layoutDirection() == Qt.LayoutDirection.LeftToRight
            else 1 - self._range.share
        )
        middle = bar.left() + bar.width() * share
        self._paint_bar(painter, bar, middle)
        self._paint_amounts(painter, bar, middle, line)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF, middle: float) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(QColor(tokens.soft))
        painter.drawRoundedRect(bar, 4, 4)
        painter.setPen(QPen(QColor(tokens.accent), 3))
        painter.drawLine(QPointF(middle, bar.top() - 2), QPointF(middle, bar.bottom() + 2))

    def _paint_amounts(self, painter: QPainter, bar: QRectF, middle: float, line: int) -> None:
        assert self._range is not None
        below = QRectF(0, bar.bottom() + 2, self.width(), line)
        painter.setPen(QColor(self._theme.tokens.dim))
        ends = (self._range.low, self._range.high)
        left, right = ends if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else ends[::-1]
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, left)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, right)
        width = painter.fontMetrics().horizontalAdvance(self._range.middle) + 4
        x = min(max(middle - width / 2, 0), self.width() - width)
        painter.setPen(QColor(self._theme.tokens.text))
        painter.drawText(QRectF(x, 0, width, line), Qt.AlignmentFlag.AlignCenter, self._range.middle)
