"""What grading says: the grade, the disposition, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from diagnostics.model import FieldName


class Grade(StrEnum):
    """How good the phone is, best first."""

    PREMIUM = "premium"
    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"


class Disposition(StrEnum):
    """What is to be done with the phone. The worst that applies wins: stop, reject, hold, repair."""

    SELLABLE = "sellable"
    INCOMPLETE = "incomplete"
    REPAIR = "repair"
    HOLD = "hold"
    REJECT = "reject"
    STOP = "stop"


UNKNOWN = "unknown"
"""The answer of a `Cap` by a reading that could not be made."""

SEVERITY: Mapping[str, int] = {
    word: place
    for place, word in enumerate([*Grade, *(d for d in Disposition if d is not Disposition.SELLABLE)])
}
"""Every word that a rule may cap with, by how bad it is; 0 is best."""


def rank(grade: Grade) -> int:
    """Return a grade's place among the grades; 0 is best."""
    return SEVERITY[grade]


@dataclass(frozen=True, slots=True)
class Cap:
    """An answer or a reading that sets the result; one of ``question`` and ``reading`` is set.

    Attributes:
        answer: The answer's id, or the value as text, `UNKNOWN` where there is none.
        cap: What it allows at best: a grade or a disposition.
    """

    question: str | None
    reading: FieldName | None
    answer: str
    cap: str


@dataclass(frozen=True, slots=True)
class Lift:
    """The least change of one answer or reading that alone gives a better result.

    Attributes:
        answer: What it would have to become: an answer's id, or a value as text.
        to: The grade that results, or the disposition where that is what changes: ``sellable`` for a phone that was on
            hold, ``hold`` or ``repair`` where that stands in the way next.
        best: The same word, were it to become its best.
    """

    question: str | None
    reading: FieldName | None
    answer: str
    to: str
    best: str


@dataclass(frozen=True, slots=True)
class AtBest:
    """What is still reachable while questions are open; the result itself once none is.

    Attributes:
        result: A grade, or the disposition that no answer can lift any more.
        capped_by: The answers and readings that allow nothing better; empty for the best grade.
    """

    result: str
    capped_by: tuple[Cap, ...]


@dataclass(frozen=True, slots=True)
class GradeResult:
    """The grade of one inspection under one rule set, and its label under others.

    Attributes:
        grade: ``None`` for stop, reject, repair and incomplete. A phone on hold keeps the grade that it has without
            the hold, if it has one.
        capped_by: Every answer and reading that equals the result; on hold, those that set the hold and then those
            that set the grade. Empty for the best grade, and where nothing but open questions stands in the way.
        standards: Each rule set's own label and what stands beside it, by its id.
        unanswered: Questions still open, in the order of the checklist.
        unverified: Readings that the rule set asks for and nobody knows.
        rule_set: The first rule set, as ``id@version``.
        at_best: Under the first rule set; ``None`` in a document that was made before there was such a member.
    """

    grade: Grade | None
    disposition: Disposition
    capped_by: tuple[Cap, ...]
    standards: Mapping[str, Mapping[str, object]]
    lifts: tuple[Lift, ...]
    unanswered: tuple[str, ...]
    unverified: tuple[FieldName, ...]
    rule_set: str
    at_best: AtBest | None = None
