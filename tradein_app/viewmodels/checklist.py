"""The checklist as it is worked on: page, question, answers that are saved and answers on their way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.asking import NOT_CHECKED, NOTHING, clean_pages, open_questions
from tradein_app.viewmodels.checklist_view import NO_ANSWERS, NOTHING_KNOWN, Answer, ChecklistView, Known
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.origins import refusal_of, why_not_cleared
from tradein_app.viewmodels.percents import is_unlikely, unlikely_words
from tradein_app.viewmodels.undo_words import step_said
from tradein_app.viewmodels.undoing import Change, Stacks

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist, Question
    from diagnostics.grading.defects import Mark, MarkChange

__all__ = ("NO_ANSWERS", "ChecklistModel")


class ChecklistModel(ChecklistView):
    """One phone's checklist. It asks for answers to be saved and shows them at once."""

    changed = Signal()
    """Page, question or answers changed."""
    moved = Signal()
    """Another page was opened."""
    answer_given = Signal(object)
    """A `tradein_app.viewmodels.undoing.Change`, to be saved now."""
    hinted = Signal(str)
    """What a key just did, or why it did nothing; ``""`` when that is over."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(language, parent)
        self._just_came = False
        self._stacks = Stacks()

    def load(self, checklist: Checklist) -> None:
        """Take the checklist's data."""
        self.checklist, self._stands = checklist, None
        self.changed.emit()

    def open(
        self,
        answers: Mapping[str, str | int],
        *,
        enabled: bool,
        page: int | None = None,
        needed: frozenset[str] = NOTHING,
        stopped_by: str | None = None,
        known: Known = NOTHING_KNOWN,
    ) -> None:
        """Show another phone's answers, on a page or on the first one with an open question.

        Args:
            answers: That a person gave by hand.
            enabled: They may be changed.
            page: Which to open; the first with an open question otherwise.
            needed: Optional questions that this phone needs answered.
            stopped_by: The question whose answer ends the work on this phone.
            known: What the cable, the marks and the steps so far say.
        """
        self._saved, self._pending, self.enabled = answers, {}, enabled
        self._take(known, settled=True)
        self.needed, self.stopped_by, self._unfolded = needed, stopped_by, False
        self._skipped.clear()
        self._refused.clear()
        self.page_number, self._index, self.history_shown = page or 1, 0, False
        if page is None:
            self._to_first_open()
        elif (first := self._first_open_here()) is not None:
            self._index = first
        self.hinted.emit("")
        self._settle()

    def saved(
        self,
        answers: Mapping[str, str | int],
        *,
        enabled: bool,
        settled: bool,
        needed: frozenset[str] = NOTHING,
        stopped_by: str | None = None,
        known: Known = NOTHING_KNOWN,
    ) -> None:
        """Take what the desk holds now; ``settled`` says that no answer is on its way any more."""
        self._saved, self.enabled, self.needed = answers, enabled, needed
        if stopped_by != self.stopped_by:
            self.stopped_by, self._unfolded = stopped_by, False
            if stopped_by is not None:
                self._show(stopped_by)
        if settled:
            self._pending.clear()
        self._take(known, settled=settled)
        self.changed.emit()

    def _take(self, known: Known, *, settled: bool) -> None:
        self._known, self._stands = known, None
        if settled:
            self._pending_marks = ()
            self._stacks = Stacks.of(known.steps)

    def unfold(self) -> None:
        """Ask the rest, too, although the work is stopped."""
        self._unfolded = True
        self._settle()

    def give(self, question: Question, answer: str | int) -> None:
        """Answer a question and go on: on this page, then to the next page where something is open."""
        if not self.enabled:
            return
        if refusal := refusal_of(self, question, answer):
            self.hinted.emit(refusal)
            self.changed.emit()
            return
        self.hinted.emit("")
        self._record({question.id: answer})
        self._after(question)

    def give_percent(self, question: Question, percent: int, cable: float | None) -> bool:
        """Answer with a percent; ask once about one that is far from the cable's, and say ``False`` then."""
        typed = str(percent)
        if self.enabled and is_unlikely(percent, cable) and self._refused.get(question.id) != typed:
            self._note_refused(question.id, typed)
            self.hinted.emit(unlikely_words(percent, cable))
            return False
        self.give(question, percent)
        return True

    def press_digit(self, digit: int) -> None:
        """Answer the current question by an answer's place in the list; 0 means not checked."""
        question = self.current
        if question is None or question.number or not self.enabled:
            return
        if self.folded:
            # Digits typed ahead must not make a dangerous phone safe again.
            self.hinted.emit(translate("checklist", "Stopped. Ctrl+Z takes the answer back."))
        elif digit == 0:
            self._skip(question)
        elif digit <= len(question.answers):
            self.give(question, question.answers[digit - 1].id)
        else:
            count = str(len(question.answers))
            self.hinted.emit(translate("checklist", "This question has {0} answers.").format(count))

    def press_clean(self) -> None:
        """Answer what is open on this page with "no visible defect"; what was answered stays, and so does the rest."""
        answers = self.answers
        clean = {q.id: q.clean for q in self.questions if q.clean and q.id not in answers}
        if not self.enabled or self.folded:
            return
        if not clean:
            self.hinted.emit(self._why_not_clean())
            return
        self.hinted.emit("")
        found, page = self.has_found(), self.page_number
        self._record(dict(clean))
        self._go_on()
        if found:
            text = translate("checklist", "C answered the rest of page {0}; what was found there stays.")
            self.hinted.emit(text.format(page))

    def refuse_number(self, question_id: str, typed: str, low: int, high: int) -> None:
        """Say what may be typed where something else was, and note it until a number comes or nothing is typed."""
        self._note_refused(question_id, typed)
        if not typed:
            self.hinted.emit("")
            return
        text = translate("checklist", "{0} cannot be: type a percent from {1} to {2}.")
        self.hinted.emit(text.format(typed, low, high))

    def _note_refused(self, question_id: str, typed: str) -> None:
        if typed != self._refused.get(question_id, ""):
            self._refused.pop(question_id, None)
            if typed:
                self._refused[question_id] = typed
            self.changed.emit()

    def _why_not_clean(self) -> str:
        if self.has_found():
            return translate("checklist", "C takes no defect back: D, then Del, removes a mark.")
        if any(question.clean for question in self.questions):
            return translate("checklist", "C has nothing left to answer on this page.")
        text = translate("checklist", "C answers pages {0}; here each answer has to be given.")
        return text.format(clean_pages(self.checklist) if self.checklist else "")

    def clear(self) -> None:
        """Take the current question's answer back."""
        if self.current is None:
            return
        if self.current.id in self.said:
            self._record({self.current.id: None})
        elif self.current.id in self.answers:
            self.hinted.emit(why_not_cleared(self, self.current))

    def put(self, mark: Mark) -> None:
        """Put a defect on the outline; where it answers the open question, go on as after a digit."""
        from diagnostics.grading.defects import MarkChange

        question, defects = self.current, self.defects
        waited = question is not None and question.id in self._opens()
        self._record({}, (MarkChange(mark),))
        if question is not None and waited and defects is not None and defects.marks_of(question.id, (mark,)):
            # The next digit is meant for the next question: here it would answer against the mark.
            self._after(question)

    def take_away(self, mark: Mark) -> None:
        """Take a defect from the outline."""
        from diagnostics.grading.defects import MarkChange

        self._record({}, (MarkChange(mark, removed=True),))

    def undo(self) -> None:
        """Take the last step back, whenever it was made."""
        self._again(self._stacks.undo, translate("checklist", "Nothing is left to undo."))

    def redo(self) -> None:
        """Give once more what was taken back last."""
        self._again(self._stacks.redo, translate("checklist", "Nothing is left to redo."))

    def _again(self, stack: list[Change], nothing: str) -> None:
        if not self.enabled:
            return
        if not stack:
            self.hinted.emit(nothing)
            return
        change = stack[-1]
        words = step_said(self, change)
        self._apply(change)
        self._show_change(change)
        self.hinted.emit(words)
        self.answer_given.emit(change)

    def _show_change(self, change: Change) -> None:
        if change.answers:
            self._show(next(iter(change.answers)))
        elif change.marks and self.defects is not None:
            self._on_page_of(self.defects.face(change.marks[0].mark.face).page)

    def _on_page_of(self, number: int) -> None:
        if number == self.page_number:
            self.changed.emit()
        else:
            self.go_to_page(number)

    def _apply(self, change: Change) -> None:
        self._stacks.take(change)
        self._pending.update(change.answers)
        self._pending_marks += change.marks
        self._stands = None

    def toggle_history(self) -> None:
        """Show or hide who answered the open question, when, and what stood there before."""
        self.history_shown = not self.history_shown
        self.changed.emit()

    def move(self, by: int) -> None:
        """Go to the next or previous question, over the page's end to the next page."""
        if self.folded:
            return
        self._just_came = False
        self.hinted.emit("")
        target = self._index + by
        if 0 <= target < len(self.questions):
            self._index = target
            self.changed.emit()
        elif self._has_page(self.page_number + by):
            self.go_to_page(self.page_number + by)
            self._index = 0 if by > 0 else max(0, len(self.questions) - 1)
            self.changed.emit()

    def go_to_page(self, number: int) -> None:
        """Open a page at its first open question."""
        if self._has_page(number) and not self.folded:
            self.page_number, self._index, self._just_came = number, 0, False
            self._index = self._first_open_here() or 0
            self.hinted.emit("")
            self._settle()

    def go_to_question(self, question_id: str) -> None:
        """Open a question, on whatever page it is."""
        if self.checklist is not None:
            self._show(question_id)

    def next_open(self) -> None:
        """Go to the next question that waits for a person; stay where one has only just come up by itself."""
        if self.checklist is None or self.folded:
            return
        opens = self._opens()
        if self._just_came and self.current is not None and self.current.id in opens:
            self._just_came = False
            self.changed.emit()
            return
        target = next((q for q in self._ahead() if q in opens), None)
        if target is None:
            self.hinted.emit(translate("checklist", "Nothing is open any more."))
        else:
            self.hinted.emit("")
            self._show(target)

    def _record(self, answers: Mapping[str, Answer], marks: tuple[MarkChange, ...] = ()) -> None:
        if not self.enabled:
            return
        said = self.said
        new = {question: value for question, value in answers.items() if said.get(question) != value}
        self._skipped.difference_update(answers)
        for question in answers:
            self._refused.pop(question, None)
        if new or marks:
            change = Change(new, marks)
            self._apply(change)
            self.answer_given.emit(change)
        self.changed.emit()

    def _skip(self, question: Question) -> None:
        if any(answer.id == NOT_CHECKED for answer in question.answers):
            self.give(question, NOT_CHECKED)
            return
        if question.id in self.said:
            self._record({question.id: None})
        self._skipped.add(question.id)
        self._after(question)

    def _after(self, question: Question) -> None:
        """Go to the next question of the page; after the last one on to what is open."""
        ids = [each.id for each in self.questions]
        at = ids.index(question.id) if question.id in ids else len(ids) - 1
        # A field would catch digits that are meant as answers: one that may stay empty is only gone to by hand.
        ahead = [i for i in range(at + 1, len(ids)) if not self._is_spare_field(self.questions[i])]
        if ahead and not self._is_done_here(ids[ahead[0] :]):
            self._index, self._just_came = ahead[0], True
            self.changed.emit()
        else:
            self._go_on()

    def _is_spare_field(self, question: Question) -> bool:
        return question.number and question.optional and question.id not in self.needed

    def _go_on(self) -> None:
        """Go to what is open on this page, else to the next page where something is; Ctrl+Z comes back."""
        here, page = self._open_here(), self.page_number
        opens = self._opens()
        target = here[0] if here else next((q for q in self._pages_ahead() if q in opens), None)
        if target is None:
            self.changed.emit()
            return
        self._show(target)
        self._just_came = True
        if self.page_number != page:
            self.hinted.emit(translate("checklist", "Page {0} done. Ctrl+Z goes back.").format(page))

    def _show(self, question_id: str) -> None:
        if self.checklist is None:
            return
        for page in self.checklist.pages:
            if question_id in {question.id for question in page.questions}:
                self.page_number = page.number
        ids = [question.id for question in self.questions]
        self._index, self._just_came = ids.index(question_id) if question_id in ids else 0, False
        self._settle()

    def _to_first_open(self) -> None:
        if self.stopped_by is not None:
            self._show(self.stopped_by)
        elif self.checklist is not None:
            opens = open_questions(self.checklist, self.answers, self.needed)
            if opens:
                self._show(opens[0].id)

    def _settle(self) -> None:
        self.moved.emit()
        self.changed.emit()
