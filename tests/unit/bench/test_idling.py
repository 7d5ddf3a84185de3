"""Phones that nobody reads: looked at now and then, read anew when something changed, and left in peace otherwise."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
from collections.abc import AsyncIterator, Callable
from itertools import pairwise

import pytest

from diagnostics import bench as bench_room
from diagnostics import idling
from diagnostics.bench import Bench, BenchEvent, Phone
from diagnostics.building import ReadingBuilder
from diagnostics.idling import Rounds
from diagnostics.model import LockState, Reading, State
from diagnostics.ports import Glance, Publish, Sighting
from tests.fakes.sources import Behaviour, FakeSource, FixedClock, healthy, sighting, unchanged

OFTEN = 0.01


async def changed(reading: Reading) -> Glance:
    """Find that the phone has to be read anew."""
    return Glance(None)


async def silent(reading: Reading) -> Glance:
    """Get no answer."""
    return Glance(reading, answered=False)


async def hanging(reading: Reading) -> Glance:
    """Never come back."""
    await asyncio.Event().wait()
    raise AssertionError


async def broken(reading: Reading) -> Glance:
    """Break the promise that a source never raises."""
    raise ZeroDivisionError("a bug")


def ending_in(state: State, code: str = "") -> Behaviour:
    """Return what a phone does that is read and found in a state."""

    async def read(seen: Sighting, publish: Publish) -> Reading:
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = state
        if code:
            builder.problem("", code)
        return builder.build()

    return read


class Watched:
    """A bench that looks often, and everything it said."""

    def __init__(self, source: FakeSource) -> None:
        self.bench = Bench([source], FixedClock(), timeout=0.2, look_every=OFTEN)
        self.events: list[BenchEvent] = []
        self.bench.subscribe(self.events.append)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(3):
            while not condition():
                await asyncio.sleep(0.002)

    @property
    def phone(self) -> Phone:
        return self.bench.phones[0]

    def is_(self, state: State) -> bool:
        return bool(self.bench.phones) and not self.phone.busy and self.phone.reading.state is state


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> FakeSource:
    monkeypatch.setattr(idling, "APART", 0.001)
    monkeypatch.setattr(idling, "LOOK_LIMIT", 0.05)
    return FakeSource()


@pytest.fixture
async def watched(source: FakeSource) -> AsyncIterator[Watched]:
    watched = Watched(source)
    task = asyncio.create_task(watched.bench.run())
    yield watched
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_phone_that_stays_as_it_was_is_looked_at_and_nothing_is_said(source, watched) -> None:
    source.show(sighting("a"))
    await watched.until(lambda: watched.is_(State.READY))
    said = len(watched.events)
    await watched.until(lambda: len(source.looks) >= 5)
    assert (len(watched.events), len(source.reads)) == (said, 1)
    assert (watched.phone.again, watched.phone.due) == (None, None)


async def test_what_a_look_finds_changed_is_told_once_without_another_reading(source, watched) -> None:
    async def locked(reading: Reading) -> Glance:
        if reading.locks.screen is LockState.ON:
            return Glance(reading)
        locks = dataclasses.replace(reading.locks, screen=LockState.ON)
        return Glance(dataclasses.replace(reading, locks=locks))

    source.show(sighting("a"))
    await watched.until(lambda: watched.is_(State.READY))
    said = len(watched.events)
    source.glances["a"] = locked
    await watched.until(lambda: watched.phone.reading.locks.screen is LockState.ON)
    looks = len(source.looks)
    await watched.until(lambda: len(source.looks) >= looks + 3)
    assert [event.phone.busy for event in watched.events[said:] if event.phone] == [False]
    assert len(source.reads) == 1


async def test_a_phone_that_changed_is_read_anew_and_from_the_beginning(source, watched) -> None:
    source.show(sighting("a"))
    await watched.until(lambda: watched.is_(State.READY))
    source.behaviours["a"], source.glances["a"] = ending_in(State.NEEDS_TRUST), changed
    await watched.until(lambda: watched.is_(State.NEEDS_TRUST))
    assert source.resumed[:2] == [False, False]
    source.behaviours["a"] = healthy
    await watched.until(lambda: watched.is_(State.READY))
    assert source.resumed[2] is True


async def test_a_phone_that_is_read_anew_and_found_as_it_was_is_read_more_and_more_seldom(
    source, watched
) -> None:
    source.glances["a"] = changed
    source.show(sighting("a"))
    await watched.until(lambda: watched.is_(State.READY))
    said = len(watched.events)
    await asyncio.sleep(60 * OFTEN)
    assert 3 <= len(source.reads) <= 8
    assert len(watched.events) == said


async def test_one_silence_says_nothing_and_two_have_the_phone_read(source, watched) -> None:
    answers = iter([silent, *[unchanged] * 3, silent, silent])

    async def now_and_then(reading: Reading) -> Glance:
        return await next(answers, unchanged)(reading)

    looks_before_reading = list[int]()

    async def counted(seen: Sighting, publish: Publish) -> Reading:
        looks_before_reading.append(len(source.looks))
        return await healthy(seen, publish)

    source.glances["a"], source.behaviours["a"] = now_and_then, counted
    source.show(sighting("a"))
    await watched.until(lambda: len(source.reads) == 2)
    assert looks_before_reading == [0, 6]


async def test_a_look_that_hangs_ends_and_holds_up_no_other_phone(source, watched, monkeypatch) -> None:
    monkeypatch.setattr(idling, "LOOK_LIMIT", 0.5)
    source.glances |= {str(number): hanging for number in range(36)}
    source.show(*(sighting(str(number)) for number in range(40)))
    await watched.until(lambda: len(set(source.looks)) == 40)
    looked = len(source.looks)
    await watched.until(lambda: all(source.looks[looked:].count(str(n)) >= 3 for n in range(36, 40)))
    assert [phone.reading.state for phone in watched.bench.phones] == [State.READY] * 40


async def test_a_phone_that_is_pulled_or_read_by_a_person_is_looked_at_no_more(source, watched) -> None:
    ended = list[str]()

    async def noted(reading: Reading) -> Glance:
        try:
            return await hanging(reading)
        except asyncio.CancelledError:
            ended.append(reading.id)
            raise

    source.glances |= {"a": noted, "b": noted}
    source.show(sighting("a"), sighting("b"))
    await watched.until(lambda: {"a", "b"} <= set(source.looks))
    source.show(sighting("b"))
    watched.bench.read_again("fake:b")
    await watched.until(lambda: len(ended) == 2)
    assert len(source.reads) == 3


async def test_a_look_that_loses_its_cancellation_is_the_last_one(source, watched) -> None:
    async def deaf(reading: Reading) -> Glance:
        try:
            return await hanging(reading)
        except asyncio.CancelledError:
            return Glance(dataclasses.replace(reading, state=State.NEEDS_TRUST))

    source.glances["a"] = deaf
    source.show(sighting("a"))
    await watched.until(lambda: bool(source.looks))
    source.glances["a"] = unchanged
    watched.bench.read_again("fake:a")
    await watched.until(lambda: len(source.reads) == 2 and watched.is_(State.READY))
    tasks = [task for task in asyncio.all_tasks() if task.get_name() == "read fake:a"]
    await watched.until(lambda: sum(not task.done() for task in tasks) == 1)
    assert watched.is_(State.READY)


@pytest.mark.logs_warnings
async def test_a_bug_in_a_look_is_said_once_and_leaves_the_reading_be(source, watched, caplog) -> None:
    source.glances["a"] = broken
    with caplog.at_level(logging.CRITICAL):
        source.show(sighting("a"))
        await watched.until(lambda: source.looks == ["a"])
        await asyncio.sleep(10 * OFTEN)
    assert source.looks == ["a"]
    assert watched.is_(State.READY)


async def test_a_phone_that_failed_now_and_then_is_not_given_up(source, watched, monkeypatch) -> None:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", {State.ERROR: 0.001})
    readings = iter([State.ERROR, State.READY] * 3 + [State.ERROR] * 3 + [State.READY])

    async def sometimes(seen: Sighting, publish: Publish) -> Reading:
        return await ending_in(next(readings))(seen, publish)

    source.behaviours["a"] = sometimes
    source.glances["a"] = changed
    source.show(sighting("a"))
    await watched.until(lambda: len(source.reads) == 10)
    await watched.until(lambda: watched.is_(State.READY))


async def test_a_phone_that_may_not_pair_is_asked_again_by_itself(source, watched, monkeypatch) -> None:
    monkeypatch.setattr(bench_room, "RETRY_FORBIDDEN", 0.02)
    source.behaviours["a"] = ending_in(State.TRUST_DENIED, "pairing_forbidden")
    source.show(sighting("a"))
    await watched.until(lambda: watched.is_(State.TRUST_DENIED))
    assert watched.phone.again == 0.02
    source.behaviours["a"] = healthy
    await watched.until(lambda: watched.is_(State.READY))


async def test_a_phone_whose_person_refused_trust_is_asked_by_nobody(source, watched) -> None:
    source.behaviours["a"] = ending_in(State.TRUST_DENIED, "trust_denied")
    source.show(sighting("a"))
    await watched.until(lambda: len(source.looks) >= 3)
    assert (len(source.reads), watched.phone.again) == (1, None)


async def test_the_turns_of_forty_phones_are_spread_over_the_round() -> None:
    rounds = Rounds(1.0)
    phases = sorted(rounds.phase() for _ in range(40))
    gaps = [after - before for before, after in pairwise(phases)]
    assert max(gaps) < 3 / 40
    assert min(gaps) > 0.2 / 40


async def test_turns_that_fall_together_are_taken_one_after_the_other() -> None:
    loop, begun = asyncio.get_running_loop(), list[float]()
    rounds, started = Rounds(1.0), loop.time()

    async def take() -> None:
        await rounds.turn(0.0)
        begun.append(loop.time() - started)

    await asyncio.gather(*(take() for _ in range(5)))
    # A busy machine may be late, and never early.
    assert all(at >= number * idling.APART * 0.9 for number, at in enumerate(begun))
