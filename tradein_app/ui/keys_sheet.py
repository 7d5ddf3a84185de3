"""The sheet of keys, made from the table of keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QPushButton, QScrollArea, QWidget

from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.shortcuts import (
    ANYWHERE,
    CHECKLIST,
    DEVICES,
    QUOTE,
    SHORTCUTS,
    keys_shown,
    place_text,
    shortcut_text,
)
from tradein_app.ui.theme import TOUCH

_LETTERS = 84
"""How wide a column would be, in letters; what a key does goes on in the next line where there is less room."""
_LEAST_LETTERS = 40
"""Below so many letters for each, the two columns stand one below the other."""
_MARGIN, _UNDER, _BETWEEN = 18, 12, 36
"""Around everything, under the title, between the columns."""


class KeysSheet(Overlay):
    """Lists every key that does something; what has no room is scrolled to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Keys"))
        close = QPushButton(self.tr("Close  Esc"))
        self.closed_by(close)
        close.setMinimumHeight(TOUCH)
        close.clicked.connect(self.dismiss)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(_BETWEEN)
        self._columns.setContentsMargins(0, 0, 0, 0)
        for groups in ((ANYWHERE,), (DEVICES, CHECKLIST, QUOTE)):
            self._columns.addLayout(vbox(*map(_group, groups), 1, spacing=14), 1)
        self._content = QWidget()
        self._content.setLayout(self._columns)
        self._scroll = self._scroll_area(self._content)
        self._tip = label(self.tr("↑ ↓ PgUp PgDn show the rest."), "dim")
        self._head = hbox(label(self.tr("Keys"), "heading"), self._tip, 1, close, spacing=_MARGIN)
        self.setLayout(vbox(self._head, self._scroll, margin=_MARGIN, spacing=_UNDER))

    def _scroll_area(self, content: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setAccessibleName(self.tr("Keys"))
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (area, content):
            widget.setProperty("role", "plain")
        area.installEventFilter(self)
        return area

    def open(self) -> None:
        """Show the sheet from its beginning; its keys scroll it."""
        super().open()
        self._scroll.verticalScrollBar().setValue(0)
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Home and End, too."""
        if watched is self._scroll and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            bar = self._scroll.verticalScrollBar()
            ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
            if event.key() in ends:
                bar.setValue(ends[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Take the room that all keys need, in one column where two would be narrow."""
        room, letter = self._room.rect().adjusted(24, 24, -24, -24), self.fontMetrics().averageCharWidth()
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        around = 2 * _MARGIN + self.contentsMargins().left() + self.contentsMargins().right() + bar
        beside = room.width() - around >= 2 * _LEAST_LETTERS * letter + _BETWEEN
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(across if beside else down)
        wanted = (2 * _LETTERS * letter + _BETWEEN) if beside else _LETTERS * letter
        wide = min(room.width(), around + wanted)
        needed = self._columns.totalHeightForWidth(wide - around)
        # A label that wraps asks for the height of a narrow one; the content's is known here.
        self._content.setFixedHeight(needed)
        self._tip.setVisible(False)
        edge = self.contentsMargins()
        high = 2 * _MARGIN + self._head.sizeHint().height() + _UNDER + needed + edge.top() + edge.bottom()
        self._tip.setVisible(high > room.height())
        self.resize(wide, min(room.height(), high))
        self.move(room.center() - self.rect().center())


def _group(place: str) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    for row, shortcut in enumerate(each for each in SHORTCUTS if each.place == place):
        grid.addWidget(label(keys_shown(shortcut), "strong"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(shortcut_text(shortcut), wrap=True), row, 1)
    grid.setColumnStretch(1, 1)
    made = QWidget()
    made.setAccessibleName(place_text(place))
    made.setLayout(vbox(label(place_text(place), "title"), grid, spacing=6))
    return made
