"""Practice Androids read over the real protocol: every character, and everything that goes wrong with a cable."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest

from diagnostics.android.source import AndroidSource
from diagnostics.model import LockState, Reading, State
from diagnostics.ports import Progress, Sighting
from diagnostics.practice.android.server import PracticeAdbServer, load_androids
from tests.fakes.android import FrozenClock
from tests.matrix.sending import commands_of, unlisted

_ON, _OFF, _UNKNOWN = LockState.ON, LockState.OFF, LockState.UNKNOWN


@asynccontextmanager
async def _bench(
    *ids: str, count: int = 40, **changes: object
) -> AsyncIterator[tuple[PracticeAdbServer, AndroidSource]]:
    phones = [phone for phone in load_androids(count) if not ids or phone.id in ids]
    for phone in phones:
        for name, value in changes.items():
            setattr(phone, name, value)
    server = PracticeAdbServer(phones)
    await server.start()
    try:
        yield server, AndroidSource(FrozenClock(), port=server.port, call_seconds=0.5)
    finally:
        await server.stop()


def _ignore(_: Progress) -> None:
    return None


async def _sightings(source: AndroidSource) -> tuple[Sighting, ...]:
    async with aclosing(source.watch()) as snapshots:
        return (await anext(snapshots)).sightings


async def _read_one(source: AndroidSource) -> Reading:
    (sighting,) = await _sightings(source)
    return await source.read(sighting, _ignore, ask_trust=True)


_EXPECTED = {
    "worn-battery": ("Galaxy S21 5G", 79, 1030, 128, {"account": _OFF, "bootloader": _ON, "mdm": _OFF}),
    "signed-in": ("Galaxy A54 5G", 92, 314, 128, {"account": _ON, "screen": _ON}),
    "fresh-battery": ("Pixel 8", 100, 38, 128, {"activation": _OFF, "account": _OFF, "screen": _OFF}),
    "imei-told": ("Redmi Note 13 Pro 5G", 95, 160, 256, {"activation": _UNKNOWN}),
    "supervised": ("motorola edge 40", 93, None, 256, {"mdm": _ON, "screen": _ON}),
    "carrier-locked": ("Galaxy S23 Ultra", 93, 402, 256, {"sim": _ON}),
    "old-system": ("Honor View 10", 88, None, 128, {"bootloader": _ON, "activation": _UNKNOWN}),
    "unlocked-bootloader": ("OnePlus 9 5G", 89, 402, 128, {"bootloader": _OFF, "root": _ON}),
    "reset-protection": ("Pixel 6a", 87, 612, 128, {"activation": _ON, "account": _OFF}),
    "no-exit-codes": ("Nexus 5", 86, None, 32, {"mdm": _OFF, "bootloader": _UNKNOWN}),
}


@pytest.mark.parametrize("character", _EXPECTED)
async def test_characters(character):
    async with _bench(character) as (_, source):
        reading = await _read_one(source)
    name, health, cycles, gigabytes, locks = _EXPECTED[character]
    assert reading.state is State.READY
    assert (reading.identity.model, reading.battery.health_percent, reading.battery.cycle_count) == (
        name,
        health,
        cycles,
    )
    assert reading.storage.capacity_gb == gigabytes
    assert {lock: getattr(reading.locks, lock) for lock in locks} == locks


@pytest.mark.parametrize("character", _EXPECTED)
async def test_every_value_has_its_evidence_and_every_gap_its_reason(character):
    async with _bench(character) as (_, source):
        reading = await _read_one(source)
    explained = {problem.field for problem in reading.problems}
    for group in ("battery", "storage", "locks"):
        for name, value in dataclasses.asdict(getattr(reading, group)).items():
            field = f"{group}.{name}"
            if value in {None, LockState.UNKNOWN}:
                assert field in explained, field
            else:
                assert field in reading.evidence, field


async def test_nothing_but_the_reviewed_commands_is_ever_sent():
    async with _bench() as (server, source):
        for sighting in await _sightings(source):
            await source.read(sighting, _ignore, ask_trust=True)
    assert list(unlisted(server.requests)) == []
    assert len({text for request in server.requests for text in commands_of(request)}) > 25
    assert {request.command for request in server.requests if not request.phone_id} <= {
        "host:devices-l", "host:track-devices-l", *(f"host:transport-id:{n}" for n in range(100)),
    }  # fmt: skip


async def test_the_first_card_comes_before_the_slow_questions():
    steps: list[tuple[str, str | None]] = []
    async with _bench("worn-battery") as (server, source):
        server.phone("worn-battery").pace = 0.02
        (sighting,) = await _sightings(source)
        await source.read(
            sighting,
            lambda progress: steps.append((progress.step, progress.reading.identity.model)),
            ask_trust=False,
        )
    assert [step for step, _ in steps] == ["storage", "battery", "locks"]
    assert steps[0][1] == "Galaxy S21 5G"


async def test_unauthorized_then_allowed_then_ready():
    async with _bench("not-allowed-yet") as (server, source), aclosing(source.watch()) as snapshots:
        (waiting,) = (await anext(snapshots)).sightings
        reading = await source.read(waiting, _ignore, ask_trust=True)
        assert waiting.state is reading.state is State.UNAUTHORIZED
        assert {problem.code for problem in reading.problems} == {"unauthorized", "no_check_service"}
        server.allow("not-allowed-yet")
        async with asyncio.timeout(1):
            (allowed,) = (await anext(snapshots)).sightings
        assert (allowed.key, allowed.state) == (waiting.key, State.CONNECTING)
        ready = await source.read(allowed, _ignore, ask_trust=True)
    assert (ready.state, ready.identity.model) == (State.READY, "Fairphone 5")


async def test_plugging_and_unplugging_are_seen_within_a_second():
    async with _bench("fresh-battery") as (server, source), aclosing(source.watch()) as snapshots:
        (first,) = (await anext(snapshots)).sightings
        async with asyncio.timeout(1):
            server.unplug("fresh-battery")
            assert (await anext(snapshots)).sightings == ()
        async with asyncio.timeout(1):
            server.plug("fresh-battery")
            (again,) = (await anext(snapshots)).sightings
    assert first.key != again.key
    assert first.slot == again.slot


async def test_a_phone_pulled_out_in_the_middle_keeps_what_was_read():
    async with _bench("worn-battery", pace=0.1) as (server, source):
        (sighting,) = await _sightings(source)
        source_reading = source.read(sighting, lambda _: server.unplug("worn-battery"), ask_trust=False)
        reading = await source_reading
    assert reading.state is State.OFFLINE
    assert reading.identity.model == "Galaxy S21 5G"
    assert reading.storage.capacity_gb == 128
    assert {p.code for p in reading.problems if p.field.startswith("locks.mdm")} == {"unplugged"}


async def test_a_phone_that_was_gone_before_it_was_asked():
    async with _bench("worn-battery") as (server, source):
        (sighting,) = await _sightings(source)
        server.unplug("worn-battery")
        reading = await source.read(sighting, _ignore, ask_trust=False)
    assert reading.state is State.OFFLINE


async def test_a_phone_that_hangs_does_not_hold_the_others_up():
    async with _bench("worn-battery", "fresh-battery") as (server, source):
        server.phone("worn-battery").hang = True
        sightings = await _sightings(source)
        started = time.monotonic()
        readings = await asyncio.gather(*(source.read(s, _ignore, ask_trust=False) for s in sightings))
    assert {reading.state for reading in readings} == {State.TIMEOUT, State.READY}
    assert time.monotonic() - started < 3


async def test_thirty_six_phones_that_hang_do_not_hold_four_up():
    ids = [phone.id for phone in load_androids(48) if phone.state == "device"][:40]
    async with _bench(*ids, count=48) as (server, source):
        source._call_seconds = 1.5
        sightings = (await _sightings(source))[:40]
        assert len(sightings) == 40
        healthy = {phone.id for phone in server.phones if phone.id in ids[-4:]}
        for phone in server.phones:
            phone.hang = phone.id not in healthy
        healthy_slots = {server.phone(id_).usb for id_ in healthy}
        done: dict[str, float] = {}

        async def read(sighting: Sighting) -> State:
            reading = await source.read(sighting, _ignore, ask_trust=False)
            done[str(sighting.slot)] = time.monotonic() - started
            return reading.state

        started = time.monotonic()
        states = await asyncio.gather(*map(read, sightings))
    assert states.count(State.TIMEOUT) == 36
    assert states.count(State.READY) == 4
    # Every phone that hangs takes the whole deadline of a second and a half; long before that all others are done.
    assert max(done[slot] for slot in healthy_slots) < 1.0


async def test_a_reading_that_is_cancelled_ends_at_once():
    async with _bench("worn-battery", hang=True) as (server, source):
        (sighting,) = await _sightings(source)
        task = asyncio.create_task(source.read(sighting, _ignore, ask_trust=False))
        while not any(request.phone_id for request in server.requests):
            await asyncio.sleep(0.01)
        started = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - started < 0.3


@pytest.mark.parametrize("character", ["worn-battery", "no-exit-codes"])
async def test_a_link_that_drops_in_every_answer_never_passes_short_text_for_whole(character):
    async with _bench(character) as (_, source):
        whole = await _read_one(source)
    async with _bench(character, drop=True) as (_, source):
        reading = await _read_one(source)
    for group in ("battery", "storage"):
        for name, value in dataclasses.asdict(getattr(reading, group)).items():
            assert value in {None, getattr(getattr(whole, group), name)}
    for name, lock in dataclasses.asdict(reading.locks).items():
        assert lock in {LockState.UNKNOWN, getattr(whole.locks, name)}
    assert "link_dropped" in {problem.code for problem in reading.problems}


async def test_two_phones_with_one_serial_stay_two():
    async with _bench() as (server, source):
        twins = [phone for phone in server.phones if phone.character.one_serial]
        assert len(twins) > 1
        sightings = [s for s in await _sightings(source) if s.id == twins[0].serial]
        assert len({s.key for s in sightings}) == len({s.slot for s in sightings}) == len(twins)
        readings = [await source.read(s, _ignore, ask_trust=False) for s in sightings]
    assert {reading.slot for reading in readings} == {phone.usb for phone in twins}
    assert {reading.state for reading in readings} == {State.READY}


@pytest.mark.parametrize(
    ("adb_state", "state", "code"),
    [
        ("offline", State.OFFLINE, "offline"),
        ("recovery", State.RECOVERY, "wrong_mode"),
        ("sideload", State.RECOVERY, "wrong_mode"),
        ("no permissions", State.ERROR, "no_permission"),
        ("authorizing", State.CONNECTING, "not_read"),
    ],
)
async def test_phones_that_no_shell_opens_on(adb_state, state, code):
    async with _bench("fresh-battery") as (server, source):
        server.set_state("fresh-battery", adb_state)
        reading = await _read_one(source)
    assert reading.state is state
    assert {p.code for p in reading.problems if p.field == "battery.health_percent"} == {code}


async def test_a_phone_that_is_still_starting():
    async with _bench("fresh-battery", booted=False) as (server, source):
        reading = await _read_one(source)
        assert reading.state is State.BOOTING
        assert reading.identity.model == "Pixel 8"
        assert reading.battery.health_percent is None
        server.phone("fresh-battery").booted = True
        assert (await _read_one(source)).state is State.READY


async def test_no_server_is_said_and_a_restart_under_us_is_survived():
    phones = [phone for phone in load_androids(8) if phone.id == "fresh-battery"]
    server = PracticeAdbServer(phones)
    await server.start()
    port = server.port
    source = AndroidSource(FrozenClock(), port=port)
    async with aclosing(source.watch()) as snapshots:
        (sighting,) = (await anext(snapshots)).sightings
        await server.stop()
        async with asyncio.timeout(1.5):
            gone = await anext(snapshots)
        assert gone.sightings == ()
        assert gone.error is not None
        assert gone.error.exit_status == 3
        assert (await source.read(sighting, _ignore, ask_trust=False)).state is State.OFFLINE
        await server.start(port)
        async with asyncio.timeout(1.5):
            (again,) = (await anext(snapshots)).sightings
        assert (await source.read(again, _ignore, ask_trust=False)).state is State.READY
    await server.stop()


async def test_a_server_that_stops_in_the_middle_of_a_reading():
    async with _bench("worn-battery", pace=0.1) as (server, source):
        (sighting,) = await _sightings(source)
        stopping: list[asyncio.Task[None]] = []

        def stop(_: Progress) -> None:
            if not stopping:
                stopping.append(asyncio.create_task(server.stop()))

        reading = await source.read(sighting, stop, ask_trust=False)
        await asyncio.gather(*stopping)
    assert reading.state is State.OFFLINE
    assert reading.identity.model == "Galaxy S21 5G"


def _count_anew(server: PracticeAdbServer, *ids: str) -> None:
    """Do to the numbers what a restart of the server does: the phones are counted from 1, in another order."""
    for phone_id in ids:
        server.unplug(phone_id)
    server.bus._next_transport = 1
    for phone_id in ids:
        server.plug(phone_id)


async def test_a_reading_into_which_another_phone_answered_is_dropped_whole():
    async with _bench("fresh-battery", "worn-battery", pace=0.02) as (server, source):
        before = await _sightings(source)
        first = min(before, key=lambda seen: seen.key.partition("#")[2])
        ids = [server.phone(seen.id).id for seen in (first, *(s for s in before if s is not first))]
        told: list[str | None] = []

        def swap(progress: Progress) -> None:
            if not told:
                _count_anew(server, *reversed(ids))
            told.append(progress.reading.identity.model)

        reading = await source.read(first, swap, ask_trust=False)
        assert told[0] is not None, "it had answered before"
        assert reading.state is State.OFFLINE
        assert "service_lost" in {problem.code for problem in reading.problems if not problem.field}
        assert dict(reading.evidence) == {}, "nothing tells which phone said what"
        again = [await source.read(seen, _ignore, ask_trust=False) for seen in await _sightings(source)]
    assert {reading.state for reading in again} == {State.READY}
    assert {reading.identity.model for reading in again} == {"Pixel 8", "Galaxy S21 5G"}
    assert {reading.id for reading in again} == {seen.id for seen in before}


async def test_a_phone_that_is_pulled_after_its_last_answer_keeps_its_reading():
    async with _bench("fresh-battery") as (server, source):
        (sighting,) = await _sightings(source)

        def pull(progress: Progress) -> None:
            if progress.step == "locks":
                server.unplug("fresh-battery")

        reading = await source.read(sighting, pull, ask_trust=False)
    assert (reading.state, reading.identity.model) == (State.READY, "Pixel 8")


async def test_hostile_properties_are_one_plain_line():
    hostile = "<b>x</b>\u202e]\n[ro.product.manufacturer]: [evil]\n@@00000000.@@" + "A" * 5000
    async with _bench("fresh-battery") as (server, source):
        phone = server.phone("fresh-battery")
        phone.character = dataclasses.replace(
            phone.character,
            properties={
                **phone.character.properties,
                "ro.product.marketname": hostile,
                "ril.product_code": "<b>x</b>\u202e=cmd|'calc'!A1\x1b[31m",
            },
        )
        reading = await _read_one(source)
    assert reading.state is State.READY
    assert reading.identity.manufacturer == "Google"
    for value in (reading.identity.model, reading.identity.part_number):
        assert value is not None
        assert len(value) <= 120
        assert value.startswith("<b>x</b>")
        assert value.isprintable()


async def test_eight_phones_side_by_side():
    async with _bench(*list(_EXPECTED)[:8]) as (_, source):
        sightings = await _sightings(source)
        readings = await asyncio.gather(*(source.read(s, _ignore, ask_trust=False) for s in sightings))
    assert [reading.state for reading in readings] == [State.READY] * 8
