"""The outline of a device, unfolded: front and back with the four edges round the front, and the marks on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tradein_app.ui.theme import Theme
from tradein_app.viewmodels.language import pick
from tradein_app.viewmodels.mark_digits import PLACES, is_edge, on_pad, place
from tradein_app.viewmodels.marking import PLACE, Marking
from tradein_app.viewmodels.origins import mark_words

if TYPE_CHECKING:
    from diagnostics.grading.defects import Defects, Face, Mark
    from tradein_app.viewmodels.checklist import ChecklistModel

_GAP, _BETWEEN = 3.0, 10.0
"""Millimetres between an edge and the front, and between front and back."""
_AIR = 4.0
_THIN = 14
"""Millimetres below which a side is an edge."""


class Outline(QWidget):
    """Paints the sides and their marks; its accessible name says the marks in words.

    Args:
        theme: Its colours.
        model: Whose marks.
        marking: The defect on its way; the open side and the digits of its parts come from it.
        large: It is what the person works on: marks carry numbers, sides their names.
    """

    pointed = Signal(str, float, float)
    """A side that was clicked, and where on it, 0 to 1 from its corner."""

    def __init__(self, theme: Theme, model: ChecklistModel, marking: Marking, *, large: bool = False) -> None:
        super().__init__()
        self._theme, self._model, self._marking, self._large = theme, model, marking, large
        self._state: object = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Outline of the device"))

    def show_marks(self) -> None:
        """Show the marks of the shown phone, where something about them changed."""
        marking = self._marking
        state = (
            self._model.marks,
            self._model.page_number,
            marking.step,
            marking.face,
            marking.point,
            marking.chosen,
            marking.by_pad,
        )
        if state != self._state:
            self._state = state
            self.setAccessibleName(self._name())
            self.update()

    def _name(self) -> str:
        defects, marks = self._model.defects, self._model.marks
        if defects is None or not marks:
            return self.tr("Outline of the device, nothing marked")
        said = "; ".join(mark_words(defects, mark, self._model.language) for mark in marks)
        return self.tr("Outline of the device: {0}").format(said)

    def sizeHint(self) -> QSize:
        """Return room in which the sides can be told apart."""
        line = self.fontMetrics().height()
        return QSize(line * 20, line * 20) if self._large else QSize(line * 11, line * 11)

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which an edge can be clicked."""
        line = self.fontMetrics().height()
        return QSize(line * 9, line * 9)

    def rects(self) -> dict[str, QRectF]:
        """Return where each side is painted."""
        defects = self._model.defects
        if defects is None:
            return {}
        size = {face.id: face.size for face in defects.faces}
        edge, (width, height) = size["left"][0], size["front"]
        whole = QSize(
            round(2 * edge + 2 * _GAP + width + _BETWEEN + size["back"][0]),
            round(height + 2 * edge + 2 * _GAP),
        )
        scale = min((self.width() - 2 * _AIR) / whole.width(), (self.height() - 2 * _AIR) / whole.height())
        left = (self.width() - whole.width() * scale) / 2
        top = (self.height() - whole.height() * scale) / 2
        inner = edge + _GAP
        places = {
            "left": (0, inner),
            "front": (inner, inner),
            "right": (inner + width + _GAP, inner),
            "top": (inner, 0),
            "bottom": (inner, inner + height + _GAP),
            "back": (2 * inner + width + _BETWEEN, inner),
        }
        return {
            name: QRectF(left + x * scale, top + y * scale, size[name][0] * scale, size[name][1] * scale)
            for name, (x, y) in places.items()
        }

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sides, then the marks."""
        defects = self._model.defects
        if defects is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rects = self.rects()
        for face in defects.faces:
            self._paint_face(painter, face, rects[face.id])
        for number, mark in enumerate(self._model.marks, start=1):
            self._paint_mark(painter, defects, mark, rects[mark.face], number)
        self._paint_point(painter, rects)
        painter.end()

    def _paint_face(self, painter: QPainter, face: Face, rect: QRectF) -> None:
        tokens = self._theme.tokens
        open_ = self._is_open(face)
        painter.setPen(QPen(QColor(tokens.accent if open_ else tokens.edge), 2 if open_ else 1))
        painter.setBrush(QColor(tokens.soft if open_ else tokens.card))
        thin = min(face.size) < _THIN
        radius = min(rect.width(), rect.height()) * (0.4 if thin else 0.13)
        painter.drawRoundedRect(rect, radius, radius)
        if face.id == "front":
            air = rect.width() * 0.06
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.drawRoundedRect(rect.adjusted(air, air, -air, -air), radius * 0.6, radius * 0.6)
        if face.camera:
            self._paint_camera(painter, rect, face.camera / face.size[0] * rect.width())
        asked = self._large and open_ and self._marking.step == PLACE
        if self._large and not thin and not asked:
            self._write(painter, rect, pick(face.text, self._model.language), Qt.AlignmentFlag.AlignHCenter)
        if asked:
            self._paint_digits(painter, face, rect)

    def _is_open(self, face: Face) -> bool:
        if self._large:
            return self._marking.face is not None and self._marking.face.id == face.id
        return face.page == self._model.page_number

    def _paint_camera(self, painter: QPainter, rect: QRectF, side: float) -> None:
        painter.setPen(QPen(QColor(self._theme.tokens.edge), 1))
        bump = QRectF(rect.left() + side * 0.15, rect.top() + side * 0.15, side, side)
        painter.drawRoundedRect(bump, side * 0.25, side * 0.25)
        for x, y in ((0.3, 0.3), (0.7, 0.7)):
            painter.drawEllipse(
                QPointF(bump.left() + side * x, bump.top() + side * y), side * 0.17, side * 0.17
            )

    def _write(self, painter: QPainter, rect: QRectF, text: str, align: Qt.AlignmentFlag) -> None:
        painter.setPen(QColor(self._theme.tokens.dim))
        air = self.fontMetrics().height() * 0.9
        painter.drawText(rect.adjusted(0, 0, 0, -air), align | Qt.AlignmentFlag.AlignBottom, text)

    def _paint_digits(self, painter: QPainter, face: Face, rect: QRectF) -> None:
        """Paint the digit of each part, and below it, small, the one on the other keys, where that differs."""
        tokens, pad, edge = self._theme.tokens, self._marking.by_pad, is_edge(face)
        line = self.fontMetrics().height()
        for digit in range(1, PLACES + 1):
            x, y = place(face, digit)
            middle = QPointF(rect.left() + rect.width() * x, rect.top() + rect.height() * y)
            keys = (on_pad(face, digit), digit) if pad else (digit, on_pad(face, digit))
            up = 0.0 if edge else line * 0.45
            self._paint_digit(painter, middle - QPointF(0, up), str(keys[0]), tokens.text, 1.0)
            if not edge:
                self._paint_digit(painter, middle + QPointF(0, line * 0.5), str(keys[1]), tokens.dim, 0.8)
        painter.setFont(self.font())

    def _paint_digit(self, painter: QPainter, middle: QPointF, text: str, colour: str, size: float) -> None:
        """Paint one digit, over whatever is drawn there."""
        font = QFont(self.font())
        font.setBold(size >= 1)
        font.setPointSizeF(font.pointSizeF() * size)
        painter.setFont(font)
        half = painter.fontMetrics().height() * 0.45
        box = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        painter.fillRect(box, QColor(self._theme.tokens.soft))
        painter.setPen(QColor(colour))
        painter.drawText(box.adjusted(-half, -half, half, half), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_mark(self, painter: QPainter, defects: Defects, mark: Mark, rect: QRectF, number: int) -> None:
        tokens = self._theme.tokens
        sign = defects.kind(mark.kind).severity(mark.severity).sign
        colour = QColor(tokens.bad if sign == "✗" else tokens.warn)
        middle = QPointF(rect.left() + rect.width() * mark.x, rect.top() + rect.height() * mark.y)
        radius = self.fontMetrics().height() * (0.62 if self._large else 0.36)
        if mark == self._marking.chosen:
            painter.setPen(QPen(QColor(tokens.accent), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, radius + 4, radius + 4)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(tokens.card))
        painter.drawEllipse(middle, radius, radius)
        if self._large:
            box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))
        elif sign == "✗":
            painter.drawLine(middle - QPointF(radius, radius) / 2, middle + QPointF(radius, radius) / 2)
            painter.drawLine(middle - QPointF(radius, -radius) / 2, middle + QPointF(radius, -radius) / 2)

    def _paint_point(self, painter: QPainter, rects: dict[str, QRectF]) -> None:
        marking = self._marking
        if not self._large or marking.face is None or marking.point is None:
            return
        rect = rects[marking.face.id]
        middle = QPointF(
            rect.left() + rect.width() * marking.point[0], rect.top() + rect.height() * marking.point[1]
        )
        painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        size = self.fontMetrics().height() * 0.6
        painter.drawLine(middle - QPointF(size, 0), middle + QPointF(size, 0))
        painter.drawLine(middle - QPointF(0, size), middle + QPointF(0, size))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which side was clicked, and where; an edge is a little larger than it looks."""
        point = event.position()
        for name, rect in self.rects().items():
            if rect.adjusted(-2, -2, 2, 2).contains(point):
                x, y = (point.x() - rect.left()) / rect.width(), (point.y() - rect.top()) / rect.height()
                self.pointed.emit(name, min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0))
                return
