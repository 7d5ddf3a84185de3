"""Answers on their way into the database: nothing that was given is lost because a database cannot take it now."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from diagnostics.errors import ServiceMissing, UserError

if TYPE_CHECKING:
    from diagnostics.grading.defects import MarkChange
    from tradein_app.services.calibration_records import RoundRecord
    from tradein_app.services.door import Door
    from tradein_app.services.records import Actor, InspectionRecord

Answers = Mapping[str, str | int | None]
_A_MOMENT = timedelta(microseconds=1)
_COARSE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Given:
    """Answers that a person gave at once.

    Attributes:
        inspection_id: The inspection that they belong to, or the round.
        answers: By question id; ``None`` clears an answer.
        at: When, UTC; ``None`` for now.
        marks: That were put on the outline, or taken away, at the same time.
        how: Given, or taken back, or given once more: a member of `tradein_app.services.records.How`.
        of_round: They belong to a grader's round on a reference phone, never to a deal.
        late: They outlived their program: what was answered since counts more.
    """

    inspection_id: str
    answers: Answers
    at: datetime | None = None
    marks: tuple[MarkChange, ...] = ()
    how: str = "answered"
    of_round: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of saving.

    Attributes:
        saved: Each inspection as it is now, with the answers that were saved in it.
        refused: Inspections and why their answers can never be saved; these answers are dropped.
        rounds: Each grader's round as it is now, with the answers that were saved in it.
        refused_rounds: The same of rounds as `refused` of inspections.
        trouble: Why the rest waits; it is tried again.
        bug: An error that nobody expected; its answers are dropped.
    """

    saved: tuple[tuple[InspectionRecord, Answers], ...] = ()
    refused: tuple[tuple[str, UserError], ...] = ()
    trouble: ServiceMissing | None = None
    bug: Exception | None = None
    rounds: tuple[tuple[RoundRecord, Answers], ...] = ()
    refused_rounds: tuple[tuple[str, UserError], ...] = ()


class _Collected:
    """What came of one way through the queue, so far."""

    def __init__(self) -> None:
        self.saved: dict[str, tuple[InspectionRecord, Answers]] = {}
        self.rounds: dict[str, tuple[RoundRecord, Answers]] = {}
        self._refused: list[tuple[Given, UserError]] = []
        self.trouble: ServiceMissing | None = None
        self.bug: Exception | None = None

    def save(self, given: Given, desk: Door, actor: Actor) -> None:
        """Save answers of a deal, or of a round."""
        key = given.inspection_id
        if given.of_round:
            known = self.rounds[key][1] if key in self.rounds else {}
            found = desk.answer_round(key, given.answers, actor=actor, given_at=given.at, late=given.late)
            self.rounds[key] = found, {**known, **given.answers}
            return
        known = self.saved[key][1] if key in self.saved else {}
        record = desk.answer(
            key,
            given.answers,
            actor=actor,
            given_at=given.at,
            late=given.late,
            marks=given.marks,
            how=given.how,
        )
        self.saved[key] = record, {**known, **given.answers}

    def refuse(self, given: Given, error: UserError) -> None:
        """Note that answers can never be saved."""
        self._refused.append((given, error))

    def outcome(self) -> Outcome:
        """Return it all."""
        refused, of_rounds = (
            tuple((given.inspection_id, error) for given, error in self._refused if given.of_round is kind)
            for kind in (False, True)
        )
        saved, rounds = tuple(self.saved.values()), tuple(self.rounds.values())
        return Outcome(saved, refused, self.trouble, self.bug, rounds, of_rounds)


class Notes(Protocol):
    """Keeps answers outside of the database until they are in it."""

    def add(self, given: Given) -> bool:
        """Note answers; ``False`` when that is not possible. Quick: it does not wait for the disk."""
        ...

    def sync(self) -> None:
        """Wait until the notes are on the disk."""
        ...

    def clear(self) -> None:
        """Forget all notes: everything is in the database."""
        ...

    def close(self) -> None:
        """End; notes that are left are found by the next start."""
        ...


class NoNotes:
    """Keeps nothing."""

    def add(self, given: Given) -> bool:  # noqa: ARG002 - the protocol's
        """Keep nothing."""
        return False

    def sync(self) -> None:
        """Do nothing."""

    def clear(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class Unsaved:
    """A queue of answers, saved in the order in which they were given. Callable from any thread.

    Args:
        notes: Where they are noted first.
    """

    def __init__(self, notes: Notes | None = None) -> None:
        self._notes: Notes = notes or NoNotes()
        self._queue: deque[Given] = deque()
        self._lock = threading.Lock()
        self._last = datetime.min.replace(tzinfo=UTC)
        self.noted = True

    def add(self, given: Given) -> None:
        """Take answers; `noted` tells afterwards whether all that wait would outlive this program."""
        with self._lock:
            given = replace(given, at=given.at or self._now())
            self._queue.append(given)
            self.noted = self._notes.add(given) and self.noted

    def adopt(self, left: Iterable[Given]) -> None:
        """Take what an earlier program noted and never saved; it is noted already."""
        late = [replace(given, late=True) for given in left]
        with self._lock:
            self._queue.extendleft(reversed(late))

    def _now(self) -> datetime:
        """Return a time after the last one, also where the clock goes in coarse steps: notes have an order by it."""
        now, next_one = datetime.now(UTC), self._last + _A_MOMENT
        # A clock that was put back does not make times of what was.
        self._last = next_one if now < next_one and next_one - now < _COARSE else now
        return self._last

    def __len__(self) -> int:
        """Return how many questions have an answer that waits."""
        with self._lock:
            return len({(given.inspection_id, name) for given in self._queue for name in _names(given)})

    def of(self, inspection_id: str) -> dict[str, str | int | None]:
        """Return an inspection's answers that wait, the newest to each question."""
        with self._lock:
            waiting = [given.answers for given in self._queue if given.inspection_id == inspection_id]
        return {name: value for answers in waiting for name, value in answers.items()}

    def steps_of(self, inspection_id: str) -> tuple[Given, ...]:
        """Return what waits of an inspection, step by step, the oldest first."""
        with self._lock:
            return tuple(given for given in self._queue if given.inspection_id == inspection_id)

    def save(self, desk: Door, actor: Actor) -> Outcome:
        """Save what waits; stops at the first answer that the database cannot take now."""
        found = _Collected()
        while found.trouble is None and found.bug is None and (given := self._first()) is not None:
            try:
                found.save(given, desk, actor)
            except ServiceMissing as error:
                found.trouble = error
                self._notes.sync()
                continue
            except UserError as error:
                found.refuse(given, error)
            except Exception as error:  # noqa: BLE001 - handed on: one bad answer must not hold up the others
                found.bug = error
                found.refuse(given, _not_saved())
            self._drop_first()
        return found.outcome()

    def close(self) -> None:
        """Let go of the notes."""
        self._notes.close()

    def _first(self) -> Given | None:
        with self._lock:
            return self._queue[0] if self._queue else None

    def _drop_first(self) -> None:
        with self._lock:
            self._queue.popleft()
            if not self._queue:
                self._notes.clear()
                self.noted = True


def _names(given: Given) -> tuple[str, ...]:
    return (*given.answers, *(change.mark.id for change in given.marks))


def _not_saved() -> UserError:
    return UserError("An answer could not be saved.", "Look at what is shown and give it again.", "not_saved")
