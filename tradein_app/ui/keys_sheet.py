"""The sheet of keys, made from the table of keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

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


class KeysSheet(Overlay):
    """Lists every key that does something."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Keys"))
        close = QPushButton(self.tr("Close  Esc"))
        close.setMinimumHeight(TOUCH)
        close.clicked.connect(self.dismiss)
        left = vbox(_group(ANYWHERE), 1, spacing=14)
        right = vbox(_group(DEVICES), _group(CHECKLIST), _group(QUOTE), 1, spacing=14)
        head = hbox(label(self.tr("Keys"), "heading"), 1, close)
        self.setLayout(vbox(head, hbox(left, right, spacing=36), margin=18, spacing=12))


def _group(place: str) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    for row, shortcut in enumerate(each for each in SHORTCUTS if each.place == place):
        grid.addWidget(label(keys_shown(shortcut), "strong"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(shortcut_text(shortcut)), row, 1)
    grid.setColumnStretch(1, 1)
    made = QWidget()
    made.setAccessibleName(place_text(place))
    made.setLayout(vbox(label(place_text(place), "title"), grid, spacing=6))
    return made
