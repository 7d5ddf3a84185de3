"""The bench: watches every bus, reads each phone as it comes, and says what came, changed and went.

What the buses show is joined into one phone a slot (`diagnostics.joining`). One task a phone; unplugging cancels it; a
phone that fails or hangs never disturbs the others. Everything here runs in the runtime's loop, and subscribers are
called there too.
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType

from diagnostics.building import concluded
from diagnostics.completing import Completing
from diagnostics.guarding import read_guarded, watching_failed
from diagnostics.idling import LOOK_EVERY, Idle, Rounds
from diagnostics.joining import Joining, Seat
from diagnostics.model import Reading, State
from diagnostics.phone import BenchEvent, EventKind, Phone
from diagnostics.ports import Clock, DeviceSource, Progress, Snapshot, SystemClock
from diagnostics.seating import FOLLOWED, Seating
from diagnostics.slots.linux import place_of
from diagnostics.slots.memory import SlotMemory
from diagnostics.usb.history import SlotDays
from diagnostics.watchdog import Watchdog

__all__ = ["Bench", "BenchEvent", "EventKind", "Phone", "Subscriber"]

log = logging.getLogger(__name__)

READ_TIMEOUT = 60.0
"""Seconds that one whole reading may take; each step has a shorter limit of its own."""

RETRY_AFTER: Mapping[State, float] = MappingProxyType(
    {
        State.NEEDS_TRUST: 1.0,
        State.SCREEN_LOCKED: 2.0,
        State.BOOTING: 2.0,
        State.CONNECTING: 2.0,
        State.OFFLINE: 2.0,
        State.TIMEOUT: 5.0,
        State.ERROR: 5.0,
    }
)
"""Seconds until a phone in such a state is read again by itself: these pass without a replug.

A service that restarts at once shows the same phones under the same numbers, so that nothing comes or goes: the phones
whose reading it broke are offline or in error then, and only another reading tells that they are well.
"""

RETRY_FORBIDDEN = 15.0
"""Seconds until a phone is asked again that an organisation forbids to pair: it shows no question, so nobody is
disturbed, and what the organisation releases comes by itself."""

PATIENCE = 120.0
"""Seconds that a person is given to tap Trust. How long the phone shows its question nobody tells."""

RETRY_AFTER_PATIENCE = 5.0
"""Seconds until a phone is asked for trust again, once nobody has tapped for that long."""

COUNTED_DOWN = 2.0
"""From so many seconds on a pause is long enough to tell when it ends: each telling is an event."""

ERROR_RETRIES = 3
"""How often in a row a phone in error, or one that fell silent, is read again by itself; after that it is left alone
until a person asks, or a look finds that it answers."""

FAILED = frozenset({State.ERROR, State.TIMEOUT})

WATCH_AGAIN = 5.0
"""Seconds until a bus is watched again whose watching ended by a bug."""

_AT_WORK: Mapping[str, None] = MappingProxyType(dict.fromkeys(("again", "due", "asked", "until")))
"""What a phone that is read anew says of waiting."""

WAITING = frozenset({State.NEEDS_TRUST, State.SCREEN_LOCKED, State.BOOTING})
"""States in which a phone waits for a person or for itself, while it is asked again."""


@dataclass(frozen=True, slots=True)
class _Pace:
    """Those attributes of a `Phone` that tell when it is asked again."""

    again: float | None
    due: datetime | None
    asked: datetime | None
    until: datetime | None


Subscriber = Callable[[BenchEvent], None]


class Bench:
    """Joins the buses into one bench.

    Args:
        sources: The buses to watch.
        clock: What readings are dated by.
        timeout: Seconds that one whole reading may take.
        ask_trust: Whether phones that do not trust this computer are asked to, as soon as they come.
        look_every: Seconds between two looks at a phone that nobody reads.
        joining: What makes one phone of what several buses show; by the slots of this computer when left out.
        days: Where what happens at each slot is counted; for as long as the program runs when left out.
        memory: Which phone was in each slot; that of this run when left out.
    """

    def __init__(
        self,
        sources: Sequence[DeviceSource],
        clock: Clock | None = None,
        *,
        timeout: float = READ_TIMEOUT,
        ask_trust: bool = True,
        look_every: float = LOOK_EVERY,
        joining: Joining | None = None,
        days: SlotDays | None = None,
        memory: SlotMemory | None = None,
    ) -> None:
        self._sources = {source.name: source for source in sources}
        self._clock = clock or SystemClock()
        self._timeout = timeout
        self._ask_trust = ask_trust
        self._rounds = Rounds(look_every)
        self._completing = Completing(self._clock, Watchdog(self._clock, days), memory)
        self._seating = Seating(joining or Joining(place_of), self._completing, self)
        self._phones: dict[str, Phone] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._subscribers: list[Subscriber] = []

    @property
    def phones(self) -> tuple[Phone, ...]:
        """The phones that are plugged in, in the order in which they came."""
        return tuple(self._phones.values())

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call ``subscriber`` with every event from now on, in the device thread; returns how to stop that."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    async def run(self) -> None:
        """Watch all buses until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                for source in self._sources.values():
                    group.create_task(self._follow(source), name=f"watch {source.name}")
        finally:
            for key in list(self._tasks):
                self.leave(key)
            self._seating.stop()

    def read_again(self, key: str, *, ask_trust: bool | None = None) -> None:
        """Read a phone anew; a running reading of it is dropped. A phone that has gone is ignored.

        Everything is asked again, unlike by the automatic retry, which goes on where the last reading stopped.

        Args:
            key: A `Phone.key`.
            ask_trust: Whether it may be asked for trust; the bench's own rule when ``None``.
        """
        if key in self._phones and not self._seating.seats[key].waits:
            self._start(key, self._ask_trust if ask_trust is None else ask_trust)

    async def _follow(self, source: DeviceSource) -> None:
        """Watch one bus for ever; a bug of its own takes its phones away, and no other bus's."""
        said: str | None = ""
        reported = ""
        while True:
            try:
                async with aclosing(source.watch()) as watching:
                    async for snapshot in watching:
                        said = self._told(source, snapshot, said)
                        reported = ""
            except Exception as error:
                # The same one every few seconds is no news.
                if reported != (kind := type(error).__name__):
                    log.exception("watching %s failed", source.name)
                reported = kind
                said = self._told_failed(source, error, said)
            await asyncio.sleep(WATCH_AGAIN)

    def _told_failed(self, source: DeviceSource, error: Exception, before: str | None) -> str | None:
        """Show that a bus cannot be watched; what fails here, too, was said already, and ends no other bus."""
        try:
            return self._told(source, Snapshot(error=watching_failed(source, error)), before)
        except Exception:
            log.exception("letting the phones of %s go failed", source.name)
            return before

    def _told(self, source: DeviceSource, snapshot: Snapshot, before: str | None) -> str | None:
        """Show what a bus shows, and return what it says of itself; the same as ``before`` is not said again."""
        said = str(snapshot.error) if snapshot.error else None
        if said != before:
            self._tell(BenchEvent(EventKind.SOURCE, source=source.name, error=snapshot.error))
        self._seating.tell(source.name, snapshot)
        return said

    def phone(self, key: str) -> Phone:
        """Return a phone that is on the bench."""
        return self._phones[key]

    def came(self, seat: Seat, phone: Phone) -> None:
        """Take in a new phone, and read it where there is somebody to do so."""
        self._phones[seat.key] = phone
        self._tell(BenchEvent(EventKind.CAME, phone, seat.source))
        if not seat.waits:
            self._start(seat.key, self._ask_trust)

    def went(self, seat: Seat) -> None:
        """Let a phone go; what was read of it stays with whoever heard of it."""
        self.leave(seat.key)
        phone = self._phones.pop(seat.key)
        if phone.busy:
            reading = concluded(phone.reading, State.OFFLINE, "unplugged")
            phone = dataclasses.replace(phone, reading=reading)
        gone = dataclasses.replace(
            phone, present=False, busy=False, again=None, due=None, asked=None, until=None
        )
        self._tell(BenchEvent(EventKind.WENT, gone, seat.source))

    def drop(self, seat: Seat) -> None:
        """Let a phone go over which this program stumbled, whatever is known of it."""
        self.leave(seat.key)
        if phone := self._phones.pop(seat.key, None):
            self._tell(BenchEvent(EventKind.WENT, dataclasses.replace(phone, present=False), seat.source))

    def switched(self, seat: Seat, phone: Phone) -> None:
        """Follow a phone to another mode, another bus or another number, and read it as it is now."""
        self.leave(seat.key)
        if seat.waits:
            changes = {name: getattr(phone, name) for name in FOLLOWED}
            self.change(seat.key, **changes, busy=False, step="", **_AT_WORK)
        else:
            self._phones[seat.key] = phone
            self._start(seat.key, self._ask_trust)

    def _start(self, key: str, ask_trust: bool) -> None:
        self.leave(key)
        self.change(key, busy=True, step="", started=self._clock.now(), **_AT_WORK)
        self._tasks[key] = asyncio.create_task(self._keep_reading(key, ask_trust), name=f"read {key}")

    def leave(self, key: str) -> None:
        """Read a phone no more."""
        if task := self._tasks.pop(key, None):
            task.cancel()

    def _is_current(self, key: str) -> bool:
        """Return whether the running task is the phone's own still.

        A cancelled one may go on: `asyncio.wait_for`, which clients close their connections with, loses a cancellation
        that comes at the moment when what it waits for ends (Python 3.11, python/cpython #86296). What is late is
        dropped.
        """
        return self._tasks.get(key) is asyncio.current_task()

    async def _keep_reading(self, key: str, ask_trust: bool) -> None:
        errors, known, resume = 0, None, False
        source = self._sources[self._seating.seats[key].source]
        idle = Idle(self._rounds, source, self._phones[key].sighting, self._clock.now)
        idle.heard = self._phones[key].heard
        while True:
            reading = await self._read_once(key, ask_trust, known, resume=resume)
            if not self._is_current(key):
                return
            reading = self._concluded(key, reading)
            errors = errors + 1 if reading.state in FAILED else 0
            pace = self._pace(key, reading, ask_trust, left_alone=errors > ERROR_RETRIES)
            # What is said once more, only later, is no news: nobody need show or save it.
            known = known if known and _undated(known) == _undated(reading) else reading
            idle.note(reading)
            self.change(key, reading=known, busy=False, heard=idle.heard, **dataclasses.asdict(pace))
            resume = pace.again is not None
            if pace.again is not None:
                await asyncio.sleep(pace.again)
            elif not await self._idle(key, idle, known):
                return
            else:
                known = self._phones[key].reading

    async def _idle(self, key: str, idle: Idle, known: Reading) -> bool:
        """Leave a phone alone until a look finds that it has to be read anew; say whether it has."""
        # Nobody was busy with the phone, and nobody is now: only the reading changes.
        tell, wanted = (lambda found: self.change(key, reading=found)), partial(self._is_current, key)
        return await idle.until_changed(known, tell, wanted)

    async def _read_once(self, key: str, ask_trust: bool, known: Reading | None, *, resume: bool) -> Reading:
        phone = self._phones[key]

        def publish(progress: Progress) -> None:
            if not self._is_current(key):
                return
            reading = self._completing.complete(self._seating.seats[key], progress.reading)
            # A phone is asked again and again until a person has done something. Half of what is known already must
            # not take the place of the whole, so only a reading that gets further than the last one is shown.
            if known is not None and not known.evidence.keys() < reading.evidence.keys():
                return
            waits = reading.state in WAITING
            # What waits for a person is shown at once; it is read again as one that has been read.
            pace = self._pace(key, reading, ask_trust, left_alone=not waits)
            changes = dataclasses.asdict(pace) | {"due": None}  # nobody knows before this reading has ended
            self.change(key, reading=reading, step=progress.step, busy=not waits, **changes)

        return await read_guarded(
            self._sources[self._seating.seats[key].source],
            phone.sighting,
            publish,
            timeout=self._timeout,
            ask_trust=ask_trust,
            resume=resume,
        )

    def _concluded(self, key: str, reading: Reading) -> Reading:
        """Take a reading in that came to its end, and return it with what the bench knows besides."""
        whole = reading
        try:
            whole = self._completing.concluded(self._seating.seats[key], reading)
            self._seating.learn(key, whole)
        except Exception:
            # What the phone told is worth more than what slots remember, and nobody would read it again.
            log.exception("completing a reading over %s failed", reading.transport)
        return whole

    def _pace(self, key: str, reading: Reading, ask_trust: bool, *, left_alone: bool) -> _Pace:
        now, phone = self._clock.now(), self._phones.get(key)
        asked = until = None
        if ask_trust and reading.state is State.NEEDS_TRUST:
            asked = (phone.asked if phone else None) or now
            until = asked + timedelta(seconds=PATIENCE)
        pause = None if left_alone else _retry_after(reading)
        if pause is not None and until is not None and now >= until:
            pause = max(pause, RETRY_AFTER_PATIENCE)
        counted = pause is not None and pause >= COUNTED_DOWN
        return _Pace(pause, now + timedelta(seconds=pause) if pause and counted else None, asked, until)

    def change(self, key: str, **changes: object) -> None:
        """Change what is known of a phone, and tell it; one that has gone is ignored."""
        phone = self._phones.get(key)
        if phone is None:
            return
        changed = dataclasses.replace(phone, **changes)  # type: ignore[arg-type]  # names are Phone's own, checked by tests
        if changed != phone:
            self._phones[key] = changed
            self._tell(BenchEvent(EventKind.CHANGED, changed, self._seating.seats[key].source))

    def _tell(self, event: BenchEvent) -> None:
        for subscriber in list(self._subscribers):
            try:
                subscriber(event)
            except Exception:
                log.exception("telling what happened on the bench failed")


def _retry_after(reading: Reading) -> float | None:
    forbidden = any(problem.code == "pairing_forbidden" for problem in reading.problems if not problem.field)
    return RETRY_FORBIDDEN if forbidden else RETRY_AFTER.get(reading.state)


def _undated(reading: Reading) -> tuple[Reading, object]:
    evidence = {name: (e.source, e.quality, e.raw) for name, e in reading.evidence.items()}
    return dataclasses.replace(reading, evidence=MappingProxyType({})), evidence
