"""What an inspection that is not finished can still come to."""

from __future__ import annotations

from diagnostics.grading.evaluation import Case, Evaluation, evaluate
from diagnostics.grading.facts import merge
from diagnostics.grading.result import AtBest
from diagnostics.grading.rules import Standard


def at_best(standard: Standard, case: Case) -> AtBest:
    """Return the best result that is still reachable, and what stands in the way of a better one.

    Every open question is taken as answered its best, and a percent that a person can still type as the best one. What
    was answered and read stays as it is.
    """
    best = _numbered(standard, _answered(case))
    return _named(evaluate(standard, best))


def _answered(case: Case) -> Case:
    for question in case.checklist.required:
        if question.id not in case.answers and question.answers and question.applies(case.answers):
            case = case.answering(question.id, question.answers[0].id)
    return case


def _numbered(standard: Standard, case: Case) -> Case:
    """Return the case with the best percent wherever nothing told one and a person has not been asked."""
    facts = merge(case.checklist, case.answers, case.read, case.platform)
    typed = {q.overrides for q in case.checklist.evidence if q.overrides and q.id not in case.answers}
    for rule in standard.readings:
        if rule.steps and rule.field in typed and facts[rule.field].value is None:
            case = case.reading(rule.field, rule.steps[0][0])
    return case


def _named(evaluation: Evaluation) -> AtBest:
    return AtBest(evaluation.worst, evaluation.capped_by)
