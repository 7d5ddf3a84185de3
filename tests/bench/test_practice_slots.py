"""The whole bench over the practice bench's protocols and its bus: forty phones, each once in its slot, in any mode."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from diagnostics.android.source import AndroidSource
from diagnostics.apple.source import AppleSource
from diagnostics.bench import Bench, Phone
from diagnostics.joining import Joining
from diagnostics.merging import lacks_service
from diagnostics.model import State
from diagnostics.oneshot import look, read
from diagnostics.ports import DeviceSource, SystemClock
from diagnostics.practice.bench import PracticeThread
from diagnostics.slots.slot import plain_place
from diagnostics.usb.source import POLL, UsbSource
from diagnostics.watchdog import MemoryDays, broke_off

SETTLED = {State.READY, State.NEEDS_TRUST, State.UNAUTHORIZED, State.SCREEN_LOCKED, State.TRUST_DENIED}


def sources(practice: PracticeThread, folder: Path) -> tuple[DeviceSource, ...]:
    environment = practice.environment()
    clock = SystemClock()
    return (
        AppleSource(address=environment["USBMUXD_SOCKET_ADDRESS"], pair_records=folder / "records"),
        AndroidSource(clock, port=int(environment["ANDROID_ADB_SERVER_PORT"])),
        UsbSource(clock, practice.bus),
    )


@asynccontextmanager
async def running(
    practice: PracticeThread, folder: Path, days: MemoryDays | None = None
) -> AsyncIterator[Bench]:
    bench = Bench(sources(practice, folder), ask_trust=False, joining=Joining(plain_place), days=days)
    task = asyncio.create_task(bench.run())
    try:
        yield bench
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


def slots(bench: Bench) -> list[str | None]:
    return [phone.sighting.slot for phone in bench.phones]


def at(bench: Bench, slot: str) -> Phone:
    return next(phone for phone in bench.phones if phone.sighting.slot == slot)


async def test_forty_phones_are_forty_cards_and_one_more_is_there_within_a_poll(tmp_path: Path) -> None:
    with PracticeThread(iphones=20, androids=20) as practice:
        plugged = [info for info in practice.phones() if info.plugged]
        late = next(info for info in plugged if info.side == "ios")
        practice.unplug(late.id)
        took = []
        async with running(practice, tmp_path) as bench:
            await until(lambda: len(bench.phones) == len(plugged) - 1)
            await until(lambda: not any(phone.busy for phone in bench.phones))
            for _ in range(3):  # the computer may be busy with something else
                began = time.monotonic()
                practice.plug(late.id)
                await until(lambda: late.slot in slots(bench))
                took.append(time.monotonic() - began)
                if len(took) < 3:
                    practice.unplug(late.id)
                    await until(lambda: late.slot not in slots(bench))
            assert min(took) <= POLL + 0.1, took
            assert max(Counter(slots(bench)).values()) == 1
            assert {phone.key for phone in bench.phones} == {
                phone.key for phone in bench.phones if phone.present
            }
            await until(lambda: at(bench, late.slot).reading.state in SETTLED)
            # The bus may tell of it a poll after usbmuxd did.
            await until(lambda: at(bench, late.slot).reading.usb.mode == "apple")


async def test_a_phone_keeps_its_place_and_key_through_recovery_and_back(tmp_path: Path) -> None:
    with PracticeThread(iphones=2, androids=1) as practice:
        info = next(info for info in practice.phones() if info.side == "ios" and info.plugged)
        practice.trust(info.id)
        async with running(practice, tmp_path) as bench:
            await until(lambda: info.slot in slots(bench) and at(bench, info.slot).reading.state in SETTLED)
            key = at(bench, info.slot).key
            practice.mode(info.id, "recovery")
            await until(lambda: at(bench, info.slot).reading.state is State.RECOVERY)
            assert (at(bench, info.slot).key, at(bench, info.slot).reading.id) == (key, info.id)
            practice.mode(info.id, "normal")
            await until(lambda: at(bench, info.slot).reading.state in SETTLED)
            assert (at(bench, info.slot).key, at(bench, info.slot).reading.transport) == (key, "usbmux")


async def test_a_service_that_stops_leaves_its_phones_in_their_slots(tmp_path: Path) -> None:
    with PracticeThread(iphones=1, androids=3) as practice:
        androids = [info.slot for info in practice.phones() if info.side == "android" and info.plugged]
        async with running(practice, tmp_path) as bench:
            await until(lambda: set(androids) <= set(slots(bench)) and not any(p.busy for p in bench.phones))
            keys = {slot: at(bench, slot).key for slot in androids}
            practice.stop_service("adb")
            await until(lambda: all(lacks_service(at(bench, slot).reading) for slot in androids))
            for slot in androids:
                reading = at(bench, slot).reading
                assert reading.state is State.OFFLINE
                assert [problem.code for problem in reading.problems if "adb" in problem.code] == ["adb_down"]
            practice.start_service("adb")
            await until(lambda: all(at(bench, slot).reading.state in SETTLED for slot in androids))
            assert {slot: at(bench, slot).key for slot in androids} == keys


async def test_one_look_shows_each_phone_once_with_slot_and_state(tmp_path: Path) -> None:
    with PracticeThread(iphones=2, androids=3) as practice:
        plugged = [info for info in practice.phones() if info.plugged]
        practice.mode(plugged[0].id, "dfu")
        samsung = next(
            info for info in plugged if info.side == "android" and _made_by(practice, info.slot, "samsung")
        )
        practice.mode(samsung.id, "download")
        found = await look(sources(practice, tmp_path), plain_place)
        readings = [await read(seen, lambda _: None, timeout=20) for seen in found.seen]
        states = {reading.slot: reading.state for reading in readings}
        assert sorted(reading.slot or "" for reading in readings) == sorted(info.slot for info in plugged)
        assert (states[plugged[0].slot], states[samsung.slot]) == (State.DFU, State.DOWNLOAD)
        assert all(reading.usb.mode for reading in readings)


async def test_a_phone_that_hangs_up_while_it_is_read_is_lost_once(tmp_path: Path) -> None:
    days = MemoryDays()
    with PracticeThread(iphones=1, androids=1) as practice:
        info = next(info for info in practice.phones() if info.side == "android")
        slot = info.slot
        async with running(practice, tmp_path, days) as bench:
            await until(lambda: slot in slots(bench) and at(bench, slot).reading.state is State.READY)
            await until(lambda: not at(bench, slot).busy)
            assert lost(days) == []
            practice.fault(info.id, "disconnects")
            bench.read_again(at(bench, slot).key)
            await until(lambda: not at(bench, slot).busy and broke_off(at(bench, slot).reading), 10)
            assert lost(days) == [1]


def lost(days: MemoryDays) -> list[int]:
    today = SystemClock().now().astimezone().date()
    return [day.lost for day in days.load(today).values() if day.lost]


def _made_by(practice: PracticeThread, slot: str, maker: str) -> bool:
    return any(
        device.slot == slot and (device.manufacturer or "").lower() == maker for device in practice.bus()
    )
