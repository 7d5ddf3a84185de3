"""Draws a paper's HTML on one A4 page of a PDF, with Qt's own text engine (right-to-left and CJK included)."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QMarginsF, QSizeF
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

DPI = 300
_MARGIN_MM = 16.0
_POINTS = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Font sizes, tried until the text fits on one page."""
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


def save_pdf(path: Path, html: str, *, title: str) -> Path:
    """Save a paper as a PDF of one A4 page; the file is whole or not there.

    Args:
        path: Ends in ``.pdf``; its folder is made when needed.
        html: Every text in it already escaped.
        title: For the PDF's own description.
    """
    ensure_application()
    # The text layout starts timers; a thread that Python made has nothing that could keep them before this.
    _dispatcher = QEventLoop()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    writer = _writer(draft, title)
    document = _fitted(html, writer)
    painter = QPainter(writer)
    document.drawContents(painter)
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


def _fitted(html: str, writer: QPdfWriter) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(writer)
    for points in _POINTS:
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(points)
        document.setDefaultFont(font)
        document.setHtml(html)
        document.setPageSize(QSizeF(writer.width(), writer.height()))
        if document.pageCount() == 1:
            break
    return document
