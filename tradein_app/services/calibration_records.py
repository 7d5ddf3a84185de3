"""What the services of calibration give: frozen records that may cross threads; no reference's answers are in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.grading.calibration_agreement import Counts
    from diagnostics.grading.calibration_compare import Comparison
    from tradein_app.services.records import Answered


@dataclass(frozen=True, slots=True)
class ReferenceRecord:
    """A reference phone as graders may see it: without its answers.

    Attributes:
        version: From 1; every revision is another one.
        checklist: Its id and its version when the reference was set.
        questions: How many are compared.
        set_at: When this version was set, UTC.
        finished: Rounds that were finished, on all versions.
        half_done: By grader, how many answers a round holds that is not finished.
    """

    id: str
    code: str
    model: str
    version: int
    checklist: tuple[str, str]
    questions: int
    photos: int
    note: str
    set_at: datetime
    finished: int
    half_done: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SetRecord:
    """A set with its reference phones."""

    id: str
    name: str
    references: tuple[ReferenceRecord, ...]


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """One grader's way through one reference phone.

    Attributes:
        version: Of the reference: the one that the round began with.
        revised: Whether the reference was revised since; the round is held against its own version.
        note: What the set says of the phone; nothing until the round is finished, for it may say what holds. That of a
            practice phone is there at once: it stands for the phone itself.
        answers: The grader's own.
        answered: By question, who saved each of them, and when.
        open: Questions that still wait for an answer.
        comparison: Promised against found; ``None`` until the round is finished.
        photos: SHA-256 digests of the reference's photos; none until the round is finished.
    """

    id: str
    code: str
    model: str
    set_name: str
    version: int
    revised: bool
    note: str
    grader: str
    checklist: str
    answers: Mapping[str, str | int]
    answered: Mapping[str, Answered]
    open: tuple[str, ...]
    begun_at: datetime
    finished_at: datetime | None
    comparison: Comparison | None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedPage:
    """Some finished rounds as counts.

    Attributes:
        next: What to ask the next page with; ``None`` after the last one.
    """

    counts: Counts
    next: int | None


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """What became of a set that was imported.

    Attributes:
        name: The set's.
        added: Codes of phones that are new.
        revised: Codes of phones that have a new version now.
        unchanged: Codes of phones that were there already, just so.
        notes: What a person should know; said like errors, but nothing failed.
    """

    name: str
    added: tuple[str, ...]
    revised: tuple[str, ...]
    unchanged: tuple[str, ...]
    notes: tuple[UserError, ...]
