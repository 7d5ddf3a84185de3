"""The program's own source watching answering devices: what it shows, when, and in which slot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from diagnostics.model import State
from diagnostics.ports import Sighting, Snapshot, SystemClock
from diagnostics.usb.enumeration import Enumerator
from diagnostics.usb.source import UsbSource
from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import MTP_PIPES, PIPES, Device, Interface, hub

RECOVERY = "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0C ECID:001A2C3E0A42801E IBFL:3C SRNM:[F17XK0AAHG7F]"
MTP = Interface("06/01/01", "MTP", MTP_PIPES)
ADB = Interface("ff/42/01", "ADB Interface", PIPES)
POLL = 0.05


def galaxy(port: str, *interfaces: Interface, pid: str = "6860", serial: str = "R5CT10TRN1A") -> Device:
    return Device(port, "04e8", pid, interfaces, "SAMSUNG", "SAMSUNG_Android", serial)


def preloader(port: str) -> Device:
    return Device(
        port, "0e8d", "2000", (Interface("02/02/01"), Interface("0a/00/00")), "MediaTek", "MT65xx Preloader"
    )


@pytest.fixture
def source() -> UsbSource:
    return UsbSource(SystemClock(), Enumerator(), poll=POLL, settle=0.3)  # less patience than usual


async def seen(watching: AsyncGenerator[Snapshot, None], count: int) -> tuple[Sighting, ...]:
    """Return the sightings as soon as there are so many."""
    async with asyncio.timeout(30):
        while True:
            snapshot = await anext(watching)
            assert snapshot.error is None
            if len(snapshot.sightings) == count:
                return snapshot.sightings


async def test_a_phone_is_followed_from_plug_to_download_mode_to_unplug(
    usb_bench: UsbBench, source: UsbSource
) -> None:
    watching = source.watch()
    await seen(watching, 0)
    usb_bench.plug(hub("1-2"))
    usb_bench.plug(galaxy("1-2.3", MTP))
    (files,) = await seen(watching, 1)
    assert (files.slot, files.state, files.id) == ("1-2.3", State.DEBUGGING_OFF, "R5CT10TRN1A")
    pair = (Interface("02/02/01", endpoints=PIPES), Interface("0a/00/00"))
    usb_bench.plug(Device("1-2.3", "04e8", "685d", pair, "SAMSUNG", "MSM8960"))
    async with asyncio.timeout(30):
        while (shown := (await anext(watching)).sightings) and shown[0].state is not State.DOWNLOAD:
            pass
    assert (shown[0].slot, shown[0].id) == ("1-2.3", "usb:1-2.3")  # no serial: only the slot can join them
    assert shown[0].key != files.key
    usb_bench.unplug("1-2.3")
    await seen(watching, 0)
    await watching.aclose()


async def test_a_phone_with_debugging_is_left_to_adb_but_is_on_the_bus(
    usb_bench: UsbBench, source: UsbSource
) -> None:
    usb_bench.plug(galaxy("1-1", MTP, ADB))
    usb_bench.plug(galaxy("1-2", MTP, serial="B"))
    watching = source.watch()
    found = {one.slot: (one.served, one.state) for one in await seen(watching, 2)}
    assert found == {"1-1": ("adb", State.CONNECTING), "1-2": ("", State.DEBUGGING_OFF)}
    assert [device.slot for device in source.bus] == ["1-1", "1-2"]
    await watching.aclose()


async def test_a_preloader_that_flashes_by_is_no_alarm_and_one_that_stays_is(
    usb_bench: UsbBench, source: UsbSource
) -> None:
    watching = source.watch()
    await seen(watching, 0)
    usb_bench.plug(preloader("1-1"))
    flashed = asyncio.create_task(seen(watching, 1))
    async with asyncio.timeout(30):
        while "1-1" not in {device.slot for device in source.bus}:
            await asyncio.sleep(0.005)
    usb_bench.unplug("1-1")
    usb_bench.plug(preloader("1-2"))
    (stays,) = await flashed
    assert (stays.slot, stays.state) == ("1-2", State.DOWNLOAD)
    reading = await source.read(stays, lambda _: None, ask_trust=False)
    assert [problem.code for problem in reading.problems if not problem.field] == ["usb_preloader"]
    assert reading.identity.manufacturer is None
    await watching.aclose()


async def test_an_iphone_in_recovery_tells_which_it_is(usb_bench: UsbBench, source: UsbSource) -> None:
    name = "Apple Mobile Device (Recovery Mode)"
    usb_bench.plug(Device("1-4", "05ac", "1281", (Interface("fe/01/00"),), "Apple Inc.", name, RECOVERY))
    watching = source.watch()
    (found,) = await seen(watching, 1)
    reading = await source.read(found, lambda _: None, ask_trust=False)
    assert found.id == "00008101-001A2C3E0A42801E"
    assert (reading.identity.model, reading.identity.serial) == ("iPhone 12", "F17XK0AAHG7F")
    await watching.aclose()


async def test_a_hub_that_vanishes_takes_ten_phones_along_at_once(
    usb_bench: UsbBench, source: UsbSource
) -> None:
    usb_bench.plug(hub("1-2"))
    for port in range(1, 11):
        usb_bench.plug(galaxy(f"1-2.{port}", MTP, serial=f"S{port}"))
    usb_bench.plug(galaxy("1-3", MTP, serial="STAYS"))
    watching = source.watch()
    await seen(watching, 11)
    usb_bench.unplug("1-2")
    (left,) = await seen(watching, 1)
    assert left.id == "STAYS"
    await watching.aclose()


async def test_a_phone_at_full_speed_is_said_with_what_to_try(usb_bench: UsbBench, source: UsbSource) -> None:
    usb_bench.plug(Device(**{**vars(galaxy("1-1", MTP)), "speed": "12"}))
    watching = source.watch()
    (found,) = await seen(watching, 1)
    reading = await source.read(found, lambda _: None, ask_trust=False)
    assert [p.code for p in reading.problems if not p.field] == ["debugging_off", "usb_full_speed"]
    await watching.aclose()
