"""A phone that is pulled, falls silent, or answers rubbish: a state and a sentence, and the others go on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from diagnostics.apple.source import AppleSource
from diagnostics.model import LockState, State
from diagnostics.ports import Progress
from tests.fakes.apple_client import id_of
from tests.fakes.iphone_readings import SHORT, look, read, sighting_of, source_of, until, whole
from tests.fakes.rough_mux import RoughMux, lockdownd

ON = LockState.ON
FIRST = {"identity": ("model",), "storage": ("capacity_gb", "free_bytes"), "battery": ("health_percent",)}


@pytest.mark.parametrize("step", ["identity", "storage", "battery"])
async def test_a_phone_pulled_in_the_middle_keeps_what_was_read(bench, records, step):
    udid = id_of(bench, "iphone-worn-battery")
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)

    known = dict[str, object]()

    def pull(progress: Progress) -> None:
        if progress.step == step:
            known.update(progress.reading.evidence)
            bench.unplug(udid)

    reading = await source.read(sighting, pull, ask_trust=False)
    assert reading.state is State.OFFLINE
    assert whole(reading) == ["unplugged"]
    assert reading.identity.model == "iPhone 11"
    assert {f"{step}.{name}" for name in FIRST[step]} <= set(known) <= set(reading.evidence)
    others = await look(source)
    assert udid not in {other.id for other in others.sightings}
    assert (await read(source, others.sightings[0])).state is State.READY


async def test_a_cable_that_goes_in_the_middle_of_an_answer(bench, records):
    udid = id_of(bench, "iphone-fresh")
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    bench.do("drop", udid)
    assert (await read(source, sighting)).state is State.OFFLINE
    bench.plug(udid)
    again = await sighting_of(source, udid)
    assert again.key != sighting.key
    assert (await read(source, again)).state is State.READY
    assert whole(await read(source, sighting)) == ["unplugged"]


async def test_a_phone_that_never_answers_is_a_timeout_and_the_others_go_on(bench, records):
    silent = id_of(bench, "iphone-worn-battery")
    bench.do("hang", silent)
    source = source_of(bench, records, SHORT)
    sightings = (await look(source)).sightings[:2]
    readings = await asyncio.gather(*(read(source, sighting) for sighting in sightings))
    assert [reading.state for reading in readings] == [State.TIMEOUT, State.READY]
    assert whole(readings[0]) == ["timeout"]
    bench.do("wake", silent)
    assert (await read(source, sightings[0])).state is State.READY


async def test_a_phone_that_falls_silent_in_the_middle_keeps_what_was_read_in_time(bench, records):
    udid = id_of(bench, "iphone-worn-battery")
    source = source_of(bench, records, SHORT)
    sighting = await sighting_of(source, udid)
    await read(source, sighting)

    def hush(progress: Progress) -> None:
        if progress.step == "battery":
            bench.do("hang", udid)

    started = asyncio.get_running_loop().time()
    reading = await source.read(sighting, hush, ask_trust=False)
    assert asyncio.get_running_loop().time() - started < 10
    assert reading.state is State.TIMEOUT
    assert reading.battery.health_percent == 73
    assert whole(reading) == ["timeout"]


async def test_a_reading_that_is_cancelled_closes_its_sockets(bench, records):
    udid = id_of(bench, "iphone-worn-battery")
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    await read(source, sighting)
    bench.do("hang", udid)
    before = open_files()
    for patience in (0.0, 0.01, 0.1):
        task = asyncio.create_task(read(source, sighting))
        await asyncio.sleep(patience)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    bench.do("wake", udid)
    assert (await read(source, sighting)).state is State.READY
    await asyncio.sleep(0.05)
    assert open_files() <= before


# A phone that answers rubbish

HELLO = {"Type": "com.apple.mobile.lockdown"}
VALUES = {"Value": {"ProductType": "iPhone14,5", "ProductVersion": "16.3.1", "ActivationState": "Activated"}}
ODD_VERSION = {"Value": {**VALUES["Value"], "ProductVersion": "x" * 9999}}


@pytest.mark.parametrize(
    ("answers", "state", "code"),
    [
        ({"QueryType": {"Type": "com.apple.mobile.restored"}}, State.RECOVERY, "usb_restore"),
        ({"QueryType": {"Type": ["lockdown"]}}, State.ERROR, "protocol_error"),
        ({"QueryType": {"Type": "com.apple.mobile.nonsense"}}, State.ERROR, "protocol_error"),
        ({"QueryType": b"\0\0\0\x04nope"}, State.ERROR, "protocol_error"),
        ({"QueryType": b"\xff\xff\xff\xff"}, State.ERROR, "protocol_error"),
        ({"QueryType": b"\0\0\0\x50<plist>"}, State.TIMEOUT, "timeout"),
        ({"QueryType": b""}, State.TIMEOUT, "timeout"),
        ({"QueryType": HELLO, "GetValue": ODD_VERSION}, State.NEEDS_TRUST, "needs_trust"),
        ({"QueryType": HELLO, "GetValue": {"Value": [1, 2]}}, State.NEEDS_TRUST, "needs_trust"),
        ({"QueryType": HELLO, "GetValue": {}}, State.NEEDS_TRUST, "needs_trust"),
        ({"QueryType": HELLO, "GetValue": {"Error": "InvalidConnection"}}, State.ERROR, "protocol_error"),
        ({"QueryType": HELLO, "GetValue": VALUES}, State.NEEDS_TRUST, "needs_trust"),
    ],
)  # fmt: skip
async def test_whatever_lockdownd_answers_there_is_a_state_and_a_sentence(tmp_path, answers, state, code):
    async with RoughMux(lockdownd(answers)) as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path, limits=SHORT)
        reading = await read(source, (await look(source)).sightings[0])
    assert (reading.state, whole(reading)) == (state, [code])


async def test_a_phone_in_recovery_gives_that_for_the_reason_of_every_gap(tmp_path):
    async with RoughMux(lockdownd({"QueryType": {"Type": "com.apple.mobile.restored"}})) as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path, limits=SHORT)
        reading = await read(source, (await look(source)).sightings[0])
    reasons = {problem.code for problem in reading.problems if problem.field}
    assert "recovery" in reasons
    assert "not_read" not in reasons


@pytest.mark.parametrize(
    ("word", "state", "code"),
    [
        ("MCProtected", State.TRUST_DENIED, "pairing_forbidden"),
        ("PasswordProtected", State.SCREEN_LOCKED, "screen_locked"),
        ("InvalidPairRecord", State.NEEDS_TRUST, "pairing_lost"),
        ("Nonsense", State.ERROR, "protocol_error"),
    ],
)
async def test_each_answer_to_the_question_for_trust(tmp_path, word, state, code):
    answers = {"QueryType": HELLO, "GetValue": {"Value": await public_key()}, "Pair": {"Error": word}}
    async with RoughMux(lockdownd(answers)) as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path)
        reading = await read(source, (await look(source)).sightings[0], ask_trust=True)
    assert (reading.state, whole(reading)) == (state, [code])
    assert (reading.locks.mdm is ON) is (word == "MCProtected")


async def test_a_usbmuxd_that_does_not_tell_the_pair_record_is_no_reason_to_ask_for_trust(tmp_path):
    talk = lockdownd({"QueryType": HELLO, "GetValue": VALUES})  # no answer for Pair: it must not be sent
    async with RoughMux(talk, silent_on="ReadPairRecord") as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path, limits=SHORT)
        reading = await read(source, (await look(source)).sightings[0], ask_trust=True)
    assert (reading.state, whole(reading)) == (State.TIMEOUT, ["timeout"])


@pytest.mark.logs_warnings
@pytest.mark.parametrize("damaged", [b"rubbish", b"<plist><dict>", b"", 7, {"HostID": "x"}])
async def test_a_damaged_record_of_usbmuxds_is_no_record(tmp_path, damaged):
    async with RoughMux(
        lockdownd({"QueryType": HELLO, "GetValue": VALUES}), record={"PairRecordData": damaged}
    ) as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path, limits=SHORT)
        reading = await read(source, (await look(source)).sightings[0])
    assert reading.state is State.NEEDS_TRUST


async def test_a_phone_whose_port_is_closed_at_once(tmp_path):
    async def slam(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with RoughMux(slam) as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path, limits=SHORT)
        reading = await read(source, (await look(source)).sightings[0])
        await until(lambda: mux.connections == 0)
    assert (reading.state, whole(reading)) == (State.ERROR, ["protocol_error"])


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def public_key() -> bytes:
    from diagnostics.practice.apple.certificates import new_key_in_thread, public_pem

    return public_pem(await new_key_in_thread())
