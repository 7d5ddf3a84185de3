"""The questions that a person answers about a phone: data, opened and made into records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from diagnostics import checking
from diagnostics.errors import BadInput
from diagnostics.model import FieldName, Reading
from resources.opening import load_toml, names

DEFAULT = "phone-1"
PERCENT = (1, 100)
"""What a typed percent may be."""
_FOLDER = "checklists"
_LANGUAGES = ("en", "fr")

Answers = Mapping[str, str | int]
"""Answer ids by question id; a number question's answer is its number."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a choice.

    Attributes:
        sign: ✓ pass, ! note, ✗ fail, ? not checked.
        text: By language, two letters.
        told: The same where the cable says it and nobody looked; as ``text`` where that fits both.
    """

    id: str
    sign: str
    text: Mapping[str, str]
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        text: By language, two letters.
        subject: What it is about, for a statement: ``Scratches on the back``.
        help: How to look, by language.
        answers: Best first; empty for a number.
        clean: The answer that "no visible defect on this page" gives; ``None`` where it must not answer.
        only_if: Ask only when each of these questions has one of these answers.
        optional: Left open it means not checked, and is not listed as unanswered.
        number: A percent is typed (`PERCENT`), nothing is chosen.
        surface: screen, back, frame, camera, ports, functions, settings or safety.
        overrides: The reading that a typed number replaces.
        proves: By answer id, what the answer says of readings that could not be made.
        proves_on: By platform, what it says there besides.
        lift: What to do on the device where the cable proves a bad answer, by language; empty where nothing helps.
    """

    id: str
    page: int
    text: Mapping[str, str]
    subject: Mapping[str, str]
    help: Mapping[str, str]
    answers: tuple[Answer, ...]
    clean: str | None
    only_if: Mapping[str, tuple[str, ...]]
    optional: bool
    number: bool
    surface: str
    overrides: FieldName | None
    proves: Mapping[str, Mapping[FieldName, str]]
    proves_on: Mapping[str, Mapping[str, Mapping[FieldName, str]]]
    lift: Mapping[str, str]

    def proof(self, answer_id: str, platform: str) -> Mapping[FieldName, str]:
        """Return what an answer says of readings of a phone of this platform that could not be made."""
        return {
            **self.proves.get(answer_id, {}),
            **self.proves_on.get(platform, {}).get(answer_id, {}),
        }

    def answer(self, answer_id: str) -> Answer:
        """Return one answer.

        Raises:
            BadInput: There is no such answer; the sentence lists those that there are.
        """
        for answer in self.answers:
            if answer.id == answer_id:
                return answer
        raise self.refusal(answer_id)

    def answers_before(self, answer_id: str) -> tuple[Answer, ...]:
        """Return the answers that are better than one, best first."""
        return self.answers[: self.answers.index(self.answer(answer_id))]

    def check(self, value: object) -> None:
        """Say so if a value does not answer this question.

        Raises:
            BadInput: ``unknown_answer``, with what it may be.
        """
        if self.number:
            checking.whole_number(value, f"answers.{self.id}", *PERCENT)
        elif not isinstance(value, str) or all(answer.id != value for answer in self.answers):
            raise self.refusal(value)

    def refusal(self, value: object) -> BadInput:
        """Return the error for a value that does not answer this question."""
        possible = checking.listed(answer.id for answer in self.answers)
        return checking.wrong(f"answers.{self.id}", f"one of {possible}", value, "unknown_answer")

    def applies(self, answers: Answers) -> bool:
        """Return whether the other answers leave this question worth asking; an open one leaves it so."""
        return all(q not in answers or answers[q] in allowed for q, allowed in self.only_if.items())


@dataclass(frozen=True, slots=True)
class Page:
    """Questions that are answered in one look."""

    number: int
    title: Mapping[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """All pages, in the order of work.

    Attributes:
        standard: The rule set under which its devices are graded where nobody names another.
        questions: Of all pages, in order; ``by_id`` holds the same.
        evidence: Those whose answers say something of a reading.
        required: Those that may not stay open.
    """

    id: str
    version: str
    standard: str
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    by_id: Mapping[str, Question]
    evidence: tuple[Question, ...]
    required: tuple[Question, ...]

    def question(self, question_id: str) -> Question:
        """Return one question.

        Raises:
            BadInput: ``unknown_question``; the sentence lists those that there are.
        """
        found = self.by_id.get(question_id)
        if found is None:
            message = f"{checking.shown(question_id)} is not a question of the checklist {self.id}."
            possible = checking.listed(self.by_id)
            words = {"question": checking.shown(question_id), "checklist": self.id, "possible": possible}
            raise BadInput(message, f"Its questions: {possible}.", "unknown_question", **words)
        return found


def checklist_ids() -> tuple[str, ...]:
    """Return the ids of the checklists that come with the program, sorted."""
    return names(_FOLDER, ".toml")


@cache
def load_checklist(checklist_id: str = DEFAULT) -> Checklist:
    """Return a checklist that comes with the program.

    Raises:
        BadInput: ``unknown_checklist``; the sentence lists those that there are.
    """
    known = checklist_ids()
    if checklist_id not in known:
        raise checking.wrong(
            "checklist", f"one of {checking.listed(known)}", checklist_id, "unknown_checklist"
        )
    data = load_toml(f"{_FOLDER}/{checklist_id}.toml")
    pages = tuple(_page(row) for row in data["pages"])
    questions = tuple(question for page in pages for question in page.questions)
    return Checklist(
        id=data["id"],
        version=data["version"],
        standard=data["standard"],
        pages=pages,
        questions=questions,
        by_id=MappingProxyType({question.id: question for question in questions}),
        evidence=tuple(question for question in questions if question.overrides or question.proves),
        required=tuple(question for question in questions if not question.optional),
    )


def checklist_for(reading: Reading) -> str:
    """Return the id of the checklist for a device: one that says of itself that it fits, else the default."""
    return next((name for name in checklist_ids() if _fits(name, reading)), DEFAULT)


def _fits(checklist_id: str, reading: Reading) -> bool:
    rules = load_toml(f"{_FOLDER}/{checklist_id}.toml").get("fits", {})
    return any(re.search(form, str(attrgetter(field)(reading) or "")) for field, form in rules.items())


def validate_answers(checklist: Checklist, answers: Mapping[str, object]) -> None:
    """Say so if an answer does not fit its question.

    Raises:
        BadInput: ``unknown_question`` or ``unknown_answer``, naming the possible ones.
    """
    for question_id, value in answers.items():
        checklist.question(question_id).check(value)


def _page(row: Mapping[str, Any]) -> Page:
    questions = tuple(_question(entry, row["number"]) for entry in row["questions"])
    return Page(row["number"], MappingProxyType(row["title"]), questions)


def _question(row: Mapping[str, Any], page: int) -> Question:
    return Question(
        id=row["id"],
        page=page,
        text=MappingProxyType(row["text"]),
        subject=MappingProxyType(row["subject"]),
        help=MappingProxyType(row["help"]),
        answers=tuple(_answer(entry) for entry in row.get("answers", ())),
        clean=row.get("clean"),
        only_if=MappingProxyType({q: tuple(allowed) for q, allowed in row.get("only_if", {}).items()}),
        optional=row.get("optional", False),
        number=row.get("number", False),
        surface=row["surface"],
        overrides=row.get("overrides"),
        proves=MappingProxyType(row.get("proves", {})),
        proves_on=MappingProxyType(row.get("proves_on", {})),
        lift=MappingProxyType(row.get("lift", {})),
    )


def _answer(row: Mapping[str, Any]) -> Answer:
    text = MappingProxyType({language: row[language] for language in _LANGUAGES})
    return Answer(row["id"], row["sign"], text, MappingProxyType(row.get("told", text)))
