"""Rounds: a grader re-grades a reference phone blind; every answer is saved as it is given."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.calibration import NAME_LIMIT
from diagnostics.grading.calibration_agreement import PERIODS, Agreement, Observation, agreement
from diagnostics.grading.calibration_codec import (
    comparison_from_json,
    comparison_to_json,
    reference_from_json,
)
from diagnostics.grading.calibration_compare import compare, open_questions
from diagnostics.grading.checklist import load_checklist, validate_answers
from diagnostics.text import plain
from tradein_app.services.calibration_ports import SavedReference, SavedRound
from tradein_app.services.calibration_records import RoundRecord
from tradein_app.services.calibration_sets import KEPT
from tradein_app.services.digest import digest
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor
from tradein_app.services.shop import Shop


def begin(shop: Shop, code: str, grader: str, actor: Actor) -> RoundRecord:
    """Begin a grader's round on the phone with a code, or go on with the one that was left half.

    Raises:
        BadInput: No reference phone has this code, or the grader has no name.
    """
    name = plain(grader, NAME_LIMIT)
    if not name:
        raise BadInput("The round has no grader.", "Type the grader's name.", "calibration_no_grader")
    with shop.store.writing() as uow:
        saved = uow.calibration.open_round(code, name)
        if saved is None:
            saved = SavedRound(shop.new_id(), _coded(uow, code).id, name, shop.now(), None, None)
            kept = {saved.id: digest({"reference_id": saved.reference_id, "grader": name})}
            entry = uow.audit.append(actor, "calibration.begun", {KEPT: kept}, shop.now())
            uow.calibration.add_round(saved, entry)
        found = _record(uow, saved)
        uow.commit()
    return found


def answer(shop: Shop, round_id: str, answers: Mapping[str, str | int | None], actor: Actor) -> RoundRecord:
    """Save answers of a round; ``None`` clears one. What is there already is not added again.

    Raises:
        BadInput: No such round, question or answer; nothing is saved then.
        UserError: The round is finished.
    """
    with shop.store.writing() as uow:
        saved = _existing(uow, round_id)
        if saved.result is not None:
            raise _finished(saved)
        given = _checked(_reference(uow, saved).document["checklist"], answers)
        current = uow.calibration.answers(round_id)
        changes = {question: value for question, value in given.items() if current.get(question) != value}
        if changes:
            data = {"round": round_id, "given": changes}
            entry = uow.audit.append(actor, "calibration.answered", data, shop.now())
            uow.calibration.add_answers(round_id, changes, entry)
        found = _record(uow, saved)
        uow.commit()
    return found


def finish(shop: Shop, round_id: str, actor: Actor, *, as_it_is: bool = False) -> RoundRecord:
    """Finish a round and hold it against its reference; from now on it cannot be changed. Twice changes nothing.

    Args:
        shop: Where it happens.
        round_id: A round.
        actor: Who finishes it.
        as_it_is: Also with questions open; they are not compared.

    Raises:
        BadInput: There is no such round.
        UserError: Questions are open.
    """
    with shop.store.writing() as uow:
        saved = _existing(uow, round_id)
        if saved.result is None:
            _check_complete(uow, saved, as_it_is=as_it_is)
            reference = reference_from_json(_reference(uow, saved).document)
            document = comparison_to_json(compare(reference, uow.calibration.answers(round_id)))
            result_id = shop.new_id()
            kept = {result_id: digest({"round_id": round_id, "document": document})}
            entry = uow.audit.append(actor, "calibration.finished", {KEPT: kept}, shop.now())
            uow.calibration.add_result(result_id, round_id, document, entry)
        found = _record(uow, _existing(uow, round_id))
        uow.commit()
    return found


def look(shop: Shop, round_id: str) -> RoundRecord:
    """Return a round as it is saved.

    Raises:
        BadInput: There is no such round.
    """
    with shop.store.reading() as uow:
        return _record(uow, _existing(uow, round_id))


def observations(shop: Shop) -> tuple[Observation, ...]:
    """Return every question of every finished round."""
    with shop.store.reading() as uow:
        checklists: dict[str, str] = {}
        found: list[Observation] = []
        for each in uow.calibration.rounds():
            if each.result is None or each.finished_at is None:
                continue
            if each.reference_id not in checklists:
                checklists[each.reference_id] = _reference(uow, each).document["checklist"]
            found += _observed(each, checklists[each.reference_id])
    return tuple(found)


def agreed(shop: Shop, by: str = "month") -> Agreement:
    """Return how far graders agree with the references, by question and by grader.

    Args:
        shop: Where it happens.
        by: ``month`` or ``week``.

    Raises:
        BadInput: It is something else.
    """
    check_period(by)
    return agreement(observations(shop), by)


def check_period(by: str) -> str:
    """Return a kind of period.

    Raises:
        BadInput: There is no such kind.
    """
    if by not in PERIODS:
        raise BadInput(f"'{plain(by)}' is not a period.", "Say month or week.", "calibration_period")
    return by


def _observed(saved: SavedRound, checklist: str) -> list[Observation]:
    assert saved.result is not None
    assert saved.finished_at is not None
    findings = comparison_from_json(saved.result).findings
    return [
        Observation(saved.finished_at, saved.id, saved.grader, checklist, each.question, each.gap)
        for each in findings
    ]


def _record(uow: UnitOfWork, saved: SavedRound) -> RoundRecord:
    reference = _reference(uow, saved)
    newest = uow.calibration.reference_coded(reference.code)
    owner = next(each for each in uow.calibration.sets() if each.id == reference.set_id)
    answers = uow.calibration.answers(saved.id)
    checklist = reference.document["checklist"]
    return RoundRecord(
        id=saved.id,
        code=reference.code,
        model=reference.document["model"],
        set_name=owner.name,
        version=reference.version,
        revised=newest is not None and newest.version > reference.version,
        note=reference.document["note"],
        grader=saved.grader,
        checklist=checklist,
        answers=MappingProxyType(answers),
        answered=MappingProxyType(uow.calibration.answered(saved.id)),
        open=open_questions(load_checklist(checklist), answers),
        begun_at=saved.begun_at,
        finished_at=saved.finished_at,
        comparison=comparison_from_json(saved.result) if saved.result else None,
    )


def _reference(uow: UnitOfWork, saved: SavedRound) -> SavedReference:
    return uow.calibration.reference(saved.reference_id)


def _existing(uow: UnitOfWork, round_id: str) -> SavedRound:
    saved = uow.calibration.round(round_id)
    if saved is None:
        raise BadInput(
            "There is no calibration round with this id.", "Scan the phone's sticker again.", "unknown_round"
        )
    return saved


def _coded(uow: UnitOfWork, code: str) -> SavedReference:
    found = uow.calibration.reference_coded(code)
    if found is None:
        said = plain(code) or "–"
        raise BadInput(
            f"No reference phone has the code {said}.",
            "Look at its sticker, or import its set first.",
            "unknown_calibration_code",
            phone=said,
        )
    return found


def _finished(saved: SavedRound) -> UserError:
    return UserError(
        f"The round of {saved.grader} is finished; its answers stay as they are.",
        "Scan the sticker again to begin another round.",
        "calibration_finished",
        grader=saved.grader,
    )


def _check_complete(uow: UnitOfWork, saved: SavedRound, *, as_it_is: bool) -> None:
    checklist = load_checklist(_reference(uow, saved).document["checklist"])
    left = open_questions(checklist, uow.calibration.answers(saved.id))
    if left and not as_it_is:
        raise UserError(
            f"{len(left)} questions are open still.",
            "Answer them, or finish the round as it is: they are not compared then.",
            "calibration_open_questions",
            count=str(len(left)),
        )


def _checked(checklist_id: str, answers: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """Return answers that the checklist knows, typed numbers as numbers."""
    checklist = load_checklist(checklist_id)
    numbers = {question for question in answers if checklist.question(question).number}
    validate_answers(checklist, {name: value for name, value in answers.items() if value is not None})
    return {
        name: int(value) if name in numbers and value is not None else value
        for name, value in answers.items()
    }
