"""The state follows lockdownd; a reading that was cut short goes on where it stopped."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from pathlib import Path

import pytest

from diagnostics.apple.source import AppleSource
from diagnostics.bench import Bench, BenchEvent
from diagnostics.building import explained_fields
from diagnostics.model import LockState, Platform, Reading, State
from diagnostics.ports import Progress, Sighting
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of
from tests.fakes.iphone_readings import PATIENT, SHORT, read, sighting_of, source_of, whole

NAME = "iphone-worn-battery"
GAUGE = ("health_percent", "cycle_count", "design_mah", "full_mah")
AT_WORST = PATIENT.step + 4 * PATIENT.query + PATIENT.open


class Wristwatch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def wait(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=2, androids=0) as running:
        yield running


@pytest.fixture
def watch() -> Wristwatch:
    return Wristwatch()


@pytest.fixture
def source(bench: PracticeThread, tmp_path: Path, watch: Wristwatch) -> AppleSource:
    address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
    return AppleSource(address=address, pair_records=tmp_path / "records", clock=watch, limits=PATIENT)


@pytest.fixture
async def seen(bench: PracticeThread, source: AppleSource) -> Sighting:
    return await sighting_of(source, id_of(bench, NAME))


async def go_on(source: AppleSource, seen: Sighting) -> Reading:
    return await source.read(seen, lambda _: None, ask_trust=False, resume=True)


def reasons(reading: Reading) -> dict[str, str]:
    return {problem.field: problem.code for problem in reading.problems}


def asked(bench: PracticeThread) -> list[str]:
    """What was asked of the phone since the last call, as far as an answer is worth remembering."""
    told = []
    for request in bench.requests():
        if request.verb in {"GetValue", "IORegistry", "GetCloudConfiguration", "GetProfileList"}:
            details = (request.details.get(key) for key in ("domain", "key", "EntryName", "EntryClass"))
            told.append(" ".join([request.verb, *(str(detail) for detail in details if detail)]))
    return told


# The state


@pytest.mark.parametrize(
    ("step", "missing"),
    [
        ("relay-battery", "battery.health_percent"),
        ("relay-tls", "battery.health_percent"),
        ("start-relay", "battery.health_percent"),
        ("disk-usage", "storage.capacity_gb"),
        ("battery-level", "battery.level_percent"),
        ("find-my", "locks.find_my"),
        ("cloud-configuration", "locks.mdm"),
        ("profile-list", "locks.mdm"),
        ("start-afc2", "locks.root"),
    ],
)
async def test_one_side_question_that_stays_silent_leaves_the_phone_ready(bench, source, seen, step, missing):
    good = await read(source, seen)
    bench.fault(seen.id, "falls-silent", step)
    started = asyncio.get_running_loop().time()
    reading = await read(source, seen)
    assert asyncio.get_running_loop().time() - started < AT_WORST
    assert (reading.state, whole(reading)) == (State.READY, [])
    assert "timeout" in [problem.code for problem in reading.problems if problem.field == missing]
    lost = {field for field in good.evidence if field not in reading.evidence}
    groups = {field.partition(".")[0] for field in lost}
    assert groups <= {missing.partition(".")[0], "management", "identity"}
    assert "identity.serial" in reading.evidence


@pytest.mark.parametrize("step", ["query-type", "values", "start-session", "values-in-session"])
async def test_a_phone_that_does_not_say_what_it_is_is_silent_as_a_whole(bench, tmp_path, step):
    hasty = source_of(bench, tmp_path, SHORT)
    seen = await sighting_of(hasty, id_of(bench, NAME))
    bench.fault(seen.id, "falls-silent", step)
    reading = await read(hasty, seen)
    assert (reading.state, whole(reading)) == (State.TIMEOUT, ["timeout"])


@pytest.mark.parametrize("fault", ["garbled", "cut-short", "answers-list", "disconnects"])
@pytest.mark.parametrize("step", ["relay-battery", "disk-usage", "profile-list"])
async def test_rubbish_at_one_side_question_leaves_the_phone_ready(bench, source, seen, fault, step):
    bench.fault(seen.id, fault, step)
    reading = await read(source, seen)
    assert (reading.state, whole(reading)) == (State.READY, [])
    assert "protocol_error" in {problem.code for problem in reading.problems}


async def test_a_ready_phone_that_proved_nothing_has_a_reason_for_each_value(bench, source, seen):
    bench.fault(seen.id, "numbers-as-text")
    reading = await read(source, seen)
    assert reading.state is State.READY
    said = reasons(reading)
    for name in explained_fields(Platform.IOS):
        assert (attrgetter(name)(reading) in {None, LockState.UNKNOWN}) is (name in said), name
    assert reading.locks.mdm is LockState.UNKNOWN


# Going on


async def test_a_retry_asks_only_what_is_missing_and_keeps_the_times(bench, source, seen, watch):
    bench.fault(seen.id, "falls-silent", "relay-battery")
    first = await read(source, seen)
    assert first.battery.health_percent is None
    before = len(asked(bench))
    bench.clear(seen.id)
    watch.wait(20)
    second = await go_on(source, seen)
    assert second.state is State.READY
    assert second.battery.health_percent == 73
    again = asked(bench)[before:]
    assert not {"com.apple.disk_usage", "com.apple.mobile.battery"} & {word.split()[-1] for word in again}
    assert "GetProfileList" not in again
    assert "IORegistry IOPMPowerSource" in again
    later = second.evidence["battery.health_percent"].at - second.evidence["storage.capacity_gb"].at
    assert later == timedelta(seconds=20)


async def test_a_person_who_reads_again_asks_everything_anew(bench, source, seen, watch):
    await read(source, seen)
    before = len(asked(bench))
    watch.wait(20)
    again = await read(source, seen)
    assert sorted(asked(bench)[before:]) == sorted(asked(bench)[:before])
    assert {evidence.at for evidence in again.evidence.values()} == {watch.now()}


async def test_what_is_too_old_is_asked_again(bench, source, seen, watch):
    await read(source, seen)
    before = len(asked(bench))
    watch.wait(600)
    again = await go_on(source, seen)
    assert len(asked(bench)) - before == before
    assert {evidence.at for evidence in again.evidence.values()} == {watch.now()}


async def test_a_phone_that_falls_silent_keeps_what_it_told_before(bench, source, seen, watch):
    full = await read(source, seen)
    bench.do("hang", seen.id)
    watch.wait(5)
    silent = await go_on(source, seen)
    bench.do("wake", seen.id)
    assert (silent.state, whole(silent)) == (State.TIMEOUT, ["timeout"])
    assert (silent.battery, silent.storage, silent.identity) == (full.battery, full.storage, full.identity)
    assert silent.evidence == full.evidence


async def test_a_screen_that_was_unlocked_meanwhile_is_not_locked_by_an_old_answer(
    bench, source, seen, watch
):
    bench.lock(seen.id)
    assert (await read(source, seen)).locks.screen is LockState.ON
    bench.unlock(seen.id)
    watch.wait(2)
    assert (await go_on(source, seen)).locks.screen is LockState.UNKNOWN


@pytest.mark.parametrize("step", ["cloud-configuration", "profile-list", "start-mcinstall"])
async def test_a_lock_that_was_off_is_unknown_once_the_phone_refuses_to_say_so(
    bench, source, seen, watch, step
):
    assert (await read(source, seen)).locks.mdm is LockState.OFF
    watch.wait(3600)
    bench.fault(seen.id, "refuses", step)
    again = await go_on(source, seen)
    assert again.state is State.READY
    assert again.locks.mdm is LockState.UNKNOWN
    assert "locks.mdm" not in again.evidence
    assert reasons(again)["locks.mdm"] in {"refused", "not_readable"}


async def test_no_lock_outlives_its_time_when_the_phone_falls_silent(bench, source, seen, watch):
    full = await read(source, seen)
    assert full.locks.activation is full.locks.mdm is LockState.OFF
    bench.do("hang", seen.id)
    watch.wait(3600)
    silent = await go_on(source, seen)
    bench.do("wake", seen.id)
    assert (silent.state, whole(silent)) == (State.TIMEOUT, ["timeout"])
    assert silent.locks.activation is silent.locks.mdm is LockState.UNKNOWN
    assert not [name for name in silent.evidence if name.startswith("locks.")]
    assert reasons(silent)["locks.activation"] == reasons(silent)["locks.mdm"]
    assert (silent.battery, silent.identity) == (full.battery, full.identity)


async def test_another_plug_starts_anew(bench, source, seen, watch):
    await read(source, seen)
    bench.unplug(seen.id)
    bench.plug(seen.id)
    watch.wait(2)
    other = await sighting_of(source, seen.id)
    again = await go_on(source, other)
    assert {evidence.at for evidence in again.evidence.values()} == {watch.now()}


async def test_the_bench_goes_on_by_itself_until_the_silent_phone_is_whole(bench, source, seen, monkeypatch):
    monkeypatch.setattr("diagnostics.bench.RETRY_AFTER", {State.TIMEOUT: 0.05})
    bench.fault(seen.id, "falls-silent", "values-in-session", times=1)
    states: list[State] = []
    ours = Bench([source])

    def note(event: BenchEvent) -> None:
        states.extend([event.phone.reading.state] if event.phone else [])

    ours.subscribe(note)
    running = asyncio.create_task(ours.run())
    try:
        async with asyncio.timeout(20):
            while not ours.phones or any(phone.reading.state is not State.READY for phone in ours.phones):
                await asyncio.sleep(0.02)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert State.TIMEOUT in states


# Dripping


async def test_a_phone_that_answers_each_question_late_has_a_limit_for_each_step(bench, tmp_path):
    limits = dataclasses.replace(PATIENT, query=9.0, step=3.0)
    slow = source_of(bench, tmp_path, limits)
    seen = await sighting_of(slow, id_of(bench, NAME))
    bench.fault(seen.id, "falls-silent", "relay-options")
    steps: list[Progress] = []
    reading = await read(slow, seen, steps=steps)
    assert reading.state is State.READY
    assert reading.battery.health_percent == 73
    assert reading.evidence["identity.a_number"].quality == "estimate"
    bench.clear(seen.id)
    async with aclosing(slow.watch()) as watching:
        assert (await anext(watching)).error is None
