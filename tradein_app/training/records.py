"""What is said of a training, while it runs and afterwards; free of numpy, for it also crosses to the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from diagnostics.errors import UserError
from pricing.standing.records import Verdict


class Step(StrEnum):
    """What a training is at."""

    FETCHING = "fetching"
    """Feeds whose time has come."""
    READING = "reading"
    LEARNING = "learning"
    RANGES = "ranges"
    """It leaves out one part of the prices after the other, to see how far off it is."""
    TRYING = "trying"
    KEEPING = "keeping"


class Outcome(StrEnum):
    """How a training ended."""

    PROMOTED = "promoted"
    """The new model counts from now on."""
    WAITS = "waits"
    """It is kept as the challenger; the verdict says why."""
    UNCHANGED = "unchanged"
    """The same prices gave the champion once more."""
    CANCELLED = "cancelled"
    FAILED = "failed"
    """The error says why."""
    DIED = "died"
    """Its process ended without a word: killed, out of memory, or the computer was switched off."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a training failed, or a source could not be used, as a `diagnostics.errors.UserError` says it."""

    message: str
    hint: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, error: UserError) -> Trouble:
        """Return what an error says."""
        return cls(error.message, error.hint, error.code, dict(error.params))

    def error(self) -> UserError:
        """Return it as the error that it was, for those who put errors into words."""
        return UserError(self.message, self.hint, self.code, **self.params)


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One feed or file that was read.

    Attributes:
        name: For people.
        used: Rows; ``left_out`` and ``repeated`` (another file has them, too) are the others.
        problem: Why nothing of it could be used; ``None`` where it could.
    """

    name: str
    used: int
    left_out: int = 0
    repeated: int = 0
    problem: Trouble | None = None


@dataclass(frozen=True, slots=True)
class TrainingState:
    """A training: the one that runs, or the last one.

    Attributes:
        running: Whether its process lives.
        run: Its name; empty where there never was one.
        pid: Of its process.
        share: 0 .. 1 of its work.
        started: UTC; ``ended`` likewise, ``None`` while it runs or where it died.
        outcome: ``None`` while it runs.
        version: Of the model that it made; empty where none.
        cancelling: Whether it was asked to stop, and has not yet.
        memory_mb: The most that it held; ``None`` where the system does not tell.
    """

    running: bool = False
    run: str = ""
    pid: int = 0
    share: float = 0.0
    step: Step | None = None
    started: datetime | None = None
    ended: datetime | None = None
    outcome: Outcome | None = None
    version: str = ""
    verdict: Verdict | None = None
    trouble: Trouble | None = None
    sources: tuple[SourceRead, ...] = ()
    memory_mb: float | None = None
    actor_id: str = ""
    actor_name: str = ""
    cancelling: bool = False
