"""Two phones with one serial: what proves that they are two, and what becomes of the card that both would share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from diagnostics.building import ReadingBuilder
from diagnostics.completing import Completing
from diagnostics.contradicting import contradict
from diagnostics.joining import Seat
from diagnostics.model import DeviceId, Platform, Quality, Reading, State, Transport
from diagnostics.phone import EventKind
from diagnostics.ports import Publish, Sighting
from diagnostics.slots.slot import Slot
from diagnostics.watchdog import Watchdog
from tests.fakes.sources import FixedClock
from tests.unit.bench.test_bench_slots import SERIAL, Three, galaxy, served

ADB, MTP = "getprop", "MTP GetDeviceInfo Model"
Put = tuple[str, object, str, Quality]


def put(name: str, value: object, source: str = ADB, quality: Quality = Quality.EXACT) -> Put:
    return (name, value, source, quality)


def reading(*puts: Put, platform: Platform = Platform.ANDROID, ecid: str = "") -> Reading:
    seen = Sighting("1", DeviceId(SERIAL), platform, Transport.ADB, "1-2.3", State.READY)
    builder = ReadingBuilder(seen, FixedClock())
    for name, value, source, quality in puts:
        builder.put(name, value, source, raw=value, quality=quality)
    if ecid:
        builder.witness("identity.serial", "ecid", "ECID", raw=ecid, quality=Quality.EXACT)
    return builder.build()


ONE, OTHER, SECOND = "356938035643809", "490154203237518", "353880080000000"
CODE, SIZE, IMEI = "identity.model_code", "storage.capacity_gb", "identity.imei"
IOS = Platform.IOS


def mode(vid: str) -> Reading:
    builder = ReadingBuilder(
        Sighting("1", DeviceId("A"), Platform.ANDROID, Transport.USB, "1-2", State.CHARGING_ONLY),
        FixedClock(),
    )
    builder.put("usb.mode", "charging", "USB ids and interfaces", raw=f"{vid}:0001 ff/00/00")
    return builder.build()


@pytest.mark.parametrize(
    ("earlier", "now", "by"),
    [
        (reading(put(IMEI, ONE)), reading(put(IMEI, OTHER)), "imei"),
        (reading(put(IMEI, ONE)), reading(put(IMEI, OTHER), put("identity.imei2", ONE)), None),
        (reading(put(IMEI, ONE)), reading(), None),
        (reading(put(SIZE, 128)), reading(put(SIZE, 256)), "storage"),
        (reading(put(SIZE, 128)), reading(put(SIZE, 128, MTP)), None),
        (reading(put(SIZE, 128)), reading(put(SIZE, 64, MTP)), None),  # both estimate the box
        (reading(put(SIZE, 256)), reading(put(SIZE, 64, MTP)), "storage"),
        (reading(put(CODE, "SM-G991B")), reading(put(CODE, "SM-A515F")), "model"),
        (reading(put(CODE, "SM-G991B")), reading(put(CODE, "SM-A515F", MTP)), "model"),
        (reading(put(CODE, "SM-G991B")), reading(put(CODE, "Galaxy S21", MTP)), None),  # a name, no code
        (reading(put(CODE, "GM1913")), reading(put(CODE, "msmnile", "fastboot", Quality.HINT)), None),
        (reading(ecid="001A"), reading(ecid="001a"), None),
        (reading(ecid="001A"), reading(ecid="002B"), "ecid"),
        (reading(), reading(platform=IOS), "platform"),
        (mode("04e8"), mode("2717"), "usb id"),
        (mode("04e8"), mode("18d1"), None),  # Android's own id, which phones of all makers show
        (mode("04e8"), mode("04e8"), None),
    ],
)
def test_what_cannot_change_on_one_phone_proves_that_there_are_two(
    earlier: Reading, now: Reading, by: str | None
):
    assert contradict(earlier, now) == by
    assert contradict(now, earlier) == by


def of(imei: str) -> Callable[[Sighting, Publish], object]:
    async def read(seen: Sighting, _: Publish) -> Reading:
        builder = ReadingBuilder(seen, FixedClock())
        builder.put("identity.imei", imei, "service call iphonesubinfo", raw=imei)
        builder.state = State.READY
        return builder.build()

    return read


@pytest.fixture
async def three() -> AsyncIterator[Three]:
    three = Three()
    task = asyncio.create_task(three.bench.run())
    yield three
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def plug(three: Three, imei: str, number: int) -> None:
    three.adb.behaviours = {SERIAL: of(imei)}  # type: ignore[dict-item]
    three.bus = (galaxy(address=number),)
    three.adb.show(served(SERIAL, "1-2.3", f"1-2.3#{number}", three.adb))
    await three.watched.until(
        lambda: [p.reading.identity.imei for p in three.bench.phones if not p.busy] == [imei]
    )


async def test_the_second_of_two_phones_with_one_serial_gets_a_card_of_its_own_however_quick_it_came(
    three: Three,
):
    await plug(three, ONE, 7)
    await plug(three, OTHER, 8)
    (now,) = three.bench.phones
    (gone,) = (e.phone for e in three.watched.events if e.kind is EventKind.WENT and e.phone)
    assert gone.key != now.key
    assert (gone.reading.identity.imei, now.reading.identity.imei) == (ONE, OTHER)
    assert three.kinds.count("came") == 2


async def test_the_same_phone_keeps_its_card(three: Three):
    await plug(three, ONE, 7)
    await plug(three, ONE, 8)
    await three.has_read(2)
    assert (len(three.keys), "went" in three.kinds) == (1, False)


def test_nothing_of_a_phone_is_added_to_another_one_with_its_serial_in_its_slot():
    clock, slot = FixedClock(), Slot("bus 1", "2.3")
    completing = Completing(clock, Watchdog(clock))
    usual = Sighting("1", DeviceId(SERIAL), Platform.ANDROID, Transport.ADB, "1-2.3", State.CONNECTING)
    completing.remember(Seat("k", "adb", usual, slot), reading(put(CODE, "SM-G991B"), put(IMEI, ONE)))
    files = replace(usual, key="2", transport=Transport.USB, state=State.DEBUGGING_OFF)
    seat = Seat("l", "usb", files, slot)
    same = completing.complete(seat, reading(put(CODE, "SM-G991B", MTP)))
    other = completing.complete(seat, reading(put(CODE, "SM-A515F", MTP)))
    assert (same.identity.imei, other.identity.imei) == (ONE, None)
    assert "slot_before" not in {problem.code for problem in other.problems}
