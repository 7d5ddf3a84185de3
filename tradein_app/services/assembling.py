"""Puts an inspection together from what is saved of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from diagnostics import codec
from diagnostics.errors import BadInput, UserError
from diagnostics.grading.carrying import Carried, carry, carry_step
from diagnostics.grading.checklist import Checklist, load_checklist
from diagnostics.grading.codec import grade_from_json
from diagnostics.grading.defects import Mark, MarkChange, with_changes
from diagnostics.grading.engine import GradeResult, grade
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.prefilling import told_answers
from diagnostics.grading.standing import Standing, standing
from diagnostics.model import FieldName, LockState, Reading
from pricing.codec import quote_from_json
from tradein_app.services.digest import digest
from tradein_app.services.keeping import told_by_both
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import InspectionRecord, Step
from tradein_app.services.saved_rows import Document, Saved, SavedDecision, SavedInspection

_SCREEN: FieldName = "locks.screen"


def existing(uow: UnitOfWork, inspection_id: str) -> SavedInspection:
    """Return an inspection's row.

    Raises:
        BadInput: There is none with this id.
    """
    saved = uow.inspections.get(inspection_id)
    if saved is None:
        raise BadInput("There is no inspection with this id.", code="unknown_inspection")
    return saved


def still_open(uow: UnitOfWork, inspection_id: str) -> SavedInspection:
    """Return an inspection's row, unless it is closed.

    Raises:
        BadInput: There is none with this id.
        UserError: It was accepted or declined already.
    """
    saved = existing(uow, inspection_id)
    if saved.stage.closed:
        raise UserError(
            f"This inspection was {saved.stage.value} and is closed.",
            "Start a new inspection of the phone.",
            "inspection_closed",
        )
    return saved


def telling_reading(readings: Sequence[Reading]) -> Reading:
    """Return the reading that counts, of those since the last full one, the oldest first; see `told_by_both`."""
    told = readings[0]
    for later in readings[1:]:
        told = told_by_both(told, later)
    return told


@dataclass(frozen=True, slots=True)
class Addition:
    """What is about to be added to an inspection.

    Attributes:
        reading: A reading's JSON.
        answers: By question id; ``None`` clears an answer.
        marks: That were put on the outline, or taken away.
    """

    reading: Document | None = None
    answers: Mapping[str, str | int | None] = field(default_factory=lambda: MappingProxyType({}))
    marks: tuple[MarkChange, ...] = ()


NOTHING = Addition()


def inspected(uow: UnitOfWork, saved: SavedInspection, addition: Addition = NOTHING) -> Inspection:
    """Return what the grade and the quote of an inspection are made of, with what is about to be added."""
    return _inspected(uow, saved, addition).inspection


@dataclass(frozen=True, slots=True)
class _Inspected:
    """What is graded, with where its answers come from."""

    inspection: Inspection
    stands: Standing
    marks: tuple[Mark, ...]
    carried: Carried


def _inspected(uow: UnitOfWork, saved: SavedInspection, addition: Addition = NOTHING) -> _Inspected:
    reading = reading_of(uow, saved, addition)
    checklist = load_checklist(saved.checklist)
    carried = current_answers(uow, saved, checklist)
    answers = {**carried.answers, **addition.answers}
    said = {name: value for name, value in answers.items() if value is not None}
    marks = with_changes(uow.marks.current(saved.id), addition.marks)
    stands = standing(checklist, said, marks, told_answers(checklist, reading))
    inspection = Inspection(reading, saved.checklist, MappingProxyType(dict(stands.graded)))
    return _Inspected(inspection, stands, marks, carried)


def current_answers(uow: UnitOfWork, saved: SavedInspection, checklist: Checklist) -> Carried:
    """Return the last answer to each question by the ids of today, and those that do not fit any more."""
    stored = uow.answers.current(saved.id)
    carried = carry(checklist, stored)
    if not carried.renamed:
        return carried
    # What was cleared by its name of today must not come back by an older one.
    cleared = uow.answers.given(saved.id).keys() - stored.keys()
    kept = {name: given for name, given in carried.answers.items() if name not in cleared}
    return dataclasses.replace(carried, answers=MappingProxyType(kept))


def reading_of(uow: UnitOfWork, saved: SavedInspection, addition: Addition = NOTHING) -> Reading:
    """Return the reading of an inspection that counts."""
    documents = [row.document for row in uow.readings.since_ready(saved.id)]
    if addition.reading:
        documents.append(addition.reading)
    return telling_reading([codec.from_json(document) for document in documents])


def inputs_digest(inspection: Inspection) -> str:
    """Return the digest of what a grade or quote is made of.

    Whether the screen is locked now is no part of it: no rule asks for it, it is followed while the phone lies there,
    and a phone that locks itself must not take an offer back.
    """
    return digest(
        {
            "reading": codec.to_json(without_screen(inspection.reading)),
            "checklist": inspection.checklist,
            "answers": dict(inspection.answers),
        }
    )


def without_screen(reading: Reading) -> Reading:
    """Return a reading as if nobody had asked whether the screen is locked."""
    evidence = {name: row for name, row in reading.evidence.items() if name.partition("@")[0] != _SCREEN}
    return dataclasses.replace(
        reading,
        locks=dataclasses.replace(reading.locks, screen=LockState.UNKNOWN),
        evidence=MappingProxyType(evidence),
        problems=tuple(problem for problem in reading.problems if problem.field != _SCREEN),
    )


def record(uow: UnitOfWork, saved: SavedInspection) -> InspectionRecord:
    """Return an inspection with its reading, answers, grade and quote."""
    now = _inspected(uow, saved)
    inspection, stands = now.inspection, now.stands
    decision = uow.decisions.of(saved.id)
    quote = _decided_quote(uow, decision, saved.id) if decision else holding_quote(uow, saved, inspection)
    return InspectionRecord(
        id=saved.id,
        phone_key=saved.phone_id,
        slot=inspection.reading.slot,
        stage=saved.stage,
        reading=inspection.reading,
        checklist=saved.checklist,
        answers=inspection.answers,
        grade=_grade(uow, saved, now),
        quote=quote_from_json(quote.document) if quote else None,
        quote_id=quote.id if quote else None,
        document=Path(decision.paper) if decision and decision.paper else None,
        opened_at=saved.opened_at,
        updated_at=saved.updated_at,
        decided_at=decision.at if decision else None,
        answered=MappingProxyType(uow.answers.given(saved.id)),
        shown=MappingProxyType(dict(stands.shown)),
        said=MappingProxyType(dict(stands.said)),
        told=MappingProxyType(dict(stands.told)),
        marks=now.marks,
        steps=_steps(uow, saved),
        looked_again=uow.second_looks.of(saved.id),
        left=now.carried.left,
    )


def _grade(uow: UnitOfWork, saved: SavedInspection, now: _Inspected) -> GradeResult | None:
    """Return the stored grade; of answers of an older checklist that may still change, what they come to today."""
    last = uow.grades.last(saved.id)
    if last and not saved.stage.closed and (now.carried.left or now.carried.renamed):
        return grade(now.inspection)
    return grade_from_json(last.document) if last else None


def _steps(uow: UnitOfWork, saved: SavedInspection) -> tuple[Step, ...]:
    """Return the steps without what does not fit any more: it cannot be given once more, or taken back."""
    checklist = load_checklist(saved.checklist)
    steps = [
        (each, dataclasses.replace(each, answers=carry_step(checklist, each.answers)))
        for each in uow.steps.of(saved.id)
    ]
    return tuple(now for before, now in steps if now.answers or now.marks or not before.answers)


def holding_quote(uow: UnitOfWork, saved: SavedInspection, inspection: Inspection) -> Saved | None:
    """Return the last quote, unless something that it is made of changed since."""
    last = uow.quotes.last(saved.id)
    return last if last and last.inputs == inputs_digest(inspection) else None


def _decided_quote(uow: UnitOfWork, decision: SavedDecision, inspection_id: str) -> Saved | None:
    """Return the quote that was taken or left: it stays, whatever a later program would make of its inputs."""
    last = uow.quotes.last(inspection_id)
    return last if last and last.id == decision.quote_id else None


def refreshed(uow: UnitOfWork, inspection_id: str) -> InspectionRecord:
    """Return an inspection as it stands inside this unit of work."""
    return record(uow, existing(uow, inspection_id))
