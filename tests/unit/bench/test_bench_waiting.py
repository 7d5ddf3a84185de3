"""When a phone on the bench is asked again, and that it says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from diagnostics import bench as bench_room
from diagnostics.bench import Bench
from diagnostics.building import ReadingBuilder
from diagnostics.model import Reading, State
from diagnostics.ports import Progress, Publish, Sighting
from tests.fakes.sources import NOON, FakeSource, FixedClock, sighting
from tests.fakes.watched import Watched


class MovableClock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time


async def in_no_time(seen: Sighting, publish: Publish, state: State) -> Reading:
    builder = ReadingBuilder(seen, FixedClock())
    builder.state = state
    publish(Progress(builder.partial(), "identity"))
    return builder.build(state.value)


@pytest.fixture
async def timed(source: FakeSource) -> AsyncIterator[tuple[Watched, MovableClock]]:
    clock = MovableClock()
    watched = Watched(Bench([source], clock, timeout=0.2))
    task = asyncio.create_task(watched.bench.run())
    yield watched, clock
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_phone_tells_when_it_is_tried_again(
    source: FakeSource, timed: tuple[Watched, MovableClock]
) -> None:
    watched, _clock = timed
    source.behaviours["a"] = lambda seen, publish: in_no_time(seen, publish, State.SCREEN_LOCKED)
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and watched.phone("a").due is not None)
    assert watched.phone("a").due == NOON + timedelta(seconds=2)
    watched.bench.read_again("fake:a")
    assert watched.phone("a").due is None
    await watched.until(lambda: watched.phone("a").due is not None)
    source.show()
    await watched.until(lambda: not watched.bench.phones)
    gone = watched.events[-1].phone
    assert gone is not None
    assert gone.due is None


async def test_a_phone_is_asked_for_trust_more_seldom_once_patience_is_over(
    source: FakeSource, timed: tuple[Watched, MovableClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.NEEDS_TRUST: 0.002})
    watched, clock = timed
    source.behaviours["a"] = lambda seen, publish: in_no_time(seen, publish, State.NEEDS_TRUST)
    source.show(sighting("a"))
    await watched.until(lambda: len(source.reads) >= 3)
    told = watched.phone("a")
    assert (told.again, told.due, told.asked) == (0.002, None, NOON)
    assert told.until == NOON + timedelta(seconds=bench_room.PATIENCE)
    clock.time = told.until
    await watched.until(lambda: watched.phone("a").again == bench_room.RETRY_AFTER_PATIENCE)
    assert watched.phone("a").asked == NOON
    assert watched.phone("a").due == clock.time + timedelta(seconds=bench_room.RETRY_AFTER_PATIENCE)
    asked = len(source.reads)
    await asyncio.sleep(0.05)
    assert len(source.reads) == asked
    watched.bench.read_again("fake:a")  # a person says so: from the beginning
    await watched.until(lambda: len(source.reads) >= asked + 3)
    assert watched.phone("a").asked == clock.time
    assert watched.phone("a").again == 0.002


async def test_patience_begins_anew_with_another_state_and_only_trust_has_it(
    source: FakeSource, timed: tuple[Watched, MovableClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", dict.fromkeys(bench_room.RETRY_AFTER, 0.002))
    watched, clock = timed
    state = State.NEEDS_TRUST
    source.behaviours["a"] = lambda seen, publish: in_no_time(seen, publish, state)
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and watched.phone("a").asked == NOON)
    clock.time += timedelta(seconds=30)
    state = State.SCREEN_LOCKED
    await watched.until(lambda: watched.phone("a").reading.state is state)
    assert (watched.phone("a").asked, watched.phone("a").until) == (None, None)
    state = State.NEEDS_TRUST
    await watched.until(lambda: watched.phone("a").reading.state is state)
    assert watched.phone("a").asked == clock.time


async def test_nobody_is_waited_for_where_nobody_is_asked(
    source: FakeSource, timed: tuple[Watched, MovableClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.NEEDS_TRUST: 0.002})
    watched, _clock = timed
    source.behaviours["a"] = lambda seen, publish: in_no_time(seen, publish, State.NEEDS_TRUST)
    source.show(sighting("a"))
    await watched.until(lambda: bool(watched.bench.phones) and watched.phone("a").asked is not None)
    watched.bench.read_again("fake:a", ask_trust=False)
    await watched.until(lambda: watched.phone("a").again is not None)
    assert watched.phone("a").asked is None
