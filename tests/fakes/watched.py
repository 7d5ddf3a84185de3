"""A bench of which all that it says is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from diagnostics.bench import Bench, BenchEvent, Phone


class Watched:
    """A running bench and everything it said."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.events: list[BenchEvent] = []
        bench.subscribe(self.events.append)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(2):
            while not condition():
                await asyncio.sleep(0.002)

    def phone(self, name: str) -> Phone:
        return next(phone for phone in self.bench.phones if phone.sighting.id == name)

    def kinds(self, name: str) -> list[str]:
        return [event.kind.value for event in self.events if event.phone and event.phone.sighting.id == name]
