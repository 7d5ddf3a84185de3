"""Says why a grade is what it is, and what would lift it, in the words of the checklist."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.words import reading_words, result_words, statement
from diagnostics.model import LockState, Platform
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.grading.checklist import Checklist
    from diagnostics.grading.engine import Cap, GradeResult, Lift

_HOLD = "hold"


def cap_lines(
    caps: Sequence[Cap], checklist: Checklist | None, language: str, platform: str = Platform.UNKNOWN
) -> tuple[str, ...]:
    """Return one line for each answer or reading that sets the grade."""
    return tuple(_said(cap, checklist, language, platform) for cap in caps)


def lift_lines(
    result: GradeResult, checklist: Checklist | None, language: str, platform: str = Platform.UNKNOWN
) -> tuple[str, ...]:
    """Return one line for each change that alone would lift the grade."""
    text = translate("reasons", "{0} if: {1}")
    return tuple(
        text.format(_lifted(lift, language), _said(lift, checklist, language, platform))
        for lift in result.lifts
    )


def together_line(
    result: GradeResult, checklist: Checklist | None, language: str, platform: str = Platform.UNKNOWN
) -> str:
    """Return what has to be so, all of it, before a phone is not held any more; ``""`` where nothing holds it."""
    questions = checklist or load_checklist()
    cleared = [_cleared(cap, questions) for cap in result.capped_by if cap.cap == _HOLD]
    wanted = ", ".join(_said(cap, questions, language, platform) for cap in cleared)
    text = translate("reasons", "It can be graded if all of this is so: {0}")
    return text.format(wanted) if wanted else ""


def _cleared(cap: Cap, checklist: Checklist) -> Cap:
    """Return what a cap would have to become so that it holds nothing any more."""
    question = checklist.by_id.get(cap.question or "")
    answers = question.answers if question else ()
    best = answers[0].id if answers else cap.answer if cap.question else LockState.OFF.value
    return replace(cap, answer=best)


def unverified_line(result: GradeResult, language: str, platform: str = Platform.UNKNOWN) -> str:
    """Return what nobody knows but the grade asks for; ``""`` when all is known."""
    names = ", ".join(reading_words(name, language, platform) for name in result.unverified)
    return translate("reasons", "Not verified: {0}").format(names) if names else ""


def _lifted(lift: Lift, language: str) -> str:
    if lift.to == "incomplete":
        return translate("reasons", "It can be graded")
    word = result_words(lift.to, language)
    return word[:1].upper() + word[1:]


def _said(item: Cap | Lift, checklist: Checklist | None, language: str, platform: str) -> str:
    return statement(checklist or load_checklist(), item, language, platform)
