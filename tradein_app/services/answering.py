"""Saves what a person saw, answered or marked on the outline, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.checklist import Checklist, load_checklist
from diagnostics.grading.defects import Mark, MarkChange, change_to_json, load_defects, with_changes
from diagnostics.grading.inspection import validate_answers
from diagnostics.grading.prefilling import is_better, told_answers
from diagnostics.grading.standing import marked_answers
from tradein_app.services import assembling
from tradein_app.services.assembling import Addition
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor, How, InspectionRecord
from tradein_app.services.saved_rows import GIVEN_AT, Document, SavedInspection
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
    late: bool = True,
    marks: tuple[MarkChange, ...] = (),
    how: How = How.ANSWERED,
) -> InspectionRecord:
    """Save answers by question id and marks, then grade, in one transaction; ``None`` clears an answer.

    Args:
        shop: Where it happens.
        inspection_id: An open inspection.
        answers: What was given.
        actor: Who answered.
        given_at: When, UTC, where that is not now; kept beside the time at which they are saved.
        late: Answers that have such a time may come after newer ones: a question that was answered since keeps its
            newer answer, and a mark that was put or taken away since stays so. Others count whatever came before.
        marks: That were put on the outline, or taken away; one that is there already is not put twice.
        how: Given, taken back, or given once more.

    Raises:
        BadInput: An unknown inspection, question, answer or mark; nothing is saved then.
        UserError: The inspection is closed, or the cable proved, or a mark says, something worse.
    """
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        checklist = load_checklist(saved.checklist)
        current = uow.answers.current(inspection_id)
        since = given_at if late else None
        given = _checked(checklist, answers, current)
        if since is not None:
            given = _in_time(given, uow.answers.times(inspection_id), since)
        changes = {question: value for question, value in given.items() if current.get(question) != value}
        addition = Addition(answers=changes, marks=_new(uow, saved, marks, since))
        if how is How.ANSWERED and since is None:
            _refuse_better(uow, saved, checklist, addition)
        if changes or addition.marks:
            _save(shop, uow, saved, actor, addition, How(how), given_at)
        record = assembling.refreshed(uow, inspection_id)
        uow.commit()
    return record


def _save(  # noqa: PLR0917 - what is added, where, by whom, how and when
    shop: Shop,
    uow: UnitOfWork,
    saved: SavedInspection,
    actor: Actor,
    addition: Addition,
    how: How,
    given_at: datetime | None,
) -> None:
    facts: Document = {"answers": dict(addition.answers)}
    if given_at is not None:
        facts[GIVEN_AT] = given_at.isoformat()
    if addition.marks:
        facts["marks"] = {change.mark.id: change_to_json(change) for change in addition.marks}
    save_addition(shop, uow, saved, actor, action=f"inspection.{how}", addition=addition, facts=facts)


def _new(
    uow: UnitOfWork, saved: SavedInspection, marks: Iterable[MarkChange], since: datetime | None
) -> tuple[MarkChange, ...]:
    """Return the marks that change something, each of which can be; late ones yield to what came since."""
    there = {mark.id: mark for mark in uow.marks.current(saved.id)}
    defects = load_defects(saved.checklist)
    new = tuple(each for each in marks if there.get(each.mark.id) != (None if each.removed else each.mark))
    if since is not None and new:
        times = uow.marks.times(saved.id)
        new = tuple(each for each in new if each.mark.id not in times or times[each.mark.id] < since)
    for change in new:
        if defects is None:
            raise BadInput(f"Nothing can be marked for the checklist {saved.checklist}.", code="unknown_mark")
        defects.check(change.mark)
    return new


def _refuse_better(uow: UnitOfWork, saved: SavedInspection, checklist: Checklist, addition: Addition) -> None:
    """Refuse an answer that is better than what a mark says, or than what the cable proved."""
    given = {name: value for name, value in addition.answers.items() if value is not None}
    _refuse_unmarked(checklist, given, with_changes(uow.marks.current(saved.id), addition.marks))
    if not any(checklist.question(name) in checklist.evidence for name in given):
        return
    told = told_answers(checklist, assembling.reading_of(uow, saved))
    for name in told:
        question = checklist.question(name)
        if name in given and is_better(question, given[name], told[name].answer):
            raise UserError(
                f"{question.subject['en']}: the cable proved worse than that.",
                "An answer that came over the cable can only be made worse. Read the phone again if it changed.",
                "better_than_read",
                subject=name,
            )


def _refuse_unmarked(checklist: Checklist, given: Mapping[str, str | int], marks: Sequence[Mark]) -> None:
    marked = marked_answers(checklist, marks) if given and marks else {}
    for name in given.keys() & marked.keys():
        question = checklist.question(name)
        if is_better(question, given[name], marked[name]):
            raise UserError(
                f"{question.subject['en']}: something worse is marked on the outline.",
                "The worse one counts. Remove the mark first if it is not there.",
                "better_than_marked",
                subject=name,
            )


def _in_time(
    given: Mapping[str, str | int | None], times: Mapping[str, datetime], since: datetime
) -> dict[str, str | int | None]:
    """Return late answers to questions that nobody answered since."""
    return {name: value for name, value in given.items() if name not in times or times[name] < since}


def _checked(
    checklist: Checklist, answers: Answers, current: Mapping[str, str | int]
) -> dict[str, str | int | None]:
    """Return answers that the checklist knows, typed numbers as numbers; what it knows no more may be cleared."""
    gone = {name for name, value in answers.items() if value is None and name in current}
    gone -= checklist.by_id.keys()
    known = _known(checklist, {name: value for name, value in answers.items() if name not in gone})
    return {**dict.fromkeys(gone), **known}


def _known(checklist: Checklist, answers: Answers) -> dict[str, str | int | None]:
    numbers = {question for question in answers if checklist.question(question).number}
    validate_answers(checklist, {name: value for name, value in answers.items() if value is not None})
    return {
        name: int(value) if name in numbers and value is not None else value
        for name, value in answers.items()
    }
