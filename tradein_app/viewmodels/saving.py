"""Everything that the window asks of the desk, done on the desk's one thread and told by signals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tradein_app.bridge.job import Job

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.model import Reading
    from tradein_app.bridge.worker import Worker
    from tradein_app.services.desk import Desk
    from tradein_app.services.records import Actor, InspectionRecord, Workspace

Paper = Callable[["InspectionRecord"], "Path"]
"""Saves the customer's copy of a quote, and returns where."""


class Saving(QObject):
    """Hands work to the desk; until the desk is open, nothing can be saved and `ready` is false.

    Args:
        worker: The desk's thread.
    """

    taken = Signal(int, str, object)
    """A port's index, the phone's key, its inspection."""
    answered = Signal(object)
    """The inspection after the newest answers."""
    not_answered = Signal(object)
    """Answers that could not be saved: the `diagnostics.errors.UserError`."""
    quoted = Signal(object)
    decided = Signal(object)
    paper_saved = Signal(object)
    """A path."""
    failed = Signal(object)
    """A `diagnostics.errors.UserError`."""

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._desk: Desk | None = None
        self._paper: Paper | None = None
        self._takes: dict[int, Job] = {}
        self._answers: dict[str, Job] = {}
        self._quotes = self._job(self.quoted.emit)
        self._decisions = self._job(self.decided.emit, must_happen=True)
        self._papers = self._job(self.paper_saved.emit, must_happen=True)
        self._places = self._job(lambda _none: None)
        self._reloads = self._job(self.answered.emit)

    def open(self, desk: Desk, paper: Paper) -> None:
        """Take the desk; from now on it is only used on the worker's thread."""
        self._desk, self._paper = desk, paper

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

    def take_in(self, index: int, key: str, reading: Reading) -> None:
        """Save a phone's reading in its inspection."""
        desk = self._opened()
        job = self._takes.get(index)
        if job is None:
            job = self._takes[index] = self._job(lambda result: self.taken.emit(*result), must_happen=True)
        job.run(lambda _report: (index, key, desk.take_in(reading, actor=_person())))

    def answer(self, record_id: str, answers: Mapping[str, str | int | None]) -> None:
        """Save answers at once."""
        desk = self._opened()
        job = self._answers.get(record_id)
        if job is None:
            tell = self.not_answered.emit
            job = self._answers[record_id] = self._job(self.answered.emit, must_happen=True, failed=tell)
        job.run(lambda _report: desk.answer(record_id, answers, actor=_person()))

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
        self._decisions.run(lambda _report: _accepted(desk, paper, record))

    def decline(self, record_id: str) -> None:
        """Close an inspection without a deal."""
        desk = self._opened()
        self._decisions.run(lambda _report: desk.decline(record_id, actor=_person()))

    def save_paper(self, record: InspectionRecord) -> None:
        """Save the customer's paper of a quote that is not accepted."""
        paper = self._paper
        assert paper is not None
        self._papers.run(lambda _report: paper(record))

    def save_place(self, place: Workspace) -> None:
        """Save where the window is; only the newest place matters."""
        desk = self._opened()
        self._places.run(lambda _report: desk.save_workspace(place, actor=_person()))

    def _opened(self) -> Desk:
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


def _person() -> Actor:
    from tradein_app.services.records import THE_PERSON

    return THE_PERSON


def _accepted(desk: Desk, paper: Paper, record: InspectionRecord) -> InspectionRecord:
    """Close the deal with its paper; a deal that fails leaves no paper behind."""
    from diagnostics.errors import UserError

    document = paper(record)
    try:
        return desk.accept(record.id, actor=_person(), document=document)
    except UserError:
        document.unlink(missing_ok=True)
        raise
