"""Our own small drawings, tinted by a token."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

import resources

FOLDER = Path(resources.__file__).parent / "icons"
_DRAWN = "currentColor"


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return a drawing as a square of ``size`` device-independent pixels.

    Args:
        name: Of the file, without ``.svg``.
        colour: ``#rrggbb``; replaces ``currentColor`` in the file.
        size: Of the side.
        ratio: Device pixels in one.
    """
    from PySide6.QtSvg import QSvgRenderer

    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace(_DRAWN, colour)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


def icon(name: str, colour: str, size: int = 20, ratio: float = 1.0) -> QIcon:
    """Return a drawing for a button."""
    return QIcon(pixmap(name, colour, size, ratio))
