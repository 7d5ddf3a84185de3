"""Grades what is stored anew under another standard; nothing that was stored changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from diagnostics import codec
from diagnostics.errors import UserError
from diagnostics.grading.carrying import Left, carry
from diagnostics.grading.checklist import PERCENT, Checklist, Question, load_checklist
from diagnostics.grading.defects import Mark
from diagnostics.grading.facts import BATTERY, FIELDS, Read, read_values
from diagnostics.grading.prefilling import Told, told_answers
from diagnostics.grading.quick import Outcome, Quick
from diagnostics.grading.rules import Standard
from diagnostics.grading.standing import standing
from diagnostics.model import LockState, Platform, State
from tradein_app.services.assembling import telling_reading

_UNKNOWN = "unknown"
_CLEARED = "null"
_HINT = '"hint"'
_EXACT = '"exact"'

ToldParts = tuple[str | None, ...]
"""Of a reading, each as JSON text: platform, battery health, locks, how sure the carrier lock is, and the battery."""


@dataclass(frozen=True, slots=True)
class StoredPhone:
    """Which phone an inspection is of."""

    platform: str
    serial: str | None
    imei: str | None


@dataclass(frozen=True, slots=True)
class StoredGrade:
    """The last grade that an inspection was stored with."""

    rule_set: str
    grade: str | None
    disposition: str

    @property
    def word(self) -> str:
        """The grade of a phone that could be sold, of any other what was to be done."""
        return self.grade if self.grade and self.disposition == "sellable" else self.disposition


@dataclass(frozen=True, slots=True)
class StoredInspection:
    """What the store holds of one inspection, as little opened as possible.

    Attributes:
        answers: The last one of each question, each as JSON text; ``null`` was cleared.
        told: What its reading tells; of any of them where it has several.
        marks: That are on its outline.
        readings: The state and the JSON text of each, the oldest first, where it has several.
    """

    id: str
    phone: StoredPhone
    checklist: str
    opened_at: datetime
    answers: Mapping[str, str]
    told: ToldParts
    readings: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    grade: StoredGrade | None


@dataclass(frozen=True, slots=True)
class Regraded:
    """What one inspection comes to under another standard.

    Attributes:
        outcome: ``None`` where it cannot be graded; `problem` says why.
        left: Answers of an older checklist that do not fit any more.
        problem: In words; ``""`` where there is none.
    """

    stored: StoredInspection
    outcome: Outcome | None
    left: tuple[Left, ...] = ()
    problem: str = ""

    @property
    def before(self) -> str:
        """The word of the stored grade; ``none`` where there was none."""
        return self.stored.grade.word if self.stored.grade else "none"

    @property
    def after(self) -> str:
        """The word of the new one; ``none`` where there is none."""
        return self.outcome.word if self.outcome else "none"

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def regrade(stored: Iterable[StoredInspection], standard: Standard) -> Iterator[Regraded]:
    """Yield what each inspection of the standard's checklist comes to; those of other checklists are passed over."""
    regrader = _Regrader(standard)
    for inspection in stored:
        if inspection.checklist == standard.checklist:
            yield regrader.one(inspection)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the readings of an inspection tell; ``told`` are the answers that they prove."""

    read: Read
    platform: Platform
    told: Mapping[str, Told]


class _Regrader:
    def __init__(self, standard: Standard) -> None:
        self._checklist: Checklist = load_checklist(standard.checklist)
        self._quick = Quick(standard, self._checklist)
        # As JSON text, so that an answer that fits needs no opening.
        self._known: dict[tuple[str, str], tuple[str, str | int]] = {
            (q.id, json.dumps(answer)): (q.id, answer)
            for q in self._checklist.questions
            for answer in _possible(q)
        }
        self._read_before: dict[ToldParts, _Known] = {}
        # The only questions whose answer by the cable takes the place of a person's: see `standing`.
        self._numbers = frozenset(q.id for q in self._checklist.questions if q.number)

    def one(self, stored: StoredInspection) -> Regraded:
        try:
            answers, left = self._answers(stored.answers)
            known = self._read(stored)
        except (UserError, ValueError) as error:
            return Regraded(stored, None, problem=str(error))
        if stored.marks or not self._numbers.isdisjoint(answers):
            answers = standing(self._checklist, answers, stored.marks, known.told).graded
        return Regraded(stored, self._quick.outcome(answers, known.read, known.platform), left)

    def _answers(self, texts: Mapping[str, str]) -> tuple[Mapping[str, str | int], tuple[Left, ...]]:
        try:
            return dict(map(self._known.__getitem__, texts.items())), ()
        except KeyError:
            pass
        given = {q: json.loads(text) for q, text in texts.items() if text != _CLEARED}
        carried = carry(self._checklist, given)
        return carried.answers, carried.left

    def _read(self, stored: StoredInspection) -> _Known:
        """Return the values that count; several readings tell of them together, as a record puts them together."""
        if stored.readings:
            return self._together(stored.readings)
        found = self._read_before.get(stored.told)
        if found is None:
            found = self._read_before[stored.told] = self._plainly(*stored.told)
        return found

    def _together(self, readings: tuple[tuple[str, str], ...]) -> _Known:
        since = max((place for place, (state, _) in enumerate(readings) if state == State.READY), default=0)
        reading = telling_reading([codec.from_json(json.loads(text)) for _, text in readings[since:]])
        return _Known(read_values(reading), reading.platform, told_answers(self._checklist, reading))

    def _plainly(self, *parts: str | None) -> _Known:
        """Return the values of one reading without making records of the rest of it; see `read_values`."""
        platform, health, locks, carrier, battery = parts
        states = json.loads(locks or "{}")
        read: dict[str, Any] = {f"locks.{name}": None if s == _UNKNOWN else s for name, s in states.items()}
        if carrier == _HINT and read.get("locks.sim") == LockState.ON:
            read["locks.sim"] = None
        read[BATTERY] = json.loads(health or "null")
        values = {field: read.get(field) for field in FIELDS}
        sure = {q.id: q.overrides for q in self._checklist.evidence if q.number and q.overrides}
        told = {
            question: Told(int(value), field, None)
            for question, field in sure.items()
            if battery == _EXACT and (value := values[field]) is not None
        }
        return _Known(values, Platform(json.loads(platform or '"unknown"')), told)


def _possible(question: Question) -> Iterable[str | int]:
    return (
        range(PERCENT[0], PERCENT[1] + 1) if question.number else [answer.id for answer in question.answers]
    )
