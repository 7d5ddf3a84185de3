"""What makers and versions do differently, read over the real protocol from the practice phones that do it."""

from __future__ import annotations

from contextlib import aclosing

import pytest

from benchmarks import makers
from diagnostics.android.source import AndroidSource
from diagnostics.model import Quality, Reading
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.server import PracticeAdbServer, load_androids
from tests.fakes.android import FrozenClock


async def _read(character: str) -> tuple[PracticeAndroid, Reading]:
    (phone,) = (phone for phone in load_androids(28) if phone.id == character)
    server = PracticeAdbServer([phone])
    await server.start()
    try:
        source = AndroidSource(FrozenClock(), port=server.port)
        async with aclosing(source.watch()) as snapshots:
            (sighting,) = (await anext(snapshots)).sightings
        return phone, await source.read(sighting, lambda _: None, ask_trust=False)
    finally:
        await server.stop()


async def test_a_phone_with_two_slots_tells_both_imeis_up_to_android_9():
    phone, reading = await _read("old-system")
    assert (reading.identity.imei, reading.identity.imei2) == phone.imeis


@pytest.mark.parametrize("character", ["one-ui-1", "android-7", "no-exit-codes", "barred"])
async def test_a_phone_with_one_slot_has_one_imei(character):
    phone, reading = await _read(character)
    assert (reading.identity.imei, reading.identity.imei2) == (phone.imeis[0], None)


async def test_cycles_come_from_what_android_tells_its_apps_where_the_hal_is_out_of_reach():
    _, reading = await _read("honor")
    battery = reading.battery
    assert (battery.cycle_count, battery.health_percent, battery.design_mah) == (148, 96, 5200)
    assert reading.evidence["battery.cycle_count"].source == "dumpsys activity broadcasts EXTRA_CYCLE_COUNT"
    assert reading.evidence["battery.health_percent"].quality is Quality.ESTIMATE


async def test_a_phone_that_was_updated_is_asked_through_the_hal_that_it_was_sold_with():
    _, reading = await _read("unlocked-bootloader")
    assert (reading.battery.health_percent, reading.battery.cycle_count) == (89, 402)
    assert reading.evidence["battery.cycle_count"].source == "IHealth batteryCycleCount (health_hidl_kept)"


async def test_the_table_of_makers_is_what_the_reader_reads_now():
    # Otherwise write it anew: python -m benchmarks.makers
    assert await makers.written() == makers.PLACE.read_text(encoding="utf-8")
