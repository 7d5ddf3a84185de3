"""Which answers a photo has to back: those that set the grade, and at fair and below every one that says so.

Two graders most often differ by one grade, at the answer that caps it; a photo there settles it for the next one and
for the customer. Above fair nothing else needs one: the photos of a clean phone show nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import Answers, Checklist, Question
from diagnostics.grading.engine import GradeResult
from diagnostics.grading.result import SEVERITY, Disposition, Grade
from diagnostics.grading.standards import Standard, load_standard

_UNSEEN = "functions"
"""The surface of what is heard or measured: no photo shows it."""
_SETTLED = frozenset({Disposition.HOLD.value, Disposition.STOP.value, Disposition.INCOMPLETE.value})
"""Caps that no photo is taken for: a lock is proved by the phone, and a dangerous phone is put away."""


class Because(StrEnum):
    """Why a photo is needed."""

    SETS_GRADE = "sets_grade"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class PhotoNeed:
    """A question whose answer a photo has to back."""

    question: str
    because: Because


def photo_needs(result: GradeResult, answers: Answers, checklist: Checklist) -> tuple[PhotoNeed, ...]:
    """Return the questions that need a photo, in the order of the checklist.

    Args:
        result: The grade of these answers.
        answers: By question.
        checklist: The one that was answered.
    """
    sets = {cap.question for cap in result.capped_by if cap.question and cap.cap not in _SETTLED}
    low = set(_low(result, answers))
    asked = (q for page in checklist.pages for q in page.questions if q.id in answers and _is_seen(q))
    return tuple(
        PhotoNeed(question.id, Because.SETS_GRADE if question.id in sets else Because.LOW)
        for question in asked
        if question.id in sets | low
    )


def _is_seen(question: Question) -> bool:
    return question.surface != _UNSEEN


def _low(result: GradeResult, answers: Answers) -> Iterator[str]:
    """Yield the questions whose answers allow fair at best, where that is what the phone came to."""
    standard = _standard(result)
    if standard is None or not _is_low(result):
        return
    for question, answer in answers.items():
        rule = standard.rule(question, str(answer))
        if (
            rule is not None
            and rule.cap not in _SETTLED
            and SEVERITY.get(rule.cap, 0) >= SEVERITY[Grade.FAIR]
        ):
            yield question


def _is_low(result: GradeResult) -> bool:
    """Return whether a phone came to fair or less, or nobody knows yet what it comes to: fair at best is known then."""
    if result.disposition is Disposition.INCOMPLETE:
        return True
    if result.disposition in {Disposition.REPAIR, Disposition.REJECT}:
        return True
    return result.grade is Grade.FAIR and result.disposition is not Disposition.STOP


def _standard(result: GradeResult) -> Standard | None:
    try:
        return load_standard(result.rule_set)
    except BadInput:
        return None  # a grade of long ago: what set it is in the grade itself
