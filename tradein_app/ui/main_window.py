"""The window: painted at once with empty cards, then furnished part by part; it only composes."""

from __future__ import annotations

from collections.abc import Callable
from operator import methodcaller
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QPushButton, QSplitter, QWidget

from tradein_app.ui.layouts import frame, hbox, label, vbox
from tradein_app.ui.next_action_bar import NextActionBar
from tradein_app.ui.panel import Panel
from tradein_app.ui.signs import Sign
from tradein_app.ui.theme import TOUCH, Theme
from tradein_app.ui.tokens import Mode

if TYPE_CHECKING:
    from tradein_app.ui.furniture import Furniture
    from tradein_app.ui.handling import Handling
    from tradein_app.ui.scanner import Scanner
    from tradein_app.viewmodels.workbench import Workbench

MINIMUM = (1024, 640)
USUAL = (1360, 860)
_FOLDED_BELOW = (1200, 720)
_SIDES, _FOLDED_SIDES = (296, 336), (252, 276)
_GROWING = (0.45, 0.2)
"""How much of the width beyond the usual one each side takes: dense rows need it most."""
_READING_LINES, _READING_SHARE = 12.25, 0.47
"""How high Reading is in a small window, in lines of text: title, name, and what a waiting phone needs to be told
without scrolling; and at most how much of the height it takes, so that large letters leave the answers their room."""
_CHECKLIST_LINES, _CHECKLIST_SHARE = 31, 0.575
"""How high the checklist is, in lines of text: its longest page; and at most how much of the height it takes."""


class MainWindow(QMainWindow):
    """Four panels, one next action on top, what happened at the foot.

    Args:
        theme: What paints it.
        mode: The colours that were chosen.
        language: Two letters.
    """

    closing = Signal()
    mode_chosen = Signal(str)
    language_chosen = Signal(str)

    parts: Furniture
    """The panels, once the window is furnished."""
    handling: Handling
    scanner: Scanner

    def __init__(self, theme: Theme, mode: Mode = Mode.SYSTEM, language: str = "en") -> None:
        super().__init__()
        self._theme = theme
        self._mode = mode
        self._language = language
        self._bench: Workbench | None = None
        self._folded = False
        self._shared_by_hand = False
        self._kept: dict[str, None] = {}
        self.furnished = False
        self.setWindowTitle(self.tr("tradein"))
        self.setAccessibleName(self.tr("tradein"))
        self.setMinimumSize(*MINIMUM)
        self._build()

    # --- the first picture

    def _build(self) -> None:
        self.action_bar = NextActionBar(self._theme, self._language)
        self.action_bar.say(self.tr("Plug in a phone"))
        self.band = self._make_band()
        self._foot = label(self.tr("No phone plugged in"), "dim")
        self._room = QWidget()
        self._room.setProperty("role", "page")
        self._room.setAccessibleName(self.tr("Bench"))
        self._column = vbox(self.band, self.action_bar, self._make_columns(), self._foot, margin=8, spacing=8)
        self._column.setStretch(2, 1)
        self._room.setLayout(self._column)
        self.setCentralWidget(self._room)

    def _make_band(self) -> QFrame:
        text = self.tr("Buying: money goes out")
        band = frame("band", text, hbox(1, label(text, "heading"), 1, margin=4))
        band.hide()
        return band

    def _make_columns(self) -> QSplitter:
        self._middle = self._make_splitter("Vertical", self.tr("Reading and checklist"))
        self._columns = self._make_splitter("Horizontal", self.tr("Panels"))
        titles = (self.tr("Devices"), self.tr("Reading"), self.tr("Checklist"), self.tr("Quote"))
        cards = [_empty_card(number, title) for number, title in enumerate(titles, start=1)]
        for card in cards[1:3]:
            self._middle.addWidget(card)
        for widget in (cards[0], self._middle, cards[3]):
            self._columns.addWidget(widget)
        self._columns.setStretchFactor(1, 1)
        self._share_room()
        return self._columns

    def _make_splitter(self, direction: str, name: str) -> QSplitter:
        splitter = QSplitter()
        splitter.setProperty("orientation", direction)
        splitter.setAccessibleName(name)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(8)
        splitter.splitterMoved.connect(self._on_moved)
        return splitter

    # --- what comes after it

    def stages(self, bench: Workbench) -> tuple[Callable[[], object], ...]:
        """Return the steps that furnish the window, each short enough to come between two paintings."""
        self._bench = bench
        return (
            self._begin,
            *self._panel("make_devices", self._columns, 0),
            *self._panel("make_reading", self._middle, 0),
            *self._panel("make_checklist", self._middle, 1),
            *self._panel("make_quote", self._columns, 2),
            self._put_feet,
            self._finish,
        )

    def furnish(self, bench: Workbench) -> None:
        """Make everything at once."""
        for stage in self.stages(bench):
            stage()

    def _begin(self) -> None:
        from tradein_app.ui.furniture import Furniture

        assert self._bench is not None
        self.parts = Furniture(self._bench, self._theme, self)

    def _panel(self, make: str, splitter: QSplitter, index: int) -> tuple[Callable[[], object], ...]:
        """Return the two steps that make a panel and put it in its place."""
        made: list[Panel] = []
        return (
            lambda: made.append(methodcaller(make)(self.parts)),
            lambda: self._put(splitter, index, made[0]),
        )

    def _put(self, splitter: QSplitter, index: int, panel: Panel) -> None:
        card = splitter.replaceWidget(index, panel)
        panel.show()
        self._share_room()
        if card is not None:
            card.hide()
            card.deleteLater()

    def _put_feet(self) -> None:
        self.parts.make_feet()
        self.parts.messages.stand_in(self._room)
        self.parts.messages.turned.connect(self._share_foot)
        self.parts.checklist.room_taken = self.parts.messages.taken
        self._column.replaceWidget(self._foot, self.parts.strip)
        self._foot.hide()
        self._foot.deleteLater()
        self._add_tools()

    def add_tool(self, text: str, does: Callable[[], object]) -> None:
        """Put another button beside the next action."""
        button = QPushButton(text)
        button.setMinimumHeight(TOUCH)
        button.clicked.connect(does)
        self.action_bar.tools.insertWidget(0, button)

    def _add_tools(self) -> None:
        from tradein_app.ui.view_menu import ViewMenu

        self._keys = QPushButton(self.tr("Keys  F1"))
        self._keys.setMinimumHeight(TOUCH)
        self._view = ViewMenu(self._mode, self._language)
        self._view.mode_chosen.connect(self.mode_chosen)
        self._view.language_chosen.connect(self.language_chosen)
        self.action_bar.tools.addWidget(self._keys)
        self.action_bar.tools.addWidget(self._view)

    def _finish(self) -> None:
        from tradein_app.ui.handling import Handling
        from tradein_app.ui.scanner import Scanner

        bench = self._bench
        assert bench is not None
        self.handling = Handling(self._room, bench, self.parts, self._view)
        self.scanner = Scanner(self)
        self.scanner.scanned.connect(self.handling.take_scan)
        self._keys.clicked.connect(self.handling.show_keys)
        self.action_bar.pressed.connect(self.handling.do_next_action)
        self.parts.quote.buying_changed.connect(self._on_buying_changed)
        devices = bench.devices
        for signal in (bench.shown, devices.tile_changed, devices.tile_added, bench.later_changed):
            signal.connect(lambda *_: bench.pacer.ask(self.refresh))
        self.furnished = True
        self._share_room()
        self._fold()
        self.refresh()
        for action in self._kept:
            bench.pacer.ask(self.handling.handlers()[action])

    def prepare(self) -> None:
        """Make in advance, between two paintings each, what the first phone will need."""
        self.parts.reading.prepare()
        self.parts.checklist.prepare()

    # --- what is shown

    def refresh(self) -> None:
        """Show the next action and the counts."""
        if self._bench is not None:
            self.action_bar.show_action(self._bench.next_action())
            devices = self._bench.devices
            self.parts.strip.show_counts(devices.counts(), devices.asking())

    def retint(self) -> None:
        """Paint the icons in the colours that hold now."""
        for sign in self.findChildren(Sign):
            sign.retint()
        if self.furnished:
            self.parts.strip.retint()
            self.parts.devices.retint()

    def open_panel(self, name: str) -> None:
        """Bring the keyboard to a panel."""
        if self.furnished:
            self.parts.named(name).take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep a key that came early; take D, which no other panel knows, to the checklist, also from the quote."""
        if not self.furnished:
            self._keep_key(event)
        elif self.handling.take_key(event):
            return
        elif event.text() in {"d", "D"} and self._is_in_quote():
            self.parts.checklist.take_focus()
            self.parts.checklist.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _keep_key(self, event: QKeyEvent) -> None:
        """Keep what opens something until it can; an answer typed to no question, or to another one, is none."""
        from tradein_app.ui.shortcuts import early_action

        action = early_action(QKeySequence(event.keyCombination()).toString())
        if action:
            self._kept[action] = None
            self.action_bar.say(self.tr("Starting: what you pressed comes in a moment"))
        elif event.text().strip():
            self.action_bar.say(self.tr("Starting: type again in a moment"))

    def _is_in_quote(self) -> bool:
        focus: QWidget | None = self.focusWidget()
        return focus is not None and (focus is self.parts.quote or self.parts.quote.isAncestorOf(focus))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold Reading and Devices in a small window."""
        super().resizeEvent(event)
        folded = self.width() < _FOLDED_BELOW[0] or self.height() < _FOLDED_BELOW[1]
        if folded != self._folded:
            self._folded = folded
            self._fold()
            self._shared_by_hand = False
        if not self._shared_by_hand:
            # The splitters learn of the new size only after this event.
            QTimer.singleShot(0, self, self._share_room)

    def _fold(self) -> None:
        if self.furnished:
            self.parts.reading.fold(self._folded)
            self.parts.devices.fold(self._folded)
            self._share_foot()

    def _share_foot(self) -> None:
        """Let a message take the place of the counts in a small window, not that of the answers."""
        self.parts.messages.take_place_of(self.parts.strip, low=self._folded)

    def _share_room(self) -> None:
        sides = _FOLDED_SIDES if self._folded else _SIDES
        width = self._columns.width() or USUAL[0]
        more = 0 if self._folded else max(0, width - USUAL[0])
        left, right = (side + round(more * share) for side, share in zip(sides, _GROWING, strict=True))
        self._columns.setSizes((left, width - left - right, right))
        self._middle.setSizes(self._heights())

    def _heights(self) -> tuple[int, int]:
        """Return how high Reading and the checklist are: the same for every phone, so that nothing jumps."""
        height, line = self._middle.height() or USUAL[1], self.fontMetrics().height()
        if self._folded:
            reading = min(round(line * _READING_LINES), round(height * _READING_SHARE))
            return reading, height - reading
        checklist = min(round(line * _CHECKLIST_LINES), round(height * _CHECKLIST_SHARE))
        return height - checklist, checklist

    def _on_moved(self) -> None:
        """Leave the columns as a person has put them."""
        self._shared_by_hand = True

    def _on_buying_changed(self, buying: bool) -> None:
        """Put the band in the place of the bar on top, so that nothing moves."""
        self.band.setMinimumHeight(self.action_bar.height())
        self.action_bar.setVisible(not buying)
        self.band.setVisible(buying)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes; everything was saved as it was given."""
        self.closing.emit()
        super().closeEvent(event)


def usual_size() -> tuple[int, int]:
    """Return the size to open with: the usual one, or what the screen has."""
    room = QGuiApplication.primaryScreen().availableGeometry()
    return min(USUAL[0], room.width()), min(USUAL[1], room.height())


def _empty_card(number: int, title: str) -> Panel:
    card = Panel("")
    card.set_title(number, title)
    card.body.addStretch(0)
    return card
