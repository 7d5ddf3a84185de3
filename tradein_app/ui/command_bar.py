"""Finds a command by its words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from tradein_app.ui.layouts import vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.shortcuts import SHORTCUTS, keys_shown, shortcut_text


class CommandBar(Overlay):
    """Type a few letters, Enter does the first command that holds them."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Commands"))
        self._field = QLineEdit()
        self._field.setPlaceholderText(self.tr("Find a command"))
        self._field.setAccessibleName(self.tr("Find a command"))
        self._field.textChanged.connect(self._filter)
        self._field.returnPressed.connect(self._run)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.itemActivated.connect(self._run)
        self._list.itemClicked.connect(self._run)
        self._list.setMinimumWidth(self.fontMetrics().horizontalAdvance("M") * 32)
        self._list.setMinimumHeight(self.fontMetrics().height() * 18)
        self._fill()
        self.setLayout(vbox(self._field, self._list, margin=12))

    def _fill(self) -> None:
        for shortcut in SHORTCUTS:
            if shortcut.command:
                item = QListWidgetItem(f"{shortcut_text(shortcut)}    {keys_shown(shortcut)}")
                item.setData(Qt.ItemDataRole.UserRole, shortcut.action)
                self._list.addItem(item)

    def open(self) -> None:
        """Show all commands."""
        super().open()
        self._field.clear()
        self._filter("")
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down in the list while the field has the focus."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        rows = [row for row in range(self._list.count()) if not self._list.item(row).isHidden()]
        if rows:
            at = rows.index(self._list.currentRow()) if self._list.currentRow() in rows else -1
            self._list.setCurrentRow(rows[max(0, min(at + step, len(rows) - 1))])

    def _filter(self, text: str) -> None:
        for row in range(self._list.count()):
            item = self._list.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())
        shown = (row for row in range(self._list.count()) if not self._list.item(row).isHidden())
        self._list.setCurrentRow(next(shown, -1))

    def _run(self) -> None:
        item = self._list.currentItem()
        if not item.isHidden():
            self.dismiss()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
