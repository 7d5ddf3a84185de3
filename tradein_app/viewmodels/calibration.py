"""Calibration as the window works with it: sets, one round at a time, findings, agreement. Nothing here waits."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.calibration_bench import CalibrationBench
from tradein_app.viewmodels.calibration_words import imported_words
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice
from tradein_app.viewmodels.saving import Saving

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.grading.calibration_agreement import Agreement, Counts
    from tradein_app.services.calibration_records import (
        CountedPage,
        ImportRecord,
        ReferenceRecord,
        RoundRecord,
        SetRecord,
    )
    from tradein_app.services.door import Door
    from tradein_app.services.records import Actor


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
        self._counts: Counts | None = None
        self._make_jobs()
        saving.round_answered.connect(self._on_answered)
        saving.round_refused.connect(self._on_refused)
        saving.unsaved_changed.connect(self._tell_waiting)

    def _make_jobs(self) -> None:
        job = self._saving.job
        self._sets = job(self._on_sets, failed=self._fail)
        self._beginnings = job(self._on_begun, must_happen=True, failed=self._fail)
        self._finishings = job(self._on_finished, must_happen=True, failed=self._on_not_finished)
        self._imports = job(self._on_imported, must_happen=True, failed=self._fail)
        self._takings = job(self._on_taken, must_happen=True, failed=self._fail)
        self._files = job(self._on_file, must_happen=True, failed=self._fail)
        self._pages = job(self._on_page, failed=self._fail)
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
        """Put the round away; what was answered is saved, or waits to be, and it can be gone on with."""
        if self.round is not None:
            self.round = None
            self.bench.show_round(shown=False)
        self.ask_sets()

    def finish(self) -> None:
        """Finish the round; where questions are open a person is told first, and asks once more."""
        record, as_it_is = self.round, self.as_it_is
        if record is None or record.finished_at is not None:
            return
        saving = self._saving
        self._run(self._finishings, lambda _desk: saving.finish_round(record.id, as_it_is=as_it_is))

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
        """Have the agreement told, by ``month`` or ``week``: page by page, so that what is saved comes in between."""
        self.by = by or self.by
        self._counts = None
        self._ask_page(0)

    def _ask_page(self, after: int) -> None:
        wanted = self.by
        self._run(self._pages, lambda desk: desk.calibration_counts(wanted, after))

    def _on_page(self, page: CountedPage) -> None:
        from diagnostics.grading.calibration_agreement import agreement, together

        counts = self._counts = together(self._counts, page.counts) if self._counts else page.counts
        if page.next is not None:
            self._ask_page(page.next)
        else:
            self._run(self._reports, lambda _desk: agreement(counts))

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
        self._sent = dict(record.answers)
        self._wanted = {**self._sent, **self._saving.unsaved_of(record.id)}
        self.bench.waiting = self._late()
        checklist = self.bench.checklist
        if checklist.checklist is None or checklist.checklist.id != record.checklist:
            checklist.load(load_checklist(record.checklist))
        self.bench.show_round(shown=True)
        checklist.open(_given(self._wanted), enabled=True)
        self.round_begun.emit()
        if record.revised:
            self._say_revised()

    def _say_revised(self) -> None:
        text = translate("calibration", "This reference was revised since you began.")
        hint = translate("calibration", "Your round is held against the version that it began with.")
        self.noticed.emit(Notice("warn", text, hint))

    def _on_given(self) -> None:
        """Save what the checklist holds that is new, given by digits or by marks on the outline."""
        if self.round is None:
            return
        shown = self.bench.checklist.answers
        before, self._wanted = self._wanted, {q: shown.get(q) for q in {*self._wanted, *shown}}
        self.as_it_is = False
        changes = {q: value for q, value in self._wanted.items() if before.get(q) != value}
        if changes:
            self._saving.answer_round(self.round.id, changes)
        self._tell_waiting()

    def _on_answered(self, record: RoundRecord, _answers: object) -> None:
        if self.round is not None and record.id == self.round.id:
            self.round, self._sent = record, dict(record.answers)
            self._tell_waiting()

    def _on_refused(self, round_id: str, error: UserError) -> None:
        """Show what is saved in place of what was refused; a round that was finished elsewhere takes no more."""
        if self.round is None or round_id != self.round.id:
            return
        self._wanted = {**dict.fromkeys(self._wanted), **self._sent, **self._saving.unsaved_of(round_id)}
        self.bench.checklist.open(_given(self._wanted), enabled=error.code != "calibration_finished")
        self._tell_waiting()
        self._fail(error)

    def _late(self) -> frozenset[str]:
        """Return the questions whose answers wait for longer than a moment."""
        saving, record = self._saving, self.round
        return frozenset(saving.unsaved_of(record.id)) if record is not None and saving.late else frozenset()

    def _tell_waiting(self) -> None:
        waiting, before = self._late(), self.bench.waiting
        self.bench.waiting = waiting
        if waiting != before:
            self.bench.unsaved_changed.emit()
        if waiting and not before and self._saving.trouble is not None:
            self._fail(self._saving.trouble)
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


def _given(answers: dict[str, str | int | None]) -> dict[str, str | int]:
    return {question: value for question, value in answers.items() if value is not None}


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
