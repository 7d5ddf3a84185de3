"""A slot whose phone hangs twice says to re-seat the cable, over MTP, in fastboot and over the modem, too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Self

import pytest
import serial

from diagnostics.bench import Bench
from diagnostics.joining import Joining
from diagnostics.phone import EventKind, Phone
from diagnostics.usb import mtp
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.history import SlotDays
from diagnostics.usb.modem_port import Port
from diagnostics.usb.pipe import Pipe, PipeLost, PipeMissing, PipeSilent
from diagnostics.usb.pipe_asking import Asker
from diagnostics.usb.source import UsbSource
from diagnostics.watchdog import MemoryDays
from tests.fakes.sources import FixedClock
from tests.fakes.usb_pipes import DirectPipe
from tests.fakes.watched import Watched
from tests.usb_bench.mtp_phone import MtpPhone

FILES, FASTBOOT = frozenset({"06/01/01"}), frozenset({"ff/42/03"})


def phone(slot: str, interfaces: frozenset[str] = FILES, address: int = 5) -> UsbDevice:
    return UsbDevice("04e8", "6860", interfaces, slot, address, f"S{slot}", speed=480.0)


class Opening:
    """Opens pipes to phones, of which those in some slots hang."""

    def __init__(self, *hang: str) -> None:
        self.hang = set(hang)
        self.opened: list[str] = []

    def __call__(self, device: UsbDevice, *_: str) -> Pipe:
        self.opened.append(device.slot)
        if device.slot in self.hang:
            raise PipeSilent
        return DirectPipe(MtpPhone())


class Shop:
    """A bench with the program's own usb source and asker."""

    def __init__(self, asker: Asker, *bus: UsbDevice, days: SlotDays | None = None) -> None:
        self.bus = bus
        usb = UsbSource(FixedClock(), lambda: self.bus, poll=0.01, settle=0, asker=asker)
        joining = Joining(hold=0.5, grace=0.1)
        self.bench = Bench([usb], FixedClock(), look_every=0.02, joining=joining, days=days)
        self.watched = Watched(self.bench)

    def of(self, slot: str) -> Phone:
        return next(phone for phone in self.bench.phones if phone.sighting.slot == slot)

    def says(self, slot: str) -> list[str]:
        return [problem.code for problem in self.of(slot).reading.problems if not problem.field]

    async def until(self, slot: str, *codes: str) -> None:
        def said() -> bool:
            there = any(phone.sighting.slot == slot for phone in self.bench.phones)
            return there and not self.of(slot).busy and set(codes) <= set(self.says(slot))

        await self.watched.until(said)


@asynccontextmanager
async def running(asker: Asker, *bus: UsbDevice, days: SlotDays | None = None) -> AsyncIterator[Shop]:
    shop = Shop(asker, *bus, days=days)
    task = asyncio.create_task(shop.bench.run())
    yield shop
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize(("interfaces", "state"), [(FILES, "debugging_off"), (FASTBOOT, "fastboot")])
async def test_a_phone_that_hangs_is_tried_once_more_and_then_its_cable_is_said(
    interfaces: frozenset[str], state: str
) -> None:
    opening = Opening("1-1")
    async with running(Asker(open_pipe=opening), phone("1-1", interfaces), phone("1-2")) as shop:
        await shop.until("1-1", "usb_reseat", state)
        assert opening.opened.count("1-1") == 2
        assert shop.of("1-1").reading.state == state, "what to do in its mode is said all the same"
        assert "usb_reseat" not in shop.says("1-2")
        assert opening.opened.count("1-2") == 1
        await asyncio.sleep(0.2)
        assert opening.opened.count("1-1") == 2, "it is left alone then"


async def test_a_phone_that_answers_again_ends_it() -> None:
    opening = Opening("1-1")
    async with running(Asker(open_pipe=opening), phone("1-1")) as shop:
        await shop.until("1-1", "usb_reseat")
        opening.hang.clear()
        shop.bus = (phone("1-1", address=9),)
        await shop.watched.until(lambda: shop.of("1-1").reading.storage.capacity_gb == 128)
        await shop.until("1-1")
        assert "usb_reseat" not in shop.says("1-1")


@pytest.mark.parametrize("error", [PipeLost, PipeMissing])
async def test_a_phone_that_went_or_offers_nothing_did_not_hang(error: type[Exception]) -> None:
    def refuse(*_: object) -> Pipe:
        raise error

    async with running(Asker(open_pipe=refuse), phone("1-1")) as shop:
        for _ in range(3):
            await shop.until("1-1", "debugging_off")
            shop.bench.read_again(shop.of("1-1").key)
            await shop.watched.until(lambda: not shop.of("1-1").busy)
        assert "usb_reseat" not in shop.says("1-1")


class Pulled(DirectPipe):
    """A pipe to a phone that is pulled out when it is asked for its storages."""

    def __init__(self, pull: Callable[[], None], **ends: Any) -> None:
        super().__init__(MtpPhone(at=mtp.GET_STORAGE_IDS, **ends))
        self._pull = pull

    def write(self, data: bytes, timeout: float) -> None:
        super().write(data, timeout)
        if int.from_bytes(data[6:8], "little") == mtp.GET_STORAGE_IDS:
            self._pull()


@pytest.mark.parametrize("ends", [{"errno": "EIO"}, {"errno": "ENODEV"}, {"errno": "EPROTO"}, {"hang": True}])
async def test_a_phone_that_is_pulled_out_in_mid_talk_is_lost_however_its_pipe_ends(
    ends: dict[str, Any],
) -> None:
    def pulled() -> None:
        shop.bus = ()

    days = MemoryDays()
    async with running(Asker(open_pipe=lambda *_: Pulled(pulled, **ends)), phone("1-1"), days=days) as shop:
        await shop.watched.until(lambda: any(e.kind is EventKind.WENT for e in shop.watched.events))
        gone = shop.watched.events[-1].phone
        assert gone is not None
        assert "unplugged" in [problem.code for problem in gone.reading.problems if not problem.field]
        day = days.load(FixedClock().now().astimezone().date())[gone.place or ""]
        assert (day.lost, day.hung, day.read) == (1, 0, 0)


@pytest.mark.parametrize("ends", [{"errno": "EIO"}, {"hang": True}])
async def test_a_phone_that_went_while_it_was_read_and_comes_back_is_lost_once(ends: dict[str, Any]) -> None:
    def pulled() -> None:
        shop.bus = ()

    def opening(device: UsbDevice, *_: str) -> Pipe:
        return Pulled(pulled, **ends) if device.address == 5 else DirectPipe(MtpPhone())

    days = MemoryDays()
    async with running(Asker(open_pipe=opening), phone("1-1"), days=days) as shop:
        await shop.watched.until(lambda: not shop.bus)
        await asyncio.sleep(0.05)
        shop.bus = (phone("1-1", address=6),)
        await shop.until("1-1", "debugging_off")
        await shop.watched.until(lambda: shop.of("1-1").reading.storage.capacity_gb == 128)
        assert [event.kind for event in shop.watched.events if event.kind is EventKind.WENT] == []
        await shop.until("1-1")
        day = days.load(FixedClock().now().astimezone().date())[shop.of("1-1").place or ""]
        assert (day.lost, day.hung, day.read) == (1, 0, 1)


async def test_a_talk_that_is_cut_though_the_phone_stays_ends_all_the_same() -> None:
    asker = Asker(open_pipe=lambda *_: DirectPipe(MtpPhone(at=mtp.GET_STORAGE_IDS, errno="EIO")))
    async with running(asker, phone("1-1")) as shop:
        await shop.until("1-1", "debugging_off")
        found = shop.of("1-1").reading
        assert [p.code for p in found.problems if p.field == "storage.total_bytes"] == ["unplugged"]


class Modem:
    """A serial port of a phone whose modem never says a word."""

    def __init__(self, slot: str) -> None:
        self.device = "/dev/ttyACM0"
        self.vid: int | None = 0x04E8
        self.location: str | None = f"{slot}:1.0"
        self.serial_number: str | None = None


class Silent:
    """What pyserial opens there."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.written = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def reset_input_buffer(self) -> None:
        pass

    def write(self, data: bytes) -> None:
        raise serial.SerialTimeoutException


@pytest.mark.parametrize(("interfaces", "hangs"), [(frozenset({"02/02/01"}), True), (FILES, False)])
async def test_a_silent_modem_is_a_phone_that_hangs_where_nothing_else_of_it_answers(
    monkeypatch: pytest.MonkeyPatch, interfaces: frozenset[str], hangs: bool
) -> None:
    monkeypatch.setattr(serial, "Serial", Silent)

    def ports() -> Iterable[Port]:
        return [Modem("1-1")]

    asker = Asker(modem=True, open_pipe=Opening(), ports=ports)
    async with running(asker, phone("1-1", interfaces)) as shop:
        for _ in range(2):
            await shop.watched.until(lambda: bool(shop.bench.phones) and not shop.of("1-1").busy)
            shop.bench.read_again(shop.of("1-1").key)
        await shop.watched.until(lambda: not shop.of("1-1").busy)
        assert ("usb_reseat" in shop.says("1-1")) is hangs
        said = [p.code for p in shop.of("1-1").reading.problems if p.field == "identity.imei"]
        assert said == (["dial_imei", "timeout"] if hangs else ["dial_imei"])


@pytest.mark.parametrize(
    ("storages", "then", "lost"),
    [
        ([], FILES, 0),
        (None, frozenset({"06/01/01", "ff/42/01"}), 0),
        (None, FILES, 1),
    ],
)
async def test_what_a_person_switches_on_at_the_phone_is_no_loss(
    storages: list[Any] | None, then: frozenset[str], lost: int
) -> None:
    days = MemoryDays()
    first: dict[str, Any] = {} if storages is None else {"storages": storages}

    def opening(device: UsbDevice, *_: str) -> Pipe:
        return DirectPipe(MtpPhone(**(first if device.address == 5 else {})))

    async with running(Asker(open_pipe=opening), phone("1-1"), days=days) as shop:
        await shop.until("1-1", "debugging_off" if storages is None else "charging_only")
        shop.bus = ()
        await asyncio.sleep(0.05)
        shop.bus = (phone("1-1", then, address=6),)
        await shop.watched.until(lambda: shop.of("1-1").sighting.key.startswith("1-1@6"))
        place = shop.of("1-1").place or ""
        day = days.load(FixedClock().now().astimezone().date()).get(place)
        assert (day.lost if day else 0) == lost
