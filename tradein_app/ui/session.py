"""Everything that begins after the first paint: threads, bench, desk, and the panels that show them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from tradein_app import starting
from tradein_app.bridge import interpreter
from tradein_app.bridge.bench_signals import BenchSignals
from tradein_app.bridge.crashes import Crashes
from tradein_app.bridge.job import Job
from tradein_app.bridge.worker import Worker
from tradein_app.viewmodels.first_look import FirstLook
from tradein_app.viewmodels.language import error_words
from tradein_app.viewmodels.saving import RETRY_MS
from tradein_app.viewmodels.workbench import Notice, Workbench

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.grading.checklist import Checklist
    from tradein_app.backroom.process import Backroom
    from tradein_app.config import Config
    from tradein_app.errors import CrashReport
    from tradein_app.starting import Opened
    from tradein_app.ui.main_window import MainWindow
    from tradein_app.viewmodels.settings import SettingsFile

PHOTO_GRACE = 3.0
"""Seconds that photos on their way may take at the end; after that they are added anew, like a letter not posted."""


PRICE_GRACE = 1.0
"""Seconds for which the end waits for a file of prices that is read: it is read anew when it is needed."""
FETCH_GRACE = 0.1
"""Seconds for which the end waits for a server: what is half fetched is never taken for a copy."""


class Session(QObject):
    """Holds what lives from the first paint to the end of the program.

    Args:
        config: Where things are.
        settings: This computer's choices.
        language: Of all texts.
        window: The window, painted and still empty.
        parent: Lives as long.
    """

    def __init__(
        self, config: Config, settings: SettingsFile, language: str, window: MainWindow, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._config = config
        self._language = language
        self._window = window
        self._backroom: Backroom | None = None
        self._worker = Worker("desk")
        self._photo_workers = Worker("photos"), Worker("folder")
        self._price_worker, self._fetch_worker = Worker("prices"), Worker("fetching")
        settings.write_with(self._worker.submit)
        self.bench = Workbench(self._worker, settings, language, self)
        self._signals = BenchSignals(self.bench.pacer, self)
        self._first_look = FirstLook(self.bench.devices, self)
        self._jobs: list[Job] = []
        self._desk_failed = False
        self._desk_job = Job(self._worker, self, must_happen=True)
        self._desk_job.done.connect(self._on_desk)
        self._desk_job.failed.connect(self._on_desk_failed)
        self._open_again = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._open_again.timeout.connect(self._open_desk)
        self._crashes = Crashes(config.home / "crashes", self)
        self._crashes.listen(self._on_crashed)
        self._crashes.install()
        self._worker.start()
        # While the window is furnished, the other process has its own imports to do.
        self._worker.submit(self._open_backroom)
        self._furnish()

    def _furnish(self) -> None:
        """Furnish the window between two paintings each, then open bench and desk."""
        for stage in (*self._window.stages(self.bench), self._start):
            self.bench.pacer.ask(stage)

    def _start(self) -> None:
        """Open everything slow: in a process beside this one, or on the worker's thread, one after the other."""
        signals = self._signals
        signals.phones_changed.connect(self._first_look.take)
        signals.source_changed.connect(self._first_look.note_source)
        signals.source_changed.connect(self._window.parts.strip.show_source)
        signals.source_changed.connect(self._window.action_bar.show_source)
        self.bench.read_again_asked.connect(self._on_read_again)
        self._do(starting.open_checklist, self._on_checklist)
        self._open_desk()
        self._do(lambda: self._opened_backroom().watch(), lambda _none: interpreter.settle())

    def _open_desk(self) -> None:
        self._desk_job.run(lambda _report: starting.open_saved(self._config, self._opened_backroom()))

    def _on_desk_failed(self, error: UserError) -> None:
        """Say once why the desk cannot be opened, and try again until it can."""
        if not self._desk_failed:
            self._on_failed(error)
        self._desk_failed = True
        self._open_again.start()

    def _open_backroom(self) -> None:
        self._backroom = starting.open_backroom(self._config, self._signals.on_event)

    def _opened_backroom(self) -> Backroom:
        assert self._backroom is not None, "the worker's first task opens it"
        return self._backroom

    def _do(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        job = Job(self._worker, self, must_happen=True)
        job.done.connect(done)
        job.failed.connect(self._on_failed)
        self._jobs.append(job)
        job.run(lambda _report: work())

    def _on_checklist(self, checklist: Checklist) -> None:
        self.bench.load_checklist(checklist)
        self._window.prepare()

    def _on_desk(self, opened: Opened) -> None:
        paper = starting.paper_maker(self._config, self._language)
        self.bench.open_desk(opened.desk, opened.records, opened.workspace, paper, opened.unsaved)
        for worker in self._photo_workers:
            worker.start()
        self.bench.photos.open(starting.open_photos(self._opened_backroom()), *self._photo_workers)
        self._price_worker.start()
        self._fetch_worker.start()
        prices = starting.open_prices(self._opened_backroom())
        self.bench.prices.open(prices, self._price_worker, self._fetch_worker)
        self._window.open_panel(self.bench.panel)

    def _on_failed(self, error: UserError) -> None:
        self.bench.noticed.emit(Notice("bad", *error_words(error, self._language)))

    def _on_crashed(self, report: CrashReport) -> None:
        text = self.tr("Something went wrong in this program. Every answer so far is saved.")
        hint = self.tr("Go on working. Please send the report; it holds nothing about phones or people.")
        path = str(report.path or "")
        self.bench.noticed.emit(Notice("bad", text, hint, path=path, report=report.text))

    def _on_read_again(self, key: str, ask_trust: bool) -> None:
        backroom = self._backroom
        if backroom is not None:
            backroom.read_again(key, ask_trust=ask_trust)

    def stop(self) -> None:
        """End all threads; what was given to the desk is saved first."""
        self.bench.close()
        self._open_again.stop()
        self._worker.submit(self._end_backroom)
        for worker in self._photo_workers:
            worker.stop(PHOTO_GRACE)
        self._price_worker.stop(PRICE_GRACE)
        self._fetch_worker.stop(FETCH_GRACE)
        if not self._worker.stop():
            # It waits for a backroom that hangs; ended from here, everything behind it in the queue is done.
            self._end_backroom()
            self._worker.stop()
        self._crashes.uninstall()

    def _end_backroom(self) -> None:
        if self._backroom is not None:
            self._backroom.stop()
