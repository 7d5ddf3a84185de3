"""What the shop's services give and take: frozen records that may cross threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from diagnostics.model import Reading

if TYPE_CHECKING:
    from diagnostics.grading.carrying import Left
    from diagnostics.grading.defects import Mark, MarkChange
    from diagnostics.grading.engine import GradeResult
    from diagnostics.grading.prefilling import Told
    from diagnostics.grading.second_look import SecondLook
    from pricing.money import Money
    from pricing.quote import Quote


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts.

    Attributes:
        id: Stable, for the records.
        name: For people.
    """

    id: str
    name: str


THE_PERSON = Actor("local", "This computer's user")
"""The one person that there is until accounts exist."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Who gave an answer, and when.

    Attributes:
        by: Who.
        at: When it was saved, UTC.
    """

    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """A surface that somebody looked at again.

    Attributes:
        look: The surface, and the answers that were confirmed.
        answered: Who, and when.
    """

    look: SecondLook
    answered: Answered


class How(StrEnum):
    """How a step came about."""

    ANSWERED = "answered"
    UNDONE = "undone"
    REDONE = "redone"


@dataclass(frozen=True, slots=True)
class Step:
    """What a person answered and marked at once, or took back.

    Attributes:
        by: Who.
        at: When it was saved, UTC.
        how: Given, taken back, or given once more.
        answers: By question, what holds from then on; ``None`` for nothing.
        marks: That were put or taken away.
    """

    by: Actor
    at: datetime
    how: How
    answers: Mapping[str, str | int | None]
    marks: tuple[MarkChange, ...] = ()


class Stage(StrEnum):
    """How far an inspection has come; accepted and declined are its ends."""

    OPEN = "open"
    QUOTED = "quoted"
    ACCEPTED = "accepted"
    DECLINED = "declined"

    @property
    def closed(self) -> bool:
        """Whether nothing more may be added."""
        return self in {Stage.ACCEPTED, Stage.DECLINED}


@dataclass(frozen=True, slots=True)
class InspectionRecord:
    """One phone's way from the reading to the deal, as it is saved.

    Attributes:
        id: UUIDv7.
        phone_key: The physical phone's key in the store: the same after a replug, a restart and in later inspections.
        slot: The port in which it was read last, where the transport tells.
        stage: How far it has come.
        reading: The one that counts; see `tradein_app.services.assembling.telling_reading`.
        checklist: The checklist's id.
        answers: By question id, what is graded: what a person answered last, or else what the marks answer.
        grade: Made of exactly this reading and these answers.
        quote: Made of exactly this reading and these answers; ``None`` when one of them changed since.
        quote_id: UUIDv7 of that quote.
        document: The paper that was saved when the quote was accepted.
        opened_at: When the phone was taken in, UTC.
        updated_at: When something was last added, UTC.
        decided_at: When it was accepted or declined, UTC; ``None`` while it is open.
        answered: By question id, who gave each of a person's answers, and when.
        shown: The answers that stand, with those that the cable gave.
        said: What a person answered by hand.
        told: What the cable proved.
        marks: The defects on the outline.
        steps: Who answered and marked what, and took it back, the oldest first.
        looked_again: The surfaces that somebody looked at again, the oldest first.
        left: Answers of an older checklist that do not fit any more; they stay in the store, and count for nothing.
    """

    id: str
    phone_key: str
    slot: str | None
    stage: Stage
    reading: Reading
    checklist: str
    answers: Mapping[str, str | int]
    grade: GradeResult | None
    quote: Quote | None
    quote_id: str | None
    document: Path | None
    opened_at: datetime
    updated_at: datetime
    decided_at: datetime | None = None
    answered: Mapping[str, Answered] = field(default_factory=lambda: MappingProxyType({}))
    shown: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    said: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    told: Mapping[str, Told] = field(default_factory=lambda: MappingProxyType({}))
    marks: tuple[Mark, ...] = ()
    steps: tuple[Step, ...] = ()
    looked_again: tuple[LookedAgain, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def paid(self) -> Money | None:
        """What was paid for the phone; ``None`` unless it was accepted."""
        return self.quote.offer if self.stage is Stage.ACCEPTED and self.quote else None


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where the window was, so that it opens there again.

    Attributes:
        inspection_id: The inspection that was shown.
        page: The checklist's page, from 1.
        panel: The panel that had the focus: ``devices``, ``reading``, ``checklist`` or ``quote``.
        slot: The port that was chosen.
    """

    inspection_id: str | None = None
    page: int = 1
    panel: str = "devices"
    slot: str | None = None
