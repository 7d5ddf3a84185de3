"""Asks for a second look at surfaces whose answers stand next to a boundary, and says who made one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.words import answer_statement
from tradein_app.viewmodels.formatting import format_day_time
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.grading.second_look import SecondLook
    from tradein_app.services.records import InspectionRecord, LookedAgain


@dataclass(frozen=True, slots=True)
class LookView:
    """One surface.

    Attributes:
        surface: As the checklist calls it.
        question: The first of the answers that stand next to a boundary.
        text: What is asked, with those answers.
    """

    surface: str
    question: str
    text: str


def looks_asked(record: InspectionRecord | None, language: str) -> tuple[LookView, ...]:
    """Return the surfaces to look at again, each once its questions are answered; none of a closed inspection."""
    if record is None or record.stage.closed:
        return ()
    from tradein_app.services.second_looks import asked

    looks = (look for look in asked(record) if _is_answered(record, look.surface))
    return tuple(_view(look, record.checklist, language) for look in looks)


def _is_answered(record: InspectionRecord, surface: str) -> bool:
    left = record.grade.unanswered if record.grade else ()
    checklist = load_checklist(record.checklist)
    return all(checklist.question(question).surface != surface for question in left)


def looks_made(record: InspectionRecord | None, language: str) -> tuple[str, ...]:
    """Return who looked at which surface again, and when, as far as the answers still stand."""
    if record is None:
        return ()
    standing = (each for each in record.looked_again if _stands(each, record))
    text = translate("looks", "Looked again at {0}: {1}, {2}")
    return tuple(
        text.format(
            surface_words(each.look.surface),
            each.answered.by.name,
            format_day_time(each.answered.at, language=language),
        )
        for each in standing
    )


def surface_words(surface: str) -> str:
    """Return a surface as it stands in a sentence."""
    words = {
        "screen": translate("looks", "the screen"),
        "back": translate("looks", "the back"),
        "frame": translate("looks", "the frame"),
        "camera": translate("looks", "the cameras"),
        "ports": translate("looks", "ports and buttons"),
    }
    return words.get(surface, surface)


def _stands(each: LookedAgain, record: InspectionRecord) -> bool:
    return all(record.answers.get(question) == answer for question, answer in each.look.answers.items())


def _view(look: SecondLook, checklist_id: str, language: str) -> LookView:
    checklist = load_checklist(checklist_id)
    said = "; ".join(
        answer_statement(checklist.question(question), answer, language)
        for question, answer in look.answers.items()
    )
    text = translate("looks", "Look again at {0}: {1}.")
    return LookView(look.surface, next(iter(look.answers)), text.format(surface_words(look.surface), said))
