"""Grades an inspection: the lowest cap of all answers and readings wins, under one rule set or several.

Everything that is a rule is data in ``resources/standards``; this room knows only how rules are applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist, validate_answers
from diagnostics.grading.evaluation import Case, evaluate, look_at
from diagnostics.grading.facts import read_values
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.library import Library, program
from diagnostics.grading.lifts import lifts
from diagnostics.grading.reaching import at_best
from diagnostics.grading.result import Cap, Disposition, Grade, GradeResult, Lift, rank

__all__ = ["Cap", "Disposition", "Grade", "GradeResult", "Lift", "grade", "rank"]


def grade(
    inspection: Inspection, standards: Sequence[str] | None = None, library: Library | None = None
) -> GradeResult:
    """Return the grade with its reasons.

    A lock that was read as on keeps the phone on hold, even where a person saw it off: that contradiction is for
    people to resolve. A lock that nobody knows does not change the grade; it is listed as unverified.

    Args:
        inspection: Complete or not; what is open is listed, and never allows the best grade.
        standards: Rule sets: ids, or ``id@version``. The first decides; each has its entry. The one that the
            checklist names when left out.
        library: Where they are looked for; those of the program alone when left out.

    Raises:
        BadInput: A standard, checklist, question or answer that does not exist, or a standard for another checklist.
    """
    checklist = load_checklist(inspection.checklist)
    named = (checklist.standard,) if standards is None else tuple(standards)
    if not named:
        raise BadInput("No standard was named.", "Name at least one.", "unknown_standard")
    validate_answers(checklist, inspection.answers)
    case = Case(checklist, inspection.answers, read_values(inspection.reading), inspection.reading.platform)
    rule_sets = [(library or program()).fitting(wanted, checklist.id) for wanted in named]
    seen = look_at(case)
    evaluations = [evaluate(rule_set, case, seen) for rule_set in rule_sets]
    first = evaluations[0]
    return GradeResult(
        grade=first.grade,
        disposition=first.disposition,
        capped_by=first.capped_by,
        standards=MappingProxyType({name: done.entry for name, done in zip(named, evaluations, strict=True)}),
        lifts=lifts(rule_sets[0], case, first),
        unanswered=first.unanswered,
        unverified=first.unverified,
        rule_set=rule_sets[0].rule_set,
        at_best=at_best(rule_sets[0], case),
    )
