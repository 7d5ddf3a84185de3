"""The plot of prices: the range as a band or bars, the middle as a line, real prices as dots; arrow keys walk along it.

Our own painter: pyqtgraph 0.14 took 0.5 s to be imported here, most of it in one module that cannot be taken in slices.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tradein_app.services.price_page_records import By, Dot, PriceCurve
from tradein_app.ui.theme import Theme
from tradein_app.viewmodels.prices_axis import Frame, frame_of
from tradein_app.viewmodels.prices_words import curve_words, money, point_words, rounded_whole

_LINE, _DOT, _OWN = 2.4, 3.0, 4.5
_BAR = 0.34
"""How wide the bar of a grade or a storage is, of its place."""
_SPREAD = 0.62
"""Over how much of its place dots are spread, so that equal prices do not hide each other."""
_STEPS = 11
_LEAST_LETTERS = 44


class PricePlot(QWidget):
    """Shows one curve. Colour is never alone: the middle is a line, own sales are filled, others' are rings.

    Args:
        theme: Its colours.
        language: Of its words.
    """

    walked = Signal(str)
    """The place that the keyboard or the mouse is at, in words."""

    def __init__(self, theme: Theme, language: str) -> None:
        super().__init__()
        self._theme = theme
        self._language = language
        self._curve: PriceCurve | None = None
        self._frame: Frame | None = None
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Prices"))

    def show_curve(self, curve: PriceCurve | None) -> None:
        """Show a curve, and stand where what is asked for is today; ``None`` shows nothing."""
        self._curve = curve if curve is not None and curve.points else None
        self._frame = frame_of(self._curve, self._language) if self._curve else None
        if self._curve is not None:
            places = [abs(point.at - self._curve.today.at) for point in self._curve.points]
            self._at = places.index(min(places))
            self._tell()
        self.update()

    def text(self) -> str:
        """Return the plot as a person would read it out."""
        return curve_words(self._curve, self._language) if self._curve else ""

    def sizeHint(self) -> QSize:
        """Return room for some twenty lines."""
        letters = self.fontMetrics()
        return QSize(letters.averageCharWidth() * 80, letters.height() * 20)

    def minimumSizeHint(self) -> QSize:
        """Return room in which every tick can be read."""
        letters = self.fontMetrics()
        return QSize(letters.averageCharWidth() * _LEAST_LETTERS, letters.height() * 9)

    # --- walking along

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next or previous place, the first or the last."""
        last = len(self._curve.points) - 1 if self._curve else 0
        to = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is None or self._curve is None:
            super().keyPressEvent(event)
        else:
            self._go(min(max(to, 0), last))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place nearest to the mouse."""
        if self._curve is None or self._frame is None:
            return
        room, frame = self._room(), self._frame
        places = [
            abs(room.left() + room.width() * frame.place(p.at) - event.position().x())
            for p in self._curve.points
        ]
        self._go(places.index(min(places)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the arrow keys stand."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the mark away."""
        super().focusOutEvent(event)
        self.update()

    def _go(self, to: int) -> None:
        self._at = to
        self._tell()
        self.update()

    def _tell(self) -> None:
        assert self._curve is not None
        said = point_words(self._curve, self._at, self._language)
        self.setAccessibleDescription(f"{said}. {self.text()}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.walked.emit(said)

    # --- painting

    def _room(self) -> QRectF:
        letters = self.fontMetrics()
        wide = (
            max((letters.horizontalAdvance(tick.text) for tick in self._frame.up), default=0)
            if self._frame
            else 0
        )
        line = letters.height()
        return QRectF(self.rect()).adjusted(wide + line * 0.8, line * 0.6, -line * 0.8, -line * 1.7)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint grid, range, dots, middle, and where the keyboard stands."""
        if self._curve is None or self._frame is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._room()
        self._paint_grid(painter, room, self._frame)
        if self._curve.asked.by is By.AGE:
            self._paint_band(painter, room, self._frame)
            self._paint_today(painter, room, self._frame)
        else:
            self._paint_bars(painter, room, self._frame)
        self._paint_dots(painter, room, self._frame)
        if self._curve.asked.by is not By.AGE:
            self._paint_amounts(painter, room, self._frame)
        self._paint_mark(painter, room, self._frame)
        painter.end()

    def _spot(self, room: QRectF, frame: Frame, at: float, amount: object) -> QPointF:
        across = room.left() + room.width() * frame.place(at)
        return QPointF(across, room.bottom() - room.height() * frame.height(float(str(amount))))

    def _paint_grid(self, painter: QPainter, room: QRectF, frame: Frame) -> None:
        tokens, line = self._theme.tokens, self.fontMetrics().height()
        for tick in frame.up:
            y = room.bottom() - room.height() * frame.height(tick.at)
            painter.setPen(QPen(QColor(tokens.edge if tick.at == 0 else tokens.line), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(tokens.dim))
            text = QRectF(0, y - line / 2, room.left() - line * 0.4, line)
            painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, tick.text)
        if self._curve is not None and self._curve.asked.by is By.AGE:
            caption = QRectF(room.left(), room.top() - line * 0.5, room.width(), line)
            painter.drawText(caption, Qt.AlignmentFlag.AlignRight, self.tr("age in years"))
        for tick in frame.across:
            x = room.left() + room.width() * frame.place(tick.at)
            width = self.fontMetrics().horizontalAdvance(tick.text) + line
            text = QRectF(x - width / 2, room.bottom() + line * 0.3, width, line * 1.2)
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, tick.text)

    def _paint_band(self, painter: QPainter, room: QRectF, frame: Frame) -> None:
        assert self._curve is not None
        tokens, points = self._theme.tokens, self._curve.points
        low = [self._spot(room, frame, point.at, point.range.p10.amount) for point in points]
        middle = [self._spot(room, frame, point.at, point.range.p50.amount) for point in points]
        high = [self._spot(room, frame, point.at, point.range.p90.amount) for point in points]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._shade())
        painter.drawPolygon(QPolygonF([*high, *reversed(low)]))
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.drawPolyline(low)
        painter.drawPolyline(high)
        painter.setPen(QPen(QColor(tokens.accent), _LINE))
        painter.drawPolyline(middle)

    def _paint_bars(self, painter: QPainter, room: QRectF, frame: Frame) -> None:
        assert self._curve is not None
        tokens = self._theme.tokens
        half = room.width() / max(len(frame.places), 1) * _BAR / 2
        for point in self._curve.points:
            low = self._spot(room, frame, point.at, point.range.p10.amount)
            middle = self._spot(room, frame, point.at, point.range.p50.amount)
            high = self._spot(room, frame, point.at, point.range.p90.amount)
            bar = QRectF(high.x() - half, high.y(), 2 * half, low.y() - high.y())
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.setBrush(self._shade())
            painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(QPen(QColor(tokens.accent), _LINE + 0.6))
            painter.drawLine(QPointF(bar.left(), middle.y()), QPointF(bar.right(), middle.y()))

    def _paint_amounts(self, painter: QPainter, room: QRectF, frame: Frame) -> None:
        """Say each bar's middle beneath it: there no dot lies over it."""
        assert self._curve is not None
        for point in self._curve.points:
            spot = self._spot(room, frame, point.at, point.range.p10.amount)
            self._paint_amount(painter, spot, money(rounded_whole(point.range.p50), self._language))

    def _paint_amount(self, painter: QPainter, spot: QPointF, text: str) -> None:
        letters, tokens = self.fontMetrics(), self._theme.tokens
        size = letters.horizontalAdvance(text) + letters.height() * 0.8, letters.height() * 1.2
        below = QRectF(spot.x() - size[0] / 2, spot.y() + letters.height() * 0.25, *size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.card))
        painter.drawRoundedRect(below, 4, 4)
        painter.setPen(QColor(tokens.text))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)

    def _shade(self) -> QBrush:
        """Return the ground of a range: a tone of the accent that every dot and line stands out from."""
        colour = QColor(self._theme.tokens.accent)
        colour.setAlphaF(0.16)
        return QBrush(colour)

    def _paint_today(self, painter: QPainter, room: QRectF, frame: Frame) -> None:
        assert self._curve is not None
        tokens, line = self._theme.tokens, self.fontMetrics().height()
        spot = self._spot(room, frame, self._curve.today.at, self._curve.today.range.p50.amount)
        painter.setPen(QPen(QColor(tokens.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(spot.x(), room.top()), QPointF(spot.x(), room.bottom()))
        text = self.tr("today")
        width = self.fontMetrics().horizontalAdvance(text) + line * 0.4
        # The axis has its name at the right of the same line.
        end = room.right() - self.fontMetrics().horizontalAdvance(self.tr("age in years")) - line * 0.6
        left = spot.x() + line * 0.3 if spot.x() + width < end else spot.x() - width
        place = QRectF(left, room.top(), width, line)
        # No line of the grid goes through the word.
        painter.fillRect(place, QColor(tokens.card))
        painter.setPen(QColor(tokens.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, text)

    def _paint_dots(self, painter: QPainter, room: QRectF, frame: Frame) -> None:
        assert self._curve is not None
        # Own sales come last, so that no ask lies over one.
        for number, dot in reversed(list(enumerate(self._curve.dots))):
            spot = self._spot(room, frame, dot.at, dot.price.amount)
            if frame.places:
                share = (number % _STEPS) / (_STEPS - 1) - 0.5
                spot.setX(spot.x() + share * _SPREAD * room.width() / len(frame.places))
            if room.left() - 1 <= spot.x() <= room.right() + 1:
                self._paint_dot(painter, spot, dot)

    def _paint_dot(self, painter: QPainter, spot: QPointF, dot: Dot) -> None:
        tokens = self._theme.tokens
        colour = tokens.text if dot.own else tokens.dim
        paint_dot(painter, spot, tokens.card, colour, own=dot.own, sold=dot.sold)

    def _paint_mark(self, painter: QPainter, room: QRectF, frame: Frame) -> None:
        if not self.hasFocus() or self._curve is None:
            return
        tokens, point = self._theme.tokens, self._curve.points[self._at]
        spot = self._spot(room, frame, point.at, point.range.p50.amount)
        painter.setBrush(QColor(tokens.card))
        painter.setPen(QPen(QColor(tokens.accent), 3))
        painter.drawEllipse(spot, 7, 7)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


def paint_dot(
    painter: QPainter, spot: QPointF, ground: str, colour: str, *, own: bool, sold: bool = False
) -> None:
    """Paint an own sale as a filled circle, one of others as a ring, an ask as a diamond: told apart without colour."""
    painter.setPen(QPen(QColor(ground if own else colour), 1.2))
    painter.setBrush(QColor(colour) if own else QBrush(Qt.BrushStyle.NoBrush))
    if own or sold:
        size = _OWN if own else _DOT
        painter.drawEllipse(spot, size, size)
        return
    x, y = spot.x(), spot.y()
    corners = ((x, y - _DOT), (x + _DOT, y), (x, y + _DOT), (x - _DOT, y))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
