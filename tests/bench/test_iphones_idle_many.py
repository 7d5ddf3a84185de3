"""Forty iPhones that lie there after they were read: all of them are followed, and the program hardly works for it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest

from diagnostics.apple.asking import Limits
from diagnostics.bench import Bench, BenchEvent
from diagnostics.model import State
from diagnostics.practice.bench import PracticeThread
from tests.fakes.iphone_readings import source_of, until

MANY = 40
EVERY = 1.0


@pytest.fixture
def practice() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=MANY, androids=0) as running:
        for phone in running.phones():
            if phone.trust != "trusted":
                running.trust(phone.id)
        yield running


def looks_at(practice: PracticeThread, since: int) -> Counter[str]:
    return Counter(request.udid for request in practice.requests()[since:] if request.verb == "StartSession")


async def test_forty_idle_phones_are_looked_at_in_turn_and_each_that_forgets_us_is_noticed(
    practice, tmp_path
):
    source = source_of(practice, tmp_path / "records", Limits(open=30.0, query=30.0, step=60.0))
    bench = Bench([source], look_every=EVERY)
    events = list[BenchEvent]()
    bench.subscribe(events.append)
    running = asyncio.create_task(bench.run())
    await until(lambda: [p.reading.state for p in bench.phones].count(State.READY) == MANY, limit=60)
    said, sent = len(events), len(practice.requests())
    await until(lambda: len(looks_at(practice, sent)) == MANY, limit=3 * EVERY)
    assert max(looks_at(practice, sent).values()) <= 3
    assert len(events) == said
    assert not [request for request in practice.requests()[sent:] if request.changes]
    for phone in practice.phones()[::8]:
        practice.do("revoke", phone.id)
    await until(
        lambda: [p.reading.state for p in bench.phones].count(State.NEEDS_TRUST) == MANY / 8, limit=20
    )
    assert [p.reading.state for p in bench.phones].count(State.READY) == MANY - MANY / 8
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
