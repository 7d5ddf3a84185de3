"""Three buses on one bench: one phone a slot, what each knows put together, and a slot that remembers."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from diagnostics import bench as bench_room
from diagnostics.bench import Bench, EventKind
from diagnostics.building import ReadingBuilder
from diagnostics.errors import ServiceMissing
from diagnostics.joining import Joining, Seat
from diagnostics.messages import message
from diagnostics.model import LockState, Quality, Reading, State
from diagnostics.ports import Progress, Publish, Sighting, Snapshot
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.source import UsbSource
from tests.fakes.sources import FakeSource, FixedClock, hanging
from tests.fakes.watched import Watched

POLL, HOLD, GRACE = 0.01, 0.15, 0.15
SERIAL, UDID = "R5CT10TRN1A", "00008101-001A2C3E0A42801E"
ADB_ON, FILES, IPHONE = {"06/01/01", "ff/42/01"}, {"06/01/01"}, {"06/01/01", "ff/fe/02"}
RECOVERY = "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0C ECID:001A2C3E0A42801E IBFL:3C SRNM:[F17XK0AAHG7F]"
DOWN = Snapshot(error=ServiceMissing("It is down."))


def galaxy(slot: str = "1-2.3", address: int = 7, interfaces: set[str] = ADB_ON, serial: str | None = SERIAL):
    return UsbDevice(
        "04e8", "6860", frozenset(interfaces), slot, address, serial, speed=480.0, configuration=1
    )


def download(slot: str = "1-2.3", address: int = 8) -> UsbDevice:
    return UsbDevice("04e8", "685d", frozenset({"02/02/01"}), slot, address, speed=480.0)


def edl(slot: str = "1-2.3", address: int = 9) -> UsbDevice:
    return UsbDevice("05c6", "9008", frozenset({"ff/ff/ff"}), slot, address, speed=480.0)


def iphone(slot: str = "1-4", address: int = 5, udid: str = UDID) -> UsbDevice:
    return UsbDevice("05ac", "12a8", frozenset(IPHONE), slot, address, udid.replace("-", ""), speed=480.0)


def served(name: str, slot: str | None, key: str, source: FakeSource) -> Sighting:
    from diagnostics.model import DeviceId, Platform, Transport

    platform = Platform.IOS if source.name == "usbmux" else Platform.ANDROID
    return Sighting(key, DeviceId(name), platform, Transport(source.name), slot, State.CONNECTING)


async def whole(seen: Sighting, publish: Publish) -> Reading:
    builder = ReadingBuilder(seen, FixedClock())
    builder.put("identity.manufacturer", "samsung", "getprop ro.product.manufacturer", raw="samsung")
    builder.put("identity.model", "Galaxy S21", "getprop ro.product.model", raw="SM-G991B")
    builder.put("locks.activation", LockState.OFF, "lockdown ActivationState", raw="Activated")
    builder.put("battery.cycle_count", 413, "IORegistry CycleCount", raw="413")
    publish(Progress(builder.partial(), "identity"))
    builder.state = State.READY
    return builder.build()


class Three:
    """A bench with the program's own usb source on a bus of a test's making, and two services."""

    def __init__(self) -> None:
        self.bus: tuple[UsbDevice, ...] | ServiceMissing = ()
        self.usbmux, self.adb = FakeSource("usbmux"), FakeSource("adb")
        usb = UsbSource(FixedClock(), self._enumerate, poll=POLL, settle=0)
        for source in (self.usbmux, self.adb):
            source.behaviours = {SERIAL: whole, UDID: whole}
        joining = Joining(hold=HOLD, grace=GRACE)
        self.bench = Bench([self.usbmux, self.adb, usb], FixedClock(), timeout=0.1, joining=joining)
        self.watched = Watched(self.bench)

    def _enumerate(self) -> tuple[UsbDevice, ...]:
        if isinstance(self.bus, ServiceMissing):
            raise self.bus
        return self.bus

    async def one(self, state: State, *, source: str | None = None) -> Reading:
        """Return the reading of the one phone, once it is so and at rest."""

        def there() -> bool:
            phones = self.bench.phones
            fits = len(phones) == 1 and phones[0].reading.state is state and not phones[0].busy
            return fits and source in (None, phones[0].sighting.transport)

        await self.watched.until(there)
        return self.bench.phones[0].reading

    async def has_read(self, times: int) -> None:
        await self.watched.until(lambda: len(self.adb.reads) == times)

    @property
    def kinds(self) -> list[str]:
        return [event.kind.value for event in self.watched.events if event.kind is not EventKind.CHANGED]

    @property
    def keys(self) -> set[str]:
        return {event.phone.key for event in self.watched.events if event.phone}


@pytest.fixture
async def three(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Three]:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.TIMEOUT: 0.01})
    three = Three()
    task = asyncio.create_task(three.bench.run())
    yield three
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_card_is_there_before_the_protocol_and_is_filled_by_it(three: Three):
    three.bus = (galaxy(),)
    reading = await three.one(State.CONNECTING)
    assert (reading.identity.manufacturer, reading.usb.speed_mbps) == ("Samsung", 480)
    three.adb.show(served(SERIAL, "1-2.3", "1-2.3#1", three.adb))
    reading = await three.one(State.READY)
    assert len(three.keys) == 1
    assert (reading.transport, reading.slot) == ("adb", "1-2.3")
    assert (reading.identity.manufacturer, reading.identity.model) == ("samsung", "Galaxy S21")
    assert reading.evidence["identity.manufacturer"].source == "getprop ro.product.manufacturer"
    assert reading.evidence["identity.manufacturer@bus"].raw == "04e8:6860"
    assert reading.evidence["identity.serial"].source == "USB serial string"
    assert (reading.usb.mode, reading.evidence["usb.speed_mbps"].raw) == ("mtp", "480")


async def test_a_phone_that_its_service_does_not_show_says_so_with_the_next_step(three: Three):
    three.bus = (galaxy(),)
    reading = await three.one(State.OFFLINE)
    assert reading.problems[0].code == "adb_unlisted"
    assert "start-server" in message(reading.problems[0])
    three.bus = (iphone(),)
    three.usbmux.fail(DOWN)
    await three.watched.until(lambda: bool(three.bench.phones) and three.bench.phones[0].sighting.id == UDID)
    reading = await three.one(State.OFFLINE)
    assert reading.problems[0].code == "usbmuxd_down"
    assert all(any(p.field == f for p in reading.problems) for f in ("battery.cycle_count", "locks.mdm"))


async def test_a_service_that_goes_down_leaves_values_and_places_and_brings_them_back(three: Three):
    three.bus = (galaxy(),)
    three.adb.show(served(SERIAL, "1-2.3", "1-2.3#1", three.adb))
    await three.one(State.READY)
    three.adb.fail(DOWN)
    reading = await three.one(State.OFFLINE)
    assert [p.code for p in reading.problems if p.code.startswith("adb")] == ["adb_down"]
    assert (reading.identity.model, reading.transport) == ("Galaxy S21", "adb")
    three.adb.show(served(SERIAL, "1-2.3", "1-2.3#2", three.adb))
    reading = await three.one(State.READY)
    assert not any(p.code == "adb_down" for p in reading.problems)
    assert (len(three.keys), three.kinds.count("came"), three.kinds.count("went")) == (1, 1, 0)


async def test_an_iphone_in_recovery_is_the_same_phone_and_keeps_what_it_told(three: Three):
    three.bus = (iphone(),)
    three.usbmux.show(served(UDID, "1-4", "u/1", three.usbmux))
    await three.one(State.READY)
    three.usbmux.show()
    three.bus = (replace(iphone(address=6), pid="1281", interfaces=frozenset(), serial=RECOVERY),)
    reading = await three.one(State.RECOVERY)
    assert (reading.id, reading.transport, len(three.keys)) == (UDID, "usb", 1)
    assert (reading.identity.serial, reading.identity.model) == ("F17XK0AAHG7F", "iPhone 12")
    assert reading.locks.activation is LockState.UNKNOWN, "it may be erased here"
    assert reading.problems[0].code == "recovery"
    three.bus = (iphone(address=7),)
    three.usbmux.show(served(UDID, "1-4", "u/2", three.usbmux))
    await three.one(State.READY, source="usbmux")
    assert (len(three.keys), "went" in three.kinds) == (1, False)


async def test_a_mode_without_a_name_gets_a_hint_and_no_value_of_the_phone_before(three: Three):
    three.bus = (galaxy(),)
    three.adb.show(served(SERIAL, "1-2.3", "1-2.3#1", three.adb))
    await three.one(State.READY)
    three.adb.show()
    three.bus = (download(),)
    reading = await three.one(State.DOWNLOAD)
    (phone,) = three.bench.phones
    assert (phone.before, len(three.keys)) == (SERIAL, 1)
    assert (reading.id, reading.identity.model, reading.identity.serial) == ("usb:1-2.3", None, None)
    assert reading.locks.activation is LockState.UNKNOWN
    hint = reading.evidence["identity.model@slot"]
    assert (hint.quality, hint.raw) == (Quality.HINT, "Galaxy S21")
    assert reading.evidence["identity.serial@slot"].raw == SERIAL
    assert [p.code for p in reading.problems if not p.field] == ["download", "slot_before"]
    said = reading.problems[-1]
    assert "Galaxy S21" in message(said)
    assert (SERIAL in message(said), said.params["serial"]) == (False, SERIAL), "a screen may hide it"


async def test_a_hint_outlives_the_seat_and_never_speaks_of_another_maker_or_platform(three: Three):
    three.bus = (replace(galaxy(), vid="2717", pid="ff48"),)
    await three.one(State.OFFLINE)
    three.bus = ()
    await three.watched.until(lambda: not three.bench.phones)
    three.bus = (edl(),)
    assert "slot_before" in {p.code for p in (await three.one(State.EDL)).problems}
    three.bus = (download(address=20),)  # Samsung's alone
    reading = await three.one(State.DOWNLOAD)
    assert "slot_before" not in {p.code for p in reading.problems}
    three.bus = (iphone("1-2.3", 21),)
    await three.one(State.OFFLINE)
    three.bus = (edl(address=22),)
    assert "slot_before" not in {p.code for p in (await three.one(State.EDL)).problems}


async def test_a_bad_cable_is_said_beside_what_the_protocol_told(three: Three):
    three.bus = (galaxy(),)
    three.adb.show(served(SERIAL, "1-2.3", "1-2.3#1", three.adb))
    await three.one(State.READY)
    three.bus = (replace(galaxy(), superspeed=True, port_superspeed=True),)
    await three.watched.until(
        lambda: any(p.code == "usb_slow" for p in three.bench.phones[0].reading.problems)
    )
    assert three.bench.phones[0].reading.identity.model == "Galaxy S21"
    three.bus = (galaxy(),)
    await three.watched.until(
        lambda: not any(p.code == "usb_slow" for p in three.bench.phones[0].reading.problems)
    )
    reading = three.bench.phones[0].reading
    assert (reading.state, reading.usb.mode) == (State.READY, "mtp")
    assert len(three.adb.reads) == 1


async def test_a_slot_that_hangs_twice_says_reseat_and_nothing_else_notices(three: Three):
    three.adb.behaviours[SERIAL] = hanging
    three.bus = (galaxy(), iphone())
    three.usbmux.show(served(UDID, "1-4", "u/1", three.usbmux))
    three.adb.show(served(SERIAL, "1-2.3", "1-2.3#1", three.adb))

    def codes(name: str) -> list[str]:
        return [p.code for p in three.watched.phone(name).reading.problems if not p.field]

    await three.watched.until(
        lambda: (
            len(three.bench.phones) == 2 and "timeout" in codes(SERIAL) and "usb_reseat" not in codes(SERIAL)
        )
    )
    await three.watched.until(lambda: "usb_reseat" in codes(SERIAL))
    assert three.watched.phone(UDID).reading.state is State.READY
    assert codes(UDID) == []
    three.adb.behaviours[SERIAL] = whole
    three.bench.read_again(three.watched.phone(SERIAL).key)
    await three.watched.until(lambda: three.watched.phone(SERIAL).reading.state is State.READY)
    assert codes(SERIAL) == []


async def test_a_slot_that_loses_its_phone_again_and_again_is_named(three: Three):
    for address in range(5, 12):
        three.bus = (galaxy(address=address),)
        three.adb.show(served(SERIAL, "1-2.3", f"1-2.3#{address}", three.adb))
        await three.has_read(address - 4)
        await asyncio.sleep(POLL * 4)
        await three.one(State.READY)
        three.bus = ()
        three.adb.show()
        await asyncio.sleep(HOLD / 2)
    three.bus = (galaxy(address=30),)
    three.adb.show(served(SERIAL, "1-2.3", "1-2.3#30", three.adb))
    await three.watched.until(
        lambda: "usb_history" in {p.code for p in three.bench.phones[0].reading.problems}
    )
    assert "today" in message(
        next(p for p in three.bench.phones[0].reading.problems if p.code == "usb_history")
    )


async def test_the_bus_that_cannot_be_seen_any_more_costs_no_phone_of_a_service(three: Three):
    three.bus = (galaxy(),)
    three.adb.show(served(SERIAL, "1-2.3", "1-2.3#1", three.adb))
    await three.one(State.READY)
    three.bus = ServiceMissing("The USB bus cannot be listed.")
    await asyncio.sleep(HOLD * 2)
    assert [phone.reading.state for phone in three.bench.phones] == [State.READY]
    three.bus = (galaxy(),)
    await asyncio.sleep(POLL * 5)
    assert (len(three.bench.phones), len(three.keys), len(three.adb.reads)) == (1, 1, 1)


async def test_forty_phones_on_the_bus_and_one_more_is_on_its_card_at_once(three: Three):
    forty = tuple(
        galaxy(f"1-{hub}.{port}", 10 * hub + port, serial=f"R{hub}{port:02}")
        for hub in range(1, 5)
        for port in range(1, 11)
    )
    three.bus = forty
    await three.watched.until(lambda: len(three.bench.phones) == 40)
    three.adb.show(
        *(
            served(f"R{h}{p:02}", f"1-{h}.{p}", f"1-{h}.{p}#1", three.adb)
            for h in range(1, 5)
            for p in range(1, 11)
        )
    )
    await three.watched.until(lambda: all(p.reading.state is State.READY for p in three.bench.phones))
    took = []
    for address in (97, 98, 99):  # the computer may be busy with something else
        began = time.monotonic()
        three.bus = (*forty, galaxy("1-9", address, serial=f"LATE{address}"))
        await three.watched.until(lambda: len(three.bench.phones) == 41)
        took.append(time.monotonic() - began)
        three.bus = forty
        await three.watched.until(lambda: len(three.bench.phones) == 40)
    assert min(took) < POLL + 0.1, took
    assert len(three.keys) == 43


class Bug:
    """Fails once it is armed, as a method of whoever it is put into; ``only``: over a key with this in it."""

    def __init__(self, only: str = "") -> None:
        self.only, self.times = only, 0

    def __call__(self, *args: object) -> None:
        if any(self.only in str(getattr(arg, "key", arg)) for arg in args):
            self.times += 1
            raise TypeError("a bug")


@pytest.mark.parametrize("method", ["before", "sighting", "complete", "refreshed", "remember", "concluded"])
async def test_a_bug_over_one_slot_ends_no_bus_and_costs_no_other_phone(
    three: Three, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, method: str
):
    bug = Bug(only="1-2.3")
    completing, whole = three.bench._completing, getattr(three.bench._completing, method)

    def fails(seat: Seat, *args: object) -> object:
        if seat.sighting.slot == "1-2.3":
            bug(bug.only)
        return whole(seat, *args)

    monkeypatch.setattr(completing, method, fails)
    with caplog.at_level(logging.CRITICAL):
        three.bus = (galaxy(),)
        three.adb.show(served(SERIAL, "1-2.3", "a", three.adb))
        three.bus = (download(), iphone())
        three.usbmux.show(served(UDID, "1-4", "i", three.usbmux))
        await three.watched.until(
            lambda: any(
                p.sighting.slot == "1-4" and p.reading.state is State.READY for p in three.bench.phones
            )
        )
        three.bus = (edl(), iphone(address=6))
        three.adb.show()
        three.usbmux.show(served(UDID, "1-4", "j", three.usbmux))
        await three.watched.until(lambda: three.usbmux.reads.count((UDID, True)) == 2)
        three.bus = ()
        three.usbmux.show()
        await three.watched.until(lambda: not three.bench.phones)


async def test_a_phone_that_cannot_be_taken_in_leaves_no_seat_without_a_phone(
    three: Three, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    came, bug = three.bench.came, Bug()
    monkeypatch.setattr(three.bench, "came", bug)
    with caplog.at_level(logging.CRITICAL):
        three.bus = (edl(),)
        await three.watched.until(lambda: bug.times > 0)
        assert three.bench._seating.seats.keys() == set()
        monkeypatch.setattr(three.bench, "came", came)
        three.bus = (edl(), iphone())
        await three.watched.until(lambda: len(three.bench.phones) == 2)


async def test_a_listener_that_fails_hears_no_less_and_ends_no_bus(
    three: Three, caplog: pytest.LogCaptureFixture
):
    bug = Bug()
    three.bench.subscribe(bug)
    with caplog.at_level(logging.CRITICAL):
        three.bus = (edl(),)
        await three.one(State.EDL)
    assert bug.times > 1


async def test_a_path_that_adb_names_twice_is_one_card(three: Three):
    three.adb.show(served("OLD", "1-2.3", "a", three.adb), served(SERIAL, "1-2.3", "b", three.adb))
    await three.one(State.READY, source="adb")
    assert three.bench.phones[0].sighting.id == SERIAL
    three.bus = (galaxy(),)
    three.adb.show(served(SERIAL, "1-2.3", "b", three.adb), served("OLD", "1-2.3", "c", three.adb))
    await three.watched.until(lambda: three.bench.phones[0].reading.usb.mode is not None)
    assert [phone.sighting.id for phone in three.bench.phones] == [SERIAL]
