"""Saves what a person saw."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.inspection import validate_answers
from tradein_app.services import assembling
from tradein_app.services.assembling import Addition
from tradein_app.services.records import Actor, InspectionRecord
from tradein_app.services.saving import save_addition
from tradein_app.services.shop import Shop


def answer(
    shop: Shop, inspection_id: str, answers: Mapping[str, str | int | None], actor: Actor
) -> InspectionRecord:
    """Save answers by question id, then grade, in one transaction; ``None`` clears an answer.

    Raises:
        BadInput: An unknown inspection, question or answer; nothing is saved then.
        UserError: The inspection is closed.
    """
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        given = _checked(saved.checklist, answers)
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


def _checked(checklist_id: str, answers: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """Return answers that the checklist knows, typed numbers as numbers."""
    checklist = load_checklist(checklist_id)
    numbers = {question for question in answers if checklist.question(question).number}
    validate_answers(checklist, {name: value for name, value in answers.items() if value is not None})
    return {
        name: int(value) if name in numbers and value is not None else value
        for name, value in answers.items()
    }
