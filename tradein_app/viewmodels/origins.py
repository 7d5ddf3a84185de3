"""Where an answer comes from, in words: a person, the marks on the outline or the cable, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tradein_app.viewmodels.language import pick, translate

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Question
    from diagnostics.grading.defects import Defects, Mark
    from tradein_app.viewmodels.checklist_view import ChecklistView
    from tradein_app.viewmodels.undoing import Stepped


def clock(at: datetime | None) -> str:
    """Return the time of day on this computer's clock; ``""`` where it is not known."""
    return f"{at.astimezone():%H:%M}" if at is not None else ""


def origin_words(view: ChecklistView, question: Question) -> str:
    """Return where an answer is from, if from no person: ``from the cable, 14:02``, ``marked: Dent, up to 3 mm``."""
    origin = view.standing.origin(question.id)
    if origin == "cable":
        at = clock(view.standing.told[question.id].at)
        return (
            translate("checklist", "from the cable, {0}").format(at)
            if at
            else translate("checklist", "from the cable")
        )
    if origin == "marks":
        return translate("checklist", "marked: {0}").format(marked_words(view, question))
    return ""


def against_words(view: ChecklistView, question: Question) -> str:
    """Return what contradicts the answer that stands; ``""`` where nothing does."""
    against = view.standing.against(question.id)
    if against is None:
        return _hinted_words(view, question)
    who, what = against
    words = view.words_of(question, what)
    if who == "marks":
        return translate("checklist", "! The marks say otherwise: {0}").format(words)
    if view.standing.origin(question.id) == "marks":
        return translate(
            "checklist", "! It was answered: {0}. The mark counts until it is removed (D, then Del)."
        ).format(words)
    return translate("checklist", "! It was answered before: {0}. The cable proved worse.").format(words)


def _hinted_words(view: ChecklistView, question: Question) -> str:
    """Return that the cable hints at a lock that the answer says is off."""
    if view.lock_hints.isdisjoint(question.proves.get(str(view.standing.shown.get(question.id)), {})):
        return ""
    return translate(
        "checklist",
        "! USB shows a sign of the lock. Try a card of another carrier, then read the phone again.",
    )


def refusal_of(view: ChecklistView, question: Question, answer: str | int) -> str:
    """Return why an answer cannot be given: the cable proved, or a mark says, something worse; ``""`` if it can."""
    from diagnostics.grading.prefilling import is_better

    told, marked = view.standing.told.get(question.id), view.standing.marked.get(question.id)
    if told is not None and is_better(question, answer, told.answer):
        return _cable_says(view, question)
    if marked is not None and is_better(question, answer, marked):
        words = marked_words(view, question)
        return translate("checklist", "Remove the mark first: D, then Del. Marked: {0}.").format(words)
    return ""


def _cable_says(view: ChecklistView, question: Question) -> str:
    words, lift = view.told_words(question), pick(question.lift, view.language) if question.lift else ""
    if lift:
        text = translate("checklist", "The phone says: {0}. {1}, then read it again: F5.")
        return text.format(words, lift)
    text = translate("checklist", "The phone says: {0}. If that changes on the phone, read it again: F5.")
    return text.format(words)


def marked_words(view: ChecklistView, question: Question) -> str:
    """Return the worst mark that answers a question, ``Dent, up to 3 mm``, and how many more there are: ``+2``.

    How bad it is stands beside it as the answer, and where it is on the outline.
    """
    defects = view.defects
    if defects is None:
        return ""
    marks = sorted(defects.marks_of(question.id, view.marks), key=defects.badness)
    worst = marks[-1]
    size = size_words(worst.size_mm, view.language) if worst.size_mm is not None else ""
    words = ", ".join(part for part in (pick(defects.kind(worst.kind).text, view.language), size) if part)
    return f"{words} +{len(marks) - 1}" if len(marks) > 1 else words


def why_not_cleared(view: ChecklistView, question: Question) -> str:
    """Return why there is nothing of a person's to clear."""
    if view.standing.origin(question.id) == "marks":
        return translate("checklist", "The marks answer this: take them from the outline (D).")
    return translate("checklist", "The cable answers this: it can be made worse, not cleared.")


def mark_words(defects: Defects, mark: Mark, language: str) -> str:
    """Return a mark in words: ``Left edge: Dent, up to 2 mm``."""
    kind = defects.kind(mark.kind)
    severity = kind.severity(mark.severity)
    how = pick(severity.text, language) if len(kind.severities) > 1 else ""
    size = size_words(mark.size_mm, language) if mark.size_mm is not None else ""
    said = ", ".join(part for part in (pick(kind.text, language), how, size) if part)
    return f"{pick(defects.face(mark.face).text, language)}: {said}"


def size_words(size: float, language: str) -> str:
    """Return how large a defect is at most."""
    from PySide6.QtCore import QLocale

    return translate("checklist", "up to {0} mm").format(QLocale(language).toString(float(size), "g", 3))


def history_lines(view: ChecklistView, question: Question, steps: Iterable[Stepped]) -> list[str]:
    """Return who answered a question, when and how, the newest first, with what stood there before."""
    lines: list[str] = []
    told = view.standing.told.get(question.id)
    if told is not None:
        cable = translate("checklist", "USB")
        lines.append(f"{clock(told.at)}  {cable}: {view.told_words(question)}".strip())
    before: str | int | None = None
    for step in steps:
        if question.id not in step.answers:
            continue
        now = step.answers[question.id]
        words = [
            translate("checklist", "open") if each is None else view.words_of(question, each)
            for each in (before, now)
        ]
        who = getattr(step, "by", None)
        lead = (
            f"{clock(getattr(step, 'at', None))}  {who.name}" if who else translate("checklist", "just now")
        )
        lines.append(f"{lead}: {words[0]} → {words[1]}{_how(step.how)}")
        before = now
    return lines[::-1]


def _how(how: str) -> str:
    words = {"undone": translate("checklist", "undone"), "redone": translate("checklist", "redone")}
    return f" ({words[how]})" if how in words else ""
