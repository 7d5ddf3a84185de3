"""What usbmuxd shows, what it does when it is not there, and how fast reading is."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from diagnostics.apple.source import AppleSource
from diagnostics.model import State
from diagnostics.ports import Snapshot
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of
from tests.fakes.bare_iphone import read_bare
from tests.fakes.iphone_readings import look, read, sighting_of, source_of, until, worst_gap
from tests.fakes.rough_mux import UDID, RoughMux, row

NEW = "iphone-not-trusted"


@pytest.fixture
async def snapshots(bench: PracticeThread, records: Path) -> AsyncIterator[list[Snapshot]]:
    seen: list[Snapshot] = []

    async def follow() -> None:
        async for snapshot in source_of(bench, records).watch():
            seen.append(snapshot)  # noqa: PERF401  the tests look while it fills

    task = asyncio.create_task(follow())
    yield seen
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_attach_and_detach_are_seen_within_a_second(bench, snapshots):
    udid = id_of(bench, "iphone-fresh")
    await until(lambda: bool(snapshots), 3)
    assert len(snapshots[-1].sightings) == 8
    bench.unplug(udid)
    await until(lambda: len(snapshots[-1].sightings) == 7)
    bench.plug(udid)
    await until(lambda: len(snapshots[-1].sightings) == 8)


async def test_usbmuxd_goes_and_comes_back_by_itself(bench, snapshots):
    await until(lambda: bool(snapshots), 3)
    bench.stop_service("usbmuxd")
    await until(lambda: snapshots[-1].error is not None)
    assert snapshots[-1].sightings == ()
    bench.start_service("usbmuxd")
    await until(lambda: len(snapshots[-1].sightings) == 8)
    assert snapshots[-1].error is None


async def test_without_usbmuxd_it_is_said_what_to_do(tmp_path):
    snapshot = await look(AppleSource(address=str(tmp_path / "none"), pair_records=tmp_path))
    assert snapshot.error is not None
    assert snapshot.error.exit_status == 3
    assert "usbmuxd" in str(snapshot.error)


async def test_the_environment_says_where_usbmuxd_is(bench, records, monkeypatch):
    monkeypatch.setenv("USBMUXD_SOCKET_ADDRESS", bench.environment()["USBMUXD_SOCKET_ADDRESS"])
    assert len((await look(AppleSource(pair_records=records))).sightings) == 8


async def test_one_phone_over_cable_and_air_is_one_phone(tmp_path):
    plain = UDID.replace("-", "").lower()
    async with RoughMux(rows=[row(4, UDID, "Network"), row(9, plain)]) as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path)
        sightings = (await look(source)).sightings
    assert [(sighting.id, sighting.key) for sighting in sightings] == [(UDID, f"{UDID}/9")]


async def test_a_usbmuxd_that_answers_rubbish_is_said_to(tmp_path):
    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        snapshot = await look(AppleSource(address=f"127.0.0.1:{port}", pair_records=tmp_path))
    assert snapshot.error is not None
    assert "does not answer properly" in str(snapshot.error)


# Speed


async def test_pairing_does_not_hold_up_the_loop(bench, records):
    udid = id_of(bench, NEW)
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    await read(source, sighting)
    gap = await worst_gap(lambda: read(source, sighting, ask_trust=True))
    assert gap < 0.15


async def test_a_reading_costs_no_more_than_the_bare_client_doing_the_same(bench, records):
    udid = id_of(bench, "iphone-fresh")
    source = source_of(bench, records)
    sighting, address = await sighting_of(source, udid), bench.environment()["USBMUXD_SOCKET_ADDRESS"]
    ours, bare = [], []
    for _ in range(9):
        started = time.perf_counter()
        assert (await read(source, sighting)).state is State.READY
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        await read_bare(udid, address, records)
        bare.append(time.perf_counter() - started)
    assert statistics.median(ours) <= 1.3 * statistics.median(bare)
