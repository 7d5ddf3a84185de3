"""Grades what is stored anew under another standard; nothing that was stored changes.

Many phones differ in nothing that a standard looks at: each such kind is graded once. What makes the kind is an
inspection's answers, but for those that change nothing, and what of its readings some rule asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from operator import getitem
from typing import Any

from diagnostics import checking, codec
from diagnostics.errors import UserError
from diagnostics.grading.carrying import Left, carry
from diagnostics.grading.checklist import PERCENT, Answers, Checklist, Question, load_checklist
from diagnostics.grading.facts import BATTERY, Read, read_values
from diagnostics.grading.prefilling import Told, told_answers
from diagnostics.grading.quick import Outcome, Quick
from diagnostics.grading.rules import Standard
from diagnostics.grading.standing import standing
from diagnostics.model import Evidence, FieldName, Platform, Quality, Reading, State
from tradein_app.services.assembling import telling_reading
from tradein_app.services.regrading_records import (
    CLEARED,
    SEPARATOR,
    Regraded,
    StoredAnswers,
    StoredInspection,
)

KINDS = 20_000
"""Kinds of phones that are remembered at a time; a kind takes about half a kilobyte."""
_ANY_TIME = datetime.min.replace(tzinfo=UTC)

_Kind = tuple[object, ...]
_Tokens = Mapping[str, object]
"""What of an answer makes a difference, by its JSON text."""
_Opened = Mapping[str, tuple[str, str | int | None]]
"""A question and its answer, by the answer's JSON text."""


def regrade(stored: Iterable[StoredInspection], standard: Standard) -> Iterator[Regraded]:
    """Yield what each inspection of the standard's checklist comes to; those of other checklists are passed over."""
    return Regrader(standard).each(stored)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the readings of an inspection tell.

    Attributes:
        told: The answers that they prove.
        gist: All of it that makes a difference.
    """

    read: Read
    platform: Platform
    told: Mapping[str, Told]
    gist: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions that an inspection has answers to, however many inspections that is.

    Attributes:
        names: In the order in which they are stored.
        each: What makes a difference of the answers to each.
        opened: The answers to each themselves.
        today: Whether all are questions of today; if not, both are empty.
    """

    names: tuple[str, ...]
    kind: frozenset[str]
    each: tuple[_Tokens, ...]
    opened: tuple[_Opened, ...]
    today: bool


class Regrader:
    """Grades any number of inspections under one standard, and remembers what each kind came to.

    Args:
        standard: The rule set.
    """

    def __init__(self, standard: Standard) -> None:
        self._of = standard.checklist
        self._checklist: Checklist = load_checklist(standard.checklist)
        self._quick = Quick(standard, self._checklist)
        self._opened = {q.id: _opened(q) for q in self._checklist.questions}
        self._tokens = {name: self._tokens_of(opened) for name, opened in self._opened.items()}
        # The only questions whose answer by the cable takes the place of a person's: see `standing`.
        self._numbers = frozenset(q.id for q in self._checklist.questions if q.number)
        self._outcomes: dict[_Kind, Outcome] = {}
        self._plain = lru_cache(KINDS)(self._plainly)
        self._asked = lru_cache(KINDS)(self._asking)

    def each(self, stored: Iterable[StoredInspection]) -> Iterator[Regraded]:
        """Yield what each inspection of the standard's checklist comes to; the others are passed over."""
        return (self._one(inspection) for inspection in stored if inspection.checklist == self._of)

    def _one(self, stored: StoredInspection) -> Regraded:
        if not stored.told and not stored.readings:
            return Regraded(stored, None, problem="There is no reading of it.")
        try:
            known = self._together(stored.readings) if stored.readings else self._plain(*stored.told)
            kind = None if stored.marks else self._kind(stored.answers, known)
            outcome = self._outcomes.get(kind) if kind else None
            if outcome:
                return Regraded(stored, outcome)
            return self._new(stored, known, kind)
        except (UserError, ValueError) as error:
            return Regraded(stored, None, problem=str(error))

    def _kind(self, answers: StoredAnswers, known: _Known) -> _Kind | None:
        """Return what decides the outcome; ``None`` where an answer is none of today's."""
        asked = self._asked(answers.questions)
        if not asked.today:
            return None
        try:
            said = frozenset(map(getitem, asked.each, answers.values.split(SEPARATOR)))
        except KeyError:
            return None
        # What the cable proves counts against a number that was typed, and against nothing else.
        told = () if self._numbers.isdisjoint(asked.kind) else tuple(known.told.items())
        return asked.kind, said, known.gist, told

    def _new(self, stored: StoredInspection, known: _Known, kind: _Kind | None) -> Regraded:
        answers, left = (self._fitting(stored.answers), ()) if kind else self._carried(stored.answers)
        if stored.marks or not self._numbers.isdisjoint(answers):
            answers = standing(self._checklist, answers, stored.marks, known.told).graded
        outcome = self._quick.outcome(answers, known.read, known.platform)
        if kind:
            self._remember(kind, outcome)
        return Regraded(stored, outcome, left)

    def _remember(self, kind: _Kind, outcome: Outcome) -> None:
        if len(self._outcomes) >= KINDS:
            self._outcomes.clear()
        self._outcomes[kind] = outcome

    def _asking(self, questions: str) -> _Asked:
        names = tuple(questions.split(SEPARATOR)) if questions else ()
        today = self._opened.keys() >= set(names)
        each = tuple(self._tokens[name] for name in names) if today else ()
        opened = tuple(self._opened[name] for name in names) if today else ()
        return _Asked(names, frozenset(names), each, opened, today)

    def _tokens_of(self, opened: _Opened) -> _Tokens:
        """Return what makes a difference of each answer; nothing of those that change nothing, which are one kind."""
        return {
            text: None if said is not None and self._quick.is_silent(question, said) else (question, said)
            for text, (question, said) in opened.items()
        }

    def _fitting(self, stored: StoredAnswers) -> Answers:
        """Return answers of which it is known that all fit."""
        opened = self._asked(stored.questions).opened
        said = map(getitem, opened, stored.values.split(SEPARATOR))
        return {question: answer for question, answer in said if answer is not None}

    def _carried(self, stored: StoredAnswers) -> tuple[Answers, tuple[Left, ...]]:
        names = self._asked(stored.questions).names
        pairs = zip(names, stored.values.split(SEPARATOR) if names else (), strict=True)
        given = {question: _answer(text) for question, text in pairs if text != CLEARED}
        carried = carry(self._checklist, given)
        return carried.answers, carried.left

    def _together(self, readings: tuple[tuple[str, str], ...]) -> _Known:
        since = max((place for place, (state, _) in enumerate(readings) if state == State.READY), default=0)
        return self._known(telling_reading([_whole(text) for _, text in readings[since:]]))

    def _plainly(self, *parts: str | None) -> _Known:
        """Return the same of one reading of which only this was taken out; each value is held to what it may be."""
        platform, health, locks, carrier, battery = (json.loads(part or "null") for part in parts)
        if locks is None:
            raise ValueError("Its reading is damaged: it says nothing of locks.")
        values = {"platform": platform, "battery": {"health_percent": health}, "locks": locks}
        proofs = _proofs({"locks.sim": carrier, BATTERY: battery})
        return self._known(replace(codec.from_json(values), evidence=proofs))

    def _known(self, reading: Reading) -> _Known:
        read, platform = read_values(reading), reading.platform
        told = told_answers(self._checklist, reading)
        return _Known(read, platform, told, self._quick.gist(read, platform))


def _proofs(sure: Mapping[FieldName, object]) -> Mapping[FieldName, Evidence]:
    """Return how sure values are; where from and since when makes no difference."""
    known = {name: quality for name, quality in sure.items() if quality is not None}
    return {
        name: Evidence("", checking.word(quality, f"reading.evidence.{name}.quality", Quality), "", _ANY_TIME)
        for name, quality in known.items()
    }


def _whole(text: str) -> Reading:
    try:
        return codec.from_json(json.loads(text))
    except json.JSONDecodeError as error:
        raise ValueError(f"Its reading is damaged: {error}.") from error


def _answer(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"An answer of it is damaged: {error}.") from error


def _opened(question: Question) -> _Opened:
    """Return all possible answers, and none, by their JSON text."""
    numbers = range(PERCENT[0], PERCENT[1] + 1) if question.number else ()
    possible = [*numbers, *(answer.id for answer in question.answers)]
    return {CLEARED: (question.id, None)} | {json.dumps(each): (question.id, each) for each in possible}
