"""What a person does in the window: keys, the next action, sheets; bound once the panels are there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from tradein_app.ui.command_bar import CommandBar
from tradein_app.ui.digits import digit_of
from tradein_app.ui.furniture import Furniture
from tradein_app.ui.keys_sheet import KeysSheet
from tradein_app.ui.overlay import uppermost
from tradein_app.ui.photo_handling import PhotoHandling
from tradein_app.ui.shortcuts import COMMANDS, SHORTCUTS
from tradein_app.ui.view_menu import ViewMenu
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.scanned import take_scan
from tradein_app.viewmodels.workbench import Notice, Workbench

if TYPE_CHECKING:
    from diagnostics.teaching import Unnamed
    from tradein_app.ui.calibration_opening import Opening
    from tradein_app.ui.calibration_window import CalibrationWindow
    from tradein_app.ui.name_sheet import NameSheet
    from tradein_app.ui.number_sheet import NumberSheet
    from tradein_app.ui.prices_opening import Opening as PricesOpening
    from tradein_app.ui.prices_window import PricesWindow
    from tradein_app.ui.sale_sheet import SaleSheet
    from tradein_app.ui.slots_sheet import SlotsSheet
    from tradein_app.ui.standards_sheet import StandardsSheet

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Handling(QObject):
    """Binds keys and presses to what they do.

    Args:
        room: The window's inside; sheets lie over it.
        bench: What is worked on.
        furniture: The panels.
        view: Chooses colours and language.
    """

    def __init__(self, room: QWidget, bench: Workbench, furniture: Furniture, view: ViewMenu) -> None:
        super().__init__(room)
        self._room = room
        self._bench = bench
        self._panels = furniture
        self._view = view
        self.keys: KeysSheet | None = None
        self.commands: CommandBar | None = None
        self.names: NameSheet | None = None
        self.slots: SlotsSheet | None = None
        self.numbers: NumberSheet | None = None
        self.sales: SaleSheet | None = None
        self.calibration: CalibrationWindow | None = None
        self._opening: Opening | None = None
        view.calibration_asked.connect(self.show_calibration)
        self.prices: PricesWindow | None = None
        self._prices_opening: PricesOpening | None = None
        view.prices_asked.connect(self.show_prices)
        self.standards: StandardsSheet | None = None
        self.photos = PhotoHandling(room, bench, furniture.checklist)
        self._bind_keys()
        furniture.devices.picked.connect(furniture.checklist.take_focus)
        furniture.devices.slots_asked.connect(self.show_slots)
        furniture.quote.check_asked.connect(self.check)
        furniture.quote.compare_asked.connect(self.show_standards)
        furniture.quote.sale_asked.connect(self.record_sale)
        furniture.reading.question_asked.connect(self.check)
        furniture.reading.name_asked.connect(self.ask_name)
        furniture.reading.by_hand.connect(furniture.checklist.take_focus)
        furniture.strip.jump_asked.connect(self.jump)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]

    def _bind_keys(self) -> None:
        does = self.handlers()
        for shortcut in SHORTCUTS:
            for number, key in enumerate(shortcut.keys if shortcut.handled else ()):
                numbered = self._numbered(shortcut.action, number)
                handler = numbered or does[shortcut.action]
                bound = QShortcut(QKeySequence(key), self._room.window())
                bound.setContext(Qt.ShortcutContext.WindowShortcut)
                bound.activated.connect(partial(self._do, shortcut.action, handler))

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what Ctrl or Alt and a digit do where the row of digits types something else, and Qt knows no such key."""
        for held, action in ((_CTRL, "page"), (_ALT, "port")):
            digit = digit_of(event, held)
            does = self._numbered(action, "1234567890".index(digit)) if digit else None
            if does is not None and not (action == "page" and digit == "0"):
                self._do(action, does)
                return True
        return False

    def _do(self, action: str, handler: Callable[[], object]) -> None:
        """Do what a key does; the list of commands does not stay open over another thing."""
        if action not in {"palette", "close"} and self.commands is not None and self.commands.dismiss():
            self._panels.named(self._bench.panel).take_focus()
        handler()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each action of the table of keys does."""
        bench, panels = self._bench, self._panels
        return {
            "keys": self.show_keys,
            "palette": self.show_commands,
            "next_phone": partial(self.jump, Look.NEEDS_YOU, 1),
            "previous_phone": partial(self.jump, Look.NEEDS_YOU, -1),
            "next_action": self.do_next_action,
            "read_again": lambda: bench.read_again(bench.devices.selected),
            "next_panel": partial(self._step_panel, 1),
            "previous_panel": partial(self._step_panel, -1),
            "any_port": panels.devices.start_typing,
            "secrets": panels.reading.toggle_secrets,
            "name_model": panels.reading.name_model,
            "next_step": panels.reading.next_step,
            "slots": self.show_slots,
            "number_slots": self.number_slots,
            "sale": self.record_sale,
            "calibration": self.show_calibration,
            "prices": self.show_prices,
            "undo": bench.undo,
            "redo": bench.redo,
            "mark": panels.checklist.toggle_marking,
            "history": bench.checklist.toggle_history,
            "paper": bench.open_paper,
            "start_anew": bench.start_anew,
            "close": self.close_top,
            "next_open": bench.checklist.next_open,
            "clear": bench.checklist.clear,
            "clean": bench.checklist.press_clean,
            "primary": panels.quote.press_primary,
            "decline": self.decline,
            **self.photos.handlers(),
            "compare": self.show_standards,
            "look_again": bench.look_again_first,
            "view": self._view.showMenu,
            **{key: partial(self._view.choose, key) for key, _ in COMMANDS},
        }

    def do_next_action(self) -> None:
        """Do what the bar on top says."""
        action = self._bench.next_action()
        if action.act == "quote":
            self._panels.quote.press_primary()
        elif action.port is not None:
            self._do_at_port(action.port, action.act)

    def _do_at_port(self, port: int, act: str) -> None:
        self._bench.devices.select(port)
        if act == "install_rule":
            self._panels.reading.take_focus()
        elif act in {"ask_trust", "read_again"}:
            self._bench.read_again(port, ask_trust=act == "ask_trust")
        else:
            self._panels.checklist.take_focus()

    def decline(self) -> None:
        """Ask whether to decline the shown phone, or say why that cannot be."""
        record = self._bench.record
        if record is not None and not record.stage.closed:
            self._panels.quote.press_decline()
            return
        text = self.tr("This inspection is closed already.") if record else self.tr("Choose a phone first.")
        self._bench.noticed.emit(Notice("warn", text))

    def check(self, question_id: str) -> None:
        """Open a question."""
        self._bench.checklist.go_to_question(question_id)
        self._panels.checklist.take_focus()

    def take_scan(self, code: str) -> None:
        """Go to the phone that a barcode names, or take it for the one that was sold."""
        if self.sales is not None and not self.sales.isHidden():
            self.sales.take(code)
            return
        if take_scan(self._bench, code):
            self._panels.checklist.take_focus()

    def jump(self, look: Look, step: int = 1) -> None:
        """Go to the next phone with a look."""
        index = self._bench.devices.next_with(look, step)
        if index is not None:
            self._panels.devices.pick(index)

    def show_keys(self) -> None:
        """Open the sheet of keys, or close it."""
        self.keys = self.keys or KeysSheet(self._room)
        if self.keys.dismiss():
            self._panels.named(self._bench.panel).take_focus()
        else:
            self.keys.open()

    def show_commands(self) -> None:
        """Open the list of commands."""
        if self.commands is None:
            self.commands = CommandBar(self._room)
            self.commands.chosen.connect(lambda action: self.handlers()[action]())
        self.commands.open()

    def ask_name(self, what: Unnamed) -> None:
        """Open the sheet that asks what a model or a colour is called."""
        if self.names is None:
            from tradein_app.ui.name_sheet import NameSheet

            self.names = NameSheet(self._room, self._bench)
        self.names.ask(what)

    def record_sale(self) -> None:
        """Open the sheet that asks what a phone was sold for: the shown one where it was bought, else any."""
        if self.sales is None:
            from tradein_app.ui.sale_sheet import SaleSheet

            self.sales = SaleSheet(self._room, self._bench)
        closed = self._bench.closed_deal()
        self.sales.ask(self._bench.record_id or "" if closed and closed.bought else "")

    def show_slots(self) -> None:
        """Open the list of all slots, or close it."""
        if self.slots is None:
            from tradein_app.ui.slots_sheet import SlotsSheet

            self.slots = SlotsSheet(self._room, self._bench)
            self.slots.picked.connect(self._panels.devices.go_to)
            self.slots.number_asked.connect(self.number_slots)
        if not self.slots.dismiss():
            self.slots.open()

    def show_standards(self) -> None:
        """Open the sheet with the shown phone under every standard, or close it."""
        if self.standards is None:
            from tradein_app.ui.standards_sheet import StandardsSheet

            self.standards = StandardsSheet(self._room, self._bench)
        if not self.standards.dismiss():
            self.standards.ask()

    def show_calibration(self) -> None:
        """Open the window in which graders re-grade reference phones."""
        if self.calibration is not None:
            self.calibration.open()
            return
        from tradein_app.ui.calibration_opening import Opening

        self._opening = self._opening or Opening(self._bench.pacer, self._make_calibration)
        self._opening.begin()

    def _make_calibration(self) -> CalibrationWindow:
        from tradein_app.ui.calibration_window import CalibrationWindow

        self.calibration = CalibrationWindow(self._bench, self._panels.theme, self._room.window())
        return self.calibration

    def show_prices(self) -> None:
        """Open the window of prices, at the phone that is shown."""
        reading = self._bench.reading
        title = (reading.identity.model if reading else None) or ""
        if self.prices is not None:
            self.prices.open(title)
            return
        from tradein_app.ui.prices_opening import Opening

        self._prices_opening = self._prices_opening or Opening(self._bench.pacer, self._make_prices, title)
        self._prices_opening.begin()

    def _make_prices(self) -> PricesWindow:
        from tradein_app.ui.prices_window import PricesWindow

        self.prices = PricesWindow(self._bench, self._panels.theme, self._room.window())
        return self.prices

    def number_slots(self) -> None:
        """Open the sheet on which slots get their numbers."""
        if self.numbers is None:
            from tradein_app.ui.number_sheet import NumberSheet

            self.numbers = NumberSheet(self._room, self._bench)
        if self.slots is not None:
            self.slots.dismiss()
        self.numbers.start()

    def close_top(self) -> None:
        """Close what was opened last: a sheet, the bar of a deal, the message."""
        sheets = (
            self.commands,
            self.sales,
            self.names,
            self.standards,
            self.numbers,
            self.slots,
            self.keys,
        )
        top = uppermost(self._room)
        for sheet in (each for each in sheets if each is top):
            if sheet is not None and sheet.dismiss():
                if sheet.isHidden():  # one that only went a step back keeps the keyboard
                    self._panels.named(self._bench.panel).take_focus()
                return
        if self.photos.close_top() or self._panels.checklist.close_marking():
            self._panels.checklist.take_focus()
        elif not self._panels.quote.close_bar():
            self._panels.messages.dismiss()

    def _numbered(self, action: str, index: int) -> Callable[[], object] | None:
        """Return what one of several numbered keys does."""
        if action == "port":
            return partial(self._to_slot, index + 1)
        return partial(self._to_page, index + 1) if action == "page" else None

    def _to_slot(self, number: int) -> None:
        self._panels.devices.choose_number(number)
        # What had the keyboard may go away with the phone that was shown.
        self._panels.named(self._bench.panel).take_focus()

    def _to_page(self, number: int) -> None:
        self._bench.checklist.go_to_page(number)
        self._panels.checklist.take_focus()

    def _step_panel(self, by: int) -> None:
        names = [panel.name for panel in self._panels.panels]
        at = names.index(self._bench.panel)
        self._panels.panels[(at + by) % len(names)].take_focus()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        panels = self._panels.panels
        inside = next((p for p in panels if new is not None and (p is new or p.isAncestorOf(new))), None)
        if inside is None:
            return
        for panel in panels:
            panel.set_active(panel is inside)
        self._bench.set_panel(inside.name)
