"""What became of the cases that were tried, of iPhones and of Android phones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from diagnostics.bench import Phone
from diagnostics.model import Reading, State
from tests.matrix.judging import differences, gaps, sentence
from tests.matrix.watching import Watching, is_finished

SERVICE = "service"
"""In place of a state, where the service itself is the trouble, and says so."""


class Case(Protocol):
    """One fault at one step, of whichever phones."""

    @property
    def fault(self) -> str:
        """Its id."""

    @property
    def step(self) -> StrEnum | None:
        """Where it is put; ``None`` for its usual steps."""

    @property
    def target(self) -> str:
        """``phone``, or ``bus`` for a fault of the service."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case.

    Attributes:
        case: Which.
        states: What the phone was found in, in turn, or `SERVICE`.
        sentence: What a person reads of the last of them.
        gaps: What is withheld of a ready phone, and the reason of the first of it.
        seconds: From the plug to the first state.
        recovery: How it came back; see `tests.matrix.watching.Watching.recovers`.
        wrong: Whatever must not be; empty when all is well.
    """

    case: Case
    states: tuple[str, ...]
    sentence: str
    gaps: str
    seconds: float
    recovery: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a run.

    Attributes:
        outcomes: In the order in which they ended.
        left: What the run as a whole left behind or wrote to a phone; empty when all is well.
    """

    outcomes: tuple[Outcome, ...]
    left: tuple[str, ...]


def outcome_of(
    case: Case,
    phones: Sequence[Phone],
    truth: Reading,
    *,
    seconds: float,
    recovery: str,
    wrong: Sequence[str],
) -> Outcome:
    """Return what became of a case, from all that the bench told of its phone."""
    ended = [phone.reading for phone in phones if is_finished(phone)]
    return Outcome(
        case=case,
        states=tuple(dict.fromkeys(str(reading.state) for reading in ended)),
        sentence=sentence(ended[-1]) if ended else "",
        gaps=gaps(ended[-1], truth) if ended and ended[-1].state is State.READY else "",
        seconds=seconds,
        recovery=recovery,
        wrong=tuple(dict.fromkeys(wrong)),
    )


def never_back(hall: Watching, name: str) -> Iterator[str]:
    """Yield what to say of a phone that does not recover."""
    phone = hall.there(name)
    if phone is None:
        yield "gone"
        return
    differs = ", ".join(differences(phone.reading, hall.truths[name])) or "not finished"
    yield f"it never recovers ({phone.reading.state}: {sentence(phone.reading)} {differs})"
