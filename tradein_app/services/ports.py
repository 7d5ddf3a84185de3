"""What the services ask of a store: repositories inside one unit of work.

A unit of work is one transaction: nothing counts before `UnitOfWork.commit`, and leaving the ``with`` block without
it, or by an error, leaves everything as it was. `tradein_app.store` implements these protocols.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Protocol, Self

from diagnostics.grading.defects import Mark, MarkChange
from diagnostics.grading.second_look import SecondLook
from diagnostics.usb.history import SlotDay
from tradein_app.services.calibration_ports import Calibration
from tradein_app.services.photo_ports import PhotoRows
from tradein_app.services.records import Actor, Answered, LookedAgain, Stage, Step, Workspace
from tradein_app.services.sale_ports import Sales
from tradein_app.services.saved_rows import Document, Entry, Saved, SavedDecision, SavedInspection, SavedPhone


class Phones(Protocol):
    """The physical phones."""

    def of_device(self, platform: str, device_id: str) -> Sequence[SavedPhone]:
        """Return the phones that call themselves so, the oldest first."""
        ...

    def add(self, phone: SavedPhone) -> None:
        """Add a phone."""
        ...

    def learn(self, phone_id: str, *, serial: str | None, imei: str | None) -> SavedPhone:
        """Fill in what was not known of a phone, and return it; what is known stays."""
        ...


class Inspections(Protocol):
    """The inspections."""

    def get(self, inspection_id: str) -> SavedInspection | None:
        """Return one, if there is such."""
        ...

    def open_of(self, phone_id: str) -> SavedInspection | None:
        """Return a phone's inspection that is not closed; there is one at most."""
        ...

    def closed_of(self, phone_id: str) -> SavedInspection | None:
        """Return a phone's inspection that was closed last."""
        ...

    def open(self) -> Sequence[SavedInspection]:
        """Return all that are not closed, the oldest first."""
        ...

    def add(self, inspection_id: str, phone_id: str, checklist: str, at: datetime) -> SavedInspection:
        """Open one."""
        ...

    def advance(self, inspection_id: str, stage: Stage, at: datetime) -> None:
        """Say how far it has come, and when."""
        ...

    def ask_by(self, inspection_id: str, checklist: str) -> SavedInspection:
        """Ask an inspection by another checklist: one in which nothing was answered yet."""
        ...


class Readings(Protocol):
    """The readings: only ever added."""

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a reading."""
        ...

    def since_ready(self, inspection_id: str) -> Sequence[Saved]:
        """Return the last reading whose state is ``ready`` and all after it, the oldest first; all if none is."""
        ...


class LaterReadings(Protocol):
    """What phones said after their last inspection was closed: only ever added, and never part of that inspection."""

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a reading beside the closed inspection of its phone."""
        ...

    def last(self, inspection_id: str) -> Saved | None:
        """Return the one added last."""
        ...


class Answers(Protocol):
    """The answers and how they changed: only ever added."""

    def add(self, inspection_id: str, changes: Mapping[str, str | int | None], entry: Entry) -> None:
        """Add answers by question id; ``None`` is a cleared one."""
        ...

    def current(self, inspection_id: str) -> dict[str, str | int]:
        """Return the last answer to each question that has one."""
        ...

    def given(self, inspection_id: str) -> dict[str, Answered]:
        """Return who gave the last answer to each question, or cleared it, and when."""
        ...

    def times(self, inspection_id: str) -> dict[str, datetime]:
        """Return when each question's last answer was given, or cleared, however late it was saved."""
        ...


class Marks(Protocol):
    """The defects on the outline: only ever added, also when one is taken away."""

    def add(self, inspection_id: str, changes: Iterable[MarkChange], entry: Entry) -> None:
        """Add marks that were put or taken away."""
        ...

    def current(self, inspection_id: str) -> tuple[Mark, ...]:
        """Return the marks that are there."""
        ...

    def times(self, inspection_id: str) -> dict[str, datetime]:
        """Return when each mark was put, or taken away, last, by its id; however late that was saved."""
        ...


class Steps(Protocol):
    """In which steps an inspection was answered."""

    def of(self, inspection_id: str) -> Sequence[Step]:
        """Return them, the oldest first."""
        ...


class SecondLooks(Protocol):
    """The second looks at surfaces: only ever added."""

    def add(self, inspection_id: str, look: SecondLook, entry: Entry) -> None:
        """Add a look."""
        ...

    def of(self, inspection_id: str) -> tuple[LookedAgain, ...]:
        """Return the looks at a phone, the oldest first."""
        ...


class Results(Protocol):
    """Grades or quotes: only ever added."""

    def add(self, inspection_id: str, saved: Saved, entry: Entry) -> None:
        """Add a document."""
        ...

    def last(self, inspection_id: str) -> Saved | None:
        """Return the one added last."""
        ...


class Decisions(Protocol):
    """How inspections ended: only ever added."""

    def add(self, inspection_id: str, saved: SavedDecision, entry: Entry) -> None:
        """Add how one ended."""
        ...

    def of(self, inspection_id: str) -> SavedDecision | None:
        """Return how one ended, if it has."""
        ...


class Workspaces(Protocol):
    """Where each person's window was."""

    def get(self, actor_id: str) -> Workspace | None:
        """Return it, if it was ever saved."""
        ...

    def put(self, actor_id: str, workspace: Workspace, at: datetime) -> None:
        """Save it in place of the last one."""
        ...


class Slots(Protocol):
    """The places on the bench: their numbers, and what happened at them."""

    def numbers(self) -> Mapping[int, tuple[str, ...]]:
        """Return the slots of each number."""
        ...

    def put_numbers(self, numbers: Mapping[int, Sequence[str]], at: datetime) -> None:
        """Keep the numbers in place of what was kept before."""
        ...

    def days(self, day: date) -> Sequence[SlotDay]:
        """Return what happened on a day, by slot."""
        ...

    def put_days(self, days: Iterable[SlotDay]) -> None:
        """Keep each slot's day in place of what was kept of it before."""
        ...


class Audit(Protocol):
    """The chain of entries that says who did what: only ever added."""

    def append(self, actor: Actor, action: str, data: Document, at: datetime) -> Entry:
        """Add an entry that holds the hash of the one before it.

        Args:
            actor: Who acted.
            action: Dotted: ``inspection.answered``.
            data: JSON values; ids and digests, never what identifies a phone or a person.
            at: When, UTC.
        """
        ...


class UnitOfWork(Protocol):
    """One transaction over all repositories."""

    @property
    def phones(self) -> Phones:
        """The physical phones."""
        ...

    @property
    def inspections(self) -> Inspections:
        """The inspections."""
        ...

    @property
    def readings(self) -> Readings:
        """What phones said."""
        ...

    @property
    def later_readings(self) -> LaterReadings:
        """What phones said after the deal."""
        ...

    @property
    def answers(self) -> Answers:
        """What people saw."""
        ...

    @property
    def marks(self) -> Marks:
        """What people marked."""
        ...

    @property
    def second_looks(self) -> SecondLooks:
        """Which surfaces people looked at again."""
        ...

    @property
    def steps(self) -> Steps:
        """In which steps people answered and marked."""
        ...

    @property
    def grades(self) -> Results:
        """The grades."""
        ...

    @property
    def quotes(self) -> Results:
        """The quotes."""
        ...

    @property
    def decisions(self) -> Decisions:
        """How inspections ended."""
        ...

    @property
    def sales(self) -> Sales:
        """What bought phones were sold for."""
        ...

    @property
    def workspaces(self) -> Workspaces:
        """Where windows were."""
        ...

    @property
    def slots(self) -> Slots:
        """The places on the bench."""
        ...

    @property
    def photos(self) -> PhotoRows:
        """The photos."""
        ...

    @property
    def calibration(self) -> Calibration:
        """Reference phones and rounds."""
        ...

    @property
    def audit(self) -> Audit:
        """Who did what."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None:
        """Make everything count."""
        ...
