"""Saves what a person saw, answered or marked on the outline, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.checklist import Checklist, load_checklist
from diagnostics.grading.defects import MarkChange, change_to_json, load_defects
from diagnostics.grading.inspection import validate_answers
from diagnostics.grading.prefilling import is_better, told_answers
from tradein_app.services import assembling
from tradein_app.services.assembling import Addition
from tradein_app.services.ports import Document, SavedInspection, UnitOfWork
from tradein_app.services.records import Actor, How, InspectionRecord
from tradein_app.services.saving import save_addition
from tradein_app.services.shop import Shop

Answers = Mapping[str, str | int | None]


def answer(
    shop: Shop,
    inspection_id: str,
    answers: Answers,
    actor: Actor,
    *,
    given_at: datetime | None = None,
    marks: tuple[MarkChange, ...] = (),
    how: How = How.ANSWERED,
) -> InspectionRecord:
    """Save answers by question id and marks, then grade, in one transaction; ``None`` clears an answer.

    Args:
        shop: Where it happens.
        inspection_id: An open inspection.
        answers: What was given.
        actor: Who answered.
        given_at: When, of answers that come late: a question that was answered since keeps its newer answer.
        marks: That were put on the outline, or taken away; one that is there already is not put twice.
        how: Given, taken back, or given once more.

    Raises:
        BadInput: An unknown inspection, question, answer or mark; nothing is saved then.
        UserError: The inspection is closed, or the cable proved something worse.
    """
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        checklist = load_checklist(saved.checklist)
        given = _in_time(uow, saved, _checked(checklist, answers), given_at)
        current = uow.answers.current(inspection_id)
        changes = {question: value for question, value in given.items() if current.get(question) != value}
        if how is How.ANSWERED:
            _refuse_better(uow, saved, checklist, changes)
        addition = Addition(answers=changes, marks=_new(uow, saved, marks))
        if changes or addition.marks:
            _save(shop, uow, saved, actor, addition, how)
        record = assembling.refreshed(uow, inspection_id)
        uow.commit()
    return record


def _save(  # noqa: PLR0917 - what is added, where, by whom and how
    shop: Shop, uow: UnitOfWork, saved: SavedInspection, actor: Actor, addition: Addition, how: How
) -> None:
    facts: Document = {"answers": dict(addition.answers)}
    if addition.marks:
        facts["marks"] = {change.mark.id: change_to_json(change) for change in addition.marks}
    save_addition(shop, uow, saved, actor, action=f"inspection.{how}", addition=addition, facts=facts)


def _new(uow: UnitOfWork, saved: SavedInspection, marks: Iterable[MarkChange]) -> tuple[MarkChange, ...]:
    """Return the marks that change something, each of which can be."""
    there = {mark.id: mark for mark in uow.marks.current(saved.id)}
    defects = load_defects(saved.checklist)
    new = tuple(each for each in marks if there.get(each.mark.id) != (None if each.removed else each.mark))
    for change in new:
        if defects is None:
            raise BadInput(f"Nothing can be marked for the checklist {saved.checklist}.", code="unknown_mark")
        defects.check(change.mark)
    return new


def _refuse_better(uow: UnitOfWork, saved: SavedInspection, checklist: Checklist, changes: Answers) -> None:
    """Refuse an answer that is better than what the cable proved."""
    given = {name: value for name, value in changes.items() if value is not None}
    if not any(checklist.question(name) in checklist.evidence for name in given):
        return
    told = told_answers(checklist, assembling.reading_of(uow, saved))
    for name in told:
        question = checklist.question(name)
        if name in given and is_better(question, given[name], told[name]):
            raise UserError(
                f"{question.subject['en']}: the cable proved worse than that.",
                "An answer that came over the cable can only be made worse. Read the phone again if it changed.",
                "better_than_read",
                subject=name,
            )


def _in_time(
    uow: UnitOfWork,
    saved: SavedInspection,
    given: dict[str, str | int | None],
    given_at: datetime | None,
) -> dict[str, str | int | None]:
    if given_at is None:
        return given
    times = uow.answers.times(saved.id)
    return {name: value for name, value in given.items() if name not in times or times[name] < given_at}


def _checked(checklist: Checklist, answers: Answers) -> dict[str, str | int | None]:
    """Return answers that the checklist knows, typed numbers as numbers."""
    numbers = {question for question in answers if checklist.question(question).number}
    validate_answers(checklist, {name: value for name, value in answers.items() if value is not None})
    return {
        name: int(value) if name in numbers and value is not None else value
        for name, value in answers.items()
    }
