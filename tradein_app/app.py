"""The desktop program: paints the window first, and opens everything slow after that."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea

from tradein_app.bridge.first_paint import FirstPaint
from tradein_app.bridge.pacing import Pacer
from tradein_app.config import Config, load_config
from tradein_app.ui.languages import install_dialog_words, install_language
from tradein_app.ui.main_window import MainWindow, usual_size
from tradein_app.ui.theme import Theme, application, first_guess, resolved
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.settings import SettingsFile

if TYPE_CHECKING:
    from tradein_app.practice import PracticeProcess
    from tradein_app.ui.session import Session
    from tradein_app.viewmodels.workbench import Notice

DEMO = "--demo"
PRACTICE_KEY = "F8"
_NEXT = (
    "diagnostics.model",
    "diagnostics.grading.checklist",
    "diagnostics.grading.facts",
    "diagnostics.grading.words",
    "tradein_app.viewmodels.tiles",
    "tradein_app.viewmodels.checklist",
    "tradein_app.viewmodels.quote",
    "tradein_app.viewmodels.saving",
    "tradein_app.viewmodels.workbench",
    "multiprocessing.connection",
    "multiprocessing.resource_tracker",
    "tradein_app.backroom.process",
    "tradein_app.ui.session",
    "tradein_app.ui.devices_panel",
    "tradein_app.ui.reading_panel",
    "tradein_app.ui.checklist_panel",
    "tradein_app.ui.quote_panel",
    "tradein_app.ui.furniture",
    "tradein_app.ui.handling",
    "tradein_app.ui.scanner",
    "tradein_app.ui.view_menu",
)
"""Modules that the window needs after its first paint, none of which takes longer than some milliseconds after those
before it; in one go they took 55 to 115 ms."""
SWITCH_INTERVAL = 0.00005
"""Seconds after which a thread that computes lets another one go on. Qt calls give the interpreter's lock away and
want it back; with Python's own 5 ms each of them waits so long behind a phone that is being read, and the window
stutters. Measured with eight phones being read, the worst gaps but for cores: 68-141 ms at 0.5 ms, 30-99 ms here."""


class App(QObject):
    """The window and this computer's choices; everything else begins when the window is painted.

    Args:
        app: Qt's own.
        config: Where things are.
    """

    def __init__(self, app: QApplication, config: Config) -> None:
        super().__init__()
        self._app = app
        self._config = config
        self.settings = SettingsFile(config.home)
        chosen = "" if config.language_asked else self.settings.now.language
        self.language = chosen or config.language
        install_dialog_words(app, self.language)
        self._translator = install_language(app, self.language)
        self.mode = _mode(self.settings.now.mode)
        self.theme = Theme()
        self.theme.dress(app, first_guess(self.mode, _mode(self.settings.now.seen)))
        self.session: Session | None = None
        self.window = MainWindow(self.theme, self.mode, self.language)
        self.window.resize(*usual_size())
        self.window.mode_chosen.connect(self._on_mode_chosen)
        self.window.language_chosen.connect(self._on_language_chosen)

    def start_soon(self) -> None:
        """Import what the first paint did not wait for, room by room between two paintings, then start."""
        pacer = Pacer(self)
        pacer.ask(self._look_at_the_desktop)
        pacer.ask(_meet_the_widgets)
        pacer.ask(QApplication.style)
        for module in _NEXT:
            pacer.ask(partial(import_module, module))
        pacer.ask(self.start)

    def start(self) -> None:
        """Begin what the first paint did not wait for."""
        from tradein_app.ui.session import Session

        self.session = Session(self._config, self.settings, self.language, self.window, self)
        self.session.bench.photos.remember(self.settings)

    def port_number(self, slot: str) -> int | None:
        """Return the number that the window shows for a port chain; ``None`` before it was learned."""
        board = self.session.bench.devices.board if self.session else None
        index = board.index_of(slot) if board else None
        return None if board is None or index is None else board.number(index)[0]

    def point_to_practice(self) -> None:
        """Say, once on a computer, where the practice phones are when their window would cover this one."""
        if self.settings.now.practised:
            return
        if self.session is None:
            QTimer.singleShot(200, self.point_to_practice)
            return
        bench = self.session.bench
        bench.pacer.ask(lambda: bench.noticed.emit(self._practice_notice()))
        self.settings.change(practised=True)

    def _practice_notice(self) -> Notice:
        from tradein_app.viewmodels.workbench import Notice

        text = self.tr("You practise: {0} opens the practice phones, to plug them in and to tap Trust.")
        return Notice("accent", text.format(PRACTICE_KEY))

    def _on_mode_chosen(self, mode: str) -> None:
        self.mode = _mode(mode)
        self.settings.change(mode=mode)
        self._paint_anew()

    def _on_scheme_changed(self) -> None:
        if self.mode is Mode.SYSTEM:
            self._paint_anew()

    def _look_at_the_desktop(self) -> None:
        """Follow the desktop's colours from now on; the first picture only guessed them."""
        self._app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        if self.theme.mode is not resolved(self.mode):
            self._paint_anew()
        self._note_colours()

    def _note_colours(self) -> None:
        self.settings.change(seen=str(self.theme.mode) if self.mode is Mode.SYSTEM else "")

    def _paint_anew(self) -> None:
        self.theme.apply(self._app, self.mode)
        self.window.retint()
        self._note_colours()

    def _on_language_chosen(self, language: str) -> None:
        from tradein_app.viewmodels.workbench import Notice

        self.settings.change(language=language)
        if self.session is not None:
            text = self.tr("The language changes the next time the program starts.")
            self.session.bench.noticed.emit(Notice("ok", text))

    def stop(self) -> None:
        """End all threads; what was given to the desk is saved first."""
        if self.session is not None:
            self.session.stop()


def _meet_the_widgets() -> None:
    """Have PySide make its classes of all widgets by itself, 9 to 23 ms, instead of in the middle of something.

    It does so when it is first given a widget that Qt made: any may be of any class.
    """
    QScrollArea().viewport()


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
    FirstPaint(main.window).painted.connect(main.start_soon)
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


def _options(argv: Sequence[str]) -> bool:
    unknown = [argument for argument in argv if argument != DEMO]
    if unknown:
        from diagnostics.errors import BadInput

        raise BadInput(f"{unknown[0]!r} is not an option of the window.", "See: tradein --help", "bad_option")
    return DEMO in argv


def _make_application() -> QApplication:
    _check_display()
    app = application(sys.argv[0])
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

    trainer = TrainerWindow(practice.environment[ADDRESS], main.language, main.port_number)
    trainer.kept_back.connect(main.point_to_practice)
    main.window.add_tool(f"{trainer.windowTitle()}  {PRACTICE_KEY}", trainer.open)
    QShortcut(QKeySequence(PRACTICE_KEY), main.window).activated.connect(trainer.open)
    trainer.open_beside(main.window)
    return trainer
