"""The doors of the device layer: what a bus adapter must offer, and what it may ask for."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from diagnostics.errors import UserError
from diagnostics.model import DeviceId, Platform, Reading, State, Transport


@dataclass(frozen=True, slots=True)
class Sighting:
    """A phone that a bus shows now, before anything was read from it.

    Attributes:
        key: Unique while it is plugged in, also among phones with one serial; changes with each replug.
        id: UDID or adb serial.
        slot: Port chain, such as ``1-2.3``, where the bus tells it.
        state: What the bus says; ``connecting`` until the phone was heard.
        served: The name of the source that speaks to the phone as it is, where the bare bus shows it only to say that
            it is there; ``""`` where this source is the one.
        names: What else it is called, by the kind of the name (`diagnostics.kinship`).
        by_air: Whether it is known to be reached over the network, so that no bus need show it.
        facts: What the bus tells without asking the phone, beside what its protocol tells; no part of what it is.
    """

    key: str
    id: DeviceId
    platform: Platform
    transport: Transport
    slot: str | None
    state: State
    served: str = ""
    names: tuple[tuple[str, str], ...] = ()
    by_air: bool = False
    facts: Reading | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that one bus shows at one moment.

    Attributes:
        sightings: In the bus's own order.
        error: Why nothing can be seen (the service is missing, or hangs); the sightings are empty then.
    """

    sightings: tuple[Sighting, ...] = ()
    error: UserError | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A reading that is under way.

    Attributes:
        reading: What is known so far; what is still to come is ``None`` without a problem.
        step: The step just finished: ``identity``, ``battery``, ``storage``, ``locks``.
    """

    reading: Reading
    step: str


Publish = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Glance:
    """What a look at a phone found that nobody reads.

    Attributes:
        reading: The reading as it holds now: the one that was known, or one in which what changed is said anew;
            ``None`` where the phone has to be read anew.
        answered: Whether the phone gave an answer that can be understood. One that did not is not known to have
            changed: a cable or a busy phone may be the reason.
    """

    reading: Reading | None
    answered: bool = True


class DeviceSource(Protocol):
    """One bus (usbmux, adb, usb). Every method runs in the runtime's loop."""

    name: str

    def watch(self) -> AsyncGenerator[Snapshot, None]:
        """Yield the whole picture at once, and again within a second of each change, for ever.

        A service that is missing or goes away is a `Snapshot` with an ``error``; watching goes on, and everything
        comes back by itself when the service does.
        """
        ...

    async def read(
        self, sighting: Sighting, publish: Publish, *, ask_trust: bool, resume: bool = False
    ) -> Reading:
        """Read one phone fully, publishing after each step.

        Args:
            sighting: One of the current snapshot's.
            publish: Called in the loop's thread with what is known so far.
            ask_trust: Whether the phone may be asked for trust (pairing: the only thing ever written).
            resume: Whether this goes on with the last reading of the same plug, which was cut short: what it got a
                moment ago is used again, with its own times, and only the rest is asked. A source may read anew.

        Returns:
            The reading, also of a phone that could be read in part or not at all: the state and problems say why.
            Nothing that a phone does makes this raise, but cancellation.
        """
        ...

    async def look(self, sighting: Sighting, reading: Reading) -> Glance:
        """Look whether a phone is still as it was read, without changing anything and without asking for trust.

        It is done every few seconds for each phone that nobody reads, so it costs some milliseconds at most. A source
        whose bus tells each change by itself has nothing to do here.

        Args:
            sighting: One of the current snapshot's.
            reading: What was read last.

        Returns:
            What was found. Nothing that a phone does makes this raise, but cancellation.
        """
        ...


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """Return the present, UTC and aware."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the present, UTC and aware."""
        return datetime.now(UTC)
