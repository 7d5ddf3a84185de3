"""Holds one rule set against answers and readings; the only place where rules are applied."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from diagnostics.grading.checklist import Answers, Checklist
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


@dataclass(frozen=True, slots=True)
class Seen:
    """What is the same under every standard: the facts of a case, and its questions that are still open."""

    facts: Mapping[FieldName, Fact]
    unanswered: tuple[str, ...]


def look_at(case: Case) -> Seen:
    """Return what every standard looks at in a case."""
    facts = merge(case.checklist, case.answers, case.read, case.platform)
    missing = (question for question in case.checklist.required if question.id not in case.answers)
    return Seen(facts, tuple(question.id for question in missing if question.applies(case.answers)))


def evaluate(standard: Standard, case: Case, seen: Seen | None = None) -> Evaluation:
    """Return what a standard says of a case.

    Args:
        standard: The rule set.
        case: What was answered and read.
        seen: What `look_at` says of the case, where that is known already.
    """
    seen = seen or look_at(case)
    reasons = tuple(_reasons(standard.answers, standard.readings, case, seen, harmless=standard.harmless))
    words = [why.cap.cap for why in reasons] + list(_open_words(standard, case, seen))
    worst = _worst(words, standard)
    beneath = _worst((word for word in words if word != Disposition.HOLD), standard)
    spoken = _scale_words(standard, case, seen, worst)
    return Evaluation(
        reasons=reasons,
        worst=worst,
        beneath=beneath,
        unanswered=seen.unanswered,
        unverified=_unverified(standard, case, seen),
        entry=_entry(standard, _grade(worst, beneath), seen, spoken),
        words=spoken,
    )


def scale_reasons(scale: Scale, case: Case, seen: Seen) -> tuple[Reason, ...]:
    """Return every answer and reading that keeps a scale below its best word."""
    return tuple(_reasons(scale.answers, scale.readings, case, seen, harmless={scale.top}, scale=scale.name))


def _open_words(standard: Standard, case: Case, seen: Seen) -> Iterator[str]:
    """Yield how far open questions cap the grade."""
    if seen.unanswered:
        yield standard.unanswered.cap
    if standard.needs_one_of.isdisjoint(case.answers):
        yield Disposition.INCOMPLETE.value
    for scale in standard.scales.values():
        yield from (rule.means for rule in _open_rules(scale, case, seen))


def _open_rules(scale: Scale, case: Case, seen: Seen) -> Iterator[Rule]:
    if scale.needs_one_of and scale.needs_one_of.isdisjoint(case.answers):
        yield scale.nothing
    for question in seen.unanswered:
        if question in scale.asks:
            yield scale.open.get(question, scale.unanswered)


def _scale_words(standard: Standard, case: Case, seen: Seen, worst: str) -> dict[str, str]:
    """Return the word of each scale; one that must not be handled or taken has none, whatever it looks like."""
    if worst in _NO_WORDS:
        return dict.fromkeys(standard.scales, NO_LABEL)
    return {name: _scale_word(scale, case, seen) for name, scale in standard.scales.items()}


def _scale_word(scale: Scale, case: Case, seen: Seen) -> str:
    if scale.needs_one_of and scale.needs_one_of.isdisjoint(case.answers):
        return scale.nothing.cap
    said = [why.cap.cap for why in scale_reasons(scale, case, seen)]
    said += [rule.cap for rule in _open_rules(scale, case, seen)]
    return max(said, key=scale.order.__getitem__, default=scale.top)


def _unverified(standard: Standard, case: Case, seen: Seen) -> tuple[FieldName, ...]:
    gaps = (rule for rule in standard.readings if seen.facts[rule.field].value is None)
    return tuple(rule.field for rule in gaps if rule.concerns(case.platform))


def _entry(
    standard: Standard, grade: Grade | None, seen: Seen, spoken: Mapping[str, str]
) -> dict[str, object]:
    entry: dict[str, object] = {}
    if standard.labels:
        entry["grade"] = standard.labels[grade] if grade else None
    entry |= {form.name: form.value(spoken) for form in standard.forms}
    return entry | {member.name: member.value(seen.facts[member.field].value) for member in standard.entry}


def _reasons(
    answers: Mapping[str, Mapping[str, Rule]],
    readings: Iterable[ReadingRule],
    case: Case,
    seen: Seen,
    *,
    harmless: Container[str],
    scale: str = "",
) -> Iterator[Reason]:
    given_by = case.answers
    for question, rules in answers.items():
        given = given_by.get(question)
        rule = rules.get(str(given))
        if rule is not None and rule.cap not in harmless:
            yield Reason(Cap(question, None, str(given), rule.cap), rule, scale)
    for reading in readings:
        fact = seen.facts[reading.field]
        rule = reading.rule(fact.value, case.platform)
        if rule is not None and rule.cap not in harmless:
            yield Reason(_reading_cap(reading.field, fact, rule), rule, scale)


def _reading_cap(field: FieldName, fact: Fact, rule: Rule) -> Cap:
    answer = UNKNOWN if fact.value is None else str(fact.value)
    return Cap(fact.question, None if fact.question else field, answer, rule.cap)


def _worst(words: Iterable[str], standard: Standard) -> str:
    return max(words, key=SEVERITY.__getitem__, default=standard.top)


def _grade(worst: str, beneath: str) -> Grade | None:
    keeps = worst in _GRADES or worst == Disposition.HOLD
    return Grade(beneath) if keeps and beneath in _GRADES else None
