"""What a person found on a phone and what sets its grade, as short statements for the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.grading.words import answer_statement, reading_words, result_words, statement, value_words
from tradein_app.documents.wording import grade_sentence, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.grading.checklist import Checklist, Question
    from diagnostics.grading.result import Cap, GradeResult
    from tradein_app.services.records import InspectionRecord

FINDINGS_SHOWN = 8
CAUSES_SHOWN = 3


def checked(record: InspectionRecord) -> list[Question]:
    """Return the questions that a person answered, in the order of the checklist."""
    given = record.answers
    return [q for q in checklist_of(record).questions if given.get(q.id) not in {None, "not_checked"}]


def findings(record: InspectionRecord, language: str) -> tuple[str, ...]:
    """Return what is not at its best, but for what is said among the readings: a lock that was seen off."""
    found = [
        answer_statement(question, record.answers[question.id], language)
        for question in checked(record)
        if _is_finding(question, record)
    ]
    return _shortened(found, FINDINGS_SHOWN, language)


def condition(graded: GradeResult, record: InspectionRecord, language: str) -> tuple[str, str]:
    """Return the grade in words, and why it is that one.

    What a grade means speaks of traces of use; where none was found, the grade is only named, and its reason said.
    """
    if graded.grade is None:
        return "", ""
    caps = [cap for cap in graded.capped_by if cap.cap == graded.grade]
    checklist = checklist_of(record)
    numbers = {question.id for question in checklist.questions if question.number}
    traces = not caps or any(cap.question and cap.question not in numbers for cap in caps)
    sentence = grade_sentence(graded.grade, language) if traces else _named(graded.grade, language)
    causes = [_cause(cap, checklist, record.reading.platform, language) for cap in caps]
    listed = say("separator", language).join(_shortened(causes, CAUSES_SHOWN, language))
    return sentence, say("because", language, what=listed) if listed else ""


def checklist_of(record: InspectionRecord) -> Checklist:
    """Return the questions that an inspection answers."""
    from diagnostics.grading.checklist import load_checklist

    return load_checklist(record.checklist)


def _is_finding(question: Question, record: InspectionRecord) -> bool:
    given = record.answers[question.id]
    said_elsewhere = question.number or question.proof(str(given), record.reading.platform)
    return not said_elsewhere and question.answers[0].id != given


def _cause(cap: Cap, checklist: Checklist, platform: str, language: str) -> str:
    if cap.question is not None:
        return statement(checklist, cap, language, platform)
    field = str(cap.reading)
    return f"{reading_words(field, language, platform)} {value_words(cap.answer, language, field, platform)}"


def _named(grade: str, language: str) -> str:
    word = result_words(grade, language)
    return f"{word[:1].upper()}{word[1:]}."


def _shortened(items: Sequence[str], most: int, language: str) -> tuple[str, ...]:
    if len(items) <= most:
        return tuple(items)
    return (*items[:most], say("more_findings", language, count=len(items) - most))
