"""Looking once: what the command line builds on."""

from __future__ import annotations

import asyncio
import dataclasses
import logging

import pytest

from diagnostics import oneshot
from diagnostics.building import ReadingBuilder
from diagnostics.errors import ServiceMissing
from diagnostics.model import Reading, State
from diagnostics.oneshot import look, read
from diagnostics.ports import Publish, Sighting, Snapshot
from tests.fakes.sources import BrokenSource, FakeSource, FixedClock, hanging, healthy, sighting


async def test_one_missing_service_does_not_hide_the_other_bus() -> None:
    gone, there = FakeSource("usbmux"), FakeSource("adb")
    gone.fail(Snapshot(error=ServiceMissing("usbmuxd is not running.", "Start it.")))
    there.show(sighting("a"))
    seen = await look([gone, there])
    assert [s.sighting.id for s in seen.seen] == ["a"]
    assert set(seen.errors) == {"usbmux"}


async def test_a_bus_that_says_nothing_is_an_error_in_time(monkeypatch) -> None:
    class Silent(FakeSource):
        async def watch(self):
            await asyncio.Event().wait()
            yield Snapshot()

    monkeypatch.setattr(oneshot, "LOOK_TIMEOUT", 0.05)
    seen = await look([Silent("usbmux")])
    assert "usbmux" in str(seen.errors["usbmux"])


async def test_read_without_wait_reports_the_state_and_asks_for_nothing() -> None:
    source = FakeSource()
    source.behaviours["a"] = _needs_trust
    source.show(sighting("a"))
    (seen,) = (await look([source])).seen
    reading = await read(seen, lambda _: None, timeout=1)
    assert reading.state is State.NEEDS_TRUST
    assert source.reads == [("a", False)]


async def test_read_with_wait_asks_and_waits_for_the_person(monkeypatch) -> None:
    monkeypatch.setattr(oneshot, "POLL_PEOPLE", 0.01)
    source = FakeSource()
    asked = 0

    async def trusts_the_third_time(seen: Sighting, publish: Publish) -> Reading:
        nonlocal asked
        asked += 1
        return await (healthy if asked == 3 else _needs_trust)(seen, publish)

    source.behaviours["a"] = trusts_the_third_time
    source.show(sighting("a"))
    (seen,) = (await look([source])).seen
    reading = await read(seen, lambda _: None, timeout=1, wait=2)
    assert reading.state is State.READY
    assert source.reads == [("a", True)] * 3
    assert source.resumed == [False, True, True]


async def test_waiting_follows_what_the_bus_says_of_the_phone(monkeypatch) -> None:
    monkeypatch.setattr(oneshot, "POLL_PEOPLE", 0.01)
    source = FakeSource()

    async def as_the_bus_says(seen: Sighting, publish: Publish) -> Reading:
        builder = ReadingBuilder(seen, FixedClock())
        source.show(sighting("a", State.READY, key="after allowing"))
        return builder.build()

    source.behaviours["a"] = as_the_bus_says
    source.show(sighting("a", State.UNAUTHORIZED))
    (seen,) = (await look([source])).seen
    assert (await read(seen, lambda _: None, timeout=1, wait=2)).state is State.READY


async def test_a_phone_that_never_answers_times_out_with_what_was_read() -> None:
    source = FakeSource()
    source.behaviours["a"] = hanging
    source.show(sighting("a"))
    (seen,) = (await look([source])).seen
    reading = await read(seen, lambda _: None, timeout=0.05)
    assert reading.state is State.TIMEOUT
    assert reading.identity.model == "iPhone 13"


async def _needs_trust(seen: Sighting, publish: Publish) -> Reading:
    builder = ReadingBuilder(seen, FixedClock())
    builder.state = State.NEEDS_TRUST
    return builder.build("needs_trust")


@pytest.mark.logs_warnings
async def test_a_bug_in_one_bus_does_not_hide_the_other(caplog: pytest.LogCaptureFixture) -> None:
    bad, good = BrokenSource("usbmux"), FakeSource("adb")
    good.show(sighting("a"))
    with caplog.at_level(logging.CRITICAL):
        seen = await look([bad, good])
    assert [s.sighting.id for s in seen.seen] == ["a"]
    assert {name: error.code for name, error in seen.errors.items()} == {"usbmux": "source_failed"}


async def test_a_phone_that_got_another_number_meanwhile_is_looked_for_again() -> None:
    source = FakeSource()
    keys: list[str] = []

    async def moves(seen: Sighting, publish: Publish) -> Reading:
        keys.append(seen.key)
        if seen.key == "new":
            return await healthy(seen, publish)
        source.show(sighting("b", key="old"), dataclasses.replace(sighting("a", key="new"), slot="1-9"))
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = State.OFFLINE
        return builder.build("phone_changed")

    source.behaviours["a"] = moves
    source.show(sighting("a", key="old-a"))
    (seen,) = (await look([source])).seen
    assert (await read(seen, lambda _: None, timeout=1)).state is State.READY
    assert keys == ["old-a", "new"]
    assert source.resumed == [False, False]


async def test_a_phone_that_is_gone_is_looked_for_once() -> None:
    source = FakeSource()

    async def gone(seen: Sighting, publish: Publish) -> Reading:
        source.show()
        builder = ReadingBuilder(seen, FixedClock())
        builder.state = State.OFFLINE
        return builder.build("unplugged")

    source.behaviours["a"] = gone
    source.show(sighting("a"))
    (seen,) = (await look([source])).seen
    assert (await read(seen, lambda _: None, timeout=1)).state is State.OFFLINE
    assert len(source.reads) == 1
