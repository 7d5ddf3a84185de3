"""Looks at the bench once: what the command line does, where the window watches for ever."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from diagnostics.building import unread
from diagnostics.errors import ServiceMissing, UserError
from diagnostics.guarding import read_guarded, watching_failed
from diagnostics.joining import GRACE, Joining, Seat
from diagnostics.merging import completed
from diagnostics.model import Reading, State
from diagnostics.ports import DeviceSource, Publish, Sighting, Snapshot
from diagnostics.slots.linux import place_of
from diagnostics.slots.slot import PlaceOf

log = logging.getLogger(__name__)

LOOK_TIMEOUT = 5.0
LOOK_AGAIN = 2.0
"""Seconds until a phone is looked for again that its service did not show yet."""
POLL_PEOPLE = 1.0
WAITING_FOR_PEOPLE = frozenset({State.NEEDS_TRUST, State.SCREEN_LOCKED, State.UNAUTHORIZED, State.BOOTING})
"""States that a person (or a little time) ends, which ``read --wait`` waits for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One phone and the bus that reads it.

    Attributes:
        seat: What all buses together show of it.
    """

    source: DeviceSource
    sighting: Sighting
    seat: Seat | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What the buses showed.

    Attributes:
        seen: Every phone once, in the buses' order.
        errors: By the bus's name, why it showed nothing.
    """

    seen: tuple[Seen, ...]
    errors: dict[str, UserError]


async def look(sources: Sequence[DeviceSource], place_of: PlaceOf = place_of) -> Look:
    """Return what every bus shows now; a bus that does not answer within 5 seconds is an error.

    A phone that is plugged in and that its service does not show is looked for once more, a moment later: it may have
    come this second.

    Args:
        sources: The buses.
        place_of: Tells which slot a name means.
    """
    found = await _joined(sources, place_of)
    if any(seen.seat and seen.seat.unserved is not None and not seen.seat.trouble for seen in found.seen):
        await asyncio.sleep(LOOK_AGAIN)
        found = await _joined(sources, place_of, patient=False)
    return found


async def _joined(sources: Sequence[DeviceSource], place_of: PlaceOf, *, patient: bool = True) -> Look:
    snapshots = await asyncio.gather(*(_first(source) for source in sources))
    joining = Joining(place_of, grace=GRACE if patient else 0.0, settle=0.0)
    for source, snapshot in zip(sources, snapshots, strict=True):
        joining.tell(source.name, snapshot)
    by_name = {source.name: source for source in sources}
    seats = joining.seats(asyncio.get_running_loop().time())
    seen = tuple(Seen(by_name[seat.source], seat.sighting, seat) for seat in seats)
    errors = {
        source.name: snapshot.error
        for source, snapshot in zip(sources, snapshots, strict=True)
        if snapshot.error
    }
    return Look(seen, errors)


async def _first(source: DeviceSource) -> Snapshot:
    try:
        async with asyncio.timeout(LOOK_TIMEOUT), aclosing(source.watch()) as watching:
            return await anext(watching)
    except TimeoutError:
        silent = ServiceMissing(
            f"The {source.name} service does not answer.", "Restart it, then try again.", "bus_timeout"
        )
        return Snapshot(error=silent)
    except Exception as error:
        # As with a reading: it is our bug, and must not hide what the other buses show.
        log.exception("looking at %s failed", source.name)
        return Snapshot(error=watching_failed(source, error))


async def read(seen: Seen, publish: Publish, *, timeout: float, wait: float = 0.0) -> Reading:  # noqa: ASYNC109
    """Return one phone's full reading, with what the bus shows beside it.

    A phone that its service does not show is not read: its reading says so, with what the bus tells.

    Args:
        seen: Which phone.
        publish: Called with what is known so far.
        timeout: Seconds that one whole reading may take.
        wait: Seconds to wait for a person to unlock or trust; 0 reports the state as it is and asks for nothing.
    """
    seat = seen.seat
    if seat is not None and seat.waits:
        return completed(seat, unread(seen.sighting))
    reading = await _read(seen, publish, timeout=timeout, wait=wait)
    return completed(seat, reading) if seat else reading


async def _read(seen: Seen, publish: Publish, *, timeout: float, wait: float) -> Reading:  # noqa: ASYNC109
    loop = asyncio.get_running_loop()
    deadline = loop.time() + wait
    resume = moved = False
    while True:
        reading = await read_guarded(
            seen.source, seen.sighting, publish, timeout=timeout, ask_trust=wait > 0, resume=resume
        )
        resume = True
        if reading.state is State.OFFLINE and not moved:
            # A service that was restarted meanwhile shows its phones under other numbers.
            now, moved = await _seen_again(seen), True
            if now.sighting.key != seen.sighting.key:
                seen, resume = now, False
                continue
        left = deadline - loop.time()
        if reading.state not in WAITING_FOR_PEOPLE or left <= 0:
            return reading
        await asyncio.sleep(min(POLL_PEOPLE, left))
        seen = await _seen_again(seen)


async def _seen_again(seen: Seen) -> Seen:
    """Return the phone as its bus shows it now: allowing USB debugging changes the state, and may change the key."""
    known = seen.sighting
    now = (await _first(seen.source)).sightings
    same = [s for s in now if s.key == known.key] or [
        s for s in now if (s.id, s.slot) == (known.id, known.slot)
    ]
    named = [s for s in now if s.id == known.id]
    same = same or (named if len(named) == 1 else [])
    return Seen(seen.source, same[0], seen.seat) if same else seen
