"""What grading anew takes from the store, and what it gives: as little opened as possible, for there are many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from diagnostics.grading.carrying import Left
from diagnostics.grading.defects import Mark
from diagnostics.grading.quick import Outcome

SEPARATOR = "\n"
"""Between questions, and between answers: no id holds one, and none is in a JSON text without it being escaped."""
CLEARED = "null"
"""The answer of a question that was answered, and is open again."""

ToldParts = tuple[str | None, ...]
"""Of a reading, each as JSON text: platform, battery health, locks, how sure the carrier lock is, and the battery."""


class StoredAnswers(NamedTuple):
    """The last answer of each question of an inspection; no question is named twice.

    Attributes:
        questions: Their ids, with `SEPARATOR` between them.
        values: The answers in the same order, each as JSON text, with `SEPARATOR` between them.
    """

    questions: str
    values: str


NO_ANSWERS = StoredAnswers("", "")


@dataclass(frozen=True)
class StoredGrade:
    """The last grade that an inspection was stored with."""

    rule_set: str
    grade: str | None
    disposition: str

    @cached_property
    def word(self) -> str:
        """The grade of a phone that could be sold, of any other what was to be done."""
        return self.grade if self.grade and self.disposition == "sellable" else self.disposition


class StoredInspection(NamedTuple):
    """What the store holds of one inspection; a tuple, because making frozen records took a tenth of the time.

    Attributes:
        key: Its id as the database has it; see `id`.
        told: What its reading tells; of any of them where it has several.
        marks: That are on its outline.
        readings: The state and the JSON text of each, the oldest first, where it has several.
    """

    key: object
    checklist: str
    opened_at: datetime
    platform: str
    serial: str | None
    imei: str | None
    answers: StoredAnswers
    told: ToldParts
    readings: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    grade: StoredGrade | None

    @property
    def id(self) -> str:
        """The inspection's id, as it is written elsewhere."""
        return str(UUID(str(self.key)))

    def without_sources(self) -> StoredInspection:
        """Return it without what its grade is made of."""
        return self._replace(answers=NO_ANSWERS, told=(), readings=(), marks=())


class Regraded(NamedTuple):
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


def joined(answers: Iterable[tuple[str, str]]) -> StoredAnswers:
    """Return answers as `StoredAnswers`: pairs of a question and its answer as JSON text, each question once."""
    pairs = list(answers)
    return StoredAnswers(SEPARATOR.join(q for q, _ in pairs), SEPARATOR.join(value for _, value in pairs))
