"""Draws a paper's HTML on one A4 page of a PDF, with Qt's own text engine (right-to-left and CJK included)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QMarginsF
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

DPI = 300
_MARGIN_MM = 16.0
_TO_SIGN_MM = 14.0
"""Left free above the lines to sign on."""
_MM_PER_INCH = 25.4
_POINTS = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""Font sizes, tried until the text fits on one page."""
_AIR = (2.4, 2.0, 1.7, 1.4, 1.2, 1.0)
"""How much room stands between blocks, tried from the most."""
_kept: list[QCoreApplication] = []


def ensure_application() -> QCoreApplication:
    """Return Qt's application; one that draws into memory is made where there is no display.

    It is a QApplication, for a window may be drawn after a paper.
    """
    running = QCoreApplication.instance()
    if running is not None:
        return running
    from PySide6.QtWidgets import QApplication

    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _kept.append(QApplication(["tradein"]))
    return _kept[0]


def save_pdf(path: Path, body: Callable[[float], str], *, foot: str, title: str) -> Path:
    """Save a paper as a PDF of one A4 page; the file is whole or not there.

    Args:
        path: Ends in ``.pdf``; its folder is made when needed.
        body: Makes the HTML with more or less room between its blocks, 1 for the least; every text already escaped.
        foot: The HTML that stands at the bottom of the page.
        title: For the PDF's own description.
    """
    ensure_application()
    # The text layout starts timers; a thread that Python made has nothing that could keep them before this.
    _dispatcher = QEventLoop()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    writer = _writer(draft, title)
    above, below = _fitted(body, foot, writer)
    painter = QPainter(writer)
    above.drawContents(painter)
    painter.translate(0, writer.height() - below.size().height())
    below.drawContents(painter)
    painter.end()
    return draft.replace(path)


def _writer(path: Path, title: str) -> QPdfWriter:
    writer = QPdfWriter(str(path))
    writer.setResolution(DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("tradein")
    return writer


def _fitted(
    body: Callable[[float], str], foot: str, writer: QPdfWriter
) -> tuple[QTextDocument, QTextDocument]:
    """Return body and foot in the largest letters, then with the most air, that leave room to sign."""
    for points in _POINTS:
        below = _laid_out(foot, points, writer)
        room = writer.height() - below.size().height() - DPI * _TO_SIGN_MM / _MM_PER_INCH
        for air in _AIR:
            above = _laid_out(body(air), points, writer)
            if above.size().height() <= room:
                return above, below
    return above, below


def _laid_out(html: str, points: float, writer: QPdfWriter) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(writer)
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    document.setHtml(html)
    document.setTextWidth(writer.width())
    return document
