"""The two sides of a reading: our sources, and the libraries under them as they come.

Both ask the same: the bare iPhone client asks what our reader asks (`tests.fakes.bare_iphone`), and the bare Android
client runs the very lines that our reader sent to the same phones, taken from the practice bench's log.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from diagnostics.model import State
from diagnostics.ports import DeviceSource, Progress, Sighting
from diagnostics.practice.bench import PracticeThread

Lines = Mapping[str, Sequence[str]]
"""What to run on each phone, by serial."""


class Ours:
    """Reads phones through one of our sources, as the bench does; what it publishes is dropped."""

    def __init__(self, source: DeviceSource) -> None:
        self._source = source
        self._sightings: dict[str, Sighting] = {}

    async def look(self) -> None:
        """See what is plugged in."""
        async with aclosing(self._source.watch()) as watching:
            snapshot = await anext(watching)
        self._sightings = {str(sighting.id): sighting for sighting in snapshot.sightings}

    async def read(self, ids: Sequence[str]) -> None:
        """Read phones side by side, and make sure that they were read."""
        readings = await asyncio.gather(*map(self._read_one, ids))
        assert all(state is State.READY for state in readings), readings

    async def _read_one(self, id_: str) -> State:
        return (await self._source.read(self._sightings[id_], _drop, ask_trust=False)).state


class BareIphones:
    """pymobiledevice3 by its own recipes, one coroutine a phone."""

    def __init__(self, usbmuxd: str, records: Path) -> None:
        self._usbmuxd = usbmuxd
        self._records = records

    async def read(self, udids: Sequence[str]) -> None:
        """Read trusted phones side by side."""
        from tests.fakes.bare_iphone import read_bare

        await asyncio.gather(*(read_bare(udid, self._usbmuxd, self._records) for udid in udids))


async def pair_and_read_bare(udid: str, usbmuxd: str, records: Path) -> None:
    """Pair a phone that was never paired, by pymobiledevice3's own `pair`, then read it."""
    from pymobiledevice3.lockdown import create_using_usbmux

    from tests.fakes.bare_iphone import read_bare

    async with await create_using_usbmux(
        serial=udid,
        connection_type="USB",
        autopair=False,
        usbmux_address=usbmuxd,
        pairing_records_cache_folder=records,
    ) as lockdown:
        await lockdown.pair()
    await read_bare(udid, usbmuxd, records)


class BareAndroids:
    """adbutils by its own recipe, ``device.shell(line)``; one thread a phone, for adbutils blocks.

    Args:
        port: The adb server's.
        lines: What to run.
        pauses: Whether adbutils sleeps for 10 ms whenever it closes a connection, as it does by itself.
    """

    def __init__(self, port: int, lines: Lines, *, pauses: bool = True) -> None:
        from adbutils import AdbClient

        self._client: Any = AdbClient("127.0.0.1", port)
        self._lines = lines
        self._pauses = pauses

    async def read(self, serials: Sequence[str]) -> None:
        """Read phones side by side."""
        with nullcontext() if self._pauses else _without_pauses():
            await asyncio.gather(*(asyncio.to_thread(self.read_one, serial) for serial in serials))

    def read_one(self, serial: str) -> None:
        """Read one phone; blocks."""
        device = self._client.device(serial=serial)
        for line in self._lines[serial]:
            device.shell(line)


async def lines_of(count: int) -> Lines:
    """Return what our reader sends to each of the first Android phones, as their practice bench logs it."""
    from diagnostics.android.source import AndroidSource

    with PracticeThread(iphones=0, androids=count) as bench:
        source = AndroidSource(port=int(bench.environment()["ANDROID_ADB_SERVER_PORT"]))
        async with aclosing(source.watch()) as watching:
            sightings = (await anext(watching)).sightings
        readings = [await source.read(sighting, _drop, ask_trust=False) for sighting in sightings]
        log = [each for each in bench.requests("adb") if each.service.startswith("shell")]
    # adbutils goes by the serial, which two of the phones share.
    times = Counter(str(reading.id) for reading in readings if reading.state is State.READY)
    ready = [serial for serial, often in times.items() if often == 1]
    return {serial: [each.command for each in log if each.serial == serial] for serial in ready}


async def trusted(count: int, iphones: int) -> Sequence[str]:
    """Return the UDIDs of the first phones of a practice bench that trust this computer."""
    with PracticeThread(iphones=iphones, androids=0) as bench:
        return [phone.id for phone in bench.phones() if phone.trust == "trusted"][:count]


@contextmanager
def _without_pauses() -> Iterator[None]:
    import adbutils._adb as module

    module.time = SimpleNamespace(sleep=lambda _seconds: None)
    try:
        yield
    finally:
        module.time = time


def _drop(_progress: Progress) -> None:
    """Take what is published on the way."""
