"""From “unauthorized” to a reading: the steps follow a practice phone live, through the program's own bench."""

from __future__ import annotations

import asyncio

from diagnostics.android.source import AndroidSource
from diagnostics.android.stepper import Live, Stage, Stepper
from diagnostics.bench import Bench, BenchEvent, EventKind
from diagnostics.practice.android.server import PracticeAdbServer, load_androids
from tests.fakes.android import FrozenClock

PHONE = "not-allowed-yet"


async def test_the_steps_follow_the_phone_until_it_is_read():
    phones = [phone for phone in load_androids(30) if phone.id == PHONE]
    server = PracticeAdbServer(phones)
    await server.start()
    stepper, stages, changed = Stepper(), list[Stage](), asyncio.Event()

    def follow(event: BenchEvent) -> None:
        if event.phone is not None:
            gone = event.kind is EventKind.WENT
            seen = stepper.see(None) if gone else stepper.see(event.phone.reading.state, event.phone.key)
            stages.append(seen)
            changed.set()

    async def until(step: str, live: Live) -> Stage:
        async with asyncio.timeout(30):
            while not stages or (stages[-1].step, stages[-1].live) != (step, live):
                changed.clear()
                await changed.wait()
        return stages[-1]

    bench = Bench([AndroidSource(FrozenClock(), port=server.port)])
    bench.subscribe(follow)
    running = asyncio.create_task(bench.run())
    try:
        assert (await until("unlock", Live.WAITING)).done == ()
        server.unplug(PHONE)
        await until("unlock", Live.GONE)
        server.plug(PHONE)
        assert (await until("toggle", Live.WAITING)).done == ("unlock", "replug")
        server.allow(PHONE)
        await until("toggle", Live.ALLOWED)
        async with asyncio.timeout(30):
            while bench.phones[0].busy or bench.phones[0].reading.identity.model is None:
                await asyncio.sleep(0.02)
    finally:
        running.cancel()
        await asyncio.wait([running])
        await server.stop()
    assert bench.phones[0].reading.identity.model == "Fairphone 5"
