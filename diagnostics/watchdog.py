"""Notices slots whose phones hang or get lost, and says what to do about their cables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from diagnostics.model import Problem, Reading, State, Transport
from diagnostics.ports import Clock
from diagnostics.slots.slot import Slot
from diagnostics.usb.history import SlotDay, SlotDays, SlotEvent, SlotHistory

_UNCONFIGURED, _CHURN = "usb_unconfigured", "usb_churn"
_GONE, _CUT = "unplugged", "link_dropped"
_WARNINGS = frozenset({"usb_reseat", "usb_history"})
_OVER_USB = ("MTP ", "fastboot ", "AT+")
"""How the sources of values begin that a phone itself told over the bare bus."""
_NOT_TO_THE_END = frozenset({"usb_held", "no_permission", "protocol_error", _GONE, _CUT})


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
        self._lost: dict[Slot, list[datetime]] = {}
        self._churning: dict[Slot, tuple[int, int]] = {}

    def was_read(self, slot: Slot | None, reading: Reading) -> None:
        """Count a reading that came to its end, or a phone that took no answer to the end."""
        if hung(reading):
            self._count(SlotEvent.HUNG, slot)
        elif _answered(reading) and slot not in self._unconfigured:
            self._count(SlotEvent.READ, slot)

    def was_lost(self, slot: Slot | None) -> None:
        """Count a phone that went away though nobody had pulled it."""
        if slot is not None:
            self._lost.setdefault(slot, []).append(self._clock.now())
        self._count(SlotEvent.LOST, slot)

    def shows(self, slot: Slot | None, facts: Reading | None) -> None:
        """Count a phone that the computer cannot configure, once for as long as that lasts, and one that churns."""
        if slot is None:
            return
        churn = next((one for one in facts.problems if one.code == _CHURN), None) if facts else None
        if churn is not None:
            self._churns(slot, churn)
        elif facts is not None:
            self._churning.pop(slot, None)
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

    def _churns(self, slot: Slot, churn: Problem) -> None:
        """Count every return of which the bus says that it was no person's doing, and that was not counted yet.

        One that stayed away for longer than a seat waits looked like a person's until it had happened too often; the
        count and the sentence about it would say two things.
        """
        returns, lost = int(churn.params["returns"]), self._lost.get(slot, [])
        if slot not in self._churning:
            since = self._clock.now() - timedelta(seconds=float(churn.params["seconds"]))
            counted = sum(at >= since for at in lost)
            self._churning[slot] = returns - int(churn.params["times"]), len(lost) - counted
        first, counted = self._churning[slot]
        for _ in range(returns - first - (len(lost) - counted)):
            self.was_lost(slot)

    def _count(self, event: SlotEvent, slot: Slot | None) -> None:
        if slot is not None:
            self._history.happened(event, str(slot), self._today())

    def _today(self) -> date:
        return self._clock.now().astimezone().date()


def hung(reading: Reading) -> bool:
    """Return whether a phone did not answer.

    Over MTP, in fastboot and over its modem its mode is told by the bus, and stays its state: what was asked says so.
    """
    silent = reading.transport is Transport.USB and any(p.code == "timeout" for p in reading.problems)
    return reading.state is State.TIMEOUT or silent


def _answered(reading: Reading) -> bool:
    """Return whether a phone answered to the end: then its slot works, and a row of hangs ends.

    One that waits for trust or for permission answered a question or two; in EDL, DFU and recovery nobody asks; and one
    whose files another program holds told nothing. Without storages it answered, though it waits for a person.
    """
    if reading.transport is not Transport.USB:
        return reading.state is State.READY
    told = any(evidence.source.startswith(_OVER_USB) for evidence in reading.evidence.values())
    return told and not any(problem.code in _NOT_TO_THE_END for problem in reading.problems)


def went_away(reading: Reading) -> bool:
    """Return whether a phone went while it was asked."""
    return any(problem.code == _GONE and not problem.field for problem in reading.problems)


def broke_off(reading: Reading) -> bool:
    """Return whether the connection to a phone broke off while it was asked, whether it came back at once or not."""
    return went_away(reading) or any(problem.code == _CUT for problem in reading.problems)


def without_warnings(reading: Reading) -> Reading:
    """Return a reading without what a watchdog said of its slot before: a count of then is not one of now."""
    problems = tuple(problem for problem in reading.problems if problem.code not in _WARNINGS)
    return replace(reading, problems=problems)
