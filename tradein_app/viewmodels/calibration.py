"""Calibration as the window works with it: sets, one round at a time, findings, agreement. Nothing here waits."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from tradein_app.viewmodels.calibration_bench import CalibrationBench
from tradein_app.viewmodels.calibration_words import imported_words
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice
from tradein_app.viewmodels.saving import RETRY_MS, Saving

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.grading.calibration_agreement import Agreement
    from tradein_app.services.calibration_records import ImportRecord, ReferenceRecord, RoundRecord, SetRecord
    from tradein_app.services.door import Door
    from tradein_app.services.records import Actor

_PASSING = frozenset({"backroom_ended"})
"""Codes of errors after which an answer is tried again, besides those of a database that cannot be used now."""
_SERVICE_MISSING = 3


class CalibrationModel(QObject):
    """Asks the desk on its thread, and tells by signals.

    Args:
        saving: Where the desk and its thread are.
        language: Of all texts.
    """

    sets_changed = Signal()
    round_begun = Signal()
    round_changed = Signal()
    """The open round, or what of it waits to be saved."""
    round_finished = Signal()
    agreement_changed = Signal()
    noticed = Signal(object)
    """A `Notice`."""

    def __init__(self, saving: Saving, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.sets: tuple[SetRecord, ...] | None = None
        self.round: RoundRecord | None = None
        self.report: Agreement | None = None
        self.by = "month"
        self.as_it_is = False
        self.bench = CalibrationBench(language, self)
        self.bench.given.connect(self._on_given)
        self._saving = saving
        self._wanted: dict[str, str | int | None] = {}
        self._sent: dict[str, str | int | None] = {}
        self._make_jobs()
        self._retry = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self._send)

    def _make_jobs(self) -> None:
        job = self._saving.job
        self._sets = job(self._on_sets, failed=self._fail)
        self._beginnings = job(self._on_begun, must_happen=True, failed=self._fail)
        self._answers = job(self._on_answered, must_happen=True, failed=self._on_not_answered)
        self._finishings = job(self._on_finished, must_happen=True, failed=self._on_not_finished)
        self._imports = job(self._on_imported, must_happen=True, failed=self._fail)
        self._takings = job(self._on_taken, must_happen=True, failed=self._fail)
        self._files = job(self._on_file, must_happen=True, failed=self._fail)
        self._reports = job(self._on_report, failed=self._fail)

    # --- sets

    def ask_sets(self) -> None:
        """Have the sets told."""
        self._run(self._sets, lambda desk: desk.calibration_sets())

    def import_practice(self) -> None:
        """Save the set that comes with the program."""
        language = self.language
        self._run(self._imports, lambda desk: desk.import_practice_calibration(language, actor=_person()))

    def import_file(self, path: Path) -> None:
        """Save the set of a file."""
        self._run(self._imports, lambda desk: _import(desk, path))

    def export(self, name: str, path: Path) -> None:
        """Write a set to a file."""
        self._run(self._files, lambda desk: _write_set(desk, name, path))

    def take(self, inspection_id: str, set_name: str, code: str) -> None:
        """Make a reference phone of a closed inspection."""
        self._run(
            self._takings,
            lambda desk: desk.take_reference(inspection_id, set_name, code, actor=_person()),
        )

    # --- a round

    def begin(self, code: str, grader: str) -> None:
        """Begin a round on the phone with a code, or go on with one that was left half."""
        self._run(self._beginnings, lambda desk: desk.begin_round(code, grader, actor=_person()))

    def leave(self) -> None:
        """Put the round away; what was answered is saved, and it can be gone on with."""
        if self.round is not None and not self._waiting():
            self.round = None
            self.bench.show_round(shown=False)
        self.ask_sets()

    def finish(self) -> None:
        """Finish the round; where questions are open a person is told first, and asks once more."""
        record, as_it_is = self.round, self.as_it_is
        if record is None or record.finished_at is not None:
            return
        waiting = self._waiting()
        self._run(self._finishings, lambda desk: _finish(desk, record.id, waiting, as_it_is=as_it_is))

    def figures(self) -> tuple[int, int]:
        """Return how many questions of the round are answered, and how many are open."""
        figures = self.bench.checklist.figures()
        return figures.total - figures.open, figures.open

    @property
    def unsaved(self) -> int:
        """How many answers wait to be saved for longer than a moment."""
        return len(self.bench.waiting)

    # --- agreement

    def ask_agreement(self, by: str = "") -> None:
        """Have the agreement told, by ``month`` or ``week``."""
        self.by = by or self.by
        wanted = self.by
        self._run(self._reports, lambda desk: desk.calibration_agreement(wanted))

    def save_lines(self, path: Path) -> None:
        """Write the agreement as CSV."""
        by = self.by
        self._run(self._files, lambda desk: _write_lines(desk, by, path))

    # --- what the desk says

    def _on_sets(self, sets: tuple[SetRecord, ...]) -> None:
        self.sets = sets
        self.sets_changed.emit()

    def _on_begun(self, record: RoundRecord) -> None:
        from diagnostics.grading.checklist import load_checklist

        self.round, self.as_it_is = record, False
        self._wanted, self._sent = dict(record.answers), dict(record.answers)
        self.bench.waiting = frozenset()
        checklist = self.bench.checklist
        if checklist.checklist is None or checklist.checklist.id != record.checklist:
            checklist.load(load_checklist(record.checklist))
        self.bench.show_round(shown=True)
        checklist.open(dict(record.answers), enabled=True)
        self.round_begun.emit()
        if record.revised:
            self._say_revised()

    def _say_revised(self) -> None:
        text = translate("calibration", "This reference was revised since you began.")
        hint = translate("calibration", "Your round is held against the version that it began with.")
        self.noticed.emit(Notice("warn", text, hint))

    def _on_given(self) -> None:
        """Note what the checklist holds now, by digits or by marks on the outline, and save what is new."""
        shown = self.bench.checklist.answers
        self._wanted = {question: shown.get(question) for question in {*self._wanted, *shown}}
        self.as_it_is = False
        if self._retry.isActive():
            self._tell_waiting(frozenset(self._waiting()))
            return
        self.round_changed.emit()
        if not self._answers.running:
            self._send()

    def _waiting(self) -> dict[str, str | int | None]:
        return {q: value for q, value in self._wanted.items() if self._sent.get(q) != value}

    def _send(self) -> None:
        record, changes = self.round, self._waiting()
        if record is not None and changes and not self._answers.running:
            self._run(self._answers, lambda desk: _answer(desk, record.id, changes))

    def _on_answered(self, result: tuple[dict[str, str | int | None], RoundRecord]) -> None:
        sent, record = result
        if self.round is None or record.id != self.round.id:
            return
        self._sent.update(sent)
        self.round = record
        self._tell_waiting(frozenset())
        self._send()

    def _on_not_answered(self, error: UserError) -> None:
        """Keep the answers and try again where the desk cannot be reached; else say why they cannot be."""
        passing = error.exit_status == _SERVICE_MISSING or error.code in _PASSING
        if passing:
            self._tell_waiting(frozenset(self._waiting()))
            self._retry.start()
        else:
            self._show_saved(enabled=error.code != "calibration_finished")
        self._fail(error)

    def _show_saved(self, *, enabled: bool) -> None:
        """Show what is saved in place of what was refused; a round that was finished elsewhere takes no more."""
        self._wanted = dict(self._sent)
        kept = {question: value for question, value in self._sent.items() if value is not None}
        self.bench.checklist.open(kept, enabled=enabled)

    def _tell_waiting(self, waiting: frozenset[str]) -> None:
        self.bench.waiting = waiting
        self.bench.unsaved_changed.emit()
        self.round_changed.emit()

    def _on_finished(self, record: RoundRecord) -> None:
        self.round = record
        self._sent = dict(self._wanted)
        self.bench.show_round(shown=False)
        self.round_finished.emit()
        self.ask_sets()

    def _on_not_finished(self, error: UserError) -> None:
        if error.code == "calibration_open_questions":
            self.as_it_is = True
            self.round_changed.emit()
        self._fail(error)

    def _on_imported(self, done: ImportRecord) -> None:
        hints = [" ".join(error_words(note, self.language)) for note in done.notes]
        self.noticed.emit(Notice("warn" if hints else "ok", imported_words(done), "\n".join(hints)))
        self.ask_sets()

    def _on_taken(self, taken: ReferenceRecord) -> None:
        text = translate("calibration", "{0} is a reference phone now: {1}.").format(taken.code, taken.model)
        hint = translate("calibration", "Put the sticker on it. IMEI and serial number were left out.")
        self.noticed.emit(Notice("ok", text, hint))
        self.ask_sets()

    def _on_file(self, path: Path) -> None:
        self.noticed.emit(Notice("ok", translate("calibration", "The file is written."), path=str(path)))

    def _on_report(self, report: Agreement) -> None:
        self.report = report
        self.agreement_changed.emit()

    def _fail(self, error: UserError) -> None:
        self.noticed.emit(Notice("bad", *error_words(error, self.language)))

    def _run(self, job: Any, work: Callable[[Door], object]) -> None:
        desk = self._saving.desk
        if desk is None:
            text = translate("calibration", "The database is not open yet. Try again in a moment.")
            self.noticed.emit(Notice("warn", text))
            return
        job.run(lambda _report: work(desk))


def _person() -> Actor:
    from tradein_app.services.records import THE_PERSON

    return THE_PERSON


def _answer(
    desk: Door, round_id: str, changes: Mapping[str, str | int | None]
) -> tuple[dict[str, str | int | None], RoundRecord]:
    return dict(changes), desk.answer_round(round_id, changes, actor=_person())


def _finish(
    desk: Door, round_id: str, waiting: Mapping[str, str | int | None], *, as_it_is: bool
) -> RoundRecord:
    if waiting:
        desk.answer_round(round_id, waiting, actor=_person())
    return desk.finish_round(round_id, actor=_person(), as_it_is=as_it_is)


def _import(desk: Door, path: Path) -> ImportRecord:
    from tradein_app.cli.inputs import read_json

    return desk.import_calibration(read_json(str(path)), actor=_person())


def _write_set(desk: Door, name: str, path: Path) -> Path:
    document = desk.export_calibration(name)
    return _written(path, json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def _write_lines(desk: Door, by: str, path: Path) -> Path:
    import io

    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(desk.calibration_lines(by))
    return _written(path, text.getvalue())


def _written(path: Path, text: str) -> Path:
    from diagnostics.errors import UserError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(
            translate("calibration", "{0} cannot be written: {1}.").format(path, error.strerror),
            translate("calibration", "Choose another place."),
            "file_not_written",
        ) from error
    return path
