"""Says why a grade is what it is, and what would lift it, in the words of the checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.viewmodels.formatting import format_value
from tradein_app.viewmodels.language import pick, translate
from tradein_app.viewmodels.tiles import grade_word

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist, Question
    from diagnostics.grading.engine import Cap, GradeResult, Lift


def cap_lines(result: GradeResult, checklist: Checklist | None, language: str) -> tuple[str, ...]:
    """Return one line for each answer or reading that sets the grade."""
    return tuple(_cap(cap, checklist, language) for cap in result.capped_by)


def lift_lines(result: GradeResult, checklist: Checklist | None, language: str) -> tuple[str, ...]:
    """Return one line for each change that alone would lift the grade."""
    return tuple(_lift(lift, checklist, language) for lift in result.lifts)


def unverified_line(result: GradeResult, language: str) -> str:
    """Return what nobody knows but the grade asks for; ``""`` when all is known."""
    names = ", ".join(reading_label(name) for name in result.unverified)
    return translate("reasons", "Not verified: {0}").format(names) if names and language else ""


def answer_label(
    checklist: Checklist | None, question_id: str, answer: str, language: str
) -> tuple[str, str]:
    """Return (question, answer) in words; their ids when the checklist does not know them."""
    question = find_question(checklist, question_id)
    if question is None:
        return question_id, answer
    found = next((each for each in question.answers if each.id == answer), None)
    shown = pick(found.text, language) if found else f"{answer} %" if question.number else answer
    return pick(question.text, language), shown


def find_question(checklist: Checklist | None, question_id: str) -> Question | None:
    """Return a question of the checklist."""
    pages = checklist.pages if checklist else ()
    return next((q for page in pages for q in page.questions if q.id == question_id), None)


def reading_label(name: str) -> str:
    """Return what a reading is called inside a sentence."""
    words = {
        "battery.health_percent": translate("reasons", "Battery health"),
        "locks.activation": translate("reasons", "Activation lock"),
        "locks.find_my": translate("reasons", "Find My"),
        "locks.account": translate("reasons", "Account (FRP)"),
        "locks.mdm": translate("reasons", "Management (MDM)"),
        "locks.sim": translate("reasons", "SIM lock"),
        "locks.blacklist": translate("reasons", "Blacklist"),
    }
    return words.get(name, name)


def _reading_value(name: str, value: str) -> str:
    words = {
        "on": translate("reasons", "on"),
        "off": translate("reasons", "off"),
        "unknown": translate("reasons", "not known"),
    }
    return words.get(value, format_value(value, "%") if name.endswith("percent") else value)


def _pair(name: str, value: str) -> str:
    return translate("reasons", "{0}: {1}").format(reading_label(name), _reading_value(name, value))


def _cap(cap: Cap, checklist: Checklist | None, language: str) -> str:
    if cap.question is None:
        name = cap.reading or ""
        return _pair(name, cap.answer)
    question, answer = answer_label(checklist, cap.question, cap.answer, language)
    return f"{question} {answer}"


def _lift(lift: Lift, checklist: Checklist | None, language: str) -> str:
    to = translate("reasons", "It can be graded") if lift.to == "incomplete" else grade_word(lift.to)
    if lift.question is None:
        name = lift.reading or ""
        what = _pair(name, lift.answer)
    else:
        question, answer = answer_label(checklist, lift.question, lift.answer, language)
        what = f"{question} {answer}"
    return translate("reasons", "{0} if: {1}").format(to, what)
