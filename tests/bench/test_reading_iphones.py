"""Every character of practice iPhone, read over its real protocols, before and after trust."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.model import LockState, Problem, Quality, State
from diagnostics.ports import Progress
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of
from tests.fakes.iphone_readings import look, read, read_one, sighting_of, source_of, whole

ON, OFF, UNKNOWN = LockState.ON, LockState.OFF, LockState.UNKNOWN
READS = {
    ("usbmux", "ListDevices"), ("usbmux", "Listen"), ("usbmux", "Connect"), ("usbmux", "ReadPairRecord"),
    ("usbmux", "ReadBUID"), ("lockdown", "QueryType"), ("lockdown", "GetValue"), ("lockdown", "StartSession"),
    ("lockdown", "StartService"), ("com.apple.mobile.diagnostics_relay", "IORegistry"),
    ("com.apple.mobile.MCInstall", "GetCloudConfiguration"), ("com.apple.mobile.MCInstall", "GetProfileList"),
}  # fmt: skip
PAIRING = {("lockdown", "Pair"), ("usbmux", "SavePairRecord")}
NEW = "iphone-not-trusted"


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=8, androids=0) as running:
        yield running


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return tmp_path / "pair-records"


def sent(bench: PracticeThread) -> set[tuple[str, str]]:
    return {(request.channel, request.verb) for request in bench.requests()}


# Every character


async def test_all_phones_are_read_side_by_side_and_none_is_mixed_up_with_another(bench, records):
    source = source_of(bench, records)
    sightings = (await look(source)).sightings
    readings = await asyncio.gather(*(read(source, sighting) for sighting in sightings))
    assert [reading.id for reading in readings] == [info.id for info in bench.phones()]
    assert len({sighting.slot for sighting in sightings}) == 8
    states = {str(reading.id): reading.state for reading in readings}
    assert states.pop(id_of(bench, NEW)) is State.NEEDS_TRUST
    assert set(states.values()) == {State.READY}
    serials = [reading.identity.serial for reading in readings if reading.identity.serial]
    assert len(set(serials)) == 7
    assert sent(bench) <= READS


async def test_a_worn_battery(bench, records):
    reading = await read_one(bench, records, "iphone-worn-battery")
    assert reading.state is State.READY
    assert reading.battery.health_percent == 73
    assert reading.battery.cycle_count == 986
    assert reading.battery.level_percent == 41
    evidence = reading.evidence["battery.health_percent"]
    assert (evidence.raw, evidence.quality) == ("2270/3110", Quality.ESTIMATE)
    assert (reading.identity.model, reading.identity.colour) == ("iPhone 11", "black")
    assert (reading.storage.capacity_gb, reading.storage.total_bytes) == (64, 63989469184)
    assert (reading.locks.activation, reading.locks.mdm, reading.locks.find_my) == (OFF, OFF, UNKNOWN)
    assert Problem("locks.find_my", "not_proved_off") in reading.problems


async def test_a_fresh_phone_is_shown_at_a_hundred_percent(bench, records):
    reading = await read_one(bench, records, "iphone-fresh")
    assert reading.battery.health_percent == 100
    assert reading.evidence["battery.health_percent"].raw == "3398/3349"


async def test_an_activation_locked_phone(bench, records):
    reading = await read_one(bench, records, "iphone-activation-locked")
    locks = reading.locks
    assert (locks.activation, locks.find_my, locks.account, locks.mdm) == (ON, ON, ON, UNKNOWN)


async def test_a_phone_that_is_signed_in_to_an_account(bench, records):
    reading = await read_one(bench, records, "iphone-signed-in")
    assert (reading.locks.activation, reading.locks.find_my, reading.locks.account) == (OFF, ON, ON)


async def test_a_supervised_phone_names_its_organisation(bench, records):
    reading = await read_one(bench, records, "iphone-supervised")
    assert reading.locks.mdm is ON
    assert "OrganizationName" in reading.evidence["locks.mdm"].raw


async def test_a_carrier_variant_is_a_hint_at_a_sim_lock(bench, records):
    reading = await read_one(bench, records, "iphone-carrier")
    assert reading.locks.sim is ON
    assert reading.evidence["locks.sim"].quality is Quality.HINT


async def test_an_old_system_is_read_by_the_same_questions(bench, records):
    reading = await read_one(bench, records, "iphone-old-system")
    assert reading.state is State.READY
    assert (reading.identity.model, reading.identity.os_version) == ("iPhone 8", "12.4.1")
    assert reading.identity.imei2 is None
    assert reading.battery.health_percent == 84


async def test_every_value_has_evidence_and_every_gap_a_reason(bench, records):
    reading = await read_one(bench, records, "iphone-worn-battery")
    for group in ("battery", "storage"):
        for name in getattr(reading, group).__slots__:
            assert f"{group}.{name}" in reading.evidence
    said = {problem.field for problem in reading.problems}
    for name in reading.locks.__slots__:
        known = getattr(reading.locks, name) is not UNKNOWN
        assert (f"locks.{name}" in reading.evidence) is known
        assert (f"locks.{name}" in said) is not known


async def test_the_card_fills_in_steps(bench, records):
    source, steps = source_of(bench, records), list[Progress]()
    await read(source, await sighting_of(source, id_of(bench, "iphone-fresh")), steps=steps)
    assert steps[0].step == "identity"
    assert {progress.step for progress in steps} == {"identity", "battery", "storage", "locks"}
    assert steps[0].reading.identity.model == "iPhone 15"
    assert steps[0].reading.battery.health_percent is None
    assert steps[-1].step == "locks"


# Trust


async def test_before_trust_the_model_is_shown_and_nothing_is_sent_but_reads(bench, records):
    reading = await read_one(bench, records, NEW)
    assert reading.state is State.NEEDS_TRUST
    assert (reading.identity.model, reading.identity.os_version) == ("iPhone 12", "17.5.1")
    assert reading.identity.serial is None
    assert whole(reading) == ["needs_trust"]
    assert Problem("battery.health_percent", "needs_trust") in reading.problems
    assert sent(bench) <= READS
    assert not records.exists()


async def test_trust_is_asked_for_without_waiting_and_the_phone_is_read_once_it_is_given(bench, records):
    udid = id_of(bench, NEW)
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    for _ in range(3):
        assert (await read(source, sighting, ask_trust=True)).state is State.NEEDS_TRUST
    bench.trust(udid)
    steps: list[Progress] = []
    reading = await read(source, sighting, ask_trust=True, steps=steps)
    assert [steps[0].reading.state, steps[-1].reading.state] == [State.NEEDS_TRUST, State.CONNECTING]
    assert reading.state is State.READY
    assert reading.battery.health_percent == 86
    assert sent(bench) <= READS | PAIRING
    offers = [request for request in bench.requests() if request.verb == "Pair"]
    assert len(offers) == 4
    assert len({str(request.details) for request in offers}) == 1


async def test_the_pair_record_is_for_the_user_alone_and_serves_the_next_time(bench, records):
    udid = id_of(bench, NEW)
    bench.trust(udid)
    source = source_of(bench, records)
    await read(source, await sighting_of(source, udid), ask_trust=True)
    kept = list(records.iterdir())
    assert [path.name for path in kept] == [f"{udid}.plist"]
    assert stat.S_IMODE(records.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600
    other = source_of(bench, records.with_name("of-another-program"))
    assert (await read(other, await sighting_of(other, udid))).state is State.READY


async def test_trust_that_is_refused_says_so_and_can_be_asked_for_again(bench, records):
    udid = id_of(bench, NEW)
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    bench.deny(udid)
    denied = await read(source, sighting, ask_trust=True)
    assert denied.state is State.TRUST_DENIED
    assert whole(denied) == ["trust_denied"]
    assert denied.identity.model == "iPhone 12"
    bench.trust(udid)
    assert (await read(source, sighting, ask_trust=True)).state is State.READY


async def test_a_phone_that_is_locked_cannot_be_asked_for_trust(bench, records):
    udid = id_of(bench, NEW)
    bench.lock(udid)
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    reading = await read(source, sighting, ask_trust=True)
    assert reading.state is State.SCREEN_LOCKED
    assert whole(reading) == ["screen_locked"]
    bench.unlock(udid)
    bench.trust(udid)
    assert (await read(source, sighting, ask_trust=True)).state is State.READY


async def test_a_pairing_that_was_revoked_is_noticed_and_explained(bench, records):
    udid = id_of(bench, "iphone-fresh")
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    assert (await read(source, sighting)).state is State.READY
    bench.do("revoke", udid)
    lost = await read(source, sighting)
    assert lost.state is State.NEEDS_TRUST
    assert whole(lost) == ["pairing_lost"]
    bench.trust(udid)
    assert (await read(source, sighting, ask_trust=True)).state is State.READY


async def test_a_damaged_record_of_our_own_is_no_record(bench, records):
    udid = id_of(bench, NEW)
    records.mkdir()
    (records / f"{udid}.plist").write_bytes(b"<plist><dict><key>HostID</key>")
    source = source_of(bench, records)
    reading = await read(source, await sighting_of(source, udid))
    assert reading.state is State.NEEDS_TRUST


test_a_damaged_record_of_our_own_is_no_record = pytest.mark.logs_warnings(
    test_a_damaged_record_of_our_own_is_no_record
)


async def test_a_locked_screen_is_read_with_the_escrow_bag_of_the_pair_record(bench, records):
    udid = id_of(bench, "iphone-worn-battery")
    bench.lock(udid)
    source = source_of(bench, records)
    reading = await read(source, await sighting_of(source, udid))
    assert reading.state is State.READY
    assert reading.locks.screen is ON
    assert reading.battery.health_percent == 73


async def test_waiting_for_a_person_is_shown_while_it_is_looked_again(bench, records):
    source, steps = source_of(bench, records), list[Progress]()
    sighting = await sighting_of(source, id_of(bench, NEW))
    await read(source, sighting)
    await read(source, sighting, steps=steps)
    assert {progress.reading.state for progress in steps} == {State.NEEDS_TRUST}
