"""A bus whose phones do what a test says."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime

from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, Platform, Reading, State, Transport
from diagnostics.ports import Glance, Progress, Publish, Sighting, Snapshot

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class FixedClock:
    """Always noon."""

    def now(self) -> datetime:
        return NOON


def sighting(name: str, state: State = State.CONNECTING, key: str | None = None) -> Sighting:
    """Return a phone seen in slot ``1-name``."""
    return Sighting(key or name, DeviceId(name), Platform.IOS, Transport.USBMUX, f"1-{name}", state)


Behaviour = Callable[[Sighting, Publish], Awaitable[Reading]]


async def healthy(seen: Sighting, publish: Publish) -> Reading:
    """Read at once: one step, then ready."""
    builder = ReadingBuilder(seen, FixedClock())
    builder.put("identity.model", "iPhone 13", "lockdown ProductType", raw="iPhone14,5")
    builder.state = State.READY
    publish(Progress(builder.partial(), "identity"))
    return builder.build()


async def hanging(seen: Sighting, publish: Publish) -> Reading:
    """Publish the identity, then never answer again."""
    builder = ReadingBuilder(seen, FixedClock())
    builder.put("identity.model", "iPhone 13", "lockdown ProductType", raw="iPhone14,5")
    publish(Progress(builder.partial(), "identity"))
    await asyncio.Event().wait()
    raise AssertionError


async def raising(seen: Sighting, publish: Publish) -> Reading:
    """Break the promise that a source never raises."""
    raise ZeroDivisionError("a bug")


Eye = Callable[[Reading], Awaitable[Glance]]


async def unchanged(reading: Reading) -> Glance:
    """Find a phone as it was read."""
    return Glance(reading)


class FakeSource:
    """A `DeviceSource` that shows what it is told to and behaves as it is told to, phone by phone."""

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.behaviours: dict[str, Behaviour] = {}
        self.reads: list[tuple[str, bool]] = []
        self.resumed: list[bool] = []
        self.glances: dict[str, Eye] = {}
        self.looks: list[str] = []
        self._snapshot = Snapshot()
        self._changed = asyncio.Event()

    def show(self, *sightings: Sighting) -> None:
        """Put exactly these phones on the bus."""
        self._set(Snapshot(sightings))

    def fail(self, snapshot: Snapshot) -> None:
        """Show an error."""
        self._set(snapshot)

    async def watch(self) -> AsyncGenerator[Snapshot, None]:
        while True:
            self._changed.clear()
            yield self._snapshot
            await self._changed.wait()

    async def read(
        self, sighting: Sighting, publish: Publish, *, ask_trust: bool, resume: bool = False
    ) -> Reading:
        self.reads.append((sighting.id, ask_trust))
        self.resumed.append(resume)
        return await self.behaviours.get(sighting.id, healthy)(sighting, publish)

    async def look(self, sighting: Sighting, reading: Reading) -> Glance:
        self.looks.append(sighting.id)
        return await self.glances.get(sighting.id, unchanged)(reading)

    def _set(self, snapshot: Snapshot) -> None:
        self._snapshot = dataclasses.replace(snapshot)
        self._changed.set()


class BrokenSource(FakeSource):
    """A bus whose watching ends by a bug, as long as it is ``broken``.

    Attributes:
        watched: How often it was tried.
    """

    def __init__(self, name: str = "broken") -> None:
        super().__init__(name)
        self.broken = True
        self.watched = 0

    async def watch(self) -> AsyncGenerator[Snapshot, None]:
        self.watched += 1
        if self.broken:
            raise ZeroDivisionError("a bug")
        async for snapshot in super().watch():
            yield snapshot
