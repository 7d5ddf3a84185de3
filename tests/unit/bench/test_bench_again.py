"""Which phones the bench reads again, by itself or for a person, and what it says meanwhile."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from diagnostics import bench as bench_room
from diagnostics.building import ReadingBuilder
from diagnostics.model import Reading, State
from diagnostics.ports import Progress, Publish, Sighting
from tests.fakes.sources import (
    NOON,
    Behaviour,
    FakeSource,
    FixedClock,
    hanging,
    healthy,
    sighting,
)
from tests.fakes.watched import Watched


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


async def broken(seen: Sighting, publish: Publish) -> Reading:
    """Find a phone in error."""
    builder = ReadingBuilder(seen, FixedClock())
    builder.state = State.ERROR
    return builder.build()


async def test_a_phone_that_stays_in_error_is_left_alone_after_a_few_tries(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.ERROR: 0.001})
    source.behaviours["a"] = broken
    source.show(sighting("a"))
    await asyncio.sleep(0.1)
    assert len(source.reads) == 1 + bench_room.ERROR_RETRIES


async def test_a_phone_says_whether_it_will_be_read_again_by_itself(
    source: FakeSource, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
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


async def test_reading_again_drops_the_running_reading(source: FakeSource, watched: Watched) -> None:
    source.behaviours["a"] = hanging
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and watched.phone("a").step == "identity")
    source.behaviours["a"] = healthy
    watched.bench.read_again("fake:a", ask_trust=False)
    await watched.until(lambda: not watched.phone("a").busy)
    assert watched.phone("a").reading.state is State.READY
    assert source.reads == [("a", True), ("a", False)]


async def test_a_change_of_state_on_the_bus_reads_the_phone_again(
    source: FakeSource, watched: Watched
) -> None:
    source.show(sighting("a", State.UNAUTHORIZED))
    await watched.until(lambda: len(source.reads) == 1)
    source.show(sighting("a", State.CONNECTING))
    await watched.until(lambda: len(source.reads) == 2)
    assert watched.kinds("a").count("came") == 1


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
