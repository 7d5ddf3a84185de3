"""What would lift a result: each answer or reading that alone stands in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from diagnostics.grading.evaluation import Case, Evaluation, evaluate
from diagnostics.grading.result import Cap, Disposition, Lift
from diagnostics.grading.rules import ReadingRule, Standard, Value
from diagnostics.model import FieldName


def lifts(standard: Standard, case: Case, now: Evaluation) -> tuple[Lift, ...]:
    """Return the least change of each cap that alone changes grade or disposition.

    Args:
        standard: The rule set.
        case: What was answered and read.
        now: The case as it stands under the standard.
    """
    shares = Counter(cap.cap for cap in now.capped_by)
    # Where two caps are equally low, changing one of them changes nothing.
    alone = [cap for cap in now.capped_by if shares[cap.cap] == 1]
    return tuple(lift for cap in alone if (lift := _lift(standard, case, now, cap)))


def _lift(standard: Standard, case: Case, now: Evaluation, cap: Cap) -> Lift | None:
    tried = [
        (value, _result(now, evaluate(standard, other))) for value, other in _better(standard, case, cap)
    ]
    changed = [(value, to) for value, to in tried if to is not None]
    if not changed:
        return None
    value, to = changed[0]
    return Lift(cap.question, cap.reading, str(value), to, changed[-1][1])


def _better(standard: Standard, case: Case, cap: Cap) -> Iterator[tuple[Value, Case]]:
    """Yield what the cap's answer or reading could become, the least change first."""
    if cap.question is None:
        assert cap.reading is not None
        for value in _rule(standard, cap.reading).better(case.read[cap.reading]):
            yield value, case.reading(cap.reading, value)
        return
    question = case.checklist.question(cap.question)
    given = case.answers[cap.question]
    if question.overrides is not None:
        values: tuple[Value, ...] = _rule(standard, question.overrides).better(given)
    else:
        values = tuple(reversed([answer.id for answer in question.answers_before(str(given))]))
    for value in values:
        yield value, case.answering(cap.question, value)


def _rule(standard: Standard, field: FieldName) -> ReadingRule:
    return next(rule for rule in standard.readings if rule.field == field)


def _result(now: Evaluation, then: Evaluation) -> str | None:
    """Return the word for what a change brings, ``None`` where it brings nothing."""
    if (now.grade, now.disposition) == (then.grade, then.disposition):
        return None
    if then.disposition not in {Disposition.SELLABLE, now.disposition}:
        return then.disposition.value
    return then.disposition.value if then.grade in {None, now.grade} else then.grade.value
