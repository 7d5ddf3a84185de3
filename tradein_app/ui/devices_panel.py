"""Panel 1: the ports of the bench, in their order, never re-sorted."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.device_tile import Density, DeviceTile
from tradein_app.ui.digits import digit_of
from tradein_app.ui.icons import icon
from tradein_app.ui.later_list import LaterList
from tradein_app.ui.layouts import label, set_text, set_tip, vbox
from tradein_app.ui.panel import Panel, Scroll
from tradein_app.ui.theme import Theme
from tradein_app.ui.tile_columns import least_room, widest
from tradein_app.viewmodels.formatting import spans
from tradein_app.viewmodels.state_texts import state_texts
from tradein_app.viewmodels.workbench import Notice, Workbench

ROOMY, COMPACT = 8, 20
"""Up to so many ports each tile also says what to do, or has three lines; beyond, as many as can be are seen."""
ROW, LARGE_ROW = 32, 36
"""How high a row is, device-independent pixels: that of many when they are scrolled anyway, and at most."""
_LEAST_ROW = 21
"""So high rows may be at least for all of them to be seen at once."""
_SPACING = {Density.DENSE: 1, Density.ROWS: 2, Density.COMPACT: 6, Density.ROOMY: 6}
_TYPING_MS = 1500


class DevicesPanel(Panel):
    """One tile a port; typed digits and Enter go to a port."""

    picked = Signal()
    """A phone was chosen to be worked on, not in passing."""
    slots_asked = Signal()
    """The list of all slots is wanted."""

    def __init__(self, bench: Workbench, theme: Theme) -> None:
        super().__init__("devices")
        self.set_title(1, self.tr("Devices"))
        self._bench = bench
        self._theme = theme
        self._tiles: list[DeviceTile] = []
        self._folded = False
        self._changed: dict[int, None] = {}
        self._arranging: set[int] = set()
        self._manner = (Density.ROOMY, 0)
        self._typed = ""
        self._timer = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._timer.timeout.connect(self._forget)
        self._typing = label(role="strong")
        self._slots = QPushButton(self.tr("Slots  F11"))
        self._slots.setAccessibleName(self.tr("All slots"))
        set_tip(self._slots, self.tr("All slots, and how often each lost its phone"))
        self._slots.clicked.connect(self.slots_asked)
        self.header.addWidget(self._typing)
        self.header.addWidget(self._slots)
        self._build()
        self._wire()

    def _build(self) -> None:
        hint = self.tr("Plug in a phone. Slots get their numbers in the order in which you use them first.")
        self._empty = label(hint, "dim", wrap=True)
        self._column = vbox(spacing=6)
        self._later = LaterList(self._bench.language)
        self._content = QWidget()
        self._content.setLayout(vbox(self._empty, self._column, self._later, spacing=10))
        self._scroll = Scroll(self.tr("Slots"), self._content)
        self.fill(self._scroll, growing=self._scroll)
        set_text(self._typing, "")
        self._bench.devices.expect(len(self._bench.devices.tiles))
        self._add_missing()

    def _wire(self) -> None:
        devices = self._bench.devices
        devices.tile_added.connect(lambda _index: self._bench.pacer.ask(self._add_missing))
        devices.order_changed.connect(lambda: self._bench.pacer.ask(self._reorder))
        devices.tile_changed.connect(self._mark)
        devices.selected_changed.connect(lambda: self._bench.pacer.ask(self._show_all))
        self._bench.later_changed.connect(lambda: self._bench.pacer.ask(self._show_later))
        self._later.chosen.connect(self._bench.select_later)
        self._later.chosen.connect(lambda _record: self.picked.emit())

    def fold(self, folded: bool) -> None:
        """Show a list in a small window, tiles in a large one."""
        if folded != self._folded:
            self._folded = folded
            self.retint()
            self._reconsider()

    def retint(self) -> None:
        """Paint what is drawn in the colours that hold now; a narrow panel has no room for the button's words."""
        size = self._slots.fontMetrics().height()
        drawn = icon("slots", self._theme.tokens.text, size, self.devicePixelRatioF())
        self._slots.setIcon(drawn if self._folded else QIcon())
        self._slots.setIconSize(QSize(size, size))
        self._slots.setText("" if self._folded else self.tr("Slots  F11"))

    def go_to(self, index: int) -> None:
        """Choose a port and bring the keyboard to it."""
        if 0 <= index < len(self._tiles):
            self._bench.devices.select(index)
            self._tiles[index].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._scroll.reveal(self._tiles[index])

    def pick(self, index: int) -> None:
        """Choose a port to work on its phone."""
        if 0 <= index < len(self._tiles):
            self._bench.devices.select(index)
            self._scroll.reveal(self._tiles[index])
            self.picked.emit()

    def choose_number(self, number: int) -> None:
        """Choose the slot with a number, or say that there is none; the keyboard stays in the panel where it is.

        Here digits mean slots, and in the checklist they answer: whoever goes on typing numbers must not answer a
        question by it. Enter begins the work on the chosen phone.
        """
        board = self._bench.devices.board
        index = board.numbered(number)
        if index is not None:
            if self._bench.panel == self.name:
                self.go_to(index)
            else:
                self._bench.devices.select(index)
                self._scroll.reveal(self._tiles[index])
            return
        text = self.tr("There is no slot {0}").format(number)
        known = spans((board.number(each)[0] for each in board.order()), self.tr("{0} to {1}"))
        hint = self.tr("Known: {0}.").format(known) if known else ""
        self._bench.noticed.emit(Notice("warn", text, hint))

    def take_focus(self) -> None:
        """Move the keyboard to the chosen port."""
        selected = self._bench.devices.selected
        if selected is not None and selected < len(self._tiles):
            self._tiles[selected].setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().take_focus()

    def start_typing(self) -> None:
        """Wait for a port's number."""
        self.take_focus()
        self._typed = ""
        self._show_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Enter, and the arrows."""
        key = event.key()
        if digit := digit_of(event):
            self._typed = (self._typed + digit)[-3:]
            self._show_typed()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._step(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Go to the typed port, or begin the work on the chosen one."""
        typed, selected = self._typed, self._bench.devices.selected
        self._forget()
        if typed:
            self.choose_number(int(typed))
        elif selected is not None:
            self.pick(selected)

    def _step(self, by: int) -> None:
        selected, order = self._bench.devices.selected, self._bench.devices.board.order()
        start = order.index(selected) if selected in order else -1 if by > 0 else len(order)
        if order:
            self.go_to(order[min(max(start + by, 0), len(order) - 1)])

    def _show_typed(self) -> None:
        set_text(self._typing, self.tr("Slot {0}_ Enter").format(self._typed))
        if self._slots.hasFocus():
            self.take_focus()
        self._typing.setMinimumHeight(self._slots.height())  # or all tiles would jump
        self._slots.hide()  # a narrow panel has no room for both
        self._timer.start()

    def _forget(self) -> None:
        self._typed = ""
        set_text(self._typing, "")
        self._typing.setMinimumHeight(0)
        self._slots.show()
        self._timer.stop()

    def _add_missing(self) -> None:
        """Add one tile, and the others in the next passes of the loop."""
        index, wanted = len(self._tiles), len(self._bench.devices.tiles)
        if index < wanted:
            self._add(index)
        if index + 1 < wanted:
            self._bench.pacer.ask(self._add_missing)

    def _add(self, index: int) -> None:
        tile = DeviceTile(index, self._theme, self._bench.language)
        tile.chosen.connect(self._bench.devices.select)
        tile.picked.connect(self.picked)
        self._tiles.append(tile)
        self._column.addWidget(tile)
        self._bench.pacer.ask(self._reorder)
        self._empty.hide()
        self._reconsider()
        self._show(index)

    def _reorder(self) -> None:
        """Put each tile where its number says; a port's other face that nobody uses is not shown."""
        order = [index for index in self._bench.devices.board.order() if index < len(self._tiles)]
        wanted = [self._tiles[index] for index in order]
        standing = [item.widget() for at in range(self._column.count()) if (item := self._column.itemAt(at))]
        if wanted == standing:
            return
        for tile in self._tiles:
            self._column.removeWidget(tile)
            tile.setVisible(tile in wanted)
        before: QWidget | None = None
        for tile in wanted:
            self._column.addWidget(tile)
            if before is not None:
                QWidget.setTabOrder(before, tile)
            before = tile

    def _show(self, index: int) -> None:
        devices = self._bench.devices
        if index < len(self._tiles):
            chosen = index == devices.selected
            density, height = self._manner
            self._tiles[index].show_tile(devices.tiles[index], chosen=chosen, density=density, height=height)

    def _density(self) -> Density:
        count = max(len(self._tiles), self._bench.devices.expected)
        if count > COMPACT:
            if self._is_wide():
                return Density.DENSE
            return Density.ROWS if self._has_room_for_states() else Density.COMPACT
        return Density.ROOMY if count <= ROOMY and not self._folded else Density.COMPACT

    def _is_wide(self) -> bool:
        """Return whether there is room for a port in one line."""
        if not self._tiles:
            return False
        tile = self._tiles[0]
        tile.ensurePolished()
        strong, plain = self._typing.fontMetrics(), tile.fontMetrics()
        return self._room() >= least_room(strong, plain, self._bench.language)

    def _has_room_for_states(self) -> bool:
        """Return whether the longest state has room in one line with what it says exactly."""
        return self._room() >= widest(state_texts(self._bench.language), self._typing.fontMetrics())

    def _room(self) -> int:
        """Return how wide a tile is beside its number and its sign."""
        frame = self._tiles[0].frame_width() if self._tiles else 0
        return self._scroll.viewport().width() - frame

    def _row_height(self, density: Density) -> int:
        """Return a height with which all rows are seen at once, where the window is tall enough for that."""
        if density not in {Density.DENSE, Density.ROWS}:
            return 0
        count = max(len(self._tiles), self._bench.devices.expected)
        each = self._scroll.viewport().height() // count - _SPACING[density]
        return min(each, LARGE_ROW) if each >= _LEAST_ROW else ROW

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room that there is now."""
        super().resizeEvent(event)
        # The parts have their new sizes only after this event.
        QTimer.singleShot(0, self, self._reconsider)

    def _reconsider(self) -> None:
        """Show the ports as their number and the room ask for."""
        density = self._density()
        spacing = min(_SPACING[density], 2) if self._folded else _SPACING[density]
        if spacing != self._column.spacing():
            self._column.setSpacing(spacing)
        manner = density, self._row_height(density)
        if manner != self._manner:
            self._manner = manner
            self._rearrange()

    def _rearrange(self) -> None:
        """Show every tile in another manner, one in each pass of the loop; nothing half done is painted."""
        self._arranging = set(range(len(self._tiles)))
        self._content.setUpdatesEnabled(not self._arranging)
        for index in self._arranging:
            self._mark(index)

    def _mark(self, index: int) -> None:
        self._changed[index] = None
        self._bench.pacer.ask(self._show_changed)

    def _show_changed(self) -> None:
        """Show one tile, and the others in the next passes of the loop."""
        if self._changed:
            index = next(iter(self._changed))
            del self._changed[index]
            self._show(index)
            self._note_arranged(index)
        if self._changed:
            self._bench.pacer.ask(self._show_changed)

    def _note_arranged(self, index: int) -> None:
        if self._arranging:
            self._arranging.discard(index)
            self._content.setUpdatesEnabled(not self._arranging)

    def _show_all(self) -> None:
        for index in range(len(self._tiles)):
            self._show(index)
        self._show_later()

    def _show_later(self) -> None:
        self._later.show_records(self._bench.later(), chosen=self._bench.record_id)
