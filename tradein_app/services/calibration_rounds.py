"""Rounds: a grader re-grades a reference phone blind; every answer is saved as it is given."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.calibration import NAME_LIMIT
from diagnostics.grading.calibration_agreement import PERIODS, Counts, Observation, counted, together
from diagnostics.grading.calibration_codec import (
    comparison_from_json,
    comparison_to_json,
    reference_from_json,
)
from diagnostics.grading.calibration_compare import Comparison, Gap, compare, open_questions
from diagnostics.grading.checklist import load_checklist, validate_answers
from diagnostics.text import plain
from tradein_app.services.calibration_ports import SavedReference, SavedResult, SavedRound
from tradein_app.services.calibration_practice import is_practice
from tradein_app.services.calibration_records import CountedPage, RoundRecord
from tradein_app.services.calibration_sets import KEPT
from tradein_app.services.digest import digest
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.records import Actor, Answered
from tradein_app.services.saved_rows import GIVEN_AT, Document
from tradein_app.services.shop import Shop

PAGE = 25
"""Rounds that are counted at once: a few milliseconds of the desk's time."""


def _grader(text: str) -> str:
    """Return a grader's name; two long ones that begin alike would be one person where they were cut."""
    name = plain(text, len(text) + 1)
    if not name:
        raise BadInput("The round has no grader.", "Type the grader's name.", "calibration_no_grader")
    if len(name) > NAME_LIMIT:
        raise BadInput(
            f"The grader's name has {len(name)} characters; it can have {NAME_LIMIT}.",
            "Type a shorter one, such as first name and initials.",
            "calibration_long_grader",
            count=str(len(name)),
            most=str(NAME_LIMIT),
        )
    return name


def begin(shop: Shop, code: str, grader: str, actor: Actor) -> RoundRecord:
    """Begin a grader's round on the phone with a code, or go on with the one that was left half.

    Raises:
        BadInput: No reference phone has this code, or the grader has no name.
    """
    name = _grader(grader)
    with shop.store.writing() as uow:
        saved = uow.calibration.open_round(code, name)
        if saved is None:
            saved = SavedRound(shop.new_id(), _coded(uow, code).id, name, shop.now(), None, None)
            kept = {saved.id: digest({"reference_id": saved.reference_id, "grader": name})}
            entry = uow.audit.append(actor, "calibration.begun", {KEPT: kept}, shop.now())
            uow.calibration.add_round(saved, entry)
        found = _record(uow, saved, _reference(uow, saved))
        uow.commit()
    return found


def answer(
    shop: Shop,
    round_id: str,
    answers: Mapping[str, str | int | None],
    actor: Actor,
    given_at: datetime | None = None,
    *,
    late: bool = True,
) -> RoundRecord:
    """Save answers of a round; ``None`` clears one. What is there already is not added again.

    Args:
        shop: Where it happens.
        round_id: A round.
        answers: By question id.
        actor: Who saves them.
        given_at: When, UTC, where that is not now; kept beside the time at which they are saved.
        late: Answers that have such a time may come after newer ones: a question that was answered since keeps its
            newer answer.

    Raises:
        BadInput: No such round, question or answer; nothing is saved then.
        UserError: The round is finished.
    """
    with shop.store.writing() as uow:
        saved = _existing(uow, round_id)
        if saved.result is not None:
            raise _finished(saved)
        reference = _reference(uow, saved)
        checked = _checked(reference.document["checklist"], answers)
        changes = _changes(uow.calibration.given(round_id), checked, given_at if late else None)
        if changes:
            data: Document = {"round": round_id, "given": changes}
            if given_at is not None:
                data[GIVEN_AT] = given_at.isoformat()
            entry = uow.audit.append(actor, "calibration.answered", data, shop.now())
            uow.calibration.add_answers(round_id, changes, entry)
        found = _record(uow, saved, reference)
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
        reference, comparison = _reference(uow, saved), None
        if saved.result is None:
            answers = uow.calibration.answers(round_id)
            _check_complete(reference.document["checklist"], answers, as_it_is=as_it_is)
            comparison = compare(reference_from_json(reference.document), answers)
            saved = _add_result(shop, uow, saved, comparison, actor)
        found = _record(uow, saved, reference, comparison)
        uow.commit()
    return found


def _add_result(
    shop: Shop, uow: UnitOfWork, saved: SavedRound, comparison: Comparison, actor: Actor
) -> SavedRound:
    document, result_id = comparison_to_json(comparison), shop.new_id()
    kept = {result_id: digest({"round_id": saved.id, "document": document})}
    entry = uow.audit.append(actor, "calibration.finished", {KEPT: kept}, shop.now())
    uow.calibration.add_result(result_id, saved.id, document, entry)
    return dataclasses.replace(saved, result=document, finished_at=entry.at)


def look(shop: Shop, round_id: str) -> RoundRecord:
    """Return a round as it is saved.

    Raises:
        BadInput: There is no such round.
    """
    with shop.store.reading() as uow:
        saved = _existing(uow, round_id)
        return _record(uow, saved, _reference(uow, saved))


def count(shop: Shop, by: str = "month", after: int = 0, most: int = PAGE) -> CountedPage:
    """Count so many finished rounds at most: a page at a time, so that nobody who saves waits for all of them.

    Args:
        shop: Where it happens.
        by: ``month`` or ``week``.
        after: Where the page before ended; 0 begins.
        most: Rounds in a page.

    Raises:
        BadInput: It is another period.
    """
    check_period(by)
    with shop.store.reading() as uow:
        results = uow.calibration.results(after, most)
        ids = {each.reference_id for each in results}
        checklists = {each: uow.calibration.reference(each).document["checklist"] for each in ids}
    seen = (each for result in results for each in _observed(result, checklists[result.reference_id]))
    return CountedPage(counted(seen, by), results[-1].entry if len(results) == most else None)


def count_all(shop: Shop, by: str = "month") -> Counts:
    """Count all finished rounds; for who has nobody waiting.

    Raises:
        BadInput: ``by`` is neither ``month`` nor ``week``.
    """
    page = count(shop, by)
    counts = page.counts
    while page.next is not None:
        page = count(shop, by, page.next)
        counts = together(counts, page.counts)
    return counts


def check_period(by: str) -> str:
    """Return a kind of period.

    Raises:
        BadInput: There is no such kind.
    """
    if by not in PERIODS:
        raise BadInput(f"'{plain(by)}' is not a period.", "Say month or week.", "calibration_period")
    return by


def _observed(saved: SavedResult, checklist: str) -> list[Observation]:
    return [
        Observation(saved.at, saved.round_id, saved.grader, checklist, row["question"], Gap(row["gap"]))
        for row in saved.document["findings"]
    ]


def _record(
    uow: UnitOfWork,
    saved: SavedRound,
    reference: SavedReference,
    comparison: Comparison | None = None,
) -> RoundRecord:
    """Return a round as it is saved, with what it found where that is known already."""
    given = uow.calibration.given(saved.id)
    answers = {question: value for question, (value, _) in given.items() if value is not None}
    checklist = reference.document["checklist"]
    set_name = next(each.name for each in uow.calibration.sets() if each.id == reference.set_id)
    told = bool(saved.result) or is_practice(set_name, reference.code)
    return RoundRecord(
        id=saved.id,
        code=reference.code,
        model=reference.document["model"],
        set_name=set_name,
        version=reference.version,
        revised=uow.calibration.newest_version(reference.code) > reference.version,
        note=reference.document["note"] if told else "",
        grader=saved.grader,
        checklist=checklist,
        answers=MappingProxyType(answers),
        answered=MappingProxyType({question: given[question][1] for question in answers}),
        open=open_questions(load_checklist(checklist), answers),
        begun_at=saved.begun_at,
        finished_at=saved.finished_at,
        comparison=comparison or (comparison_from_json(saved.result) if saved.result else None),
        # Who grades blind gets no picture, either: what was photographed is what holds.
        photos=tuple(reference.document["photos"]) if saved.result else (),
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


def _check_complete(checklist: str, answers: Mapping[str, str | int], *, as_it_is: bool) -> None:
    left = open_questions(load_checklist(checklist), answers)
    if left and not as_it_is:
        raise UserError(
            f"{len(left)} questions are open still.",
            "Answer them, or finish the round as it is: they are not compared then.",
            "calibration_open_questions",
            count=str(len(left)),
        )


def _changes(
    there: Mapping[str, tuple[str | int | None, Answered]],
    given: Mapping[str, str | int | None],
    given_at: datetime | None,
) -> dict[str, str | int | None]:
    """Return the answers that differ from what is there; late ones yield to what was answered since."""
    return {
        question: value
        for question, value in given.items()
        if (there[question][0] if question in there else None) != value
        and (given_at is None or question not in there or there[question][1].at < given_at)
    }


def _checked(checklist_id: str, answers: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """Return answers that the checklist knows, typed numbers as numbers."""
    checklist = load_checklist(checklist_id)
    numbers = {question for question in answers if checklist.question(question).number}
    validate_answers(checklist, {name: value for name, value in answers.items() if value is not None})
    return {
        name: int(value) if name in numbers and value is not None else value
        for name, value in answers.items()
    }
