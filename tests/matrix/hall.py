"""A hall of practice iPhones, the program's own bench that reads them, and one phone's way through a fault."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from unittest.mock import patch

from diagnostics import bench as program
from diagnostics.apple.asking import Limits
from diagnostics.apple.source import AppleSource
from diagnostics.bench import Bench, BenchEvent, EventKind, Phone
from diagnostics.building import explained_fields
from diagnostics.errors import UserError
from diagnostics.model import Reading, State
from diagnostics.practice.bench import PracticeBench
from tests.matrix.judging import undated

LIMITS = Limits(open=1.5, query=1.5, step=4.0)
"""A third of the program's own and less, so that what hangs is over soon, on a busy machine too."""
PATIENT = Limits(open=30.0, query=30.0, step=60.0)
RETRIES: Mapping[State, float] = MappingProxyType(dict.fromkeys(program.RETRY_AFTER, 0.05))
PATIENCE = 30.0
"""Seconds after which nothing is waited for any more, whatever it is."""
BY_ITSELF, READ_AGAIN, NEVER = "by itself", "read again", "never"
"""How a phone comes back: without anybody, when a person reads it again, or not at all."""
_NO_MORE = 12.0
"""Seconds in which that must happen."""


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


class Hall:
    """Practice phones on one bench, as the program reads them.

    Args:
        practice: The phones; started by the hall.
        names: The handles of those that are plugged in; the others stay in the drawer.
        records: A folder for pair records.
        limits: How long a phone may take.

    Attributes:
        practice: As given.
        bench: The program's own.
        truths: What each phone says without a fault, by its handle.
        errors: What the bench says of the service, oldest first; ``None`` for a service that works.
        mixed_up: Ids that the bench showed and that no phone here has.
    """

    def __init__(
        self, practice: PracticeBench, names: Sequence[str], records: Path, limits: Limits = LIMITS
    ) -> None:
        self.practice = practice
        self.names = tuple(names)
        self.truths: dict[str, Reading] = {}
        self.errors: list[UserError | None] = []
        self.mixed_up: set[str] = set()
        self._records = records
        self._limits = limits
        self._ids = dict[str, str]()
        self._seen: dict[str, Seen] = {}
        self._changed = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self.bench = Bench([])

    @property
    def port(self) -> int:
        """usbmuxd's."""
        return int(self.practice.environment()["USBMUXD_SOCKET_ADDRESS"].rpartition(":")[2])

    async def open(self) -> None:
        """Start the phones, and learn what each of them says when nothing is wrong."""
        await self.practice.start()
        self._ids = {_bare(info.id): info.name for info in self.practice.phones()}
        for name in set(self._ids.values()) - set(self.names):
            self.practice.unplug(name)
        for info in self.practice.phones():
            if info.name in self.names and info.trust != "trusted":
                self.practice.trust(info.name)
        # Practice phones make their keys when they are first asked for them: seconds, for many on a busy machine.
        await self.start_bench(PATIENT)
        await self.until(lambda: all(self._is_ready(name) for name in self.names), 2 * PATIENCE)
        assert [name for name in self.names if not self._is_ready(name)] == []
        self.truths = {name: self.phone(name).reading for name in self.names}
        await self.stop_bench()
        await self.start_bench()
        await self.until(lambda: all(self.is_well(name) for name in self.names))

    async def close(self) -> None:
        """Stop everything."""
        await self.stop_bench()
        await self.practice.stop()

    async def start_bench(self, limits: Limits | None = None) -> None:
        """Let the program watch, by the hall's limits or by others."""
        limits = limits or self._limits
        source = AppleSource(address=f"127.0.0.1:{self.port}", pair_records=self._records, limits=limits)
        self.bench = Bench([source])
        self.bench.subscribe(self._take)
        self._running = asyncio.create_task(self.bench.run(), name="the program's bench")

    async def stop_bench(self) -> None:
        """Let the program look away."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    def phone(self, name: str) -> Phone:
        """Return a phone as the bench has it now.

        Raises:
            StopIteration: It is not there.
        """
        return next(phone for phone in self.bench.phones if self._ids.get(_bare(phone.reading.id)) == name)

    def there(self, name: str) -> Phone | None:
        """Return a phone as the bench has it now, if it does."""
        return next((p for p in self.bench.phones if self._ids.get(_bare(p.reading.id)) == name), None)

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
        await self.until(lambda: self.is_well(name) or self._is_done(name), _NO_MORE)
        if self.is_well(name):
            return BY_ITSELF
        if (phone := self.there(name)) is not None:
            self.bench.read_again(phone.key)
        return READ_AGAIN if await self.until(lambda: self.is_well(name), _NO_MORE) else NEVER

    async def put_away(self, name: str) -> None:
        """Pull a phone's cable, wait until the bench has seen it, and forget what was kept of it but by usbmuxd."""
        self.practice.unplug(name)
        for record in self._records.glob("*.plist"):
            if self._ids.get(_bare(record.stem)) == name:
                record.unlink()
        await self.until(lambda: self.there(name) is None)

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
        name = self._ids.get(_bare(phone.reading.id))
        if name is None:
            self.mixed_up.add(str(phone.reading.id))
        elif name in self._seen:
            self._seen[name].take(phone)


@asynccontextmanager
async def open_hall(
    names: Sequence[str], records: Path, *, iphones: int = 10, limits: Limits = LIMITS
) -> AsyncIterator[Hall]:
    """Give a hall in which phones that failed are tried again at once.

    Args:
        names: The handles of the phones that are plugged in.
        records: A folder for pair records.
        iphones: How many phones there are in all.
        limits: How long a phone may take.
    """
    hall = Hall(PracticeBench(iphones=iphones, androids=0), names, records, limits)
    with patch.object(program, "RETRY_AFTER", RETRIES):
        try:
            await hall.open()
            yield hall
        finally:
            await hall.close()


def handles(characters: Sequence[str], copies: int) -> list[str]:
    """Return the handles of so many phones of each character: ``iphone-fresh``, ``iphone-fresh-2``."""
    return [
        f"iphone-{character}" + (f"-{copy}" if copy > 1 else "")
        for copy in range(1, copies + 1)
        for character in characters
    ]


def character_of(name: str) -> str:
    """Return a phone's character by its handle."""
    return name.removeprefix("iphone-").rstrip("0123456789").rstrip("-")


def _bare(udid: object) -> str:
    return str(udid).replace("-", "").upper()
