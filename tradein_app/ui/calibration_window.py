"""The window of calibration: reference phones, a blind round, its findings, and agreement over time."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QWidget

from tradein_app.ui.calibration_start import StartPage
from tradein_app.ui.calibration_take import TakeBar
from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.message_bar import MessageBar
from tradein_app.ui.theme import TOUCH, Theme
from tradein_app.viewmodels.calibration import CalibrationModel
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from tradein_app.ui.calibration_agreement import AgreementPage
    from tradein_app.ui.calibration_round import FindingsPage, RoundPage
    from tradein_app.viewmodels.workbench import Workbench

_LEAST = (900, 560)
_USUAL = (1080, 760)


class CalibrationWindow(QWidget):
    """A window of its own, so that inspections go on in the other.

    Args:
        bench: Whose desk it is, and whose shown phone may become a reference.
        theme: What paints it.
        parent: The main window; this one goes with it.
    """

    round: RoundPage
    findings: FindingsPage
    agreement: AgreementPage

    def __init__(self, bench: Workbench, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._bench = bench
        self.model = CalibrationModel(bench.saving, bench.language, self)
        self.setProperty("role", "page")
        self.setWindowTitle(self.tr("Calibration"))
        self.setAccessibleName(self.tr("Calibration"))
        self.setMinimumSize(*_LEAST)
        self._theme = theme
        self.start = StartPage(self.model)
        self.take = TakeBar(self.model)
        self.messages = MessageBar(theme)
        self._lay_out()
        self._wire()
        self._bind()
        room = self.screen().availableGeometry()
        self.resize(min(_USUAL[0], room.width()), min(_USUAL[1], room.height()))
        self._awaited: Callable[[], None] | None = None
        self._to_make: list[Callable[[], object]] = [
            lambda: import_module("tradein_app.ui.calibration_round"),
            self._make_round,
            self._make_findings,
            lambda: import_module("tradein_app.ui.calibration_agreement"),
            self._make_agreement,
            self._prepare,
        ]
        bench.pacer.ask(self._make_next)

    # --- the other pages, one between two paintings each

    def _make_next(self) -> None:
        if self._to_make:
            self._to_make.pop(0)()
            self._bench.pacer.ask(self._make_next)
        elif self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            awaited()

    def _once_made(self, does: Callable[[], None]) -> None:
        """Do something when all pages are there: a person may be quicker than they are made."""
        if self._to_make:
            self._awaited = does
        else:
            does()

    def _make_round(self) -> None:
        from tradein_app.ui.calibration_round import RoundPage

        self.round = RoundPage(self.model, self._theme)
        self.round.left.connect(self.show_start)
        self._pages.addWidget(self.round)

    def _make_findings(self) -> None:
        from tradein_app.ui.calibration_round import FindingsPage

        self.findings = FindingsPage(self.model, self._bench.photos)
        self.findings.done.connect(self.show_start)
        self._pages.addWidget(self.findings)

    def _make_agreement(self) -> None:
        from tradein_app.ui.calibration_agreement import AgreementPage

        self.agreement = AgreementPage(self.model, self._theme)
        self.agreement.saving.connect(self.save_lines)
        self._pages.addWidget(self.agreement)

    def _prepare(self) -> None:
        """Have the questions' rows made before the first round needs them."""
        checklist = self._bench.checklist.checklist
        if checklist is not None and self.model.round is None:
            self.model.bench.checklist.load(checklist)
            self.round.panel.prepare()

    # --- what stays in view

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        self._pages.setAccessibleName(self.tr("Calibration"))
        self._pages.addWidget(self.start)
        self._tabs = [
            self._tab(self.tr("Reference phones  Alt+1"), self.show_start),
            self._tab(self.tr("Agreement  Alt+2"), self.show_agreement),
        ]
        close = QPushButton(self.tr("Close  Esc"))
        close.setMinimumHeight(TOUCH)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        head = hbox(label(self.tr("Calibration"), "title"), *self._tabs, 1, close)
        column = vbox(head, self._pages, self.take, self.messages, margin=12, spacing=10)
        column.setStretch(1, 1)
        self.setLayout(column)

    def _tab(self, text: str, does: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "answer")
        button.setCheckable(True)
        button.setMinimumHeight(TOUCH)
        button.setAutoDefault(False)
        button.clicked.connect(does)
        return button

    def _wire(self) -> None:
        self.model.noticed.connect(self.messages.show_notice)
        self.model.round_begun.connect(self._show_round)
        self.model.round_finished.connect(lambda: self._show(self.findings))
        self.start.importing.connect(self.import_set)
        self.start.exporting.connect(self.export_set)
        self.start.taking.connect(self.take_shown)

    def _bind(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Esc": self.go_back,
            "Alt+1": self.show_start,
            "Alt+2": self.show_agreement,
            "Ctrl+Return": self.model.finish,
            "Ctrl+Enter": self.model.finish,
            "Ctrl+Z": self.model.bench.checklist.undo,
            "Ctrl+O": self.import_set,
            "Ctrl+S": self._save,
            "Ctrl+P": self.model.import_practice,
            "Ctrl+T": self.take_shown,
            "Ctrl+W": self._toggle_period,
        }
        for key, does in keys.items():
            bound = QShortcut(QKeySequence(key), self)
            bound.setContext(Qt.ShortcutContext.WindowShortcut)
            bound.activated.connect(does)

    def open(self) -> None:
        """Show this window in front, where it was left."""
        if self.isVisible():
            # A window that is only shown now comes in front by itself.
            self.raise_()
        self.showNormal()
        self.activateWindow()
        running = self.model.round is not None and self.model.round.comparison is None
        self._show(self.round if running else self.start)

    def _show(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        agreement = page not in {self.start, *self._of_rounds()}
        self._tabs[0].setChecked(not agreement)
        self._tabs[1].setChecked(agreement)
        self.messages.dismiss()
        page.open()  # type: ignore[attr-defined]  # each of the four pages has it

    def _of_rounds(self) -> tuple[QWidget, ...]:
        return () if self._to_make else (self.round, self.findings)

    def _show_round(self) -> None:
        self._once_made(lambda: self._show(self.round))

    def _toggle_period(self) -> None:
        if not self._to_make and self._pages.currentWidget() is self.agreement:
            self.agreement.toggle()

    def show_start(self) -> None:
        """Show the reference phones; a round that is not finished can be gone on with."""
        self._awaited = None
        self.model.leave()
        self._show(self.start)

    def show_agreement(self) -> None:
        """Show how far graders agree."""
        self.model.leave()
        self._once_made(lambda: self._show(self.agreement))

    def go_back(self) -> None:
        """Close what was opened last: the bar, the message, the page, the window."""
        if self.take.dismiss() or self.messages.dismiss():
            return
        if self._pages.currentWidget() in self._of_rounds():
            self.show_start()
        else:
            self.close()

    def import_set(self) -> None:
        """Ask for a file, and save the set in it."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import a set"), "", "JSON (*.json)")
        if path:
            self.model.import_file(Path(path))

    def export_set(self, name: str) -> None:
        """Ask for a file, and write a set into it."""
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export a set"), f"{name}.json", "JSON (*.json)")
        if path:
            self.model.export(name, Path(path))

    def save_lines(self) -> None:
        """Ask for a file, and write the agreement into it."""
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save as CSV"), "agreement.csv", "CSV (*.csv)")
        if path:
            self.model.save_lines(Path(path))

    def _save(self) -> None:
        page = self._pages.currentWidget()
        if page is self.start:
            self.start.export()
        elif page is self.agreement:
            self.save_lines()

    def take_shown(self) -> None:
        """Ask for set and sticker of the phone that the main window shows, or say why it cannot be a reference."""
        record = self._bench.record
        if record is None or not record.stage.closed:
            text = self.tr("A reference phone is made of a closed inspection.")
            hint = self.tr("Choose an accepted or declined phone in the main window, then press Ctrl+T here.")
            self.messages.show_notice(Notice("warn", text, hint))
            return
        sets = self.model.sets or ()
        self.take.ask(record.id, record.reading.identity.model or "?", sets[0].name if sets else "")
