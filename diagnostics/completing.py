"""Completes what a source read of a phone by what the bench knows besides: the bus, the slot and its history."""

from __future__ import annotations

from dataclasses import replace

from diagnostics import merging
from diagnostics.contradicting import contradict
from diagnostics.grouping import BARE
from diagnostics.joining import Seat, Trouble
from diagnostics.kinship import Names, names_of
from diagnostics.merging import Before
from diagnostics.model import DeviceId, Reading
from diagnostics.ports import Clock, Sighting
from diagnostics.slots.memory import SlotMemory
from diagnostics.watchdog import Watchdog, without_warnings


class Completing:
    """One for a bench.

    Args:
        clock: What tells when a phone was seen.
        watchdog: Knows what happened at each slot.
        memory: Knows which phone was in each slot; a new one when left out.
    """

    def __init__(self, clock: Clock, watchdog: Watchdog, memory: SlotMemory | None = None) -> None:
        self._clock = clock
        self._memory = memory or SlotMemory()
        self.watchdog = watchdog

    def sighting(self, seat: Seat) -> Sighting:
        """Return what is read of a seat's phone, under the id that the same phone has in its usual mode."""
        same = self._memory.same(seat.slot, _now(seat)) if seat.source == BARE else None
        return replace(seat.sighting, id=same.id) if same else seat.sighting

    def before(self, seat: Seat) -> DeviceId | None:
        """Return which phone this may be, where it tells no name: the one that was in its slot."""
        hint = self._memory.hint(seat.slot, _now(seat), self._clock.now()) if seat.source == BARE else None
        return hint.id if hint else None

    def complete(self, seat: Seat, reading: Reading) -> Reading:
        """Return a reading, whole or under way, with what the bench knows besides."""
        if seat.source == BARE:
            reading = self._remembered(seat, reading)
        return merging.completed(seat, reading)

    def concluded(self, seat: Seat, reading: Reading) -> Reading:
        """Count a reading that came to its end, and return it with what is to be said of its slot."""
        self.watchdog.was_read(seat.slot, reading)
        return merging.with_problem(self.complete(seat, reading), self.watchdog.problem(seat.slot))

    def refreshed(self, before: Seat, seat: Seat, reading: Reading) -> Reading:
        """Return a complete reading with what the bus tells now in place of what it told before."""
        bare = merging.without_facts(reading, before.facts)
        self.watchdog.shows(seat.slot, seat.facts)
        fresh = without_warnings(merging.with_facts(bare, seat.facts))
        return merging.with_problem(fresh, self.watchdog.problem(seat.slot))

    def unserved(self, seat: Seat, reading: Reading) -> Reading:
        """Return what was known of a phone that its service does not show now."""
        plain = merging.served(reading)
        return (
            merging.unserved(plain, seat.service, seat.trouble) if seat.trouble is not Trouble.NONE else plain
        )

    def remember(self, seat: Seat, reading: Reading) -> None:
        """Let the slot remember its phone."""
        named = names_of(seat.sighting, reading) if seat.source != BARE else _now(seat)
        same = self._same(seat, named, reading)
        # In recovery a phone tells fewer names, and is the same; one that hung told less than it did before.
        names, known = (same.names, merging.with_kept(reading, same.reading)) if same else ({}, reading)
        self._memory.note(seat.slot, {**names, **named}, known, self._clock.now())

    def forget(self, seat: Seat) -> None:
        """Let the slot forget its phone: another one with its name is there."""
        self._memory.forget(seat.slot)

    def _same(self, seat: Seat, names: Names, reading: Reading) -> Before | None:
        """Return what is remembered of this very phone; of another one with its serial, nothing."""
        before = self._memory.same(seat.slot, names)
        return before if before and contradict(before.reading, reading) is None else None

    def _remembered(self, seat: Seat, reading: Reading) -> Reading:
        if same := self._same(seat, _now(seat), reading):
            return merging.with_kept(reading, same.reading)
        hint = self._memory.hint(seat.slot, _now(seat), self._clock.now())
        return merging.with_hint(reading, hint) if hint else reading


def _now(seat: Seat) -> Names:
    """Return what a phone is called in its present mode."""
    return names_of(seat.sighting)
