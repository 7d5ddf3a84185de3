"""Turns what the joined buses show into what happens to phones: one comes, goes, changes its mode, or is missed."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from typing import Protocol

from diagnostics.building import concluded, unread
from diagnostics.completing import Completing
from diagnostics.contradicting import contradict
from diagnostics.joining import Joining, Seat
from diagnostics.model import Reading, State
from diagnostics.phone import Phone
from diagnostics.ports import Snapshot
from diagnostics.watchdog import broke_off, went_away

log = logging.getLogger(__name__)

FOLLOWED = ("sighting", "reading", "place", "before")
"""What of a `Phone` follows from its seat."""


class Follower(Protocol):
    """Who does what the seats call for."""

    def phone(self, key: str) -> Phone:
        """Return a phone that is on the bench."""
        ...

    def came(self, seat: Seat, phone: Phone) -> None:
        """Take in a new phone."""
        ...

    def went(self, seat: Seat) -> None:
        """Let a phone go."""
        ...

    def drop(self, seat: Seat) -> None:
        """Let a phone go, whatever is known of it; one that never came is ignored."""
        ...

    def leave(self, key: str) -> None:
        """Read a phone no more."""
        ...

    def switched(self, seat: Seat, phone: Phone) -> None:
        """Read a phone as it is now."""
        ...

    def change(self, key: str, **changes: object) -> None:
        """Change what is known of a phone."""
        ...


class Seating:
    """Follows the seats of one bench; everything runs in the loop.

    Args:
        joining: Makes one phone of what several buses show.
        completing: Knows what the slots remember.
        follower: The bench.
    """

    def __init__(self, joining: Joining, completing: Completing, follower: Follower) -> None:
        self._joining = joining
        self._completing = completing
        self._follower = follower
        self._timer: asyncio.TimerHandle | None = None
        self._earlier: dict[str, Reading] = {}
        self._broken_off: set[str] = set()
        self.seats: dict[str, Seat] = {}
        """By the phones' keys, in the order in which they came."""

    def tell(self, source: str, snapshot: Snapshot) -> None:
        """Take in what a bus shows now, and do what follows."""
        self._joining.tell(source, snapshot)
        self._settle()

    def learn(self, key: str, reading: Reading) -> None:
        """Take in what a phone told in a reading that came to its end.

        Where that cannot be the phone which the seat had before it was plugged in anew, that one goes, and this one
        comes.
        """
        self._note_end(key, reading)
        earlier = self._earlier.pop(key, None)
        if earlier is not None and contradict(earlier, reading) is not None:
            self._part(key, earlier)
            return
        self._joining.learn(key, reading)
        self._completing.remember(self.seats[key], reading)

    def _note_end(self, key: str, reading: Reading) -> None:
        """Count a phone that went while it was read: its protocol often knows before the bus is looked at again.

        What is asked again and again, such as whether it is trusted, may meet a person's pull by chance.
        """
        counts = broke_off(reading) and self._follower.phone(key).busy
        if counts:
            self._completing.watchdog.was_lost(self.seats[key].slot)
        if not went_away(reading):
            self._broken_off.discard(key)
        elif counts:
            self._broken_off.add(key)

    def _part(self, key: str, earlier: Reading) -> None:
        """Tell two phones with one serial apart that followed each other in one seat; the second is read anew."""
        self._follower.change(key, reading=earlier, busy=False)
        seat = self.seats.pop(key)
        self._follower.went(seat)
        self._completing.forget(seat)
        self._joining.part(key)
        self._settle()

    def stop(self) -> None:
        """Do nothing more by itself; each slot remembers that its phone was there until now."""
        self._wake_at(None)
        for seat in self.seats.values():
            if seat.absent is None:
                self._completing.remember(seat, self._reading(seat))

    def _settle(self) -> None:
        seats = {seat.key: seat for seat in self._joining.seats(asyncio.get_running_loop().time())}
        for key in [key for key in self.seats if key not in seats]:
            self._let_go(key)
        for seat in seats.values():
            self._seat(seat)
        self._wake_at(self._joining.due())

    def _seat(self, seat: Seat) -> None:
        """Do what one seat calls for; a bug over one phone lets that one come anew, and costs no other and no bus."""
        before, self.seats[seat.key] = self.seats.get(seat.key), seat
        try:
            if before is not None:
                self._moved(before, seat)
                return
        except Exception:
            log.exception("following a phone failed")
            self._follower.drop(seat)
        try:
            self._came(seat)
        except Exception:
            log.exception("taking a phone in failed")
            self._follower.drop(seat)
            del self.seats[seat.key]

    def _wake_at(self, due: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if due is None else asyncio.get_running_loop().call_at(due, self._settle)

    def _came(self, seat: Seat) -> None:
        phone = Phone(seat.key, seat.sighting, unread(seat.sighting))
        try:
            self._completing.watchdog.shows(seat.slot, seat.facts)
            phone = self._anew(seat, phone)
        except Exception as error:
            # It is there, whatever is wrong with what its slot remembers.
            log.exception("completing a phone that came failed")
            said = concluded(phone.reading, State.ERROR, "internal_error", detail=type(error).__name__)
            phone = dataclasses.replace(phone, reading=said)
        self._follower.came(seat, phone)

    def _let_go(self, key: str) -> None:
        seat = self.seats[key]
        try:
            self._went(key)
        except Exception:
            log.exception("letting a phone go failed")
            self._follower.drop(seat)

    def _went(self, key: str) -> None:
        seat = self.seats.pop(key)
        self._earlier.pop(key, None)
        self._broken_off.discard(key)
        if seat.absent is None:
            self._completing.remember(seat, self._follower.phone(key).reading)
        self._follower.went(seat)

    def _moved(self, before: Seat, seat: Seat) -> None:
        if seat.absent is not None:
            if before.absent is None:
                self._lost(before)
            return
        if before.absent is not None:
            self._is_back(before, seat)
        if before.absent is not None or _as_read(before) != _as_read(seat):
            self._switch(before, seat)
        elif before.trouble != seat.trouble:
            self._change(seat, self._completing.unserved(seat, self._reading(seat)))
        if before.facts != seat.facts:
            self._change(seat, self._completing.refreshed(before, seat, self._reading(seat)))

    def _lost(self, seat: Seat) -> None:
        """Leave a phone be that no bus shows; it may come back in a moment."""
        self._follower.leave(seat.key)
        self._completing.remember(seat, self._reading(seat))
        if seat.facts and self._follower.phone(seat.key).busy:
            self._completing.watchdog.was_lost(seat.slot)

    def _is_back(self, before: Seat, seat: Seat) -> None:
        """Count a phone that came back as it was.

        One that came back in another mode was started anew. Debugging and File transfer are switched on by a person, as
        the card asks for, and the phone comes anew then; of one that showed no files nobody can tell the two apart.
        """
        # Then it was counted when it went.
        counted = self._follower.phone(seat.key).busy or seat.key in self._broken_off
        set_anew = self._reading(seat).state is State.CHARGING_ONLY or _mode(before) != _mode(seat)
        if before.facts and not counted and not set_anew and _is_as_before(before, seat):
            self._completing.watchdog.was_lost(seat.slot)

    def _switch(self, before: Seat, seat: Seat) -> None:
        """Follow a phone to another mode, another bus or another number; what was known is not forgotten."""
        phone = self._follower.phone(seat.key)
        self._earlier.setdefault(seat.key, phone.reading)
        self._completing.remember(before, phone.reading)
        switched = self._anew(seat, phone)
        if _is_as_before(before, seat):
            known = self._completing.unserved(seat, phone.reading)
            state = known.state if seat.waits else seat.sighting.state
            kept = dataclasses.replace(known, state=state, slot=seat.sighting.slot)
            switched = dataclasses.replace(switched, reading=kept)
        self._follower.switched(seat, switched)

    def _anew(self, seat: Seat, phone: Phone) -> Phone:
        """Return a phone that was not read yet as it is now."""
        sighting = self._completing.sighting(seat)
        return dataclasses.replace(
            phone,
            sighting=sighting,
            reading=self._completing.complete(seat, unread(sighting)),
            place=str(seat.slot) if seat.slot else None,
            before=self._completing.before(seat),
        )

    def _reading(self, seat: Seat) -> Reading:
        return self._follower.phone(seat.key).reading

    def _change(self, seat: Seat, reading: Reading) -> None:
        self._follower.change(seat.key, reading=reading)


def _as_read(seat: Seat) -> tuple[object, ...]:
    """Return what makes a phone be read anew when it changes."""
    return (seat.source, seat.sighting, seat.waits)


def _mode(seat: Seat) -> str | None:
    """Return what the bus says of a seat's phone: its ids and interfaces."""
    told = seat.facts.evidence.get("usb.mode") if seat.facts else None
    return told.raw if told else None


def _is_as_before(before: Seat, seat: Seat) -> bool:
    """Return whether a phone came back as it was: nobody started it in another mode."""
    return (before.source, before.sighting.id) == (seat.source, seat.sighting.id)
