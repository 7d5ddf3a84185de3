"""The window as it is in the program, with its desk in another process, and keys whose repaint is measured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes.backrooms import HeardBackroom, a_config
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.bridge.worker import Worker
from tradein_app.services.records import THE_PERSON
from tradein_app.starting import open_photos
from tradein_app.ui.main_window import MainWindow
from tradein_app.ui.theme import Theme
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.settings import SettingsFile
from tradein_app.viewmodels.workbench import Workbench

_PATIENCE = 30.0
_STILL = 3
"""Passes in which nothing was left to do, after which everything is shown."""


class Took(NamedTuple):
    """Seconds on the clock, and of the processor in the window's thread."""

    clock: float
    thread: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of one key.

    Attributes:
        repaint: From the key to the end of the pass of the event loop that painted what it changed.
        after: Each pass from then on, until the answer is saved and shown everywhere.
    """

    repaint: Took
    after: tuple[Took, ...]


class Counter(QObject):
    """A window with one phone, and the desk behind the pipe.

    Args:
        place: A folder of its own.
    """

    def __init__(self, place: Path) -> None:
        super().__init__()
        from diagnostics.grading.checklist import load_checklist

        self._heard = HeardBackroom(a_config(place))
        self._heard.start()
        self._worker = Worker("desk")
        self._worker.start()
        self.bench = Workbench(self._worker, SettingsFile(place), "en")
        self.bench.load_checklist(load_checklist())
        desk = self._heard.desk
        records, workspace = desk.open_inspections(), desk.workspace(THE_PERSON)
        self.bench.open_desk(desk, records, workspace, lambda *_, **__: place / "quote.pdf")
        self._photo_workers = Worker("photos"), Worker("folder")
        for worker in self._photo_workers:
            worker.start()
        self.bench.photos.open(open_photos(self._heard.backroom), *self._photo_workers)
        self._window = _a_window(self.bench)
        self._panel = self._window.parts.checklist
        self._painted = False
        self.bench.devices.apply((phone_of(read_iphone("A")),))
        self._settle()
        # As the program does at its start, while nobody types yet.
        self._window.prepare()
        self._settle()
        self._panel.take_focus()

    def press(self, key: Qt.Key) -> Pressed:
        """Press a key in the checklist, and wait until it is shown, and then until it is saved."""
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._painted, deadline = False, time.monotonic() + _PATIENCE
        before = _now()
        QTest.keyClick(self._panel, key)
        while not self._painted or self.bench.pacer.waits(self._panel.show_page):
            assert time.monotonic() < deadline, f"{key.name} painted nothing"
            QCoreApplication.processEvents()
        # What the panel was told last may have changed what was painted before.
        QCoreApplication.processEvents()
        app.removeEventFilter(self)
        return Pressed(_since(before), tuple(self._settle()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note that the panel was painted, or a part of it."""
        if (
            event.type() == QEvent.Type.Paint
            and isinstance(watched, QWidget)
            and (watched is self._panel or self._panel.isAncestorOf(watched))
        ):
            self._painted = True
        return False

    def close(self) -> None:
        """End window, worker and backroom."""
        self._window.close()
        self._window.deleteLater()
        self.bench.close()
        self._settle()
        for worker in (*self._photo_workers, self._worker):
            worker.stop()
        self._heard.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _settle(self) -> list[Took]:
        """Run the event loop until the desk has done all it was given and the window shows it; returns each pass."""
        passes: list[Took] = []
        still, deadline = 0, time.monotonic() + _PATIENCE
        done = self._asked_desk()
        while still < _STILL:
            assert time.monotonic() < deadline, "it did not end"
            before = _now()
            QCoreApplication.processEvents()
            passes.append(_since(before))
            idle = bool(done) and not self.bench.pacer.busy
            if idle:
                # What was shown may have asked the desk for more, such as the price.
                still, done = still + 1, self._asked_desk()
            elif not done:
                time.sleep(0.0005)
        return passes

    def _asked_desk(self) -> list[bool]:
        done: list[bool] = []
        self._worker.submit(lambda: done.append(True))
        return done


@contextmanager
def a_counter(place: Path) -> Iterator[Counter]:
    """Open a counter, and close it at the end."""
    counter = Counter(place)
    try:
        yield counter
    finally:
        counter.close()


def _a_window(bench: Workbench) -> MainWindow:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app, Mode.LIGHT)
    window = MainWindow(theme, Mode.LIGHT, "en")
    window.furnish(bench)
    window.resize(1360, 860)
    window.show()
    return window


def _now() -> Took:
    return Took(time.perf_counter(), time.thread_time())


def _since(before: Took) -> Took:
    now = _now()
    return Took(now.clock - before.clock, now.thread - before.thread)
