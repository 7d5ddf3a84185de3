"""A hall of practice iPhones, the program's own bench that reads them, and one phone's way through a fault."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from diagnostics.apple.asking import Limits
from diagnostics.apple.source import AppleSource
from diagnostics.bench import Phone
from diagnostics.practice.apple.characters import load_characters
from diagnostics.practice.bench import PracticeBench
from tests.matrix.watching import PATIENCE, Watching, tried_again_at_once

LIMITS = Limits(open=1.5, query=1.5, step=4.0)
"""A third of the program's own and less, so that what hangs is over soon, on a busy machine too."""
PATIENT = Limits(open=30.0, query=30.0, step=60.0)


class Hall(Watching):
    """Practice phones on one bench, as the program reads them.

    Args:
        practice: The phones; started by the hall.
        names: The handles of those that are plugged in; the others stay in the drawer.
        records: A folder for pair records.
        limits: How long a phone may take.

    Attributes:
        mixed_up: Ids that the bench showed and that no phone here has.
    """

    def __init__(
        self, practice: PracticeBench, names: Sequence[str], records: Path, limits: Limits = LIMITS
    ) -> None:
        super().__init__(practice, names)
        self.mixed_up: set[str] = set()
        self._records = records
        self._limits = limits
        self._ids = dict[str, str]()

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
        await self.all_ready(2 * PATIENCE)
        self.learn()
        await self.stop_bench()
        await self.start_bench()
        await self.until(lambda: all(self.is_well(name) for name in self.names))

    async def start_bench(self, limits: Limits | None = None) -> None:
        """Let the program watch, by the hall's limits or by others."""
        limits = limits or self._limits
        source = AppleSource(address=f"127.0.0.1:{self.port}", pair_records=self._records, limits=limits)
        self.watch_with(source)

    def phone(self, name: str) -> Phone:
        """Return a phone as the bench has it now.

        Raises:
            StopIteration: It is not there.
        """
        return next(phone for phone in self.bench.phones if self.name_of(phone) == name)

    async def put_away(self, name: str) -> None:
        """Pull a phone's cable, wait until the bench has seen it, and forget what was kept of it but by usbmuxd."""
        self.practice.unplug(name)
        for record in self._records.glob("*.plist"):
            if self._ids.get(_bare(record.stem)) == name:
                record.unlink()
        await self.until(lambda: self.there(name) is None)

    def name_of(self, phone: Phone) -> str | None:
        """Return the handle of a phone on the bench, by its UDID."""
        return self._ids.get(_bare(phone.reading.id))

    def _note(self, phone: Phone) -> None:
        if self.name_of(phone) is None:
            self.mixed_up.add(str(phone.reading.id))
        super()._note(phone)


@asynccontextmanager
async def open_hall(names: Sequence[str], records: Path, *, limits: Limits = LIMITS) -> AsyncIterator[Hall]:
    """Give a hall in which phones that failed are tried again at once.

    Args:
        names: The handles of the phones that are plugged in.
        records: A folder for pair records.
        limits: How long a phone may take.
    """
    # The bench goes round all characters, also those that stay unplugged here.
    rounds = max(_copy_of(name) for name in names)
    practice = PracticeBench(iphones=rounds * len(load_characters()), androids=0)
    hall = Hall(practice, names, records, limits)
    with tried_again_at_once():
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


def _copy_of(name: str) -> int:
    """Return which phone of its character a handle means: 1 for the first."""
    last = name.rpartition("-")[2]
    return int(last) if last.isdecimal() else 1


def _bare(udid: object) -> str:
    return str(udid).replace("-", "").upper()
