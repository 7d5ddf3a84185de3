"""Holds one rule set against answers and readings; the only place where rules are applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from diagnostics.grading.checklist import Answers, Checklist, Question
from diagnostics.grading.facts import Fact, Read, merge
from diagnostics.grading.result import SEVERITY, UNKNOWN, Cap, Disposition, Grade
from diagnostics.grading.rules import NO_LABEL, ReadingRule, Rule, Scale, Standard, Value
from diagnostics.model import FieldName

_GRADES = frozenset(Grade)
_NO_WORDS = frozenset({Disposition.STOP.value, Disposition.REJECT.value})


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: the answers and readings of one phone, or what they might become."""

    checklist: Checklist
    answers: Answers
    read: Read
    platform: str

    def answering(self, question_id: str, value: str | int) -> Case:
        """Return the case with one answer changed."""
        return replace(self, answers={**self.answers, question_id: value})

    def reading(self, field: FieldName, value: Value) -> Case:
        """Return the case with one reading changed."""
        return replace(self, read={**self.read, field: value})


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer or a reading that counts, and the rule that makes it count.

    Attributes:
        scale: The ladder that it counts on; ``""`` for the standard itself.
    """

    cap: Cap
    rule: Rule
    scale: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One case under one standard.

    Attributes:
        reasons: Every answer and reading that caps the grade below the standard's top, in the order of the checklist.
        words: The word of each scale; none for a phone that must not be handled or taken.
        worst: The lowest cap of all, the standard's top where nothing caps.
        beneath: The same without holds: the grade that a phone on hold keeps.
        entry: What the standard says in its own words.
    """

    reasons: tuple[Reason, ...]
    worst: str
    beneath: str
    unanswered: tuple[str, ...]
    unverified: tuple[FieldName, ...]
    entry: dict[str, object]
    words: dict[str, str]

    @property
    def caps(self) -> tuple[Cap, ...]:
        """The caps of `reasons`."""
        return tuple(reason.cap for reason in self.reasons)

    @property
    def grade(self) -> Grade | None:
        """The grade, where there is one."""
        return _grade(self.worst, self.beneath)

    @property
    def disposition(self) -> Disposition:
        """What is to be done with the phone."""
        return Disposition.SELLABLE if self.worst in _GRADES else Disposition(self.worst)

    @property
    def capped_by(self) -> tuple[Cap, ...]:
        """The caps that equal the result; on hold also those that set the grade beneath."""
        held = (cap for cap in self.caps if cap.cap == self.beneath and self.worst == Disposition.HOLD)
        return (*(cap for cap in self.caps if cap.cap == self.worst), *held)


def evaluate(standard: Standard, case: Case) -> Evaluation:
    """Return what a standard says of a case."""
    facts = merge(case.checklist, case.answers, case.read, case.platform)
    found = _reasons(standard.answers, standard.readings, case, facts)
    reasons = tuple(why for why in found if SEVERITY[why.cap.cap] > SEVERITY[standard.top])
    unanswered = tuple(question.id for question in case.checklist.required if _is_open(question, case))
    words = [why.cap.cap for why in reasons]
    words += [standard.unanswered.cap] if unanswered else []
    words += [Disposition.INCOMPLETE.value] if standard.needs_one_of.isdisjoint(case.answers) else []
    worst = _worst(words, standard)
    beneath = _worst((word for word in words if word != Disposition.HOLD), standard)
    spoken = scale_words(standard, case, facts, worst)
    return Evaluation(
        reasons=reasons,
        worst=worst,
        beneath=beneath,
        unanswered=unanswered,
        unverified=_unverified(standard, case, facts),
        entry=_entry(standard, _grade(worst, beneath), facts, spoken),
        words=spoken,
    )


def scale_words(
    standard: Standard, case: Case, facts: Mapping[FieldName, Fact], worst: str
) -> dict[str, str]:
    """Return the word of each scale; one that must not be handled or taken has none, whatever it looks like."""
    if worst in _NO_WORDS:
        return dict.fromkeys(standard.scales, NO_LABEL)
    return {name: _scale_word(scale, case, facts) for name, scale in standard.scales.items()}


def scale_reasons(scale: Scale, case: Case, facts: Mapping[FieldName, Fact]) -> tuple[Reason, ...]:
    """Return every answer and reading that keeps a scale below its best word."""
    found = _reasons(scale.answers, scale.readings, case, facts, scale.name)
    return tuple(why for why in found if why.cap.cap != scale.top)


def _scale_word(scale: Scale, case: Case, facts: Mapping[FieldName, Fact]) -> str:
    if scale.needs_one_of and scale.needs_one_of.isdisjoint(case.answers):
        return scale.nothing.cap
    said = [why.cap.cap for why in scale_reasons(scale, case, facts)]
    by_id = case.checklist.by_id
    said += [scale.open.get(q, scale.unanswered).cap for q in scale.asks if _is_open(by_id[q], case)]
    return max(said, key=scale.place, default=scale.top)


def _unverified(standard: Standard, case: Case, facts: Mapping[FieldName, Fact]) -> tuple[FieldName, ...]:
    gaps = (rule for rule in standard.readings if facts[rule.field].value is None)
    return tuple(rule.field for rule in gaps if rule.concerns(case.platform))


def _entry(
    standard: Standard, grade: Grade | None, facts: Mapping[FieldName, Fact], spoken: Mapping[str, str]
) -> dict[str, object]:
    entry: dict[str, object] = {}
    if standard.labels:
        entry["grade"] = standard.labels[grade] if grade else None
    entry |= {form.name: form.value(spoken) for form in standard.forms}
    return entry | {member.name: member.value(facts[member.field].value) for member in standard.entry}


def _reasons(
    answers: Mapping[str, Mapping[str, Rule]],
    readings: Iterable[ReadingRule],
    case: Case,
    facts: Mapping[FieldName, Fact],
    scale: str = "",
) -> Iterator[Reason]:
    given = case.answers
    for question, rules in answers.items():
        answer = str(given.get(question))
        rule = rules.get(answer)
        if rule is not None:
            yield Reason(Cap(question, None, answer, rule.cap), rule, scale)
    for reading in readings:
        fact = facts[reading.field]
        rule = reading.rule(fact.value, case.platform)
        if rule is not None:
            yield Reason(_reading_cap(reading.field, fact, rule), rule, scale)


def _reading_cap(field: FieldName, fact: Fact, rule: Rule) -> Cap:
    answer = UNKNOWN if fact.value is None else str(fact.value)
    return Cap(fact.question, None if fact.question else field, answer, rule.cap)


def _is_open(question: Question, case: Case) -> bool:
    return question.id not in case.answers and question.applies(case.answers)


def _worst(words: Iterable[str], standard: Standard) -> str:
    return max(words, key=SEVERITY.__getitem__, default=standard.top)


def _grade(worst: str, beneath: str) -> Grade | None:
    keeps = worst in _GRADES or worst == Disposition.HOLD
    return Grade(beneath) if keeps and beneath in _GRADES else None
