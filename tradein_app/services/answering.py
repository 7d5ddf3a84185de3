"""Saves what a person saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.inspection import validate_answers
from tradein_app.services import assembling
from tradein_app.services.assembling import Addition
from tradein_app.services.ports import SavedInspection, UnitOfWork
from tradein_app.services.records import Actor, InspectionRecord
from tradein_app.services.saving import save_addition
from tradein_app.services.shop import Shop


def answer(
    shop: Shop,
    inspection_id: str,
    answers: Mapping[str, str | int | None],
    actor: Actor,
    *,
    given_at: datetime | None = None,
) -> InspectionRecord:
    """Save answers by question id, then grade, in one transaction; ``None`` clears an answer.

    Args:
        shop: Where it happens.
        inspection_id: An open inspection.
        answers: What was given.
        actor: Who answered.
        given_at: When, of answers that come late: a question that was answered since keeps its newer answer.

    Raises:
        BadInput: An unknown inspection, question or answer; nothing is saved then.
        UserError: The inspection is closed.
    """
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        given = _in_time(uow, saved, _checked(saved.checklist, answers), given_at)
        current = uow.answers.current(inspection_id)
        changes = {question: value for question, value in given.items() if current.get(question) != value}
        if changes:
            addition = Addition(answers=changes)
            facts = {"answers": changes}
            save_addition(
                shop, uow, saved, actor, action="inspection.answered", addition=addition, facts=facts
            )
        record = assembling.refreshed(uow, inspection_id)
        uow.commit()
    return record


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


def _checked(checklist_id: str, answers: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """Return answers that the checklist knows, typed numbers as numbers."""
    checklist = load_checklist(checklist_id)
    numbers = {question for question in answers if checklist.question(question).number}
    validate_answers(checklist, {name: value for name, value in answers.items() if value is not None})
    return {
        name: int(value) if name in numbers and value is not None else value
        for name, value in answers.items()
    }
