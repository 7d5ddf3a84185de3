"""Holds one rule set against answers and readings; the only place where rules are applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from diagnostics.grading.checklist import Answers, Checklist, Question
from diagnostics.grading.facts import Read, merge
from diagnostics.grading.result import SEVERITY, UNKNOWN, Cap, Disposition, Grade
from diagnostics.grading.standards import ReadingRule, Standard, Value
from diagnostics.model import FieldName

_GRADES = frozenset(Grade)


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
class Evaluation:
    """One case under one standard.

    Attributes:
        caps: Every answer and reading that caps the grade below the standard's top, in the order of the checklist.
        worst: The lowest cap of all, the standard's top where nothing caps.
        beneath: The same without holds: the grade that a phone on hold keeps.
        entry: What the standard says in its own words.
    """

    caps: tuple[Cap, ...]
    worst: str
    beneath: str
    unanswered: tuple[str, ...]
    unverified: tuple[FieldName, ...]
    entry: dict[str, object]

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
    known = [(rule, facts[rule.field].value, facts[rule.field].question) for rule in standard.readings]
    found = [*_answer_caps(standard, case), *(cap for entry in known if (cap := _reading_cap(*entry)))]
    caps = tuple(cap for cap in found if SEVERITY[cap.cap] > SEVERITY[standard.top])
    unanswered = tuple(question.id for question in case.checklist.required if _is_open(question, case))
    words = [cap.cap for cap in caps]
    words += [standard.unanswered.cap] if unanswered else []
    words += [Disposition.INCOMPLETE.value] if standard.needs_one_of.isdisjoint(case.answers) else []
    worst = _worst(words, standard)
    beneath = _worst((word for word in words if word != Disposition.HOLD), standard)
    grade = _grade(worst, beneath)
    entry: dict[str, object] = {"grade": standard.labels[grade] if grade else None}
    entry |= {member.name: member.value(facts[member.field].value) for member in standard.entry}
    gaps = (rule for rule, value, _ in known if value is None)
    unverified = tuple(rule.field for rule in gaps if rule.concerns(case.platform))
    return Evaluation(caps, worst, beneath, unanswered, unverified, entry)


def _answer_caps(standard: Standard, case: Case) -> Iterator[Cap]:
    for question, rules in standard.answers.items():
        answer = str(case.answers.get(question))
        rule = rules.get(answer)
        if rule is not None:
            yield Cap(question, None, answer, rule.cap)


def _reading_cap(rule: ReadingRule, value: Value | None, question: str | None) -> Cap | None:
    met = rule.rule(value)
    if met is None:
        return None
    answer = UNKNOWN if value is None else str(value)
    return Cap(question, None if question else rule.field, answer, met.cap)


def _is_open(question: Question, case: Case) -> bool:
    return question.id not in case.answers and question.applies(case.answers)


def _worst(words: Iterable[str], standard: Standard) -> str:
    return max(words, key=SEVERITY.__getitem__, default=standard.top)


def _grade(worst: str, beneath: str) -> Grade | None:
    keeps = worst in _GRADES or worst == Disposition.HOLD
    return Grade(beneath) if keeps and beneath in _GRADES else None
