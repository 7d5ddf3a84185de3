"""Many phones at once: a service that goes and comes, a cable that flaps, twins, and most of a bench that hangs."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Sequence
from contextlib import suppress

import pytest

from diagnostics.apple.source import AppleSource
from diagnostics.bench import Bench, Phone
from diagnostics.model import State
from diagnostics.practice.bench import PracticeBench
from tests.matrix.cases import CHARACTERS
from tests.matrix.hall import Hall, handles, open_hall
from tests.matrix.judging import faults_of, faults_of_end
from tests.matrix.leaks import settles
from tests.matrix.watching import NEVER, is_finished

FOUR = handles(("worn-battery", "fresh", "signed-in", "supervised"), 1)
FORTY = 40
MANY_HANG = 36


def wrong(hall: Hall, name: str, phones: Sequence[Phone]) -> list[str]:
    found = [line for phone in phones for line in faults_of(phone.reading, hall.truths[name], "slow")]
    return found + [line for phone in phones if is_finished(phone) for line in faults_of_end(phone.reading)]


async def all_well(hall: Hall) -> None:
    await hall.until(lambda: all(hall.is_well(name) for name in hall.names))
    assert [name for name in hall.names if not hall.is_well(name)] == []


@pytest.mark.parametrize("after", [0.0, 0.03, 0.1])
async def test_usbmuxd_goes_while_phones_are_read_and_everything_comes_back_by_itself(tmp_path, after):
    async with open_hall(FOUR, tmp_path) as hall:
        seen = {name: hall.watch(name) for name in FOUR}
        for name in FOUR:
            hall.bench.read_again(hall.phone(name).key)
        await asyncio.sleep(after)
        hall.practice.fault("usbmuxd", "service-down")
        assert await hall.until(lambda: any(hall.errors) and not hall.bench.phones)
        said = next(filter(None, reversed(hall.errors)))
        assert said.hint
        hall.practice.clear("usbmuxd")
        await all_well(hall)
        assert hall.errors[-1] is None
        assert [line for name in FOUR for line in wrong(hall, name, seen[name].phones)] == []
        assert await settles(1, hall.port) == 1


async def test_a_cable_that_flaps_ends_as_one_phone_that_was_read_and_disturbs_no_other(tmp_path):
    async with open_hall(FOUR, tmp_path) as hall:
        flapping, *others = FOUR
        seen, before = hall.watch(flapping), {name: hall.phone(name) for name in others}
        for turn in range(15):
            hall.practice.unplug(flapping)
            await asyncio.sleep(0.01 * (turn % 3))
            hall.practice.plug(flapping)
            await asyncio.sleep(0.02 * (turn % 4))
        await all_well(hall)
        assert [phone.reading.id for phone in hall.bench.phones].count(hall.phone(flapping).reading.id) == 1
        assert {name: hall.phone(name) for name in others} == before
        assert wrong(hall, flapping, seen.phones) == []
        assert await settles(1, hall.port) == 1


@pytest.mark.parametrize("fault", ["listed-twice", "listed-twice-undashed"])
async def test_a_phone_over_cable_and_network_is_one_phone_also_when_the_cable_goes(tmp_path, fault):
    name = FOUR[0]
    async with open_hall([name], tmp_path) as hall:
        hall.practice.fault(name, fault)
        hall.bench.read_again(hall.phone(name).key)
        await all_well(hall)
        assert len(hall.bench.phones) == 1
        cabled = hall.phone(name)
        hall.practice.unplug(name)
        assert await hall.until(
            lambda: (now := hall.there(name)) and now.reading.slot is None and is_finished(now)
        )
        (phone,) = hall.bench.phones
        assert (phone.reading.state, phone.reading.slot, phone.reading.id) == (
            State.READY,
            None,
            cabled.reading.id,
        )
        hall.practice.plug(name)
        assert await hall.until(lambda: hall.is_well(name))
        assert len(hall.bench.phones) == 1


async def test_two_phones_with_one_serial_stay_two_and_never_lend_each_other_a_value(tmp_path):
    practice = PracticeBench(iphones=2, androids=0)
    await practice.start()
    first, second = practice._sides["usbmuxd"].server.phones  # type: ignore[attr-defined]
    own = {phone.name: phone.character.model["version"] for phone in (first, second)}
    assert len(set(own.values())) == 2
    practice.unplug(second.name)
    second.ids = dataclasses.replace(second.ids, udid=first.udid)
    practice.plug(second.name)
    address = practice.environment()["USBMUXD_SOCKET_ADDRESS"]
    bench = Bench([AppleSource(address=address, pair_records=tmp_path)], ask_trust=False)
    running = asyncio.create_task(bench.run())
    with suppress(TimeoutError):
        async with asyncio.timeout(30):
            while len(bench.phones) < 2 or not all(map(is_finished, bench.phones)):
                await asyncio.sleep(0.02)
    readings = [phone.reading for phone in bench.phones]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await practice.stop()
    assert len({phone.key for phone in bench.phones}) == 2
    assert {reading.id for reading in readings} == {first.udid}
    assert {reading.identity.os_version for reading in readings} == set(own.values())
    assert [reading.state for reading in readings] == [State.READY, State.NEEDS_TRUST]


# Most of a bench hangs


async def test_four_phones_are_as_fast_among_thirty_six_that_hang_as_alone(tmp_path):
    copies = FORTY // len(CHARACTERS)
    async with open_hall(handles(CHARACTERS, copies), tmp_path) as hall:
        well = hall.names[:: FORTY // (FORTY - MANY_HANG)]
        alone = [await _time(hall, well) for _ in range(3)]
        for name in set(hall.names) - set(well):
            hall.practice.fault(name, "falls-silent", "values")
            hall.bench.read_again(hall.phone(name).key)
        await asyncio.sleep(0.2)
        among = [await _time(hall, well) for _ in range(3)]
        hanging = [hall.phone(name) for name in hall.names if name not in well]
        assert all(phone.busy for phone in hanging)
        assert min(among) < 1.5 * min(alone) + 0.1
        for name in set(hall.names) - set(well):
            hall.practice.clear(name)
        assert NEVER not in await asyncio.gather(*map(hall.recovers, hall.names))
        assert await settles(1, hall.port) == 1


async def _time(hall: Hall, names: Sequence[str]) -> float:
    started = time.perf_counter()
    keys = {name: hall.phone(name).key for name in names}
    for key in keys.values():
        hall.bench.read_again(key)
    assert await hall.until(lambda: all(hall.is_well(name) for name in names))
    return time.perf_counter() - started
