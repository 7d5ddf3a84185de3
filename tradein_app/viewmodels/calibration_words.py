"""What the pages of calibration say: rows and sentences, every text ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradein_app.viewmodels.language import pick, translate
from tradein_app.viewmodels.tiles import grade_word

if TYPE_CHECKING:
    from diagnostics.grading.calibration_agreement import Agreement, Row, Tally
    from diagnostics.grading.calibration_compare import Comparison, Finding
    from diagnostics.grading.checklist import Question
    from tradein_app.services.calibration_records import ImportRecord, ReferenceRecord, RoundRecord, SetRecord

SHOWN_PERIODS = 12
"""Of a trend; older ones are in the CSV."""


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One line of agreement.

    Attributes:
        cells: Name, answers, agreed, within one step.
        points: The share that agreed in each period, 0 to 1, the oldest first; ``None`` where nobody answered.
        words: The same in words.
    """

    cells: tuple[str, str, str, str]
    points: tuple[float | None, ...]
    words: str


def phone_heads() -> tuple[str, ...]:
    """Return the heads of the list of reference phones."""
    return (
        translate("calibration", "Sticker"),
        translate("calibration", "Phone"),
        translate("calibration", "Set"),
        translate("calibration", "Version"),
        translate("calibration", "Questions"),
        translate("calibration", "Finished"),
        translate("calibration", "Left half by"),
    )


def phone_cells(one: SetRecord, each: ReferenceRecord) -> tuple[str, ...]:
    """Return a reference phone's cells."""
    half = ", ".join(f"{grader} ({count})" for grader, count in each.half_done.items()) or "–"
    numbers = (str(each.version), str(each.questions), str(each.finished))
    return each.code, each.model, one.name, *numbers, half


def imported_words(done: ImportRecord) -> str:
    """Return what became of a set that was imported."""
    text = translate("calibration", "Set {0}: {1} new, {2} revised, {3} as they were.")
    return text.format(done.name, len(done.added), len(done.revised), len(done.unchanged))


def finding_heads() -> tuple[str, ...]:
    """Return the heads of what a round found."""
    return (
        translate("calibration", "Question"),
        translate("calibration", "Reference"),
        translate("calibration", "Found"),
        translate("calibration", "Difference"),
        translate("calibration", "Grade"),
    )


def finding_rows(record: RoundRecord, language: str) -> tuple[tuple[str, ...], ...]:
    """Return a round's lines: what differs first, the largest difference on top."""
    from diagnostics.grading.checklist import load_checklist

    if record.comparison is None:
        return ()
    questions = load_checklist(record.checklist).by_id
    order = ("more", "one_step", "open", "not_asked", "same")
    found = sorted(
        record.comparison.findings, key=lambda each: (order.index(each.gap), not each.changes_grade)
    )
    return tuple(_finding_cells(questions[each.question], each, language) for each in found)


def finding_heading(comparison: Comparison, language: str) -> tuple[str, str]:
    """Return what a round says as a whole: how many agreed, and the two grades."""
    text = translate("calibration", "{0} of {1} answers agree, {2} within one step")
    counts = text.format(comparison.agreed, len(comparison.compared), comparison.within_one)
    counts = ", ".join((counts, *_not_counted(comparison)))
    if not comparison.rule_set:
        return counts, ""
    promised, found = (
        grade_word(each, language) for each in (comparison.promised_result, comparison.found_result)
    )
    if comparison.promised_result == comparison.found_result:
        return counts, translate("calibration", "The same grade: {0}").format(found)
    return counts, translate("calibration", "Another grade: {1} instead of {0}").format(promised, found)


def _not_counted(comparison: Comparison) -> Iterator[str]:
    """Yield why the list is longer than what is counted: each line of it says so, too."""
    gaps = Counter(str(each.gap) for each in comparison.findings)
    if gaps["open"]:
        yield translate("calibration", "{0} not answered").format(gaps["open"])
    if gaps["not_asked"]:
        yield translate("calibration", "{0} not asked again, for they follow from others").format(
            gaps["not_asked"]
        )


def _finding_cells(question: Question, each: Finding, language: str) -> tuple[str, ...]:
    return (
        pick(question.subject, language),
        _answer_words(question, each.promised, language),
        _answer_words(question, each.found, language),
        _gap_words(each),
        _change_words(each),
    )


def _answer_words(question: Question, value: str | int | None, language: str) -> str:
    if value is None:
        return "–"
    if question.number:
        return f"{value} %"
    answer = question.answer(str(value))
    return f"{answer.sign} {pick(answer.text, language)}"


def _gap_words(each: Finding) -> str:
    if each.gap == "same":
        return translate("calibration", "✓ same")
    if each.gap == "open":
        return translate("calibration", "? not answered")
    if each.gap == "not_asked":
        return translate("calibration", "? follows from another answer")
    words = {
        ("one_step", True): translate("calibration", "! one step too bad"),
        ("one_step", False): translate("calibration", "! one step too good"),
        ("more", True): translate("calibration", "✗ more than one step too bad"),
        ("more", False): translate("calibration", "✗ more than one step too good"),
    }
    return words[str(each.gap), bool(each.worse)]


def _change_words(each: Finding) -> str:
    if each.changes_grade is None or each.gap == "same":
        return ""
    if each.changes_grade:
        return translate("calibration", "✗ changes it")
    return translate("calibration", "does not change it")


def agreement_heads(first: str) -> tuple[str, ...]:
    """Return the heads of a list of agreement."""
    return (
        first,
        translate("calibration", "Answers"),
        translate("calibration", "Agreed"),
        translate("calibration", "Within one step"),
        translate("calibration", "Over time"),
    )


def question_rows(report: Agreement, language: str) -> tuple[TrendRow, ...]:
    """Return the lines of the questions, the least agreement first."""
    return tuple(_trend(report, row, _subject(row, language)) for row in report.questions)


def grader_rows(report: Agreement) -> tuple[TrendRow, ...]:
    """Return the lines of the graders, the least agreement first."""
    return tuple(_trend(report, row, row.name) for row in report.graders)


def _subject(row: Row, language: str) -> str:
    from diagnostics.errors import BadInput
    from diagnostics.grading.checklist import load_checklist

    try:
        return pick(load_checklist(row.checklist).question(row.name).subject, language)
    except BadInput:
        # A question of a checklist that an older or newer program had.
        return row.name


def _trend(report: Agreement, row: Row, name: str) -> TrendRow:
    known = dict(row.periods)
    periods = report.periods[-SHOWN_PERIODS:]
    shares = [known[each].agreed / known[each].n if each in known else None for each in periods]
    said = [f"{each}: {known[each].agreed}/{known[each].n}" for each in periods if each in known]
    agreed, within = _share(row.total, row.total.agreed), _share(row.total, row.total.within_one)
    return TrendRow((name, str(row.total.n), agreed, within), tuple(shares), ", ".join(said))


def _share(total: Tally, count: int) -> str:
    if total.few:
        return translate("calibration", "{0} of {1}, too few").format(count, total.n)
    return translate("calibration", "{0} % ({1} of {2})").format(round(100 * count / total.n), count, total.n)
