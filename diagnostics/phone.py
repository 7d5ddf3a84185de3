"""A phone on the bench, and what the bench says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from diagnostics.errors import UserError
from diagnostics.model import DeviceId, Reading
from diagnostics.ports import Sighting


class EventKind(StrEnum):
    """What a `BenchEvent` tells."""

    CAME = "came"
    CHANGED = "changed"
    WENT = "went"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone on the bench, as it is now.

    Attributes:
        key: Unique while it is plugged in. It stays through changes of mode and quick replugs in one slot.
        sighting: What the bus says that reads it; its slot is named by the USB 2 face of the port.
        reading: What is known so far; at first only id, slot and state.
        busy: Whether it is being read.
        step: The step finished last, such as ``battery``; ``""`` before the first.
        present: Whether it is still plugged in.
        started: When the running or last reading began.
        again: After how many seconds it is read again by itself, once this reading is over; ``None`` where nobody
            reads it again before a person asks, or a look finds it changed.
        due: When it is read again by itself; ``None`` where nobody does, and for pauses below `COUNTED_DOWN`. Once
            that is past, it is being tried.
        asked: Since when it has been asked for trust without an answer; ``None`` where it is not.
        until: Until when it is asked at the usual pace, and more seldom from then on; ``None`` like ``asked``.
        place: The slot's own name, which stays over restarts; ``None`` where nobody tells where the phone is.
        before: The id of the phone that was in the slot before, where this one tells no name of its own in its mode,
            and nothing speaks against its being that one.
        heard: When it last answered a reading or a look; ``None`` where it never did, or was told nothing of since.
    """

    key: str
    sighting: Sighting
    reading: Reading
    busy: bool = False
    step: str = ""
    present: bool = True
    started: datetime | None = None
    again: float | None = None
    due: datetime | None = None
    asked: datetime | None = None
    until: datetime | None = None
    place: str | None = None
    before: DeviceId | None = None
    heard: datetime | None = None


@dataclass(frozen=True, slots=True)
class BenchEvent:
    """One thing that happened on the bench.

    Attributes:
        kind: ``came``, ``changed`` and ``went`` carry a phone; ``source`` says that a bus works or why it does not.
        source: The bus's name.
        error: With ``source``: why the bus cannot be seen; ``None`` when it works (again).
    """

    kind: EventKind
    phone: Phone | None = None
    source: str = ""
    error: UserError | None = None
