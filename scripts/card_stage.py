"""The window on a bench of practice phones, for taking pictures of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from diagnostics.bench import Bench, BenchEvent, Phone
from diagnostics.runtime import Runtime
from tradein_app.bridge.worker import Worker
from tradein_app.ui.main_window import MainWindow
from tradein_app.ui.state_card import StateCard
from tradein_app.ui.stepper_place import StepperPlace
from tradein_app.ui.theme import Theme
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.language import state_name
from tradein_app.viewmodels.settings import SettingsFile
from tradein_app.viewmodels.waiting import Waiting
from tradein_app.viewmodels.workbench import Workbench

if TYPE_CHECKING:
    from diagnostics.ports import DeviceSource

WINDOW = (1200, 1000)
LIMIT = 60.0
"""Seconds in which every phone must have come into its state."""


class Clock:
    """The time of the bench and of the card, which can be put forward together."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        """Return the time, UTC."""
        return datetime.now(UTC) + self.ahead


class Stage:
    """Practice phones, the bench that reads them, and the window that shows them.

    Args:
        app: Qt's own.
        home: A data folder.
        language: Two letters.
    """

    def __init__(self, app: QApplication, home: Path, language: str) -> None:
        self._app = app
        self.clock = Clock()
        self.theme = Theme()
        self.theme.apply(app, Mode.LIGHT)
        self._worker = Worker("desk")
        self._worker.start()
        self.work = Workbench(self._worker, SettingsFile(home), language)
        self.window = MainWindow(self.theme, Mode.LIGHT, language)
        self.window.furnish(self.work)
        self.window.resize(*WINDOW)
        self.window.show()
        self.panel = self.window.parts.reading
        self.card_shown = self.panel.findChildren(StateCard)[0]
        self.panel.findChildren(Waiting)[0].now = self.clock.now
        self._news: list[BenchEvent] = []
        self._runtime = Runtime()
        self._runtime.start()

    def open(self, sources: tuple[DeviceSource, ...]) -> None:
        """Let the bench watch."""
        self._bench = Bench(sources, self.clock)
        self._bench.subscribe(self._news.append)
        self._runtime.submit(self._bench.run())

    def read_again(self, slot: str) -> None:
        """Read a phone anew."""
        phone = self.phone(slot)
        assert phone is not None

        async def read() -> None:
            self._bench.read_again(phone.key)

        self._runtime.submit(read()).result()

    def close(self) -> None:
        """End all threads."""
        self._runtime.stop()
        self.window.close()
        self._worker.stop()

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Take news from the bench until something is so.

        Raises:
            SystemExit: It never was.
        """
        deadline = time.monotonic() + LIMIT
        while not done():
            if time.monotonic() > deadline:
                seen = [(p.sighting.slot, state_name(p.reading), p.busy) for p in self.phones()]
                raise SystemExit(f"{what} never came: {seen}")
            self.breathe()

    def breathe(self) -> None:
        """Take what the bench has told, and let the window show it."""
        while self._news:
            self._take(self._news.pop(0))
        self.work.pacer.finish()
        self._app.processEvents()
        time.sleep(0.01)

    def _take(self, event: BenchEvent) -> None:
        if event.kind == "source":
            self.work.devices.note_source(event.source, event.error)
        elif event.phone is not None:
            self.work.devices.apply([event.phone])

    def index_of(self, slot: str) -> int | None:
        """Return the port with a slot."""
        ports = self.work.devices.board.ports
        return next(
            (i for i, port in enumerate(ports) if port.phone and port.phone.sighting.slot == slot), None
        )

    def phones(self) -> list[Phone]:
        """Return all phones."""
        return [port.phone for port in self.work.devices.board.ports if port.phone is not None]

    def phone(self, slot: str) -> Phone | None:
        """Return the phone in a slot."""
        index = self.index_of(slot)
        return None if index is None else self.work.devices.board.ports[index].phone

    def is_present(self, slot: str) -> bool:
        """Return whether a phone is plugged in."""
        phone = self.phone(slot)
        return phone is not None and phone.present

    def card(self, slot: str, mode: Mode) -> QImage:
        """Return the picture of a phone's card."""
        if self.theme.mode is not mode:
            self.theme.apply(self._app, mode)
            self.window.retint()
        self.work.devices.select(self.index_of(slot))
        for _ in range(3):
            self.breathe()
        self.card_shown.ticked.emit()
        self.breathe()
        return self.panel.grab(self._seen()).toImage()

    def _seen(self) -> QRect:
        """Return where the card is in the panel, and the steps that stand in its place."""
        shown = (*self.panel.findChildren(StepperPlace), self.card_shown)
        parts = [part for part in shown if part.isVisible()]
        if not parts:
            raise SystemExit("there is no card")
        area = QRect()
        for part in parts:
            area |= QRect(part.mapTo(self.panel, part.rect().topLeft()), part.size())
        return area.adjusted(-8, -8, 2, 8) & self.panel.rect()
