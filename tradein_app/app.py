"""The desktop program: paints the window first, and opens everything slow after that."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tradein_app.bridge.crashes import Crashes
from tradein_app.bridge.first_paint import FirstPaint
from tradein_app.bridge.job import Job
from tradein_app.bridge.worker import Worker
from tradein_app.config import Config, load_config
from tradein_app.ui.languages import install_language
from tradein_app.ui.main_window import MainWindow, usual_size
from tradein_app.ui.theme import Theme
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.settings import SettingsFile
from tradein_app.viewmodels.workbench import Notice, Workbench

if TYPE_CHECKING:
    from diagnostics.bench import Bench
    from diagnostics.runtime import Runtime
    from tradein_app.bridge.bench_signals import BenchSignals
    from tradein_app.errors import CrashReport
    from tradein_app.practice import PracticeProcess
    from tradein_app.starting import Opened

DEMO = "--demo"
SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread that computes lets another one go on. Qt calls give the interpreter's lock away and
want it back; with Python's own 5 ms each of them waits so long behind a phone that is being read, and the window
stutters."""


class App(QObject):
    """Holds what lives as long as the program: threads, desk, bench, window.

    Args:
        app: Qt's own.
        config: Where things are.
    """

    def __init__(self, app: QApplication, config: Config) -> None:
        super().__init__()
        self._app = app
        self._config = config
        self.worker = Worker("desk")
        self.settings = SettingsFile(config.home, self.worker.submit)
        self.language = self.settings.now.language or config.language
        self._translator = install_language(app, self.language)
        self.mode = _mode(self.settings.now.mode)
        self.theme = Theme()
        self.theme.apply(app, self.mode)
        self.bench = Workbench(self.worker, self.settings, self.language, self)
        self.window = self._make_window()
        self._opened: Opened | None = None
        self._runtime: Runtime | None = None
        self._bench: Bench | None = None
        self._signals: BenchSignals | None = None
        self._jobs: list[Job] = []
        self.crashes = Crashes(config.home / "crashes", self)
        self.crashes.listen(self._on_crashed)

    def _make_window(self) -> MainWindow:
        window = MainWindow(self.bench, self.theme, self.mode)
        window.resize(*usual_size())
        window.mode_chosen.connect(self._on_mode_chosen)
        window.language_chosen.connect(self._on_language_chosen)
        return window

    # --- after the first paint

    def start(self) -> None:
        """Open bench, desk and prices, one after the other, on the worker's thread."""
        from diagnostics.runtime import Runtime
        from tradein_app import starting
        from tradein_app.bridge import interpreter
        from tradein_app.bridge.bench_signals import BenchSignals

        self.crashes.install()
        self.worker.start()
        runtime, signals, config = Runtime(), BenchSignals(self), self._config
        self._runtime, self._signals = runtime, signals
        signals.phones_changed.connect(self.bench.devices.apply)
        signals.source_changed.connect(self.window.strip.show_source)
        self.bench.read_again_asked.connect(self._on_read_again)
        self._do(starting.open_checklist, self.bench.load_checklist)
        self._do(lambda: starting.start_bench(config, runtime, signals.on_event), self._on_bench)
        self._do(lambda: starting.open_saved(config), self._on_desk)
        self._do(starting.warm_up_prices, lambda _none: interpreter.settle())

    def _do(self, work: Any, done: Any) -> None:
        job = Job(self.worker, self, must_happen=True)
        job.done.connect(done)
        job.failed.connect(self._on_failed)
        self._jobs.append(job)
        job.run(lambda _report: work())

    def _on_bench(self, bench: Bench) -> None:
        self._bench = bench

    def _on_desk(self, opened: Opened) -> None:
        from tradein_app.starting import paper_maker

        self._opened = opened
        paper = paper_maker(self._config, self.language)
        self.bench.open_desk(opened.desk, opened.records, opened.workspace, paper)
        self.window.open_panel(self.bench.panel)

    def _on_failed(self, error: Any) -> None:
        self.window.messages.show_notice(Notice("bad", error.message, error.hint))

    def _on_crashed(self, report: CrashReport) -> None:
        text = self.tr("Something went wrong in this program. Every answer so far is saved.")
        hint = self.tr("Go on working. Please send the report; it holds nothing about phones or people.")
        path = str(report.path or "")
        self.window.messages.show_notice(Notice("bad", text, hint, path=path, report=report.text))

    def _on_read_again(self, key: str, ask_trust: bool) -> None:
        bench, runtime = self._bench, self._runtime
        if bench is not None and runtime is not None:
            runtime.submit(_read_again(bench, key, ask_trust))

    # --- choices

    def _on_mode_chosen(self, mode: str) -> None:
        self.mode = _mode(mode)
        self.settings.change(mode=mode)
        self.theme.apply(self._app, self.mode)
        self._renew_window()

    def _on_language_chosen(self, language: str) -> None:
        self.settings.change(language=language)
        text = self.tr("The language changes the next time the program starts.")
        self.window.messages.show_notice(Notice("ok", text))

    def _renew_window(self) -> None:
        old = self.window
        self.window = self._make_window()
        if self._signals is not None:
            self._signals.source_changed.connect(self.window.strip.show_source)
        self.window.setGeometry(old.geometry())
        self.window.show()
        self.window.open_panel(self.bench.panel)
        old.hide()
        old.deleteLater()

    # --- the end

    def stop(self) -> None:
        """End all threads; what was given to the desk is saved first."""
        if self._runtime is not None:
            self._runtime.stop()
        opened = self._opened
        if opened is not None:
            self.worker.submit(opened.desk.close)
        self.worker.stop()
        self.crashes.uninstall()


def run(argv: Sequence[str] = ()) -> int:
    """Open the window, and return the exit status when it is closed.

    Args:
        argv: ``--demo`` opens it on a practice bench.

    Raises:
        BadInput: An unknown option, or a variable of the environment that makes no sense.
        ServiceMissing: There is no display.
    """
    demo = _options(argv)
    if demo:
        from tradein_app.practice import practise_apart

        practise_apart()
    sys.setswitchinterval(SWITCH_INTERVAL)
    app = _make_application()
    practice = _start_practice() if demo else None
    main = App(app, load_config())
    FirstPaint(main.window).painted.connect(main.start)
    main.window.show()
    trainer = _open_trainer(practice, main) if practice else None
    _quit_on_signals(app)
    try:
        return app.exec()
    finally:
        if trainer is not None:
            trainer.stop()
        main.stop()
        if practice is not None:
            practice.stop()


def _quit_on_signals(app: QApplication) -> None:
    """Close as a person would on Ctrl+C or when the system ends; a slow timer lets Python see the signal."""
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: app.quit())
    wake = QTimer(app, interval=500)
    wake.timeout.connect(lambda: None)
    wake.start()


async def _read_again(bench: Bench, key: str, ask_trust: bool) -> None:
    bench.read_again(key, ask_trust=True if ask_trust else None)


def _options(argv: Sequence[str]) -> bool:
    unknown = [argument for argument in argv if argument != DEMO]
    if unknown:
        from diagnostics.errors import BadInput

        raise BadInput(f"{unknown[0]!r} is not an option of the window.", "See: tradein --help", "bad_option")
    return DEMO in argv


def _make_application() -> QApplication:
    _check_display()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("tradein")
    app.setApplicationDisplayName("tradein")
    app.setDesktopFileName("tradein")
    return app


def _check_display() -> None:
    """Say in words that there is no display: Qt itself would abort the process."""
    import os

    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        from diagnostics.errors import ServiceMissing

        raise ServiceMissing(
            "There is no display to open a window on.",
            "Work in a desktop session, or use the command line: tradein --help",
            "no_display",
        )


def _mode(name: str) -> Mode:
    return Mode(name) if name in set(Mode) else Mode.SYSTEM


def _start_practice() -> PracticeProcess:
    import os

    from tradein_app.practice import PracticeProcess

    practice = PracticeProcess()
    os.environ.update(practice.environment)
    return practice


def _open_trainer(practice: PracticeProcess, main: App) -> Any:
    from tradein_app.practice import ADDRESS
    from tradein_app.ui.trainer_window import TrainerWindow

    trainer = TrainerWindow(practice.environment[ADDRESS], main.language)
    trainer.place_beside(main.window)
    trainer.show()
    return trainer
