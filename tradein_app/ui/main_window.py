"""The window: it composes the panels and binds the keys; all work is done in the view models."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QPushButton, QSplitter, QWidget

from tradein_app.ui.checklist_panel import ChecklistPanel
from tradein_app.ui.command_bar import CommandBar
from tradein_app.ui.devices_panel import DevicesPanel
from tradein_app.ui.keys_sheet import KeysSheet
from tradein_app.ui.layouts import frame, hbox, label, vbox
from tradein_app.ui.message_bar import MessageBar
from tradein_app.ui.next_action_bar import NextActionBar
from tradein_app.ui.panel import Panel
from tradein_app.ui.quote_panel import QuotePanel
from tradein_app.ui.reading_panel import ReadingPanel
from tradein_app.ui.shortcuts import SHORTCUTS
from tradein_app.ui.status_strip import StatusStrip
from tradein_app.ui.theme import TOUCH, Theme
from tradein_app.ui.tokens import Mode
from tradein_app.ui.view_menu import ViewMenu
from tradein_app.viewmodels.tiles import Look
from tradein_app.viewmodels.workbench import Workbench

MINIMUM = (1024, 640)
USUAL = (1360, 860)
_FOLDED_BELOW = (1200, 720)
_WIDTHS, _FOLDED_WIDTHS = (284, 724, 336), (230, 490, 280)
_HEIGHTS, _FOLDED_HEIGHTS = (330, 390), (90, 400)


class MainWindow(QMainWindow):
    """Four panels, one next action on top, what happened at the foot."""

    closing = Signal()
    mode_chosen = Signal(str)
    language_chosen = Signal(str)

    def __init__(self, bench: Workbench, theme: Theme, mode: Mode = Mode.SYSTEM) -> None:
        super().__init__()
        self._bench = bench
        self._theme = theme
        self.setWindowTitle(self.tr("tradein"))
        self.setAccessibleName(self.tr("tradein"))
        self.setMinimumSize(*MINIMUM)
        self._folded = False
        self._keys: KeysSheet | None = None
        self._commands: CommandBar | None = None
        self._build(mode)
        self._bind_keys()
        self._wire()
        self.refresh()

    def _build(self, mode: Mode) -> None:
        self.action_bar = NextActionBar(self._theme)
        self.messages = MessageBar(self._theme)
        self.band = self._make_band()
        self.devices = DevicesPanel(self._bench, self._theme)
        self.reading = ReadingPanel(self._bench, self._theme)
        self.checklist = ChecklistPanel(self._bench)
        self.quote = QuotePanel(self._bench, self._theme)
        self.strip = StatusStrip(self._theme, self._bench.language)
        self.panels: tuple[Panel, ...] = (self.devices, self.reading, self.checklist, self.quote)
        self._add_tools(mode)
        self._room = central = QWidget()
        central.setProperty("role", "page")
        central.setAccessibleName(self.tr("Bench"))
        items = (self.band, self.action_bar, self._make_columns(), self.messages, self.strip)
        column = vbox(*items, margin=8, spacing=8)
        column.setStretch(2, 1)
        central.setLayout(column)
        self.setCentralWidget(central)

    def _make_band(self) -> QFrame:
        text = self.tr("Buying: money goes out")
        band = frame("band", text, hbox(1, label(text, "heading"), 1, margin=4))
        band.hide()
        return band

    def _make_columns(self) -> QSplitter:
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        for splitter, name in (
            (self._middle, self.tr("Reading and checklist")),
            (self._columns, self.tr("Panels")),
        ):
            splitter.setAccessibleName(name)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
        self._middle.addWidget(self.reading)
        self._middle.addWidget(self.checklist)
        for widget in (self.devices, self._middle, self.quote):
            self._columns.addWidget(widget)
        self._columns.setSizes(_WIDTHS)
        for index, stretch in enumerate((0, 1, 0)):
            self._columns.setStretchFactor(index, stretch)
        self._middle.setSizes(_HEIGHTS)
        return self._columns

    def _add_tools(self, mode: Mode) -> None:
        keys = QPushButton(self.tr("Keys  F1"))
        keys.setMinimumHeight(TOUCH)
        keys.clicked.connect(self._show_keys)
        view = ViewMenu(mode, self._bench.language)
        view.mode_chosen.connect(self.mode_chosen)
        view.language_chosen.connect(self.language_chosen)
        self.action_bar.tools.addWidget(keys)
        self.action_bar.tools.addWidget(view)

    def _wire(self) -> None:
        bench = self._bench
        for signal in (
            bench.shown,
            bench.devices.tile_changed,
            bench.devices.tile_added,
            bench.later_changed,
        ):
            signal.connect(lambda *_: bench.pacer.ask(self.refresh))
        bench.noticed.connect(self.messages.show_notice)
        self.action_bar.pressed.connect(self._next_action)
        self.strip.jump_asked.connect(self._jump)
        self.quote.check_asked.connect(self._check)
        self.quote.buying_changed.connect(self._on_buying_changed)
        bench.devices.selected_changed.connect(self.messages.let_go)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def _bind_keys(self) -> None:
        does = self._handlers()
        for shortcut in SHORTCUTS:
            for number, key in enumerate(shortcut.keys if shortcut.handled else ()):
                handler = (
                    partial(self._go_to_port, number) if shortcut.action == "port" else does[shortcut.action]
                )
                QShortcut(
                    QKeySequence(key), self, context=Qt.ShortcutContext.WindowShortcut
                ).activated.connect(handler)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        devices = self._bench.devices
        return {
            "keys": self._show_keys,
            "palette": self._show_commands,
            "next_phone": partial(self._jump, Look.NEEDS_YOU, 1),
            "previous_phone": partial(self._jump, Look.NEEDS_YOU, -1),
            "next_action": self._next_action,
            "read_again": lambda: self._bench.read_again(devices.selected),
            "next_panel": partial(self._step_panel, 1),
            "previous_panel": partial(self._step_panel, -1),
            "any_port": self.devices.start_typing,
            "secrets": self.reading.toggle_secrets,
            "undo": self._bench.checklist.undo,
            "close": self._close_top,
            "next_open": self._bench.checklist.next_open,
            "clear": self._bench.checklist.clear,
            "clean": self._bench.checklist.press_clean,
            "primary": self.quote.press_primary,
            "decline": self.quote.press_decline,
        }

    # --- what is shown

    def refresh(self) -> None:
        """Show the next action and the counts."""
        self.action_bar.show_action(self._bench.next_action())
        self.strip.show_counts(self._bench.devices.counts())

    def open_panel(self, name: str) -> None:
        """Bring the keyboard to a panel."""
        next(panel for panel in self.panels if panel.name == name).take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold Reading and Devices in a small window."""
        super().resizeEvent(event)
        folded = self.width() < _FOLDED_BELOW[0] or self.height() < _FOLDED_BELOW[1]
        if folded != self._folded:
            self._folded = folded
            self.reading.fold(folded)
            self.devices.fold(folded)
            self._columns.setSizes(_FOLDED_WIDTHS if folded else _WIDTHS)
            self._middle.setSizes(_FOLDED_HEIGHTS if folded else _HEIGHTS)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes; everything was saved as it was given."""
        self.closing.emit()
        super().closeEvent(event)

    # --- what a person does

    def _next_action(self) -> None:
        action = self._bench.next_action()
        if action.act == "quote":
            self.quote.press_primary()
        elif action.port is not None:
            self._do_at_port(action.port, action.act)

    def _do_at_port(self, port: int, act: str) -> None:
        self._bench.devices.select(port)
        if act in {"ask_trust", "read_again"}:
            self._bench.read_again(port, ask_trust=act == "ask_trust")
        else:
            self.checklist.take_focus()

    def _check(self, question_id: str) -> None:
        self._bench.checklist.go_to_question(question_id)
        self.checklist.take_focus()

    def _go_to_port(self, index: int) -> None:
        self.devices.go_to(index)

    def _jump(self, look: Look, step: int = 1) -> None:
        index = self._bench.devices.next_with(look, step)
        if index is not None:
            self.devices.go_to(index)

    def _step_panel(self, by: int) -> None:
        names = [panel.name for panel in self.panels]
        at = names.index(self._bench.panel)
        self.panels[(at + by) % len(names)].take_focus()

    def _show_keys(self) -> None:
        self._keys = self._keys or KeysSheet(self._room)
        if not self._keys.dismiss():
            self._keys.open()

    def _show_commands(self) -> None:
        if self._commands is None:
            self._commands = CommandBar(self._room)
            self._commands.chosen.connect(lambda action: self._handlers()[action]())
        self._commands.open()

    def _close_top(self) -> None:
        for sheet in (self._commands, self._keys):
            if sheet is not None and sheet.dismiss():
                self.open_panel(self._bench.panel)
                return
        if not self.quote.close_bar():
            self.messages.dismiss()

    def _on_buying_changed(self, buying: bool) -> None:
        """Put the band in the place of the bar on top, so that nothing moves."""
        self.band.setMinimumHeight(self.action_bar.height())
        self.action_bar.setVisible(not buying)
        self.band.setVisible(buying)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = next((p for p in self.panels if new is not None and (p is new or p.isAncestorOf(new))), None)
        if inside is None:
            return
        for panel in self.panels:
            panel.set_active(panel is inside)
        self._bench.set_panel(inside.name)


def usual_size() -> tuple[int, int]:
    """Return the size to open with: the usual one, or what the screen has."""
    room = QGuiApplication.primaryScreen().availableGeometry()
    return min(USUAL[0], room.width()), min(USUAL[1], room.height())
