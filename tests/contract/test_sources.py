"""What every bus promises the bench, the ones that tests make up included; see `diagnostics.ports.DeviceSource`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from diagnostics.android.source import AndroidSource
from diagnostics.apple.source import AppleSource
from diagnostics.model import Reading, State
from diagnostics.ports import DeviceSource, Progress, Sighting, SystemClock
from diagnostics.practice.bench import PracticeThread
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.source import UsbSource
from tests.fakes.sources import FakeSource, sighting

Changes = Callable[[], list[Any]]


@contextmanager
def iphones(folder: Path) -> Iterator[tuple[DeviceSource, Changes]]:
    with PracticeThread(iphones=1, androids=0) as bench:
        address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
        source = AppleSource(address=address, pair_records=folder / "records")
        yield source, lambda: [request for request in bench.requests() if request.changes]


@contextmanager
def androids(folder: Path) -> Iterator[tuple[DeviceSource, Changes]]:
    with PracticeThread(iphones=0, androids=1) as bench:
        source = AndroidSource(port=int(bench.environment()["ANDROID_ADB_SERVER_PORT"]))
        yield source, lambda: [request for request in bench.requests() if request.changes]


@contextmanager
def bare_bus(folder: Path) -> Iterator[tuple[DeviceSource, Changes]]:
    device = UsbDevice("05ac", "1281", frozenset(), "1-4", 7, "CPID:8110 SRNM:[F2LXXXXXXX]")
    yield UsbSource(SystemClock(), lambda: (device,)), list


@contextmanager
def made_up(folder: Path) -> Iterator[tuple[DeviceSource, Changes]]:
    source = FakeSource()
    source.show(sighting("a"))
    yield source, list


@pytest.fixture(params=[iphones, androids, bare_bus, made_up])
def bus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[DeviceSource, Changes]]:
    with request.param(tmp_path) as made:
        yield made


async def read_first(source: DeviceSource) -> tuple[Sighting, Reading, list[Progress]]:
    steps = list[Progress]()
    async with aclosing(source.watch()) as watching:
        seen = (await anext(watching)).sightings[0]
        reading = await source.read(seen, steps.append, ask_trust=False)
    return seen, reading, steps


async def test_a_bus_shows_a_phone_and_tells_what_it_reads_of_it(bus):
    source, changes = bus
    seen, reading, steps = await read_first(source)
    assert (reading.id, reading.slot, reading.transport) == (seen.id, seen.slot, seen.transport)
    assert steps
    assert not changes()


async def test_a_look_at_a_phone_that_is_as_it_was_gives_back_what_was_read(bus):
    source, changes = bus
    seen, reading, _ = await read_first(source)
    for state in (reading.state, *State):
        known = dataclasses.replace(reading, state=state)
        glance = await source.look(seen, known)
        assert glance.answered
        if state is reading.state:
            assert glance.reading is known
    assert not changes()


async def test_a_phone_that_the_bus_does_not_show_can_be_looked_at_and_read(bus):
    source, changes = bus
    seen, reading, _ = await read_first(source)
    gone = dataclasses.replace(seen, key="gone")
    assert (await source.look(gone, reading)).reading is reading
    assert isinstance(await source.read(gone, lambda _: None, ask_trust=False), Reading)
    assert not changes()
