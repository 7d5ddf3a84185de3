"""Every character of practice iPhone, read over its real protocols, before and after trust."""

from __future__ import annotations

import asyncio

from diagnostics.apple.source import AppleSource
from diagnostics.building import explained_fields
from diagnostics.grading.checklist import checklist_for
from diagnostics.messages import message
from diagnostics.model import LockState, Platform, Problem, Quality, State
from diagnostics.ports import Progress
from diagnostics.practice.bench import PracticeThread
from diagnostics.teaching import Unnamed, learn, unnamed
from tests.fakes.apple_client import id_of
from tests.fakes.iphone_readings import NEW, READS, look, read, read_one, sent, sighting_of, source_of
from tradein_app.viewmodels.fact_making import sections

ON, OFF, UNKNOWN = LockState.ON, LockState.OFF, LockState.UNKNOWN


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


async def test_an_ipad_without_a_mobile_network_lacks_no_imei(records):
    with PracticeThread(iphones=11, androids=0) as bench:
        reading = await read_one(bench, records, "ipad-wifi-alone")
    identity = reading.identity
    assert reading.state is State.READY
    assert (identity.model, identity.model_code, identity.os) == (
        "iPad (9th generation)",
        "iPad12,1",
        "iPadOS",
    )
    assert (identity.imei, identity.imei2) == (None, None)
    codes = {problem.field: problem.code for problem in reading.problems}
    assert codes["identity.imei"] == codes["identity.imei2"] == codes["sim.status"] == "no_network"
    assert reading.locks.sim is OFF
    assert reading.evidence["locks.sim"].source == "lockdown TelephonyCapability"
    assert checklist_for(reading) == "tablet-1"
    labels = [
        fact.label for part in sections(reading, language="en", secrets_shown=True) for fact in part.facts
    ]
    assert [label for label in labels if "IMEI" in label or "SIM" in label.split()] == []


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
    assert (reading.management.supervised, reading.management.organisation) == (
        True,
        "Nordlog Spedition GmbH",
    )


async def test_a_carrier_variant_is_a_hint_at_a_sim_lock(bench, records):
    reading = await read_one(bench, records, "iphone-carrier")
    assert reading.locks.sim is ON
    assert reading.evidence["locks.sim"].quality is Quality.HINT
    assert reading.sim.status == "operator_locked"
    assert reading.evidence["sim.status"].quality is Quality.HINT


async def test_the_identity_names_what_the_box_and_the_back_say(bench, records):
    reading = await read_one(bench, records, "iphone-worn-battery")
    identity = reading.identity
    assert (identity.part_number, identity.sold_as, identity.region) == ("MWLT2", "retail", "ZD/A")
    assert (identity.os_version, identity.os_build) == ("17.6.1", "21G93")
    assert identity.a_number == "A2221"
    evidence = reading.evidence["identity.a_number"]
    assert (evidence.source, evidence.quality) == (
        "IORegistry device-tree regulatory-model-number",
        Quality.EXACT,
    )
    assert reading.battery.temperature_c == 27.8
    assert reading.management.supervised is False
    assert Problem("management.organisation", "absent") in reading.problems
    assert reading.sim.status == "not_inserted"


async def test_where_the_device_tree_is_silent_an_old_system_tells_the_a_number_another_way(bench, records):
    udid = id_of(bench, "iphone-old-system")
    bench.fault(udid, "refuses", "relay-device-tree")
    source = source_of(bench, records)
    reading = await read(source, await sighting_of(source, udid))
    assert reading.evidence["identity.a_number"].source == "MobileGestalt RegulatoryModelNumber"


async def test_where_nothing_tells_the_a_number_it_is_an_estimate_by_our_table(bench, records):
    udid = id_of(bench, "iphone-worn-battery")
    bench.fault(udid, "refuses", "relay-device-tree")
    source = source_of(bench, records)
    reading = await read(source, await sighting_of(source, udid))
    assert reading.identity.a_number == "A2221"
    evidence = reading.evidence["identity.a_number"]
    assert (evidence.quality, evidence.raw) == (Quality.ESTIMATE, "iPhone12,1 ZD/A")
    gestalt = [request for request in bench.requests() if request.verb == "MobileGestalt"]
    assert gestalt == []


async def test_a_model_that_the_program_does_not_know_is_learned_from_the_shops_own_file(bench, tmp_path):
    udid, own = id_of(bench, "iphone-worn-battery"), tmp_path / "iphone-names.toml"
    bench.fault(udid, "model-unknown")
    address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
    source = AppleSource(address=address, pair_records=tmp_path / "records", names=own)
    sighting = await sighting_of(source, udid)
    before = await read(source, sighting)
    assert (before.identity.model, before.identity.model_code) == (None, "iPhone99,9")
    assert "unknown_code" in {p.code for p in before.problems if p.field == "identity.model"}
    own.write_text('[models]\n"iPhone99,9" = "iPhone 30"\n[parts]\nZZZZ9 = "ultraviolet"\n')
    after = await read(source, sighting)
    assert (after.identity.model, after.identity.colour) == ("iPhone 30", "ultraviolet")
    evidence = after.evidence["identity.model"]
    assert (evidence.quality, evidence.source) == (Quality.TYPED, "own names: lockdown ProductType")
    own.write_text("[models]\niPhone = 7\n")
    wrong = await read(source, sighting)
    said = next(p for p in wrong.problems if p.field == "identity.model")
    assert said.code == "bad_names"
    assert "“iPhone” is not a code such as iPhone14,5" in message(said)


async def test_a_colour_that_the_program_does_not_know_is_named_by_its_housing_code(bench, tmp_path):
    udid, own = id_of(bench, "iphone-worn-battery"), tmp_path / "iphone-names.toml"
    bench.fault(udid, "colour-unknown")
    address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
    source = AppleSource(address=address, pair_records=tmp_path / "records", names=own)
    before = await read(source, await sighting_of(source, udid))
    assert before.identity.colour is None
    what = unnamed(before)
    assert what == Unnamed(Platform.IOS, "iPhone12,1", colour="77", called="iPhone 11")
    learn(tmp_path, what, "mint")
    after = await read(source, await sighting_of(source, udid))
    assert after.identity.colour == "mint"
    evidence = after.evidence["identity.colour"]
    assert (evidence.quality, evidence.raw) == (Quality.TYPED, "77")
    assert unnamed(after) is None


async def test_an_old_system_is_read_by_the_same_questions(bench, records):
    reading = await read_one(bench, records, "iphone-old-system")
    assert reading.state is State.READY
    assert (reading.identity.model, reading.identity.os_version) == ("iPhone 8", "12.4.1")
    assert reading.identity.imei2 is None
    assert reading.battery.health_percent == 84


async def test_every_value_has_evidence_and_every_gap_a_reason(bench, records):
    reading = await read_one(bench, records, "iphone-worn-battery")
    told_by_none = {problem.field for problem in reading.problems if problem.code == "not_offered"}
    assert told_by_none == {"storage.ram_gb", "battery.manufactured_on", "battery.first_used_on"}
    for name in explained_fields(Platform.IOS):
        if name.startswith(("battery.", "storage.")) and name not in told_by_none:
            assert name in reading.evidence
    said = {problem.field for problem in reading.problems}
    for name in reading.locks.__slots__:
        known = getattr(reading.locks, name) is not UNKNOWN
        assert (f"locks.{name}" in reading.evidence) is known
        assert (f"locks.{name}" in said) is not known


async def test_a_phone_that_is_only_asked_for_trust_has_no_step_done(bench, records):
    source, steps = source_of(bench, records), list[Progress]()
    sighting = await sighting_of(source, id_of(bench, "iphone-not-trusted"))
    reading = await read(source, sighting, steps=steps, ask_trust=True)
    assert reading.state is State.NEEDS_TRUST
    assert steps[0].reading.identity.model is not None
    assert {progress.step for progress in steps} == {""}


async def test_the_card_fills_in_steps(bench, records):
    source, steps = source_of(bench, records), list[Progress]()
    await read(source, await sighting_of(source, id_of(bench, "iphone-fresh")), steps=steps)
    assert [progress.step for progress in steps[:2]] == ["", "identity"]
    assert {progress.step for progress in steps} == {"", "identity", "battery", "storage", "locks"}
    assert steps[0].reading.identity.model == "iPhone 15"
    assert steps[0].reading.battery.health_percent is None
    assert steps[-1].step == "locks"
