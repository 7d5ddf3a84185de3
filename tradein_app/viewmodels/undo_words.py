"""What a step that is taken back, or given once more, changed: in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.viewmodels.language import pick, translate
from tradein_app.viewmodels.origins import mark_words
from tradein_app.viewmodels.undoing import UNDONE

if TYPE_CHECKING:
    from tradein_app.viewmodels.checklist_view import ChecklistView
    from tradein_app.viewmodels.undoing import Change


def step_said(view: ChecklistView, change: Change) -> str:
    """Return what a change is about to do: ``Undone: Paint: ✓ None``; it has not been taken yet."""
    back = change.how == UNDONE
    lead = translate("checklist", "Undone: {0}.") if back else translate("checklist", "Redone: {0}.")
    return lead.format(_what(view, change, back=back))


def _what(view: ChecklistView, change: Change, *, back: bool) -> str:
    if len(change.answers) > 1:
        return translate("checklist", "{0} answers").format(len(change.answers))
    if change.answers:
        return _answer(view, *next(iter(change.answers.items())), back=back)
    if change.marks and view.defects is not None:
        return mark_words(view.defects, change.marks[0].mark, view.language)
    return translate("checklist", "nothing")


def _answer(view: ChecklistView, question_id: str, new: str | int | None, *, back: bool) -> str:
    """Return the answer that goes, or for a step given once more the one that comes."""
    questions = view.checklist.questions if view.checklist else ()
    question = next((each for each in questions if each.id == question_id), None)
    if question is None:
        return question_id  # of an older checklist
    said = view.said.get(question_id) if back else new
    words = translate("checklist", "open") if said is None else view.words_of(question, said)
    return f"{pick(question.subject, view.language)}: {words}"
