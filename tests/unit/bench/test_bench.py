"""The bench: what comes, changes and goes, and that no phone disturbs another."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from diagnostics import bench as bench_room
from diagnostics.bench import Bench, EventKind
from diagnostics.building import ReadingBuilder
from diagnostics.errors import ServiceMissing
from diagnostics.model import Reading, State
from diagnostics.ports import Progress, Publish, Sighting, Snapshot
from tests.fakes.sources import (
    BrokenSource,
    FakeSource,
    FixedClock,
    hanging,
    healthy,
    raising,
    sighting,
)
from tests.fakes.watched import Watched


async def test_a_phone_that_comes_is_read_by_itself(source: FakeSource, watched: Watched) -> None:
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and not watched.phone("a").busy)
    assert watched.phone("a").reading.state is State.READY
    assert watched.phone("a").reading.identity.model == "iPhone 13"
    assert watched.kinds("a")[0] == "came"


async def test_a_phone_that_hangs_times_out_with_what_was_read_and_the_other_is_ready(
    source: FakeSource, watched: Watched
) -> None:
    source.behaviours["slow"] = hanging
    source.show(sighting("slow"), sighting("good"))
    await watched.until(lambda: len(watched.bench.phones) == 2 and not watched.phone("good").busy)
    assert watched.phone("slow").busy
    await watched.until(lambda: not watched.phone("slow").busy)
    slow = watched.phone("slow").reading
    assert slow.state is State.TIMEOUT
    assert slow.identity.model == "iPhone 13"
    assert {p.code for p in slow.problems if p.field == "battery.cycle_count"} == {"timeout"}
    assert watched.phone("good").reading.state is State.READY


async def test_unplugging_in_the_middle_keeps_what_was_read_and_says_so(
    source: FakeSource, watched: Watched
) -> None:
    source.behaviours["a"] = hanging
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and watched.phone("a").step == "identity")
    source.show()
    await watched.until(lambda: not watched.bench.phones)
    gone = watched.events[-1]
    assert gone.kind is EventKind.WENT
    assert gone.phone is not None
    assert not gone.phone.present
    assert gone.phone.reading.identity.model == "iPhone 13"
    assert gone.phone.reading.problems[0].code == "unplugged"


async def test_a_phone_pulled_after_its_reading_keeps_the_reading_as_it_was(
    source: FakeSource, watched: Watched
) -> None:
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and not watched.phone("a").busy)
    source.show()
    await watched.until(lambda: watched.events[-1].kind is EventKind.WENT)
    assert watched.events[-1].phone is not None
    assert watched.events[-1].phone.reading.state is State.READY


async def test_two_phones_with_one_serial_stay_two(source: FakeSource, watched: Watched) -> None:
    source.show(*(replace(sighting("twin", key=key), slot=f"1-{key}") for key in "12"))
    await watched.until(lambda: len(watched.bench.phones) == 2)
    source.show(sighting("twin", key="2"))
    await watched.until(lambda: len(watched.bench.phones) == 1)
    assert watched.phone("twin").key == "fake:2"


@pytest.mark.logs_warnings
async def test_a_bug_in_a_source_is_one_phones_error(
    source: FakeSource, watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    source.behaviours["bad"] = raising
    with caplog.at_level(logging.CRITICAL):
        source.show(sighting("bad"), sighting("good"))
        await watched.until(
            lambda: len(watched.bench.phones) == 2 and not any(p.busy for p in watched.bench.phones)
        )
    assert watched.phone("bad").reading.state is State.ERROR
    assert watched.phone("good").reading.state is State.READY


async def test_a_bus_that_fails_says_so_once_and_comes_back(source: FakeSource, watched: Watched) -> None:
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones))
    for _ in range(3):
        source.fail(Snapshot(error=ServiceMissing("usbmuxd is not running.", "Start it.")))
        await asyncio.sleep(0.01)
    await watched.until(lambda: not watched.bench.phones)
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones))
    said = [event.error for event in watched.events if event.kind is EventKind.SOURCE]
    assert [str(error) if error else None for error in said] == [
        None,
        "usbmuxd is not running. Start it.",
        None,
    ]


async def test_what_comes_late_from_a_reading_that_does_not_end_is_dropped(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.NEEDS_TRUST: 0.001})
    released = asyncio.Event()

    async def deaf(seen: Sighting, publish: Publish) -> Reading:
        try:
            return await hanging(seen, publish)
        except asyncio.CancelledError:
            await released.wait()
            builder = ReadingBuilder(seen, FixedClock())
            builder.state = State.NEEDS_TRUST
            publish(Progress(builder.partial(), "identity"))
            return builder.build("needs_trust")

    source.behaviours["a"] = deaf
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and watched.phone("a").step == "identity")
    source.behaviours["a"] = healthy
    watched.bench.read_again("fake:a")
    await watched.until(lambda: not watched.phone("a").busy)
    released.set()
    await asyncio.sleep(0.05)
    assert watched.phone("a").reading.state is State.READY
    assert len(source.reads) == 2


async def test_stopping_the_bench_leaves_no_task(source: FakeSource) -> None:
    bench = Bench([source], FixedClock())
    source.behaviours["a"] = hanging
    source.show(sighting("a"))
    task = asyncio.create_task(bench.run())
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await asyncio.sleep(0)
    assert [t.get_name() for t in asyncio.all_tasks() if t is not asyncio.current_task()] == []


@pytest.mark.logs_warnings
async def test_a_bug_in_one_bus_leaves_the_others_be_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bench_room, "WATCH_AGAIN", 0.01)
    bad, good = BrokenSource("usbmux"), FakeSource("adb")
    bad.show(sighting("late"))
    watched = Watched(Bench([bad, good], FixedClock(), timeout=0.2))
    task = asyncio.create_task(watched.bench.run())
    good.show(sighting("a"))
    await watched.until(lambda: bad.watched >= 3)
    await watched.until(lambda: [p.reading.state for p in watched.bench.phones] == [State.READY])
    said = [e.error and e.error.code for e in watched.events if e.source == "usbmux"]
    assert said == ["source_failed"]
    assert len([record for record in caplog.records if record.exc_info]) == 1
    bad.broken = False
    await watched.until(
        lambda: len(watched.bench.phones) == 2 and watched.phone("late").reading.state is State.READY
    )
    assert [e.error for e in watched.events if e.kind is EventKind.SOURCE and e.source == "usbmux"][
        -1
    ] is None
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.logs_warnings
async def test_a_bug_of_ours_is_named_in_the_reading(
    source: FakeSource, watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    source.behaviours["bad"] = raising
    with caplog.at_level(logging.CRITICAL):
        source.show(sighting("bad"))
        await watched.until(lambda: bool(watched.bench.phones) and not watched.phone("bad").busy)
    assert watched.phone("bad").reading.problems[0].params["detail"] == "ZeroDivisionError"
