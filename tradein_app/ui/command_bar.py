"""Finds a command by its words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from tradein_app.ui.layouts import label, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.shortcuts import COMMANDS, SHORTCUTS, command_text, keys_shown, shortcut_text


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
        self._nothing = label(self.tr("Nothing is called so. Try another word."), "dim", wrap=True)
        self._list = QListWidget()
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.itemActivated.connect(self._run)
        self._list.itemClicked.connect(self._run)
        self._list.setMinimumHeight(self.fontMetrics().height() * 18)
        self._fill()
        self._list.setMinimumWidth(self._list.sizeHintForColumn(0) + 2 * self.fontMetrics().height())
        self.setLayout(vbox(self._field, self._nothing, self._list, margin=12))

    def _fill(self) -> None:
        for shortcut in SHORTCUTS:
            if shortcut.command:
                self._add(f"{shortcut_text(shortcut)}    {keys_shown(shortcut)}", shortcut.action)
        for action, text in COMMANDS:
            self._add(command_text(text), action)

    def _add(self, text: str, action: str) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, action)
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
        shown = next((row for row in range(self._list.count()) if not self._list.item(row).isHidden()), -1)
        self._list.setCurrentRow(shown)
        self._nothing.setVisible(shown < 0)
        if self.isVisible():
            # What is said above the list needs room of its own, or the list's lower edge would be cut.
            self._place()

    def _run(self) -> None:
        item = self._list.currentItem()
        if self._list.currentRow() >= 0 and not item.isHidden():
            self.dismiss()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
