"""Threads for talks that block: as many as talk, never more than allowed, and none afterwards."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from diagnostics.usb.pipe import PipeLost, PipeStopped
from diagnostics.usb.pipe_workers import Workers


def talking() -> int:
    return sum(thread.name == "usb-talk" for thread in threading.enumerate())


def hang(stop: threading.Event) -> None:
    stop.wait(10)
    raise PipeStopped


async def settled() -> None:
    async with asyncio.timeout(30):
        while talking():
            await asyncio.sleep(0.005)


async def test_a_talk_gives_its_result_or_raises_what_it_raised_and_leaves_no_thread() -> None:
    workers = Workers()

    def fail(_: threading.Event) -> None:
        raise PipeLost

    assert await workers.run(lambda stop: stop.is_set()) is False
    with pytest.raises(PipeLost):
        await workers.run(fail)
    await settled()


async def test_a_talk_that_nobody_wants_is_told_and_has_ended_when_its_reading_has() -> None:
    workers = Workers()
    reading = asyncio.create_task(workers.run(hang))
    await asyncio.sleep(0.02)
    assert talking() == 1
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await settled()


async def test_as_many_as_allowed_hang_and_the_next_one_waits_for_a_place() -> None:
    workers = Workers(2)
    hanging = [asyncio.create_task(workers.run(hang)) for _ in range(2)]
    next_one = asyncio.create_task(workers.run(lambda _: "told"))
    await asyncio.sleep(0.05)
    assert talking() == 2
    assert not next_one.done()
    hanging[0].cancel()
    assert await asyncio.wait_for(next_one, 2) == "told"
    hanging[1].cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
    await settled()


async def test_thirty_nine_phones_that_hang_delay_the_fortieth_by_nothing() -> None:
    workers = Workers()
    hanging = [asyncio.create_task(workers.run(hang)) for _ in range(39)]
    await asyncio.sleep(0.05)
    async with asyncio.timeout(2):  # those that hang end by themselves after ten
        assert await workers.run(lambda _: "told") == "told"
    for one in hanging:
        one.cancel()
    await asyncio.gather(*hanging, return_exceptions=True)
    await settled()


async def test_a_talk_that_does_not_listen_holds_nobody_up_for_longer_than_a_second() -> None:
    release = threading.Event()

    def listen_to_nobody(_: threading.Event) -> None:
        release.wait(60)
        raise PipeLost

    deaf = asyncio.create_task(Workers().run(listen_to_nobody))
    await asyncio.sleep(0.02)
    begun = time.monotonic()
    deaf.cancel()
    with pytest.raises(asyncio.CancelledError):
        await deaf
    assert 0.5 < time.monotonic() - begun < 2
    release.set()
    await settled()
