"""Forty phones that were never paired: each card says what it is at once, though pairing is work for the processor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from diagnostics.apple import pairing
from diagnostics.apple.source import warm_up
from diagnostics.bench import Bench, BenchEvent
from diagnostics.model import State
from diagnostics.practice.apple.certificates import new_key_in_thread, public_pem
from diagnostics.practice.bench import PracticeThread
from tests.fakes.iphone_readings import source_of, until, worst_gap

MANY = 40
AT_ONCE = 2.0


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=MANY, androids=0) as running:
        for phone in running.phones():
            running.do("revoke", phone.id)
            running.unplug(phone.id)
        yield running


async def test_every_new_phone_shows_its_model_at_once_and_is_asked_for_trust(bench, tmp_path):
    warm_up()
    ours = Bench([source_of(bench, tmp_path / "records")])
    loop, since, known = asyncio.get_running_loop(), dict[str, float](), dict[str, float]()

    def note(event: BenchEvent) -> None:
        if event.phone is not None:
            since.setdefault(event.phone.key, loop.time())
            if event.phone.reading.identity.model:
                known.setdefault(event.phone.key, loop.time())

    ours.subscribe(note)
    running = asyncio.create_task(ours.run())
    plugged = loop.time()
    for phone in bench.phones():
        bench.plug(phone.id)
    await until(lambda: len(known) == MANY, limit=30)
    assert max(known.values()) - plugged < AT_ONCE
    await until(lambda: {p.reading.state for p in ours.phones} == {State.NEEDS_TRUST}, limit=60)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_this_computers_keys_are_made_once_and_beside_the_loop():
    told = public_pem(await new_key_in_thread())
    workshop = pairing.Workshop()
    made: list[tuple[dict[str, Any], dict[str, bytes]]] = []

    async def make() -> None:
        made.extend(await asyncio.gather(*(workshop.certificates(told) for _ in range(10))))

    assert await worst_gap(make) < 0.5
    assert len({tuple(keys.items()) for _, keys in made}) == 1
    assert len({certificates["HostCertificate"] for certificates, _ in made}) == 1


@pytest.mark.parametrize("told", [b"", b"rubbish", "text", None, 7, [b""]])
async def test_a_phones_key_that_is_none_is_the_phones_trouble(told):
    with pytest.raises((ValueError, TypeError)):
        await pairing.Workshop().certificates(told)
