"""Holds a grader's answers against a reference phone's: question by question, and what that does to the grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from diagnostics import codec
from diagnostics.grading.calibration import Reference, ReferenceAnswer
from diagnostics.grading.checklist import Answers, Checklist, Question, load_checklist
from diagnostics.grading.engine import grade
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.result import Disposition

NUMBER_STEP = 1
"""Percent points that two typed numbers may differ and still be one step apart; ours."""
_NOT_CHECKED = "?"


class Gap(StrEnum):
    """How far the answer that was found lies from the one that holds."""

    SAME = "same"
    ONE_STEP = "one_step"
    MORE = "more"
    OPEN = "open"
    """The grader did not answer, or answered "not checked": neither agreed nor not."""
    NOT_ASKED = "not_asked"
    """Another answer of the grader's took the question away: that one differs, and is counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One question, promised against found.

    Attributes:
        promised: The reference's answer.
        found: The grader's; ``None`` where there is none.
        worse: Whether the grader saw it worse than it is; ``None`` where the two are the same or cannot be compared.
        changes_grade: Whether this answer alone gives another grade; ``None`` where nothing can be said.
    """

    question: str
    promised: str | int
    found: str | int | None
    gap: Gap
    worse: bool | None = None
    changes_grade: bool | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A finished round.

    Attributes:
        findings: In the order of the checklist.
        promised_result: The reference's grade, or what is to be done with it where it has none.
        found_result: The same of the grader's answers.
        rule_set: Under which both were graded; ``""`` where no rule set is for this checklist.
    """

    findings: tuple[Finding, ...]
    promised_result: str
    found_result: str
    rule_set: str

    @property
    def compared(self) -> tuple[Finding, ...]:
        """Those that count: answered by both."""
        return tuple(each for each in self.findings if each.gap not in {Gap.OPEN, Gap.NOT_ASKED})

    @property
    def agreed(self) -> int:
        """How many answers are the same."""
        return sum(each.gap is Gap.SAME for each in self.compared)

    @property
    def within_one(self) -> int:
        """How many answers are the same or one step apart."""
        return sum(each.gap in {Gap.SAME, Gap.ONE_STEP} for each in self.compared)


def compare(reference: Reference, found: Answers) -> Comparison:
    """Return a grader's answers against those of a reference phone."""
    checklist = load_checklist(reference.checklist)
    judge = _Judge(reference, checklist)
    findings = tuple(
        _finding(checklist.question(question), answer.value, found, judge)
        for question, answer in _in_order(checklist, reference).items()
        if not _is_not_checked(checklist.question(question), answer.value)
    )
    return Comparison(findings, judge.promised, judge.result(found)[0], judge.rule_set)


def distance(question: Question, one: str | int, other: str | int) -> int:
    """Return how many steps the second answer is worse than the first; below zero it is better.

    Raises:
        BadInput: One of them is no answer of this question.
    """
    if question.number:
        # A higher percent is better.
        apart = int(one) - int(other)
        return apart if abs(apart) > NUMBER_STEP else (apart > 0) - (apart < 0)
    places = [answer.id for answer in question.answers if answer.sign != _NOT_CHECKED]
    for value in (one, other):
        question.check(value)
    return places.index(str(other)) - places.index(str(one))


def open_questions(checklist: Checklist, answers: Answers) -> tuple[str, ...]:
    """Return the questions that a round still waits for: those asked, optional ones aside, without an answer."""
    return tuple(
        question.id
        for question in checklist.required
        if question.id not in answers and _is_asked(question, answers)
    )


def standard_for(checklist: str) -> str:
    """Return the rule set by which answers of a checklist are graded."""
    return load_checklist(checklist).standard


class _Judge:
    """Grades answers about one reference phone."""

    def __init__(self, reference: Reference, checklist: Checklist) -> None:
        self._reference = reference
        self._checklist = checklist
        self._reading = reference.reading or codec.from_json({})
        self._standard = standard_for(reference.checklist)
        self.promised, self.rule_set = self.result(reference.values)

    def result(self, answers: Answers) -> tuple[str, str]:
        """Return the grade, or else the disposition, and the rule set."""
        inspection = Inspection(self._reading, self._reference.checklist, answers)
        result = grade(inspection, (self._standard,))
        sells = result.grade is not None and result.disposition is Disposition.SELLABLE
        return (str(result.grade) if sells else str(result.disposition)), result.rule_set

    def changes(self, question: Question, found: Answers) -> bool:
        """Return whether one answer of the grader's in the reference's place gives another result."""
        exchanged = self._exchanged(question, found)
        return self.result(exchanged)[0] != self.promised

    def _exchanged(self, question: Question, found: Answers) -> Answers:
        """Return the reference's answers with one of the grader's, and with those that hang on it."""
        hanging = {each.id for each in self._checklist.questions if question.id in each.only_if}
        values = {**self._reference.values, **{q: found[q] for q in found if q in hanging}}
        values[question.id] = found[question.id]
        asked = (each for each in self._checklist.questions if _is_asked(each, values))
        return MappingProxyType({each.id: values[each.id] for each in asked if each.id in values})


def _finding(question: Question, promised: str | int, found: Answers, judge: _Judge) -> Finding:
    given = found.get(question.id)
    if given is None or _is_not_checked(question, given):
        gap = Gap.OPEN if _is_asked(question, found) else Gap.NOT_ASKED
        return Finding(question.id, promised, given, gap)
    steps = distance(question, promised, given)
    if steps == 0:
        return Finding(question.id, promised, given, Gap.SAME, changes_grade=False)
    gap = Gap.ONE_STEP if abs(steps) == 1 else Gap.MORE
    return Finding(question.id, promised, given, gap, steps > 0, judge.changes(question, found))


def _is_asked(question: Question, answers: Answers) -> bool:
    return all(answers.get(other) in allowed for other, allowed in question.only_if.items())


def _is_not_checked(question: Question, value: str | int) -> bool:
    return not question.number and question.answer(str(value)).sign == _NOT_CHECKED


def _in_order(checklist: Checklist, reference: Reference) -> Mapping[str, ReferenceAnswer]:
    return {
        question.id: reference.answers[question.id]
        for question in checklist.questions
        if question.id in reference.answers
    }
