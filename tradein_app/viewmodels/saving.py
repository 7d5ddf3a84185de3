"""Everything that the window asks of the desk, done on the desk's one thread and told by signals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from tradein_app.bridge.job import Job
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.errors import UserError
    from diagnostics.grading.defects import MarkChange
    from diagnostics.model import Reading
    from diagnostics.slots.learning import Numbers
    from diagnostics.teaching import Unnamed
    from tradein_app.bridge.worker import Worker
    from tradein_app.services.calibration_records import RoundRecord
    from tradein_app.services.door import Door
    from tradein_app.services.records import Actor, InspectionRecord, Workspace
    from tradein_app.services.unsaved import Given, Outcome, Unsaved

RETRY_MS = 1000
"""How often answers that the database did not take are tried again."""

Paper = Callable[..., "Path"]
"""Saves the customer's paper and returns where: ``paper(record, accepted=False)``, of an offer or of a purchase."""


class Saving(QObject):
    """Hands work to the desk; until the desk is open, nothing can be saved and `ready` is false.

    Args:
        worker: The desk's thread.
    """

    taken = Signal(int, str, object)
    """A port's index, the phone's key, its inspection."""
    not_taken = Signal(int, object)
    """A port's index, and the `diagnostics.errors.UserError` that kept its reading from being saved."""
    answered = Signal(object, object)
    """An inspection as it is saved now, and those of its answers that were saved just now."""
    not_answered = Signal(str, object)
    """An inspection whose answers can never be saved, and the `diagnostics.errors.UserError`."""
    round_answered = Signal(object, object)
    """A grader's round as it is saved now, and those of its answers that were saved just now."""
    round_refused = Signal(str, object)
    """A round whose answers can never be saved, and the `diagnostics.errors.UserError`."""
    unsaved_changed = Signal()
    """What `waiting` returns changed, or why it waits, once answers wait longer than a moment."""
    quoted = Signal(object)
    decided = Signal(object)
    named = Signal(object, str, bool)
    """The `diagnostics.teaching.Unnamed`, what it is called from now on, and whether all benches get to know it."""
    not_named = Signal(object)
    """The `diagnostics.errors.UserError` that kept a name from being saved."""
    numbers_told = Signal(object)
    """The `diagnostics.slots.learning.Numbers` that the desk keeps."""
    numbers_saved = Signal()
    days_told = Signal(object)
    """What happened at each slot today: `diagnostics.usb.history.SlotDay` of each."""
    paper_saved = Signal(str, object)
    """An inspection, and the path of its paper."""
    compared = Signal(object)
    """A `tradein_app.services.comparing.Comparison`."""
    failed = Signal(object)
    """A `diagnostics.errors.UserError`."""
    _arrived = Signal(object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._desk: Door | None = None
        self._paper: Paper | None = None
        self._unsaved: Unsaved | None = None
        self._busy = False
        self.late = False
        self.trouble: UserError | None = None
        self._retry = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self._on_retry)
        self._arrived.connect(self._on_outcome, Qt.ConnectionType.QueuedConnection)
        self._takes: dict[int, Job] = {}
        self._quotes = self._job(self.quoted.emit)
        self._decisions = self._job(self.decided.emit, must_happen=True)
        self._papers = self._job(lambda result: self.paper_saved.emit(*result), must_happen=True)
        self._names = self._job(
            lambda result: self.named.emit(*result), must_happen=True, failed=self.not_named.emit
        )
        self._places = self._job(lambda _none: None)
        self._asked_numbers = self._job(self.numbers_told.emit)
        self._kept_numbers = self._job(lambda _none: self.numbers_saved.emit(), must_happen=True)
        self._days = self._job(self.days_told.emit, failed=lambda _error: None)
        self._comparisons = self._job(self.compared.emit)
        self._looks = self._job(lambda record: self.answered.emit(record, {}), must_happen=True)
        self._reloads = self._job(lambda record: self.answered.emit(record, {}))

    def open(self, desk: Door, paper: Paper, unsaved: Unsaved | None = None) -> None:
        """Take the desk; from now on it is only used on the worker's thread.

        Args:
            desk: Where everything is saved.
            paper: Saves the customer's copy of a quote.
            unsaved: Answers of an earlier program that wait, and where new ones are noted first.
        """
        from tradein_app.services.unsaved import Unsaved

        self._desk, self._paper = desk, paper
        self._unsaved = Unsaved() if unsaved is None else unsaved
        if self.waiting:
            self._save_answers()

    def close(self) -> None:
        """Try once more to save what waits, then let go of the notes; what still waits is found by the next start."""
        self._retry.stop()
        unsaved, desk = self._unsaved, self._desk
        if unsaved is not None and desk is not None:
            self._worker.submit(lambda: _finish(unsaved, desk))

    @property
    def ready(self) -> bool:
        """Whether there is a desk."""
        return self._desk is not None

    @property
    def pricing(self) -> bool:
        """Whether a price is being made."""
        return self._quotes.running

    @property
    def deciding(self) -> bool:
        """Whether a deal is being closed."""
        return self._decisions.running

    def take_in(self, index: int, key: str, reading: Reading, *, anew: bool = False) -> None:
        """Save a phone's reading in its inspection; ``anew`` opens a new one where the last is closed."""
        desk = self._opened()
        job = self._takes.get(index)
        if job is None:
            job = self._takes[index] = self._job(
                lambda result: self.taken.emit(*result),
                must_happen=True,
                failed=lambda error: self.not_taken.emit(index, error),
            )
        job.run(lambda _report: (index, key, desk.take_in(reading, actor=_person(), anew=anew)))

    def answer(
        self,
        record_id: str,
        answers: Mapping[str, str | int | None],
        marks: tuple[MarkChange, ...] = (),
        how: str = "answered",
    ) -> None:
        """Save answers and marks at once; what the database does not take now is tried again until it does."""
        from tradein_app.services.unsaved import Given

        self._give(Given(record_id, dict(answers), None, marks, how))

    def answer_round(self, round_id: str, answers: Mapping[str, str | int | None]) -> None:
        """Save answers of a grader's round at once, in the same queue and under the same notes."""
        from tradein_app.services.unsaved import Given

        self._give(Given(round_id, dict(answers), of_round=True))

    def _give(self, given: Given) -> None:
        assert self._unsaved is not None, "nothing is saved before the desk is open"
        self._unsaved.add(given)
        if self.late:
            self.unsaved_changed.emit()
        elif not self._retry.isActive():
            self._save_answers()

    @property
    def waiting(self) -> int:
        """How many answers are not saved yet."""
        return len(self._unsaved) if self._unsaved is not None else 0

    @property
    def noted(self) -> bool:
        """Whether the answers that wait would outlive this program."""
        return self._unsaved is None or self._unsaved.noted

    @property
    def settled(self) -> bool:
        """Whether no answer is on its way."""
        return not self._busy and not self.waiting

    def unsaved_of(self, record_id: str) -> dict[str, str | int | None]:
        """Return an inspection's answers that are not saved yet."""
        return self._unsaved.of(record_id) if self._unsaved is not None else {}

    def steps_of(self, record_id: str) -> tuple[Given, ...]:
        """Return what is not saved yet of an inspection, step by step."""
        return self._unsaved.steps_of(record_id) if self._unsaved is not None else ()

    def reload(self, record_id: str) -> None:
        """Look at what is saved."""
        desk = self._opened()
        self._reloads.run(lambda _report: desk.inspection(record_id))

    def quote(self, record_id: str) -> None:
        """Price an inspection; the pricing before it is cancelled."""
        desk = self._opened()
        self._quotes.run(lambda _report: desk.quote(record_id, actor=_person()))

    def accept(self, record: InspectionRecord) -> None:
        """Save the customer's paper and close the deal."""
        desk, paper = self._opened(), self._paper
        assert paper is not None
        self._decisions.run(lambda _report: self._decided(record.id, lambda: _accepted(desk, paper, record)))

    def decline(self, record_id: str) -> None:
        """Close an inspection without a deal."""
        desk = self._opened()
        self._decisions.run(
            lambda _report: self._decided(record_id, lambda: desk.decline(record_id, actor=_person()))
        )

    def save_paper(self, record: InspectionRecord) -> None:
        """Save the customer's paper of a quote that is not accepted."""
        paper = self._paper
        assert paper is not None
        self._papers.run(lambda _report: (record.id, paper(record)))

    def keep_name(self, what: Unnamed, name: str) -> None:
        """Save what a model is called, or a colour."""
        desk = self._opened()
        self._names.run(lambda _report: _named(desk, what, name))

    def compare(self, record_id: str) -> None:
        """Have an inspection held against every standard."""
        desk = self._opened()
        self._comparisons.run(lambda _report: desk.compare(record_id))

    def look_again(self, record_id: str, surface: str) -> None:
        """Save that a person looked at a surface again, after the answers that wait."""
        desk = self._opened()
        self._looks.run(lambda _report: self._looked(desk, record_id, surface))

    def _looked(self, desk: Door, record_id: str, surface: str) -> InspectionRecord:
        self._save_now()
        return desk.look_again(record_id, surface, actor=_person())

    def save_place(self, place: Workspace) -> None:
        """Save where the window is; only the newest place matters."""
        desk = self._opened()
        self._places.run(lambda _report: desk.save_workspace(place, actor=_person()))

    def ask_numbers(self) -> None:
        """Have the slots' numbers told."""
        desk = self._opened()
        self._asked_numbers.run(lambda _report: desk.slot_numbers())

    def save_numbers(self, numbers: Numbers) -> None:
        """Save the slots' numbers."""
        desk = self._opened()
        self._kept_numbers.run(lambda _report: desk.save_slot_numbers(numbers, actor=_person()))

    def ask_days(self) -> None:
        """Have told what happened at the slots today; who cannot tell now is asked again in a moment."""
        if self._desk is not None and not self._days.running:
            desk = self._desk
            self._days.run(lambda _report: desk.slot_days())

    def _save_answers(self) -> None:
        self._busy = True
        self._retry.start()
        self._worker.submit(self._save_now)

    def _save_now(self) -> None:
        """Save what waits; on the worker's thread."""
        assert self._unsaved is not None
        outcome = self._unsaved.save(self._opened(), _person())
        self._arrived.emit(outcome)
        if outcome.bug is not None:
            raise outcome.bug

    def finish_round(self, round_id: str, *, as_it_is: bool) -> RoundRecord:
        """Finish a round after the answers that wait; in the work of a `job` only."""
        from diagnostics.errors import UserError

        self._save_now()
        if self.unsaved_of(round_id):
            raise UserError(
                translate("saving", "Answers of this round are not saved yet."),
                translate("saving", "Finish it when they are."),
                "answers_unsaved",
            )
        return self._opened().finish_round(round_id, actor=_person(), as_it_is=as_it_is)

    def _decided(self, record_id: str, decide: Callable[[], InspectionRecord]) -> InspectionRecord:
        """Close a deal on the worker's thread, unless an answer that it does not know of waits."""
        from diagnostics.errors import UserError

        self._save_now()
        if self.unsaved_of(record_id):
            raise UserError(
                translate("saving", "Answers to this phone are not saved yet."),
                translate("saving", "Close the deal when they are."),
                "answers_unsaved",
            )
        return decide()

    @Slot(object)
    def _on_outcome(self, outcome: Outcome) -> None:
        self._busy = False
        before, self.trouble = (self.late, self.trouble), outcome.trouble
        self.late = self.waiting > 0 and (self.late or outcome.trouble is not None)
        for record, answers in outcome.saved:
            self.answered.emit(record, answers)
        for record_id, error in outcome.refused:
            self.not_answered.emit(record_id, error)
        for found, answers in outcome.rounds:
            self.round_answered.emit(found, answers)
        for round_id, error in outcome.refused_rounds:
            self.round_refused.emit(round_id, error)
        if not self.waiting:
            self._retry.stop()
        elif outcome.trouble is None:
            self._save_answers()
        if before != (self.late, self.trouble):
            self.unsaved_changed.emit()

    def _on_retry(self) -> None:
        if not self.waiting:
            return
        if not self.late:
            self.late = True
            self.unsaved_changed.emit()
        if self._busy:
            self._retry.start()
        else:
            self._save_answers()

    @property
    def desk(self) -> Door | None:
        """The desk, once it is open; to be used in the work of a `job` only."""
        return self._desk

    def job(
        self,
        done: Callable[[Any], object],
        *,
        must_happen: bool = False,
        failed: Callable[[Any], object] | None = None,
    ) -> Job:
        """Return one kind of work on the desk's thread, for a view model that asks the desk itself."""
        return self._job(done, must_happen=must_happen, failed=failed)

    def _opened(self) -> Door:
        assert self._desk is not None, "nothing is saved before the desk is open"
        return self._desk

    def _job(
        self,
        done: Callable[[Any], object],
        *,
        must_happen: bool = False,
        failed: Callable[[Any], object] | None = None,
    ) -> Job:
        job = Job(self._worker, self, must_happen=must_happen)
        job.done.connect(done)
        job.failed.connect(failed or self.failed.emit)
        return job


def _finish(unsaved: Unsaved, desk: Door) -> None:
    unsaved.save(desk, _person())
    unsaved.close()


def _named(desk: Door, what: Unnamed, name: str) -> tuple[Unnamed, str, bool]:
    return what, name, desk.keep_name(what, name, actor=_person())


def _person() -> Actor:
    from tradein_app.services.records import THE_PERSON

    return THE_PERSON


def _accepted(desk: Door, paper: Paper, record: InspectionRecord) -> InspectionRecord:
    """Close the deal with its paper; a deal that fails leaves no paper behind."""
    from diagnostics.errors import UserError

    document = paper(record, accepted=True)
    try:
        closed = desk.accept(record.id, actor=_person(), document=document, quote_id=record.quote_id)
    except UserError as error:
        # A desk that died may have closed the deal: then the customer's paper holds.
        if error.code != "backroom_ended":
            document.unlink(missing_ok=True)
        raise
    if closed.document != document:
        document.unlink(missing_ok=True)
    return closed
