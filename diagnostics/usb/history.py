"""Counts by slot and day what went wrong there: "slot 7 lost its phone 9 times today"; pure, behind a small port."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from diagnostics.model import Problem

MANY = 5
"""Losses a day from which a slot is said to be unwell."""
HANGS = 2
"""Hangs in a row after which a person is told to re-seat the cable."""


class SlotEvent(StrEnum):
    """What can happen at a slot that counts."""

    LOST = "lost"
    """The phone went away while it was read, or came back by itself: nobody had pulled it."""
    HUNG = "hung"
    """The phone took no answer to the end."""
    READ = "read"
    """A reading came to its end: the slot works."""


@dataclass(frozen=True, slots=True)
class SlotDay:
    """What happened at one slot on one day.

    Attributes:
        slot: The slot's own name or place, which holds over restarts.
        day: In the shop's time zone.
        lost: How often it lost its phone.
        hung: How often its phone hung.
        read: How many readings came to their end.
        hung_in_a_row: Hangs since the last reading that came to its end.
    """

    slot: str
    day: date
    lost: int = 0
    hung: int = 0
    read: int = 0
    hung_in_a_row: int = 0


class SlotDays(Protocol):
    """Where the days are kept: a database, or memory."""

    def load(self, day: date) -> Mapping[str, SlotDay]:
        """Return the slots of one day by name; asked all the time, so it does not wait for a disk."""
        ...

    def save(self, entry: SlotDay) -> None:
        """Keep a slot's day, in place of what was kept of it before."""
        ...


class SlotHistory:
    """Counts, and says which slots want attention.

    Args:
        days: Where the counts are kept.
    """

    def __init__(self, days: SlotDays) -> None:
        self._days = days
        self._rows: dict[str, int] = {}

    def happened(self, event: SlotEvent, slot: str, today: date) -> SlotDay:
        """Count an event and keep it; returns the slot's day."""
        entry = _counted(self.of(slot, today), event)
        self._rows[slot] = entry.hung_in_a_row
        self._days.save(entry)
        return entry

    def of(self, slot: str, today: date) -> SlotDay:
        """Return what happened at a slot today."""
        entry = self._days.load(today).get(slot)
        # Midnight ends a day, and no row of hangs.
        return entry or SlotDay(slot, today, hung_in_a_row=self._rows.get(slot, 0))

    def problem(self, slot: str, today: date) -> Problem | None:
        """Return what to say of a slot: re-seat the cable, or look at it; ``None`` where it is well."""
        entry = self.of(slot, today)
        if entry.hung_in_a_row >= HANGS:
            return Problem("", "usb_reseat")
        if entry.lost >= MANY:
            return Problem("", "usb_history", {"times": str(entry.lost)})
        return None


def _counted(entry: SlotDay, event: SlotEvent) -> SlotDay:
    if event is SlotEvent.LOST:
        return replace(entry, lost=entry.lost + 1)
    if event is SlotEvent.HUNG:
        return replace(entry, hung=entry.hung + 1, hung_in_a_row=entry.hung_in_a_row + 1)
    return replace(entry, read=entry.read + 1, hung_in_a_row=0)
