"""Puts pictures with captions on one sheet, in two columns."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter, QPen

from tradein_app.ui.tokens import Tokens

COLUMNS, GAP, LINE = 2, 14, 26
COLOURS = 160


@dataclass(frozen=True, slots=True)
class Card:
    """A picture, what it is called, and where it comes from."""

    name: str
    note: str
    picture: QImage

    @property
    def width(self) -> float:
        """In device-independent pixels."""
        return self.picture.deviceIndependentSize().width()

    @property
    def height(self) -> float:
        """With its caption."""
        return self.picture.deviceIndependentSize().height() + LINE


def compose(cards: Sequence[Card], tokens: Tokens, to: Path) -> None:
    """Write a sheet as a PNG of few colours."""
    ratio = cards[0].picture.devicePixelRatio()
    width = max(card.width for card in cards)
    rows = [cards[start : start + COLUMNS] for start in range(0, len(cards), COLUMNS)]
    heights = [max(card.height for card in row) + GAP for row in rows]
    size = QRectF(0, 0, COLUMNS * (width + GAP) + GAP, sum(heights) + GAP).toRect()
    sheet = QImage(size.size() * ratio, QImage.Format.Format_RGB32)
    sheet.setDevicePixelRatio(ratio)
    sheet.fill(QColor(tokens.bg))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = float(GAP)
    for row, height in zip(rows, heights, strict=True):
        for column, card in enumerate(row):
            _paint(painter, tokens, card, QPointF(GAP + column * (width + GAP), top))
        top += height
    painter.end()
    sheet.save(str(to))
    _reduce(to)


def _paint(painter: QPainter, tokens: Tokens, card: Card, at: QPointF) -> None:
    font = QFont(QGuiApplication.font())
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text))
    line = QRectF(at.x() + 2, at.y(), card.width, LINE - 6)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, card.name)
    after = painter.fontMetrics().horizontalAdvance(card.name) + 10
    painter.setFont(QGuiApplication.font())
    painter.setPen(QColor(tokens.dim))
    painter.drawText(line.adjusted(after, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, card.note)
    below = at + QPointF(0, LINE)
    painter.drawImage(below, card.picture)
    painter.setPen(QPen(QColor(tokens.line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(below, card.picture.deviceIndependentSize()), 6, 6)


def _reduce(path: Path) -> None:
    """Make a picture small with ImageMagick; without it, it stays as it is."""
    convert = shutil.which("magick") or shutil.which("convert")
    if convert is not None:
        subprocess.run(
            [convert, path, "-strip", "+dither", "-colors", str(COLOURS), f"PNG8:{path}"], check=True
        )
