"""The practice bench's USB bus: each phone as its mode makes it, and the program's own source looking at it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest

from diagnostics.errors import BadInput
from diagnostics.messages import message
from diagnostics.model import Reading, State
from diagnostics.ports import SystemClock
from diagnostics.practice.bench import PracticeBench
from diagnostics.practice.control import PracticeClient
from diagnostics.practice.records import PracticePhoneInfo
from diagnostics.practice.usb import FILE, modes
from diagnostics.practice.usb_client import PracticeBus
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.modes import mode_of
from diagnostics.usb.source import UsbSource
from resources.opening import load_toml


@pytest.fixture
async def bench() -> AsyncIterator[PracticeBench]:
    bench = PracticeBench(iphones=3, androids=6)
    await bench.start()
    yield bench
    await bench.stop()


def address(bench: PracticeBench) -> str:
    return bench.environment()["TRADEIN_PRACTICE"]


def first(bench: PracticeBench, side: str, maker: str = "") -> PracticePhoneInfo:
    maker_slots = {device.slot for device in bench.bus() if (device.manufacturer or "").startswith(maker)}
    return next(info for info in bench.phones() if info.side == side and info.slot in maker_slots)


def at(bench: PracticeBench, slot: str) -> UsbDevice:
    return next(device for device in bench.bus() if device.slot == slot)


async def read_alone(bench: PracticeBench) -> list[Reading]:
    """Return the readings of the phones that only the bus knows, over the control port."""
    source = UsbSource(SystemClock(), PracticeBus(address(bench)), poll=0.01, settle=0)
    watching = source.watch()
    snapshot = await anext(watching)
    assert snapshot.error is None
    alone = [seen for seen in snapshot.sightings if not seen.served]
    readings = [await source.read(seen, lambda _: None, ask_trust=False) for seen in alone]
    await watching.aclose()
    return readings


async def test_phones_that_run_are_on_the_bus_each_in_its_slot_and_are_left_to_their_services(
    bench: PracticeBench,
) -> None:
    plugged = [info for info in bench.phones() if info.plugged]
    devices = bench.bus()
    assert sorted(device.slot for device in devices) == sorted(info.slot for info in plugged)
    assert len({device.slot for device in devices}) == len(devices)
    assert all((mode := mode_of(device)) and mode.state is None for device in devices)
    assert await read_alone(bench) == []


async def test_a_trainer_puts_an_iphone_in_recovery_and_dfu_and_starts_it_again(bench: PracticeBench) -> None:
    info = first(bench, "ios")
    before = at(bench, info.slot)
    bench.mode(info.name, "recovery")
    shown = next(one for one in bench.phones() if one.id == info.id)
    assert (shown.plugged, shown.mode) == (True, "recovery")
    (reading,) = await read_alone(bench)
    assert (reading.id, reading.slot, reading.state) == (info.id, info.slot, State.RECOVERY)
    assert reading.identity.model is not None
    assert reading.identity.serial is not None
    bench.mode(info.id, "dfu")
    (reading,) = await read_alone(bench)
    assert (reading.state, reading.identity.serial) == (State.DFU, None)
    bench.mode(info.id, "normal")
    after = at(bench, info.slot)
    assert (after.pid, after.serial) == (before.pid, before.serial)
    assert after.address != before.address
    assert await read_alone(bench) == []
    assert next(one for one in bench.phones() if one.id == info.id).mode == ""


@pytest.mark.parametrize(
    ("mode", "state", "said"),
    [
        ("files", State.DEBUGGING_OFF, "USB debugging is off"),
        ("charging", State.CHARGING_ONLY, "only charging"),
        ("fastboot", State.FASTBOOT, "fastboot"),
        ("download", State.DOWNLOAD, "download mode"),
        ("edl", State.EDL, "EDL"),
        ("preloader", State.DOWNLOAD, "preloader"),
    ],
)
async def test_each_mode_of_an_android_phone_is_what_the_card_says(
    bench: PracticeBench, mode: str, state: State, said: str
) -> None:
    info = first(bench, "android", "samsung")
    bench.mode(info.id, mode)
    (reading,) = await read_alone(bench)
    assert (reading.slot, reading.state) == (info.slot, state)
    assert said in message(next(problem for problem in reading.problems if not problem.field))


async def test_the_cable_of_a_phone_in_a_mode_can_be_pulled_and_put_in_again(bench: PracticeBench) -> None:
    info = first(bench, "android")
    bench.mode(info.id, "fastboot")
    before = at(bench, info.slot)
    bench.unplug(info.id)
    assert info.slot not in {device.slot for device in bench.bus()}
    bench.plug(info.id)
    after = at(bench, info.slot)
    assert (after.pid, after.serial) == (before.pid, before.serial)
    assert after.address != before.address
    bench.unplug(info.id)
    bench.mode(info.id, "normal")  # without its cable it starts, and stays off the bus
    assert info.slot not in {device.slot for device in bench.bus()}
    assert not next(one for one in bench.phones() if one.id == info.id).plugged


async def test_a_phone_is_put_in_a_mode_by_the_serial_that_is_read_of_it(bench: PracticeBench) -> None:
    android, iphone = first(bench, "android"), first(bench, "ios")
    serial = at(bench, android.slot).serial
    assert serial
    assert serial not in (android.id, android.name)
    bench.mode(serial, "edl")
    assert next(one for one in bench.phones() if one.id == android.id).mode == "edl"
    bench.unplug(serial)
    assert android.slot not in {device.slot for device in bench.bus()}
    bench.plug(serial)
    assert at(bench, android.slot).pid == "9008"
    bench.mode(iphone.id, "recovery")
    printed = re.search(r"SRNM:\[(\w+)\]", at(bench, iphone.slot).serial or "")
    assert printed
    bench.mode(printed[1], "dfu")
    assert at(bench, iphone.slot).pid == "1227"


async def test_each_phone_tells_the_modes_that_it_has(bench: PracticeBench) -> None:
    assert first(bench, "ios").modes == ("normal", "recovery", "dfu")
    assert "download" in first(bench, "android", "samsung").modes
    google = first(bench, "android", "Google")
    assert "download" not in google.modes
    for mode in google.modes:
        bench.mode(google.id, mode)


async def test_a_mode_that_a_phone_does_not_have_is_refused_with_those_that_it_has(
    bench: PracticeBench,
) -> None:
    iphone, other = first(bench, "ios"), first(bench, "android", "Google")
    for phone, mode in ((iphone, "fastboot"), (other, "download"), (other, "flying")):
        with pytest.raises(BadInput, match="no mode") as refused:
            bench.mode(phone.id, mode)
        assert "normal" in refused.value.hint
        assert mode not in refused.value.hint
    with pytest.raises(BadInput, match="no practice phone"):
        bench.mode("nobody", "dfu")


async def test_the_control_port_takes_modes_and_lists_the_bus(bench: PracticeBench) -> None:
    client = PracticeClient(address(bench))
    info = first(bench, "ios")
    phones = await asyncio.to_thread(client.mode, info.id, "dfu")
    assert next(one for one in phones if one.id == info.id).mode == "dfu"
    assert set(await asyncio.to_thread(PracticeBus(address(bench)))) == set(bench.bus())


def test_every_mode_is_named_in_both_languages_and_known_to_the_table_of_modes() -> None:
    for side in ("ios", "android"):
        for name, looks in modes(side).items():
            assert set(looks["words"]) == {"en", "fr"}, name
    assert {"samsung", "other"} <= set(load_toml(FILE)["makers"])
