"""Which questions are worth asking of one phone, and which of them may not stay open at a counter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from diagnostics.grading.facts import told_lock
from diagnostics.model import LockState

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist, Question
    from diagnostics.model import Reading
    from tradein_app.services.records import InspectionRecord

NOT_CHECKED = "not_checked"
NOTHING: frozenset[str] = frozenset()
_LOCKS = "locks."


def is_asked(question: Question, answers: Mapping[str, str | int]) -> bool:
    """Return whether a question is worth asking, given the answers so far."""
    return all(answers.get(other) in wanted for other, wanted in question.only_if.items())


def applicable(checklist: Checklist, answers: Mapping[str, str | int]) -> tuple[Question, ...]:
    """Return the questions that are asked, given the answers so far."""
    return tuple(q for page in checklist.pages for q in page.questions if is_asked(q, answers))


def needed_questions(checklist: Checklist, reading: Reading) -> frozenset[str]:
    """Return the optional questions that a person has to answer after all: the cable did not settle their locks.

    An offer is only made for a phone whose locks are proved off; where the cable proves nothing, a person looks.
    """
    return frozenset(q.id for q in checklist.evidence if q.optional and _leaves_open(q, reading))


def open_questions(
    checklist: Checklist, answers: Mapping[str, str | int], needed: frozenset[str] = NOTHING
) -> tuple[Question, ...]:
    """Return the questions that have to be answered still; ``needed`` names optional ones that count, too."""
    return tuple(
        q
        for q in applicable(checklist, answers)
        if q.id not in answers and (not q.optional or q.id in needed)
    )


def unsettled_questions(
    checklist: Checklist, answers: Mapping[str, str | int], needed: frozenset[str] = NOTHING
) -> tuple[Question, ...]:
    """Return the needed questions that were answered by "not checked": the offer still waits for them."""
    return tuple(
        q for q in applicable(checklist, answers) if q.id in needed and answers.get(q.id) == NOT_CHECKED
    )


def clean_pages(checklist: Checklist) -> str:
    """Return which pages one key can answer, such as ``2–7``."""
    numbers = [page.number for page in checklist.pages if any(question.clean for question in page.questions)]
    return f"{numbers[0]}–{numbers[-1]}" if numbers else ""


def stopped_by(record: InspectionRecord | None) -> str | None:
    """Return the question whose answer ends the work on a phone, such as a swollen battery."""
    if record is None or record.grade is None or record.grade.disposition != "stop":
        return None
    return next((cap.question for cap in record.grade.capped_by if cap.question), None)


def _leaves_open(question: Question, reading: Reading) -> bool:
    proofs = [question.proof(answer.id, reading.platform) for answer in question.answers]
    locks = {name.removeprefix(_LOCKS) for proof in proofs for name in proof if name.startswith(_LOCKS)}
    return any(told_lock(reading, lock) is LockState.UNKNOWN for lock in locks)
