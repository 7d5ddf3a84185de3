"""What a phone is after a repair: the same inspection with other answers, for the rules to judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from diagnostics.grading.checklist import Question, load_checklist
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.result import Cap
from pricing.repairs.records import ANY, Kind

_BATTERY = "battery.health_percent"


def repaired(inspection: Inspection, kinds: Iterable[Kind]) -> Inspection:
    """Return the inspection as it would be after some repairs.

    What is open stays open. A new battery replaces what was read and what was typed of the old one.

    Args:
        inspection: The phone as it is.
        kinds: In any order: no two of them change one answer to different ones.
    """
    answers = dict(inspection.answers)
    reading = inspection.reading
    checklist = load_checklist(inspection.checklist)
    for kind in kinds:
        answers |= {q: to for q in kind.changes if (to := _after(kind, q, answers.get(q))) is not None}
        answers |= kind.sets
        for question, worst in kind.at_best.items():
            if _is_better(checklist.question(question), answers.get(question), worst):
                answers[question] = worst
        if kind.health is not None:
            numbers = {q.id for q in checklist.evidence if q.overrides == _BATTERY}
            answers = {q: value for q, value in answers.items() if q not in numbers}
            reading = replace(reading, battery=replace(reading.battery, health_percent=kind.health))
    return replace(inspection, reading=reading, answers=MappingProxyType(answers))


def touches(kind: Kind, cap: Cap, inspection: Inspection) -> bool:
    """Return whether a repair makes better what caps a grade."""
    if kind.health is not None and _is_battery(cap, inspection):
        return True
    question = cap.question
    if question is None:
        return False
    if _after(kind, question, cap.answer) not in {None, cap.answer}:
        return True
    told = kind.sets.get(question)
    return told is not None and _is_better(_asked(inspection, question), told, cap.answer)


def _is_battery(cap: Cap, inspection: Inspection) -> bool:
    if cap.question is None:
        return cap.reading == _BATTERY
    return load_checklist(inspection.checklist).question(cap.question).overrides == _BATTERY


def _after(kind: Kind, question: str, given: str | int | None) -> str | None:
    """Return what an answer becomes, ``None`` where it stays."""
    if given is None:
        return None
    by = kind.changes.get(question, {})
    return by.get(str(given), by.get(ANY))


def _asked(inspection: Inspection, question: str) -> Question:
    return load_checklist(inspection.checklist).question(question)


def _is_better(question: Question, given: str | int | None, than: str) -> bool:
    """Return whether an answer is better than another one; an open one is not known to be worse."""
    places = [answer.id for answer in question.answers]
    return given is None or (given in places and places.index(str(given)) < places.index(than))
