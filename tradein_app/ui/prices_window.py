"""The window of prices: what a phone is worth, how good the models are and what to do; all numbers on a second page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QWidget

from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.message_bar import MessageBar
from tradein_app.ui.photo_strip import dropped
from tradein_app.ui.theme import TOUCH, Theme
from tradein_app.viewmodels.prices import PricesModel

if TYPE_CHECKING:
    from tradein_app.ui.prices_numbers import NumbersPage
    from tradein_app.ui.prices_side import SidePage
    from tradein_app.ui.prices_worth import Worth
    from tradein_app.viewmodels.workbench import Workbench

_LEAST = (1000, 600)
_USUAL = (1240, 800)
_SIDE_LETTERS, _SIDE_SHARE = 52, 0.36
"""How wide the right side is: in letters, and at most of the window."""


class PricesWindow(QWidget):
    """A window of its own, so that the counter goes on in the other.

    Args:
        bench: Whose prices these are.
        theme: What paints it.
        parent: The main window; this one goes with it.
    """

    worth: Worth
    side: SidePage
    numbers: NumbersPage

    def __init__(self, bench: Workbench, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self.model = PricesModel(bench.prices, bench.saving, bench.language, self)
        self.setProperty("role", "page")
        self.setWindowTitle(self.tr("Prices"))
        self.setAccessibleName(self.tr("Prices"))
        self.setMinimumSize(*_LEAST)
        self.setAcceptDrops(True)
        self.messages = MessageBar(theme)
        self.model.noticed.connect(self.messages.show_notice)
        # "Train now" is done, and its praise would stand beside what comes of it.
        self.model.training_began.connect(self.messages.let_go)
        room = self.screen().availableGeometry()
        self.resize(min(_USUAL[0], room.width()), min(_USUAL[1], room.height()))

    def stages(self) -> tuple[Callable[[], object], ...]:
        """Return the steps that make its parts, each short enough to come between two paintings."""
        return (self._make_worth, self._make_side, self._make_numbers, self._lay_out, self._bind)

    def _make_worth(self) -> None:
        from tradein_app.ui.prices_worth import Worth

        self.worth = Worth(self.model, self._theme)

    def _make_side(self) -> None:
        from tradein_app.ui.prices_side import SidePage

        self.side = SidePage(self.model)
        self.side.pressed.connect(self._do)

    def _make_numbers(self) -> None:
        from tradein_app.ui.prices_numbers import NumbersPage

        self.numbers = NumbersPage(self.model)

    def _lay_out(self) -> None:
        first = QWidget()
        first.setAccessibleName(self.tr("What it is worth"))
        row = hbox(self.worth, self.side, spacing=10)
        row.setStretch(0, 1)
        first.setLayout(row)
        self._pages = QStackedWidget()
        self._pages.setAccessibleName(self.tr("Prices"))
        self._pages.addWidget(first)
        self._pages.addWidget(self.numbers)
        self._tabs = [
            self._tab(self.tr("What it is worth  Alt+1"), 0),
            self._tab(self.tr("All numbers  Alt+2"), 1),
        ]
        close = QPushButton(self.tr("Close  Esc"))
        close.setMinimumHeight(TOUCH)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        head = hbox(label(self.tr("Prices"), "title"), *self._tabs, 1, close)
        column = vbox(head, self._pages, self.messages, margin=12, spacing=10)
        column.setStretch(1, 1)
        self.setLayout(column)
        self._share_room()

    def _tab(self, text: str, page: int) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "answer")
        button.setCheckable(True)
        button.setMinimumHeight(TOUCH)
        button.setAutoDefault(False)
        button.clicked.connect(partial(self.show_page, page))
        return button

    def _bind(self) -> None:
        model, side = self.model, self.side
        keys: dict[str, Callable[[], object]] = {
            "Esc": self.go_back,
            "Alt+1": partial(self.show_page, 0),
            "Alt+2": partial(self.show_page, 1),
            "Ctrl+F": self._focus_field,
            "Ctrl+B": partial(model.next_of, "by"),
            "Ctrl+G": partial(model.next_of, "grade"),
            "Ctrl+S": partial(model.next_of, "storage"),
            "Ctrl+E": partial(model.next_of, "battery"),
            "Ctrl+M": partial(model.next_of, "place"),
            "Ctrl+T": partial(side.act, "train"),
            "Ctrl+Shift+T": partial(side.act, "cancel"),
            "Ctrl+Return": partial(side.act, "promote"),
            "Ctrl+Enter": partial(side.act, "promote"),
            "Alt+Left": partial(side.act, "back"),
            "Ctrl+O": partial(side.act, "load"),
            "Ctrl+R": partial(side.act, "fetch"),
            "Ctrl+Shift+R": partial(side.act, "stop"),
            "F5": self.refresh,
        }
        for key, does in keys.items():
            bound = QShortcut(QKeySequence(key), self)
            bound.setContext(Qt.ShortcutContext.WindowShortcut)
            bound.activated.connect(does)

    def open(self, title: str = "") -> None:
        """Show this window in front, with everything told anew.

        Args:
            title: The phone model to begin with; the last one when empty.
        """
        if self.isVisible():
            # A window that is only shown now comes in front by itself.
            self.raise_()
        self.showNormal()
        self.activateWindow()
        self.show_page(0)
        self.model.open(title)

    def refresh(self) -> None:
        """Have everything told anew."""
        self.model.open()

    def show_page(self, page: int) -> None:
        """Show a page; the keyboard goes to what is used first there."""
        self._pages.setCurrentIndex(page)
        for number, tab in enumerate(self._tabs):
            tab.setChecked(number == page)
        if page:
            self.numbers.take_focus()
        else:
            self.worth.choosing.focus_field()

    def go_back(self) -> None:
        """Close the message, the second page, or the window."""
        if self.messages.dismiss():
            return
        if self._pages.currentIndex():
            self.show_page(0)
        else:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Look no more; a training that runs goes on."""
        self.model.close()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the right side its share of the new width."""
        super().resizeEvent(event)
        if hasattr(self, "side"):
            self._share_room()

    def _share_room(self) -> None:
        wanted = self.fontMetrics().averageCharWidth() * _SIDE_LETTERS
        share = min(wanted, round(self.width() * _SIDE_SHARE))
        self.side.setFixedWidth(max(share, self.side.column.minimumSizeHint().width()))

    def _focus_field(self) -> None:
        self.show_page(0)

    def _do(self, act: str) -> None:
        if act == "load":
            self.ask_files()
        elif act == "example":
            self.ask_example()
        elif act == "fetch":
            self.model.fetching.begin()
        elif act == "stop":
            self.model.fetching.cancel()
        elif act == "again":
            self.refresh()
        elif act == "train":
            self.model.models.train()
        elif act == "cancel":
            self.model.models.cancel()
        elif act == "promote":
            self.model.models.promote()
        else:
            self.model.models.back()

    def ask_files(self) -> None:
        """Ask for files of prices, and take them into the data."""
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Load prices"), "", "CSV (*.csv *.tsv *.txt)")
        if paths:
            self.model.load(*map(Path, paths))

    def ask_example(self) -> None:
        """Ask where an example file of prices goes, and write it there."""
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save an example file"), "prices-example.csv", "CSV (*.csv)"
        )
        if path:
            self.model.save_example(Path(path))

    # --- what is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of prices; what else is dragged in is shown as not taken."""
        if _prices(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files of prices that are dropped into the data."""
        event.acceptProposedAction()
        self.model.load(*_prices(event.mimeData()))


def _prices(data: QMimeData) -> list[Path]:
    """Return the files of prices in what is dragged."""
    from tradein_app.viewmodels.prices_loading import SUFFIXES

    return [path for path in dropped(data) if path.suffix.lower() in SUFFIXES]
