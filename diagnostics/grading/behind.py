"""The rule behind a cap: whose it is, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.library import Library, program
from diagnostics.grading.result import UNKNOWN, Cap, GradeResult
from diagnostics.grading.rules import Rule, Standard


@dataclass(frozen=True, slots=True)
class Behind:
    """What a cap rests on.

    Attributes:
        mark: ``public`` where a page of the market says so, ``ours`` where it is our proposal.
        page: Where it stands; ``""`` for a rule of ours.
    """

    mark: str
    page: str


def behind(cap: Cap, rule_set: str, library: Library | None = None) -> Behind | None:
    """Return what a cap rests on; ``None`` where the rule set is not there any more, or has no such rule.

    Args:
        cap: Of a grade.
        rule_set: Under which it was made, ``id@version``.
        library: Where rule sets are looked for; those of the program when left out.
    """
    try:
        standard = (library or program()).find(rule_set)
    except BadInput:
        return None
    rule = _rule_of(standard, cap)
    return Behind(rule.mark, standard.sources.get(rule.source, "")) if rule else None


def still_caps(result: GradeResult) -> tuple[Cap, ...]:
    """Return the caps without one of which the grade stays as it is: those that are equally low, two at least."""
    word = result.grade or result.disposition
    caps = tuple(cap for cap in result.capped_by if cap.cap == word)
    return caps if len(caps) > 1 else ()


def _rule_of(standard: Standard, cap: Cap) -> Rule | None:
    by_answer = standard.rule(cap.question, cap.answer) if cap.question else None
    if by_answer is not None:
        return by_answer
    value = None if cap.answer == UNKNOWN else int(cap.answer) if cap.answer.isdecimal() else cap.answer
    question = load_checklist(standard.checklist).by_id.get(cap.question or "")
    overridden = question.overrides if question else None
    field = cap.reading or overridden
    return next((rule.rule(value) for rule in standard.readings if rule.field == field), None)
