"""Notices slots whose phones hang or get lost, and says what to do about their cables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from diagnostics.model import Problem, Reading, State
from diagnostics.ports import Clock
from diagnostics.slots.slot import Slot
from diagnostics.usb.history import SlotDay, SlotDays, SlotEvent, SlotHistory

_UNCONFIGURED = "usb_unconfigured"
_SAID = frozenset({"usb_reseat", "usb_history"})


class MemoryDays:
    """A `SlotDays` that forgets everything when the program ends."""

    def __init__(self) -> None:
        self._days: dict[date, dict[str, SlotDay]] = {}

    def load(self, day: date) -> Mapping[str, SlotDay]:
        """Return the slots of one day by name."""
        return MappingProxyType(self._days.get(day, {}))

    def save(self, entry: SlotDay) -> None:
        """Keep a slot's day."""
        self._days.setdefault(entry.day, {})[entry.slot] = entry


class Watchdog:
    """Counts what happens at each slot; phones without a slot are left out.

    Args:
        clock: What tells the day; it ends at midnight of the computer's own time zone.
        days: Where the counts are kept.
    """

    def __init__(self, clock: Clock, days: SlotDays | None = None) -> None:
        self._clock = clock
        self._history = SlotHistory(MemoryDays() if days is None else days)
        self._unconfigured: set[Slot] = set()

    def was_read(self, slot: Slot | None, reading: Reading) -> None:
        """Count a reading that came to its end, or a phone that took no answer to the end."""
        if reading.state is State.TIMEOUT:
            self._count(SlotEvent.HUNG, slot)
        elif reading.state not in {State.ERROR, State.OFFLINE} and slot not in self._unconfigured:
            self._count(SlotEvent.READ, slot)

    def was_lost(self, slot: Slot | None) -> None:
        """Count a phone that went away though nobody had pulled it."""
        self._count(SlotEvent.LOST, slot)

    def shows(self, slot: Slot | None, facts: Reading | None) -> None:
        """Count a phone that the computer cannot configure, once for as long as that lasts."""
        if slot is None:
            return
        stuck = facts is not None and any(problem.code == _UNCONFIGURED for problem in facts.problems)
        if stuck and slot not in self._unconfigured:
            self._count(SlotEvent.HUNG, slot)
        (self._unconfigured.add if stuck else self._unconfigured.discard)(slot)

    def problem(self, slot: Slot | None) -> Problem | None:
        """Return what to say of a slot now; ``None`` where it is well."""
        return self._history.problem(str(slot), self._today()) if slot else None

    def day(self, slot: Slot) -> SlotDay:
        """Return what happened at a slot today."""
        return self._history.of(str(slot), self._today())

    def _count(self, event: SlotEvent, slot: Slot | None) -> None:
        if slot is not None:
            self._history.happened(event, str(slot), self._today())

    def _today(self) -> date:
        return self._clock.now().astimezone().date()


def without_words(reading: Reading) -> tuple[Problem, ...]:
    """Return a reading's problems but for what a watchdog said."""
    return tuple(problem for problem in reading.problems if problem.code not in _SAID)
