"""The checklist as it is shown: page, question, answers, and what is open still; read only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from tradein_app.viewmodels.asking import (
    NOT_CHECKED,
    NOTHING,
    applicable,
    is_asked,
    open_questions,
    unsettled_questions,
)
from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist, Page, Question
    from diagnostics.grading.defects import Defects, Mark, MarkChange
    from diagnostics.grading.prefilling import Told
    from diagnostics.grading.standing import Standing
    from tradein_app.viewmodels.undoing import Stepped

Answer = str | int | None
NO_ANSWERS: Mapping[str, str | int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a phone beside a person's answers.

    Attributes:
        told: What the cable proved, by question.
        marks: The defects on its outline.
        steps: In which everything was answered and marked, the oldest first.
        hinted: Locks that the cable only hints at as on: fields of a reading.
    """

    told: Mapping[str, Told] = field(default_factory=lambda: MappingProxyType({}))
    marks: tuple[Mark, ...] = ()
    steps: tuple[Stepped, ...] = ()
    hinted: frozenset[str] = frozenset()


NOTHING_KNOWN = Known()


class Asked(NamedTuple):
    """What is asked, given the answers.

    Attributes:
        applicable: All questions that are worth asking, in order.
        open: Those that have to be answered still.
        unsettled: Those answered by "not checked" for which the offer waits.
        waiting: The ids of both.
    """

    applicable: tuple[Question, ...]
    open: tuple[Question, ...]
    unsettled: tuple[Question, ...]
    waiting: frozenset[str]


class Figures(NamedTuple):
    """How far a checklist is.

    Attributes:
        done: Questions that are settled.
        total: Of all that are worth counting: an optional one that nobody answered is not.
        open: Questions that have to be answered still; the quote waits for as many.
        unsettled: Questions that were answered by "not checked" where an offer needs more than that.
    """

    done: int
    total: int
    open: int
    unsettled: int


class ChecklistView(QObject):
    """One phone's checklist as the panel sees it; `tradein_app.viewmodels.checklist.ChecklistModel` fills it.

    Args:
        language: Two letters.
    """

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.checklist: Checklist | None = None
        self.enabled = False
        self.page_number = 1
        self.needed = NOTHING
        self.stopped_by: str | None = None
        self._unfolded = False
        self._index = 0
        self._saved: Mapping[str, str | int] = NO_ANSWERS
        self._pending: dict[str, Answer] = {}
        self._known = NOTHING_KNOWN
        self._pending_marks: tuple[MarkChange, ...] = ()
        self._stands: Standing | None = None
        self._asked: tuple[Standing, frozenset[str], Asked] | None = None
        self._here: tuple[Standing, tuple[object, ...], tuple[Question, ...]] | None = None
        self.history_shown = False
        self._skipped: set[str] = set()
        self._refused: dict[str, str] = {}

    @property
    def folded(self) -> bool:
        """Whether the work is stopped, and the rest of the questions is put away."""
        return self.stopped_by is not None and not self._unfolded

    @property
    def said(self) -> dict[str, str | int]:
        """What a person answered by hand: the saved answers, under those on their way."""
        given = {**self._saved, **self._pending}
        return {question: answer for question, answer in given.items() if answer is not None}

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The defects on the outline, with those on their way."""
        from diagnostics.grading.defects import with_changes

        return with_changes(self._known.marks, self._pending_marks)

    @property
    def lock_hints(self) -> frozenset[str]:
        """The locks that the cable only hints at as on: fields of a reading."""
        return self._known.hinted

    @property
    def standing(self) -> Standing:
        """All answers with where they come from."""
        if self._stands is None:
            self._stands = self._worked_out()
        return self._stands

    def _worked_out(self) -> Standing:
        from diagnostics.grading.standing import Standing, standing

        said = self.said
        if self.checklist is None:
            return Standing(said, said, said, {}, {})
        return standing(self.checklist, said, self.marks, self._known.told)

    @property
    def answers(self) -> dict[str, str | int]:
        """The answers as the person sees them, whoever gave them."""
        return dict(self.standing.shown)

    @property
    def defects(self) -> Defects | None:
        """What can be marked on this phone's outline; ``None`` where it has none."""
        from diagnostics.grading.defects import load_defects

        return load_defects(self.checklist.id) if self.checklist else None

    @property
    def page(self) -> Page | None:
        """The open page."""
        pages = self.checklist.pages if self.checklist else ()
        return next((page for page in pages if page.number == self.page_number), None)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The open page's questions that are asked; only the one that stopped the work while the rest is folded.

        Worked out once for the same answers: a key asks for it some fifteen times.
        """
        stands, of = self.standing, (self.page, self.folded, self.stopped_by)
        if self._here is None or self._here[0] is not stands or self._here[1] != of:
            self._here = stands, of, self._asked_here()
        return self._here[2]

    def _asked_here(self) -> tuple[Question, ...]:
        answers = self.standing.shown
        asked = tuple(q for q in self.page.questions if is_asked(q, answers)) if self.page else ()
        return tuple(q for q in asked if q.id == self.stopped_by) if self.folded else asked

    @property
    def current(self) -> Question | None:
        """The question that digits answer."""
        questions = self.questions
        return questions[min(self._index, len(questions) - 1)] if questions else None

    def figures(self) -> Figures:
        """Return how many questions are done, and how many of them wait for a person."""
        if self.checklist is None:
            return Figures(0, 0, 0, 0)
        answers, asked = self.standing.shown, self._worth_asking(self.checklist)
        opens, unsettled = len(asked.open), len(asked.unsettled)
        answered = sum(1 for question in asked.applicable if question.id in answers)
        return Figures(answered - unsettled, answered + opens, opens, unsettled)

    def must_be_answered(self, question: Question) -> bool:
        """Return whether a question may not stay open for this phone."""
        return not question.optional or question.id in self.needed

    def page_state(self, page: Page) -> str:
        """Return ``done``, ``open``, or ``optional`` where only questions that may stay open are left."""
        answers, opens = self.standing.shown, self._opens()
        asked = [q for q in page.questions if is_asked(q, answers)]
        if any(question.id in opens for question in asked):
            return "open"
        return "optional" if any(q.id not in answers for q in asked) else "done"

    def was_skipped(self, question_id: str) -> bool:
        """Return whether 0 was pressed on a question: not checked, it stays open."""
        return question_id in self._skipped

    def is_unsettled(self, question: Question) -> bool:
        """Return whether a question was answered by "not checked", and the offer still waits for it."""
        return question.id in self.needed and self.answers.get(question.id) == NOT_CHECKED

    def refused_number(self, question_id: str) -> str:
        """Return what was typed into a question's field and cannot be; ``""`` when nothing was."""
        return self._refused.get(question_id, "")

    def has_clean(self) -> bool:
        """Return whether one key can answer something on the open page."""
        answers = self.answers
        return any(question.clean and question.id not in answers for question in self.questions)

    def has_found(self) -> bool:
        """Return whether something was found on the open page that "no visible defect" would contradict."""
        answers = self.answers
        return any(
            q.clean and answers.get(q.id, q.clean) not in {q.clean, NOT_CHECKED} for q in self.questions
        )

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
        if self.standing.origin(question.id) == "cable":
            return self.told_words(question)
        return "" if given is None else self.words_of(question, given)

    def told_words(self, question: Question) -> str:
        """Return what the cable says about a question, with its sign: nobody has seen it."""
        told = self.standing.told[question.id].answer
        found = next((answer for answer in question.answers if answer.id == told), None)
        return f"{found.sign} {pick(found.told, self.language)}" if found else self.words_of(question, told)

    def words_of(self, question: Question, given: str | int) -> str:
        """Return an answer to a question, whether it stands or not, with its sign."""
        if question.number:
            return f"{given} %"
        found = next((answer for answer in question.answers if answer.id == given), None)
        return f"{found.sign} {pick(found.text, self.language)}" if found else str(given)

    def history(self, question: Question) -> tuple[str, ...]:
        """Return who answered a question, when, and what stood there before, the newest first."""
        from tradein_app.viewmodels.origins import history_lines

        return tuple(history_lines(self, question, self._known.steps))

    def _is_done_here(self, ids: list[str]) -> bool:
        """Return whether the rest of a page was answered before, so that nothing keeps a person on it."""
        answers = self.answers
        return all(question_id in answers for question_id in ids) and self._open_here() == []

    def _open_here(self) -> list[str]:
        opens = self._opens()
        return [q.id for q in self.questions if q.id in opens and q.id not in self._skipped]

    def _pages_ahead(self) -> list[str]:
        """Return the questions of the other pages, those after this one first; skipped ones come last."""
        assert self.checklist is not None
        asked = self._worth_asking(self.checklist).applicable
        later = [q.id for q in asked if q.page > self.page_number]
        order = later + [q.id for q in asked if q.page < self.page_number]
        return sorted(order, key=lambda question_id: question_id in self._skipped)

    def _opens(self) -> frozenset[str]:
        return NOTHING if self.checklist is None else self._worth_asking(self.checklist).waiting

    def _worth_asking(self, checklist: Checklist) -> Asked:
        """Return what is asked; worked out once for the same answers, for a page asks for it time and again."""
        stands = self.standing
        if self._asked is None or self._asked[0] is not stands or self._asked[1] != self.needed:
            asked = applicable(checklist, stands.shown)
            opens = open_questions(checklist, stands.shown, self.needed)
            unsettled = unsettled_questions(checklist, stands.shown, self.needed)
            waiting = frozenset(question.id for question in (*opens, *unsettled))
            self._asked = stands, self.needed, Asked(asked, opens, unsettled, waiting)
        return self._asked[2]

    def _first_open_here(self) -> int | None:
        opens = self._opens()
        return next((i for i, question in enumerate(self.questions) if question.id in opens), None)

    def _ahead(self) -> list[str]:
        assert self.checklist is not None
        order = [question.id for question in self._worth_asking(self.checklist).applicable]
        at = order.index(self.current.id) + 1 if self.current and self.current.id in order else 0
        return order[at:] + order[:at]

    def _has_page(self, number: int) -> bool:
        return self.checklist is not None and any(page.number == number for page in self.checklist.pages)
