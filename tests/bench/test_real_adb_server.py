"""Our reader behind the real adb servers, Debian's and the bundled one, unchanged.

The phone is on the network: that takes no USB, and an adb server treats it as any other once it is connected.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path

import pytest

from diagnostics.android import launching
from diagnostics.android.server import AdbServer
from diagnostics.android.source import AndroidSource
from diagnostics.bench import Bench, BenchEvent
from diagnostics.building import FIELDS
from diagnostics.model import Reading, State
from diagnostics.ports import Progress, Sighting, Snapshot
from diagnostics.practice.android.server import PracticeAdbServer, load_androids
from diagnostics.practice.android_side import AndroidSide
from tests.fakes.adbd import Adbd
from tests.fakes.android import FrozenClock

pytestmark = pytest.mark.foreign

_SOON = 10.0
_OF_THE_BUS = {"identity.serial"}


class Servers:
    """Real adb servers on one port, one after the other, with one home."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.server = AdbServer(port=port)

    async def start(self) -> None:
        await launching.start_server(self.port)

    async def stop(self) -> None:
        """End the server as ``adb kill-server`` does."""
        with suppress(Exception):  # it says OKAY and no more
            await self.server.request("host:kill")
        process = launching._started.pop()
        await asyncio.wait_for(asyncio.to_thread(process.wait), _SOON)

    async def connect(self, adbd: Adbd) -> str:
        return await self.server.request(f"host:connect:127.0.0.1:{adbd.port}")

    def source(self) -> AndroidSource:
        return AndroidSource(FrozenClock(), port=self.port)


@pytest.fixture(params=["bundled", "/usr/bin/adb"])
async def servers(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, unused_tcp_port: int
) -> AsyncIterator[Servers]:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ADB_LIBUSB", "0")  # adb 36 gives libusb three seconds to find no phone
    if request.param != "bundled":
        monkeypatch.setattr(launching, "bundled_adb", lambda: request.param)
    running = Servers(unused_tcp_port)
    await running.start()
    yield running
    await running.stop()


@asynccontextmanager
async def adbd_of(phone_id: str, fault: str = "", *, asks: bool = False) -> AsyncIterator[Adbd]:
    side = AndroidSide(28)
    if fault:
        side.fault(phone_id, fault, "", 0)
    adbd = Adbd(side.phone(phone_id), asks=asks)
    await adbd.start()
    try:
        yield adbd
    finally:
        await adbd.stop()


def _ignore(_: Progress) -> None:
    return None


async def _until(
    snapshots: AsyncGenerator[Snapshot, None], wanted: Callable[[Snapshot], bool], seconds: float = _SOON
) -> Snapshot:
    async with asyncio.timeout(seconds):
        async for snapshot in snapshots:
            if wanted(snapshot):
                return snapshot
    raise AssertionError("watching ended")


def _shows(state: State) -> Callable[[Snapshot], bool]:
    return lambda snapshot: [sighting.state for sighting in snapshot.sightings] == [state]


async def _seen(source: AndroidSource) -> Sighting:
    async with aclosing(source.watch()) as snapshots:
        return (await _until(snapshots, _shows(State.CONNECTING))).sightings[0]


async def _read(servers: Servers) -> Reading:
    source = servers.source()
    return await source.read(await _seen(source), _ignore, ask_trust=False)


async def _read_directly(phone_id: str) -> Reading:
    phones = [phone for phone in load_androids(28) if phone.id == phone_id]
    practice = PracticeAdbServer(phones)
    await practice.start()
    try:
        source = AndroidSource(FrozenClock(), port=practice.port)
        return await source.read(await _seen(source), _ignore, ask_trust=False)
    finally:
        await practice.stop()


def _values(reading: Reading) -> dict[str, object]:
    groups = ((field, *field.split(".")) for field in FIELDS - _OF_THE_BUS)
    return {field: getattr(getattr(reading, group), name) for field, group, name in groups}


@pytest.mark.parametrize(
    "phone_id", ["worn-battery", "signed-in", "old-system", "no-exit-codes", "hyperos-3"]
)
async def test_a_phone_reads_behind_a_real_server_as_on_the_practice_bench(servers: Servers, phone_id: str):
    async with adbd_of(phone_id) as adbd:
        assert "connected to" in await servers.connect(adbd)
        reading = await _read(servers)
    assert reading.state is State.READY
    assert _values(reading) == _values(await _read_directly(phone_id))
    # Android 6 knows no packets and closes the stream, which the server passes on as a refusal.
    assert {name.split(":")[0] for name in adbd.services} <= {"shell,v2", "shell"}


@pytest.mark.parametrize(
    "fault", ["old-shell", "floods", "service-missing", "permission-denied", "security-exception"]
)
async def test_odd_shells_and_answers_cost_no_reading(servers: Servers, fault: str):
    async with adbd_of("worn-battery", fault) as adbd:
        await servers.connect(adbd)
        reading = await _read(servers)
    assert (reading.state, reading.identity.manufacturer, reading.battery.health_percent) == (
        State.READY,
        "Samsung",
        79,
    )


async def test_bytes_that_are_no_text_cost_nothing(servers: Servers):
    async with adbd_of("worn-battery") as adbd:
        build = dataclasses.replace(adbd.phone.character.build, manufacturer="sam\udcff\udc80sung")
        adbd.phone.character = dataclasses.replace(adbd.phone.character, build=build)
        await servers.connect(adbd)
        reading = await _read(servers)
    assert (reading.state, reading.identity.manufacturer) == (State.READY, "sam\ufffd\ufffdsung")


async def test_always_allow_sticks_when_the_server_is_started_again(servers: Servers):
    async with adbd_of("worn-battery", asks=True) as adbd:
        async with aclosing(servers.source().watch()) as snapshots:
            await servers.connect(adbd)
            await _until(snapshots, _shows(State.UNAUTHORIZED))
            await adbd.allow()
            await _until(snapshots, _shows(State.CONNECTING))
        for _ in range(2):
            await servers.stop()
            await servers.start()
            await servers.connect(adbd)
            assert (await _read(servers)).state is State.READY
        assert adbd.questions == 1


async def test_a_server_that_is_started_again_under_us_gives_its_phone_back(servers: Servers):
    async with adbd_of("worn-battery") as adbd:
        await servers.connect(adbd)
        source = servers.source()
        async with aclosing(source.watch()) as snapshots:
            await _until(snapshots, _shows(State.CONNECTING))
            await servers.stop()
            gone = await _until(snapshots, lambda snapshot: snapshot.error is not None)
            assert gone.sightings == ()
            await servers.start()
            await servers.connect(adbd)
            (again,) = (await _until(snapshots, _shows(State.CONNECTING))).sightings
            assert (await source.read(again, _ignore, ask_trust=False)).state is State.READY


async def test_a_phone_that_leaves_the_network_in_the_middle_keeps_what_was_read(servers: Servers):
    async with adbd_of("worn-battery") as adbd:
        adbd.phone.pace = 0.1
        await servers.connect(adbd)
        source, leaving = servers.source(), list[asyncio.Task[None]]()

        def leave(_: Progress) -> None:
            if not leaving:
                leaving.append(asyncio.create_task(adbd.stop()))

        async with aclosing(source.watch()) as snapshots:
            (sighting,) = (await _until(snapshots, _shows(State.CONNECTING))).sightings
            reading = await source.read(sighting, leave, ask_trust=False)
            await asyncio.gather(*leaving)
            await _until(snapshots, lambda snapshot: not _shows(State.CONNECTING)(snapshot))
    assert reading.identity.model == "Galaxy S21 5G"
    assert reading.state is not State.READY


async def test_the_card_is_there_half_a_second_after_allow(servers: Servers):
    waits = [await _wait_for_card(servers) for _ in range(3)]
    assert min(waits) < 0.5


async def _wait_for_card(servers: Servers) -> float:
    """Return the seconds from “Allow” to the first card with a model, behind a real server."""
    waiting, shown = asyncio.Event(), asyncio.Event()

    def note(event: BenchEvent) -> None:
        if event.phone is not None and event.phone.reading.state is State.UNAUTHORIZED:
            waiting.set()
        if event.phone is not None and event.phone.reading.identity.model:
            shown.set()

    bench = Bench([servers.source()])
    bench.subscribe(note)
    async with adbd_of("worn-battery", asks=True) as adbd, asyncio.timeout(_SOON):
        running = asyncio.create_task(bench.run())
        try:
            await servers.connect(adbd)
            await waiting.wait()
            await asyncio.sleep(0.5)  # nobody is quicker at the button
            started = asyncio.get_running_loop().time()
            await adbd.allow()
            await shown.wait()
            return asyncio.get_running_loop().time() - started
        finally:
            running.cancel()
            await asyncio.wait([running])
            await servers.server.request(f"host:disconnect:127.0.0.1:{adbd.port}")
