"""The checklist as it is worked on: page, question, answers that are saved and answers on their way."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist, Page, Question

Answer = str | int | None
NOT_CHECKED = "not_checked"
NO_ANSWERS: Mapping[str, str | int] = MappingProxyType({})


def applicable(checklist: Checklist, answers: Mapping[str, str | int]) -> tuple[Question, ...]:
    """Return the questions that are asked, given the answers so far."""
    return tuple(q for page in checklist.pages for q in page.questions if is_asked(q, answers))


def is_asked(question: Question, answers: Mapping[str, str | int]) -> bool:
    """Return whether a question is worth asking, given the answers so far."""
    return all(answers.get(other) in wanted for other, wanted in question.only_if.items())


def open_questions(checklist: Checklist, answers: Mapping[str, str | int]) -> tuple[Question, ...]:
    """Return the questions that have to be answered still."""
    return tuple(q for q in applicable(checklist, answers) if not q.optional and q.id not in answers)


class ChecklistModel(QObject):
    """One phone's checklist. It asks for answers to be saved and shows them at once."""

    changed = Signal()
    """Page, question or answers changed."""
    moved = Signal()
    """Another page was opened."""
    answer_given = Signal(object)
    """A mapping of question ids to answers (``None`` clears), to be saved now."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.checklist: Checklist | None = None
        self.enabled = False
        self.page_number = 1
        self._index = 0
        self._saved: Mapping[str, str | int] = NO_ANSWERS
        self._pending: dict[str, Answer] = {}
        self._skipped: set[str] = set()
        self._undo: list[dict[str, Answer]] = []

    def load(self, checklist: Checklist) -> None:
        """Take the checklist's data."""
        self.checklist = checklist
        self.changed.emit()

    def open(self, answers: Mapping[str, str | int], *, enabled: bool, page: int | None = None) -> None:
        """Show another phone's answers, on a page or on the first one with an open question."""
        self._saved, self._pending, self.enabled = answers, {}, enabled
        self._skipped.clear()
        self._undo.clear()
        self.page_number, self._index = page or 1, 0
        if page is None:
            self._to_first_open()
        self._settle()

    def saved(self, answers: Mapping[str, str | int], *, enabled: bool, settled: bool) -> None:
        """Take what the desk holds now; ``settled`` says that no answer is on its way any more."""
        self._saved, self.enabled = answers, enabled
        if settled:
            self._pending.clear()
        self.changed.emit()

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
        """The open page's questions that are asked."""
        answers = self.answers
        return tuple(q for q in self.page.questions if is_asked(q, answers)) if self.page else ()

    @property
    def current(self) -> Question | None:
        """The question that digits answer."""
        questions = self.questions
        return questions[min(self._index, len(questions) - 1)] if questions else None

    def figures(self) -> tuple[int, int, int]:
        """Return (done, all, open): answered, asked, and those of them that have to be answered still."""
        if self.checklist is None:
            return 0, 0, 0
        answers = self.answers
        asked = applicable(self.checklist, answers)
        done = sum(1 for question in asked if question.id in answers)
        return done, len(asked), len(open_questions(self.checklist, answers))

    def page_state(self, page: Page) -> str:
        """Return ``done``, ``open``, or ``optional`` where only questions that may stay open are left."""
        answers = self.answers
        left = [q for q in page.questions if is_asked(q, answers) and q.id not in answers]
        if any(not question.optional for question in left):
            return "open"
        return "optional" if left else "done"

    def was_skipped(self, question_id: str) -> bool:
        """Return whether 0 was pressed on a question: not checked, it stays open."""
        return question_id in self._skipped

    def has_clean(self) -> bool:
        """Return whether one key can answer something on the open page."""
        answers = self.answers
        return any(question.clean and question.id not in answers for question in self.questions)

    def give(self, question: Question, answer: str | int) -> None:
        """Answer a question and go on to the next one on this page."""
        self._record({question.id: answer})
        self._after(question)

    def press_digit(self, digit: int) -> None:
        """Answer the current question by an answer's place in the list; 0 means not checked."""
        question = self.current
        if question is None or question.number:
            return
        if digit == 0:
            self._skip(question)
        elif digit <= len(question.answers):
            self.give(question, question.answers[digit - 1].id)

    def press_clean(self) -> None:
        """Answer what is open on this page with "no visible defect"; what was answered stays, and so does the rest."""
        answers = self.answers
        clean = {q.id: q.clean for q in self.questions if q.clean and q.id not in answers}
        if clean:
            self._record(dict(clean))
        self.next_open(stay=True)

    def clear(self) -> None:
        """Take the current question's answer back."""
        if self.current is not None and self.current.id in self.answers:
            self._record({self.current.id: None})

    def undo(self) -> None:
        """Take the last judgement back."""
        if self._undo and self.enabled:
            before = self._undo.pop()
            self._pending.update(before)
            self._show(next(iter(before)))
            self.answer_given.emit(before)

    def move(self, by: int) -> None:
        """Go to the next or previous question, over the page's end to the next page."""
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
        if self._has_page(number):
            self.page_number, self._index = number, 0
            answers = self.answers
            opens = [i for i, q in enumerate(self.questions) if q.id not in answers and not q.optional]
            self._index = opens[0] if opens else 0
            self._settle()

    def go_to_question(self, question_id: str) -> None:
        """Open a question, on whatever page it is."""
        if self.checklist is not None:
            self._show(question_id)

    def next_open(self, *, stay: bool = False) -> None:
        """Go to the next question that has to be answered; with ``stay`` not beyond this page."""
        if self.checklist is None:
            return
        opens = {question.id for question in open_questions(self.checklist, self.answers)}
        order = self._ahead()
        target = next((q for q in order if q in opens), None)
        if target is not None and (not stay or target in {q.id for q in self.questions}):
            self._show(target)
        else:
            self.changed.emit()

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
        ids = [each.id for each in self.questions]
        self._index = min(ids.index(question.id) + 1, len(ids) - 1) if question.id in ids else 0
        self.changed.emit()

    def _ahead(self) -> list[str]:
        assert self.checklist is not None
        order = [question.id for question in applicable(self.checklist, self.answers)]
        at = order.index(self.current.id) + 1 if self.current and self.current.id in order else 0
        return order[at:] + order[:at]

    def _show(self, question_id: str) -> None:
        assert self.checklist is not None
        for page in self.checklist.pages:
            if question_id in {question.id for question in page.questions}:
                self.page_number = page.number
        ids = [question.id for question in self.questions]
        self._index = ids.index(question_id) if question_id in ids else 0
        self._settle()

    def _to_first_open(self) -> None:
        if self.checklist is not None:
            opens = open_questions(self.checklist, self.answers)
            if opens:
                self._show(opens[0].id)

    def _has_page(self, number: int) -> bool:
        return self.checklist is not None and any(page.number == number for page in self.checklist.pages)

    def _settle(self) -> None:
        self.moved.emit()
        self.changed.emit()
