"""The program's own bench among practice phones: what it tells of each, and one phone's way back to health."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from unittest.mock import patch

from diagnostics import bench as program
from diagnostics.bench import Bench, BenchEvent, EventKind, Phone
from diagnostics.building import explained_fields
from diagnostics.errors import UserError
from diagnostics.model import Reading, State
from diagnostics.ports import DeviceSource
from diagnostics.practice.bench import PracticeBench
from tests.matrix.judging import undated

RETRIES: Mapping[State, float] = MappingProxyType(dict.fromkeys(program.RETRY_AFTER, 0.05))
PATIENCE = 60.0
"""Seconds after which nothing is waited for any more, whatever it is."""
BY_ITSELF, READ_AGAIN, NEVER = "by itself", "read again", "never"
"""How a phone comes back: without anybody, when a person reads it again, or not at all."""


@dataclass(slots=True)
class Seen:
    """What the bench told of one phone since it was plugged in.

    Attributes:
        phones: Each of its changes.
        ended: When its first reading was finished.
    """

    phones: list[Phone] = field(default_factory=list)
    ended: float | None = None

    def take(self, phone: Phone) -> None:
        """Take one change in."""
        self.phones.append(phone)
        if self.ended is None and is_finished(phone):
            self.ended = time.perf_counter()

    def now(self) -> Seen:
        """Return what was told until now."""
        return Seen(list(self.phones), self.ended)


def is_finished(phone: Phone) -> bool:
    """Return whether a reading is not under way: each gap has its reason."""
    said = {problem.field for problem in phone.reading.problems} | phone.reading.evidence.keys()
    return not phone.busy and all(name in said for name in explained_fields(phone.reading.platform))


class Watching:
    """Practice phones on one bench, as the program reads them; a hall of one kind of phones says which is which.

    Args:
        practice: The phones.
        names: The handles of those that are plugged in; the others stay in the drawer.

    Attributes:
        practice: As given.
        bench: The program's own.
        truths: What each phone says without a fault, by its handle.
        errors: What the bench says of the service, oldest first; ``None`` for a service that works.
    """

    NO_MORE = 45.0
    """Seconds in which a phone must come back."""

    def __init__(self, practice: PracticeBench, names: Sequence[str]) -> None:
        self.practice = practice
        self.names = tuple(names)
        self.truths: dict[str, Reading] = {}
        self.errors: list[UserError | None] = []
        self.bench = Bench([])
        self._seen: dict[str, Seen] = {}
        self._changed = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    def name_of(self, phone: Phone) -> str | None:
        """Return the handle of a phone on the bench, if one of the practice phones is that."""
        raise NotImplementedError

    def watch_with(self, source: DeviceSource) -> None:
        """Let the program watch."""
        self.bench = Bench([source])
        self.bench.subscribe(self._take)
        self._running = asyncio.create_task(self.bench.run(), name="the program's bench")

    async def stop_bench(self) -> None:
        """Let the program look away."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def close(self) -> None:
        """Stop everything."""
        await self.stop_bench()
        await self.practice.stop()

    def there(self, name: str) -> Phone | None:
        """Return a phone as the bench has it now, if it does."""
        return next((phone for phone in self.bench.phones if self.name_of(phone) == name), None)

    def watch(self, name: str) -> Seen:
        """Begin to note what is told of one phone."""
        self._seen[name] = Seen()
        return self._seen[name]

    async def until(self, condition: Callable[[], object], limit: float | None = None) -> bool:
        """Wait for a condition, looked at whenever the bench tells something; say whether it came."""
        try:
            async with asyncio.timeout(PATIENCE if limit is None else limit):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return bool(condition())
        return True

    def is_well(self, name: str) -> bool:
        """Return whether a phone says what it says without a fault."""
        phone = self.there(name)
        return (
            phone is not None and is_finished(phone) and undated(phone.reading) == undated(self.truths[name])
        )

    async def recovers(self, name: str) -> str:
        """Return how a phone comes back, now that nothing is wrong with it any more."""
        await self.until(lambda: self.is_well(name) or self._is_done(name), self.NO_MORE)
        if self.is_well(name):
            return BY_ITSELF
        if (phone := self.there(name)) is not None:
            self.bench.read_again(phone.key)
        return READ_AGAIN if await self.until(lambda: self.is_well(name), self.NO_MORE) else NEVER

    async def all_ready(self, limit: float | None = None) -> None:
        """Wait until each phone is ready, and fail where one is not."""
        await self.until(lambda: all(self._is_ready(name) for name in self.names), limit)
        waiting = [name for name in self.names if not self._is_ready(name)]
        assert not waiting, f"{waiting} were not ready"

    def learn(self) -> None:
        """Take what each phone says now for the truth."""
        self.truths = {name: phone.reading for name in self.names if (phone := self.there(name))}

    def _is_done(self, name: str) -> bool:
        """Return whether nothing will be read by itself any more."""
        phone = self.there(name)
        return phone is not None and is_finished(phone) and phone.reading.state not in RETRIES

    def _is_ready(self, name: str) -> bool:
        phone = self.there(name)
        return phone is not None and is_finished(phone) and phone.reading.state is State.READY

    def _take(self, event: BenchEvent) -> None:
        if event.kind is EventKind.SOURCE:
            self.errors.append(event.error)
        elif event.phone is not None:
            self._note(event.phone)
        self._changed.set()

    def _note(self, phone: Phone) -> None:
        if (name := self.name_of(phone)) in self._seen:
            self._seen[str(name)].take(phone)


@contextmanager
def tried_again_at_once() -> Iterator[None]:
    """Let the bench try phones that failed again at once."""
    with patch.object(program, "RETRY_AFTER", RETRIES):
        yield
