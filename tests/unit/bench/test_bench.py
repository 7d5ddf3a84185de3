"""The bench: what comes, changes and goes, and that no phone disturbs another."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta

import pytest

from diagnostics import bench as bench_room
from diagnostics.bench import Bench, BenchEvent, EventKind, Phone
from diagnostics.building import ReadingBuilder
from diagnostics.errors import ServiceMissing
from diagnostics.model import Reading, State
from diagnostics.ports import Progress, Publish, Sighting, Snapshot
from tests.fakes.sources import (
    NOON,
    Behaviour,
    BrokenSource,
    FakeSource,
    FixedClock,
    hanging,
    healthy,
    raising,
    sighting,
)


class Watched:
    """A running bench and everything it said."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.events: list[BenchEvent] = []
        bench.subscribe(self.events.append)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(2):
            while not condition():
                await asyncio.sleep(0.002)

    def phone(self, name: str) -> Phone:
        return next(phone for phone in self.bench.phones if phone.sighting.id == name)

    def kinds(self, name: str) -> list[str]:
        return [event.kind.value for event in self.events if event.phone and event.phone.sighting.id == name]


@pytest.fixture
def source() -> FakeSource:
    return FakeSource()


@pytest.fixture
async def watched(source: FakeSource) -> AsyncIterator[Watched]:
    bench = Bench([source], FixedClock(), timeout=0.2)
    watched = Watched(bench)
    task = asyncio.create_task(bench.run())
    yield watched
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


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
    source.show(sighting("twin", key="1"), sighting("twin", key="2"))
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


async def test_a_phone_that_needs_a_person_is_asked_again_until_it_is_ready(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.NEEDS_TRUST: 0.01})
    trusted = False

    async def waiting(seen: Sighting, publish: Publish) -> Reading:
        if trusted:
            return await healthy(seen, publish)
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = State.NEEDS_TRUST
        return builder.build("needs_trust")

    source.behaviours["a"] = waiting
    source.show(sighting("a"))
    await watched.until(lambda: len(source.reads) >= 3)
    assert watched.phone("a").reading.state is State.NEEDS_TRUST
    trusted = True
    await watched.until(lambda: watched.phone("a").reading.state is State.READY)


async def test_a_phone_that_got_trust_is_at_work_until_its_whole_reading_is_there(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.NEEDS_TRUST: 0.01})
    rounds = 0

    async def trusted_the_second_time(seen: Sighting, publish: Publish) -> Reading:
        nonlocal rounds
        rounds += 1
        builder = ReadingBuilder(seen, FixedClock())
        if rounds == 1:
            builder.state = State.NEEDS_TRUST
            publish(Progress(builder.partial(), "identity"))
            return builder.build("needs_trust")
        return await hanging(seen, publish)

    source.behaviours["a"] = trusted_the_second_time
    source.show(sighting("a"))
    await watched.until(
        lambda: rounds == 2 and watched.phone("a").step == "identity" and watched.phone("a").busy
    )
    waiting = [e.phone for e in watched.events if e.phone and e.phone.reading.state is State.NEEDS_TRUST]
    assert waiting
    assert not any(phone.busy for phone in waiting)


def locked_half_way(times: Iterator[datetime]) -> Behaviour:
    """Return a phone that tells its level and then that its screen is locked, each time dated anew."""

    class Later:
        def now(self) -> datetime:
            return next(times)

    async def read(seen: Sighting, publish: Publish) -> Reading:
        builder = ReadingBuilder(seen, Later())
        builder.put("identity.model", "iPhone 13", "lockdown ProductType", raw="iPhone14,5")
        publish(Progress(builder.partial(), "identity"))
        builder.put("battery.level_percent", 64, "lockdown", raw=64)
        builder.state = State.SCREEN_LOCKED
        return builder.build("screen_locked")

    return read


async def test_asking_a_locked_phone_again_is_no_news_and_never_drops_what_is_known(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.SCREEN_LOCKED: 0.01})
    times = (NOON + timedelta(seconds=second) for second in itertools.count())
    source.behaviours["a"] = locked_half_way(times)
    source.show(sighting("a"))
    await watched.until(lambda: len(source.reads) >= 2)
    said = len(watched.events)
    await watched.until(lambda: len(source.reads) >= 6)
    assert len(watched.events) == said
    assert watched.phone("a").reading.battery.level_percent == 64


async def test_a_phone_whose_service_restarted_under_it_is_read_again(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = iter([State.OFFLINE, State.ERROR, State.READY])

    async def broken_first(seen: Sighting, publish: Publish) -> Reading:
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = next(states)
        return builder.build()

    monkeypatch.setattr(bench_room, "RETRY_AFTER", dict.fromkeys(bench_room.RETRY_AFTER, 0.01))
    source.behaviours["a"] = broken_first
    source.show(sighting("a"))
    await watched.until(
        lambda: bool(watched.bench.phones) and watched.phone("a").reading.state is State.READY
    )
    assert watched.kinds("a").count("came") == 1


async def test_a_phone_that_stays_in_error_is_left_alone_after_a_few_tries(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(seen: Sighting, publish: Publish) -> Reading:
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = State.ERROR
        return builder.build()

    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.ERROR: 0.001})
    source.behaviours["a"] = broken
    source.show(sighting("a"))
    await asyncio.sleep(0.1)
    assert len(source.reads) == 1 + bench_room.ERROR_RETRIES


async def test_a_phone_says_whether_it_will_be_read_again_by_itself(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(seen: Sighting, publish: Publish) -> Reading:
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = State.ERROR
        return builder.build()

    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.ERROR: 0.01})
    source.behaviours["a"] = broken
    source.show(sighting("a"))
    await watched.until(lambda: len(source.reads) == 1 + bench_room.ERROR_RETRIES)
    await watched.until(lambda: watched.phone("a").again is None)
    told = [event.phone.again for event in watched.events if event.phone and not event.phone.busy]
    assert told == [None, 0.01, None]  # as it came; after the first reading; after the last
    source.behaviours["a"] = hanging
    watched.bench.read_again("fake:a")
    await watched.until(lambda: watched.phone("a").step == "identity")
    assert (watched.phone("a").busy, watched.phone("a").again) == (True, None)
    source.behaviours["a"] = healthy
    watched.bench.read_again("fake:a")
    await watched.until(lambda: not watched.phone("a").busy)
    assert watched.phone("a").again is None


async def test_a_phone_that_waits_for_a_person_says_at_once_how_often_it_is_asked(
    source: FakeSource, watched: Watched
) -> None:
    async def untrusting(seen: Sighting, publish: Publish) -> Reading:
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = State.NEEDS_TRUST
        publish(Progress(builder.partial(), "identity"))
        await asyncio.Event().wait()
        return builder.build("needs_trust")

    source.behaviours["a"] = untrusting
    source.show(sighting("a"))
    await watched.until(
        lambda: bool(watched.bench.phones) and watched.phone("a").reading.state is State.NEEDS_TRUST
    )
    assert watched.phone("a").again == bench_room.RETRY_AFTER[State.NEEDS_TRUST]


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


async def test_reading_again_drops_the_running_reading(source: FakeSource, watched: Watched) -> None:
    source.behaviours["a"] = hanging
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and watched.phone("a").step == "identity")
    source.behaviours["a"] = healthy
    watched.bench.read_again("fake:a", ask_trust=False)
    await watched.until(lambda: not watched.phone("a").busy)
    assert watched.phone("a").reading.state is State.READY
    assert source.reads == [("a", True), ("a", False)]


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


async def test_a_change_of_state_on_the_bus_reads_the_phone_again(
    source: FakeSource, watched: Watched
) -> None:
    source.show(sighting("a", State.UNAUTHORIZED))
    await watched.until(lambda: len(source.reads) == 1)
    source.show(sighting("a", State.CONNECTING))
    await watched.until(lambda: len(source.reads) == 2)
    assert watched.kinds("a").count("came") == 1


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


async def test_a_retry_goes_on_and_a_person_starts_anew(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(seen: Sighting, publish: Publish) -> Reading:
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = State.TIMEOUT
        return builder.build("timeout")

    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.TIMEOUT: 0.001})
    source.behaviours["a"] = silent
    source.show(sighting("a"))
    await watched.until(lambda: len(source.reads) == 1 + bench_room.ERROR_RETRIES)
    await asyncio.sleep(0.05)
    assert source.resumed == [False, True, True, True]
    source.behaviours["a"] = healthy
    watched.bench.read_again("fake:a")
    await watched.until(lambda: watched.phone("a").reading.state is State.READY)
    assert source.resumed[4:] == [False]


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
