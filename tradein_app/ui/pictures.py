"""Drawings of what a person sees on the phone, tinted by the tokens; larger than an icon, in several colours."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from tradein_app.ui.icons import FOLDER

if TYPE_CHECKING:
    from tradein_app.ui.tokens import Tokens

_WIDE, _HIGH = 140, 120
"""Every drawing's own size."""


@lru_cache(maxsize=64)
def picture(name: str, tokens: Tokens, height: int, ratio: float = 1.0, yes: str = "") -> QPixmap:
    """Return a drawing.

    Args:
        name: Of the file, without ``.svg``; tokens stand in it as ``$accent``.
        tokens: The colours.
        height: In device-independent pixels.
        ratio: Device pixels in one.
        yes: What the button says that is to be tapped, in the language of the window.
    """
    from PySide6.QtSvg import QSvgRenderer

    text = Template((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    # Not the standard library's escaping: its import takes 30 ms.
    word = yes.replace("&", "&amp;").replace("<", "&lt;")
    filled = text.substitute(dataclasses.asdict(tokens), yes=word)
    renderer = QSvgRenderer(QByteArray(filled.encode()))
    size = QSize(round(height * _WIDE / _HIGH), height)
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return made
