"""The checklist as it is worked on: page, question, answers that are saved and answers on their way."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.asking import (
    NOT_CHECKED,
    NOTHING,
    applicable,
    clean_pages,
    is_asked,
    open_questions,
    unsettled_questions,
)
from tradein_app.viewmodels.language import pick, translate

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist, Page, Question

Answer = str | int | None
NO_ANSWERS: Mapping[str, str | int] = MappingProxyType({})


class ChecklistModel(QObject):
    """One phone's checklist. It asks for answers to be saved and shows them at once."""

    changed = Signal()
    """Page, question or answers changed."""
    moved = Signal()
    """Another page was opened."""
    answer_given = Signal(object)
    """A mapping of question ids to answers (``None`` clears), to be saved now."""
    hinted = Signal(str)
    """What a key just did, or why it did nothing; ``""`` when that is over."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.checklist: Checklist | None = None
        self.enabled = False
        self.page_number = 1
        self.needed = NOTHING
        self.stopped_by: str | None = None
        self._unfolded = False
        self._just_came = False
        self._index = 0
        self._saved: Mapping[str, str | int] = NO_ANSWERS
        self._pending: dict[str, Answer] = {}
        self._skipped: set[str] = set()
        self._undo: list[dict[str, Answer]] = []

    def load(self, checklist: Checklist) -> None:
        """Take the checklist's data."""
        self.checklist = checklist
        self.changed.emit()

    def open(
        self,
        answers: Mapping[str, str | int],
        *,
        enabled: bool,
        page: int | None = None,
        needed: frozenset[str] = NOTHING,
        stopped_by: str | None = None,
    ) -> None:
        """Show another phone's answers, on a page or on the first one with an open question.

        Args:
            answers: That are saved.
            enabled: They may be changed.
            page: Which to open; the first with an open question otherwise.
            needed: Optional questions that this phone needs answered.
            stopped_by: The question whose answer ends the work on this phone.
        """
        self._saved, self._pending, self.enabled = answers, {}, enabled
        self.needed, self.stopped_by, self._unfolded = needed, stopped_by, False
        self._skipped.clear()
        self._undo.clear()
        self.page_number, self._index = page or 1, 0
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
    ) -> None:
        """Take what the desk holds now; ``settled`` says that no answer is on its way any more."""
        self._saved, self.enabled, self.needed = answers, enabled, needed
        if stopped_by != self.stopped_by:
            self.stopped_by, self._unfolded = stopped_by, False
            if stopped_by is not None:
                self._show(stopped_by)
        if settled:
            self._pending.clear()
        self.changed.emit()

    @property
    def folded(self) -> bool:
        """Whether the work is stopped, and the rest of the questions is put away."""
        return self.stopped_by is not None and not self._unfolded

    def unfold(self) -> None:
        """Ask the rest, too, although the work is stopped."""
        self._unfolded = True
        self._settle()

    @property
    def answers(self) -> dict[str, str | int]:
        """The answers as the person sees them: the saved ones, under those on their way."""
        shown = {**self._saved, **self._pending}
        return {question: answer for question, answer in shown.items() if answer is not None}

    @property
    def page(self) -> Page | None:
        """The open page."""
        pages = self.checklist.pages if self.checklist else ()
        return next((page for page in pages if page.number == self.page_number), None)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The open page's questions that are asked; only the one that stopped the work while the rest is folded."""
        answers = self.answers
        asked = tuple(q for q in self.page.questions if is_asked(q, answers)) if self.page else ()
        return tuple(q for q in asked if q.id == self.stopped_by) if self.folded else asked

    @property
    def current(self) -> Question | None:
        """The question that digits answer."""
        questions = self.questions
        return questions[min(self._index, len(questions) - 1)] if questions else None

    def figures(self) -> tuple[int, int, int]:
        """Return (done, all, open): answered, asked, and how many of them wait for a person."""
        if self.checklist is None:
            return 0, 0, 0
        answers = self.answers
        asked = applicable(self.checklist, answers)
        done = sum(1 for question in asked if question.id in answers)
        return done, len(asked), len(self._opens())

    def must_be_answered(self, question: Question) -> bool:
        """Return whether a question may not stay open for this phone."""
        return not question.optional or question.id in self.needed

    def page_state(self, page: Page) -> str:
        """Return ``done``, ``open``, or ``optional`` where only questions that may stay open are left."""
        answers, opens = self.answers, self._opens()
        asked = [q for q in page.questions if is_asked(q, answers)]
        if any(question.id in opens for question in asked):
            return "open"
        return "optional" if any(q.id not in answers for q in asked) else "done"

    def was_skipped(self, question_id: str) -> bool:
        """Return whether 0 was pressed on a question: not checked, it stays open."""
        return question_id in self._skipped

    def has_clean(self) -> bool:
        """Return whether one key can answer something on the open page."""
        answers = self.answers
        return any(question.clean and question.id not in answers for question in self.questions)

    def give(self, question: Question, answer: str | int) -> None:
        """Answer a question and go on: on this page, then to the next page where something is open."""
        if self.enabled:
            self.hinted.emit("")
            self._record({question.id: answer})
            self._after(question)

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
        self._record(dict(clean))
        self._go_on()

    def refuse_number(self, typed: str, low: int, high: int) -> None:
        """Say what may be typed where something else was."""
        text = translate("checklist", "{0} cannot be: type a percent from {1} to {2}.")
        self.hinted.emit(text.format(typed, low, high))

    def _why_not_clean(self) -> str:
        if any(question.clean for question in self.questions):
            return translate("checklist", "C has nothing left to answer on this page.")
        text = translate("checklist", "C answers pages {0}; here each answer has to be given.")
        return text.format(clean_pages(self.checklist) if self.checklist else "")

    def clear(self) -> None:
        """Take the current question's answer back."""
        if self.current is not None and self.current.id in self.answers:
            self._record({self.current.id: None})

    def undo(self) -> None:
        """Take the last judgement back."""
        if self._undo and self.enabled:
            before = self._undo.pop()
            self._pending.update(before)
            self.hinted.emit("")
            self._show(next(iter(before)))
            self.answer_given.emit(before)

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

    def as_text(self) -> str:
        """Return the open page as a person would read it out."""
        lines = [f"{self.page_number}. {pick(self.page.title, self.language)}"] if self.page else []
        for question in self.questions:
            mark = ">" if self.current and question.id == self.current.id else " "
            lines.append(
                f"{mark} {pick(question.text, self.language)} {self.answer_words(question)}".rstrip()
            )
        return "\n".join(lines)

    def answer_words(self, question: Question) -> str:
        """Return a question's answer with its sign; ``""`` when it is open."""
        given = self.answers.get(question.id)
        if given is None:
            return ""
        if question.number:
            return f"{given} %"
        found = next((answer for answer in question.answers if answer.id == given), None)
        return f"{found.sign} {pick(found.text, self.language)}" if found else str(given)

    def _record(self, answers: dict[str, Answer]) -> None:
        if not self.enabled:
            return
        before = self.answers
        self._undo.append({question: before.get(question) for question in answers})
        self._pending.update(answers)
        self._skipped.difference_update(answers)
        self.answer_given.emit(answers)
        self.changed.emit()

    def _skip(self, question: Question) -> None:
        if any(answer.id == NOT_CHECKED for answer in question.answers):
            self.give(question, NOT_CHECKED)
            return
        if question.id in self.answers:
            self._record({question.id: None})
        self._skipped.add(question.id)
        self._after(question)

    def _after(self, question: Question) -> None:
        """Go to the next question of the page; after the last one on to what is open."""
        ids = [each.id for each in self.questions]
        at = ids.index(question.id) if question.id in ids else len(ids) - 1
        if at + 1 < len(ids) and not self._is_done_here(ids[at + 1 :]):
            self._index, self._just_came = at + 1, True
            self.changed.emit()
        else:
            self._go_on()

    def _is_done_here(self, ids: list[str]) -> bool:
        """Return whether the rest of a page was answered before, so that nothing keeps a person on it."""
        answers = self.answers
        return all(question_id in answers for question_id in ids) and self._open_here() == []

    def _open_here(self) -> list[str]:
        opens = self._opens()
        return [q.id for q in self.questions if q.id in opens and q.id not in self._skipped]

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

    def _pages_ahead(self) -> list[str]:
        """Return the questions of the other pages, those after this one first; skipped ones come last."""
        assert self.checklist is not None
        asked = applicable(self.checklist, self.answers)
        later = [q.id for q in asked if q.page > self.page_number]
        order = later + [q.id for q in asked if q.page < self.page_number]
        return sorted(order, key=lambda question_id: question_id in self._skipped)

    def _opens(self) -> frozenset[str]:
        if self.checklist is None:
            return NOTHING
        answers = self.answers
        opens = open_questions(self.checklist, answers, self.needed)
        return frozenset(q.id for q in (*opens, *unsettled_questions(self.checklist, answers, self.needed)))

    def _first_open_here(self) -> int | None:
        opens = self._opens()
        return next((i for i, question in enumerate(self.questions) if question.id in opens), None)

    def _ahead(self) -> list[str]:
        assert self.checklist is not None
        order = [question.id for question in applicable(self.checklist, self.answers)]
        at = order.index(self.current.id) + 1 if self.current and self.current.id in order else 0
        return order[at:] + order[:at]

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

    def _has_page(self, number: int) -> bool:
        return self.checklist is not None and any(page.number == number for page in self.checklist.pages)

    def _settle(self) -> None:
        self.moved.emit()
        self.changed.emit()
