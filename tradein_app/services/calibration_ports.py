"""What the services of calibration ask of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from tradein_app.services.records import Answered


@dataclass(frozen=True, slots=True)
class SavedSet:
    """The row of a set."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class SavedReference:
    """One version of a reference phone, as it was saved.

    Attributes:
        version: From 1; the newest of a code holds.
        document: Its JSON.
        at: When it was set, UTC.
    """

    id: str
    set_id: str
    code: str
    version: int
    document: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedRound:
    """One grader's way through one reference phone.

    Attributes:
        begun_at: UTC.
        result: What it found; ``None`` while it is not finished.
        finished_at: UTC.
    """

    id: str
    reference_id: str
    grader: str
    begun_at: datetime
    result: dict[str, Any] | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a round is, without what is in it.

    Attributes:
        code: The reference phone's, folded.
        answers: How many questions are answered; 0 of a finished round, where nobody asks.
    """

    code: str
    grader: str
    finished: bool
    answers: int


@dataclass(frozen=True, slots=True)
class SavedResult:
    """What a finished round found, as counting needs it.

    Attributes:
        entry: Its place in the order in which rounds were finished.
        at: When, UTC.
    """

    entry: int
    round_id: str
    reference_id: str
    grader: str
    at: datetime
    document: dict[str, Any]


class AuditedEntry(Protocol):
    """The audit entry that rows are written under; see `tradein_app.services.ports.Entry`."""

    @property
    def sequence(self) -> int:
        """Its place in the chain."""
        ...

    @property
    def actor(self) -> Any:
        """Who acted."""
        ...

    @property
    def at(self) -> datetime:
        """When, UTC."""
        ...


class Calibration(Protocol):
    """Reference phones and rounds: only ever added."""

    def sets(self) -> Sequence[SavedSet]:
        """Return all sets, by name."""
        ...

    def set_named(self, name: str) -> SavedSet | None:
        """Return the set of this name, whatever its capitals; or of this id."""
        ...

    def add_set(self, saved: SavedSet, entry: AuditedEntry) -> None:
        """Add a set."""
        ...

    def references(self, set_id: str | None = None) -> Sequence[SavedReference]:
        """Return the newest version of each reference phone, by code; of one set or of all."""
        ...

    def reference(self, reference_id: str) -> SavedReference:
        """Return one version of a reference phone."""
        ...

    def reference_coded(self, code: str) -> SavedReference | None:
        """Return the newest version of the phone with this code, whatever its capitals."""
        ...

    def newest_version(self, code: str) -> int:
        """Return the newest version of the phone with this code; 0 where there is none."""
        ...

    def add_reference(self, saved: SavedReference, entry: AuditedEntry) -> None:
        """Add a version of a reference phone."""
        ...

    def round(self, round_id: str) -> SavedRound | None:
        """Return a round, if there is such."""
        ...

    def results(self, after: int, most: int) -> Sequence[SavedResult]:
        """Return so many results at most of those that follow an entry, the oldest first."""
        ...

    def standings(self) -> Sequence[Standing]:
        """Return how far each round is, the oldest first."""
        ...

    def open_round(self, code: str, grader: str) -> SavedRound | None:
        """Return the round of a grader on any version of a phone that is not finished."""
        ...

    def add_round(self, saved: SavedRound, entry: AuditedEntry) -> None:
        """Begin a round."""
        ...

    def answers(self, round_id: str) -> dict[str, str | int]:
        """Return the last answer to each question that has one."""
        ...

    def given(self, round_id: str) -> dict[str, tuple[str | int | None, Answered]]:
        """Return the last answer to each question, who gave it and when; ``None`` is a cleared one."""
        ...

    def add_answers(
        self, round_id: str, changes: Mapping[str, str | int | None], entry: AuditedEntry
    ) -> None:
        """Add answers; ``None`` is a cleared one."""
        ...

    def add_result(
        self, result_id: str, round_id: str, document: dict[str, Any], entry: AuditedEntry
    ) -> None:
        """Finish a round with what it found."""
        ...
