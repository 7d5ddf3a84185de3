"""A label whose text ends in an ellipsis where there is no room, and stands whole in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption

from tradein_app.ui.layouts import set_tip
from tradein_app.viewmodels.formatting import without_isolates


class ElidedLabel(QLabel):
    """One line of plain text; it never asks for more width than there is."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.struck = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        """Return a width that never pushes the window open."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much as fits."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        font = self.font()
        font.setStrikeOut(self.struck)
        painter.setFont(font)
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        set_tip(self, without_isolates(self.text()) if shown != self.text() else "")
        flags = QStyle.visualAlignment(self.layoutDirection(), self.alignment())
        painter.setPen(option.palette.color(self.foregroundRole()))
        painter.drawText(self.rect(), int(flags), shown)
        painter.end()
