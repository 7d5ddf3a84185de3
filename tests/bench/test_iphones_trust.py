"""Trust: asked for, given, refused, revoked; and the pair records that it leaves."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from diagnostics.apple.source import AppleSource
from diagnostics.messages import message
from diagnostics.model import LockState, Problem, State
from diagnostics.ports import Progress, Sighting
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of
from tests.fakes.iphone_readings import (
    NEW,
    PAIRING,
    PATIENT,
    READS,
    read,
    read_one,
    sent,
    sighting_of,
    source_of,
    whole,
)

ON = LockState.ON


async def test_before_trust_the_model_is_shown_and_nothing_is_sent_but_reads(bench, records):
    reading = await read_one(bench, records, NEW)
    assert reading.state is State.NEEDS_TRUST
    assert (reading.identity.model, reading.identity.os_version) == ("iPhone 12", "17.5.1")
    assert reading.identity.serial is None
    assert whole(reading) == ["needs_trust"]
    assert Problem("battery.health_percent", "needs_trust") in reading.problems
    assert sent(bench) <= READS
    assert not records.exists()


async def test_before_trust_the_colour_is_shown_by_a_phone_that_tells_its_housing_and_explained_by_others(
    bench, records
):
    udid, source = id_of(bench, "iphone-old-system"), source_of(bench, records)
    sighting = await sighting_of(source, udid)
    bench.do("revoke", udid)
    reading = await read(source, sighting, ask_trust=False)
    assert reading.state is State.NEEDS_TRUST
    assert reading.identity.colour == "space gray"
    assert reading.evidence["identity.colour"].source == "lockdown DeviceEnclosureColor"
    silent = await read_one(bench, records, NEW)
    # Its DeviceColor tells the front glass, which is no colour of the phone.
    assert silent.identity.colour is None
    assert Problem("identity.colour", "needs_trust") in silent.problems


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


async def revoked(bench: PracticeThread, records: Path) -> tuple[str, AppleSource, Sighting]:
    """Read a phone that trusts this computer, and let it forget that."""
    udid = id_of(bench, "iphone-fresh")
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    assert (await read(source, sighting)).state is State.READY
    bench.do("revoke", udid)
    return udid, source, sighting


async def test_a_pairing_that_was_revoked_is_noticed_and_explained(bench, records):
    udid, source, sighting = await revoked(bench, records)
    lost = await read(source, sighting)
    assert lost.state is State.NEEDS_TRUST
    assert whole(lost) == ["pairing_lost"]
    bench.trust(udid)
    assert (await read(source, sighting, ask_trust=True)).state is State.READY


async def test_a_revoked_pairing_stays_explained_while_the_phone_is_asked_for_trust_anew(bench, records):
    udid, source, sighting = await revoked(bench, records)
    for _ in range(3):
        lost = await read(source, sighting, ask_trust=True)
        assert (lost.state, whole(lost)) == (State.NEEDS_TRUST, ["pairing_lost"])
    said = next(problem for problem in lost.problems if not problem.field)
    assert message(said) == "This phone forgot our computer. Unlock it and tap Trust again."
    bench.trust(udid)
    assert (await read(source, sighting, ask_trust=True)).state is State.READY


async def test_a_pairing_whose_record_was_deleted_between_two_readings_is_explained(bench, records):
    udid = id_of(bench, "iphone-fresh")
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    assert (await read(source, sighting)).state is State.READY
    bench.fault(udid, "revoked")
    for ask_trust in (False, True):
        lost = await read(source, sighting, ask_trust=ask_trust)
        assert (lost.state, whole(lost)) == (State.NEEDS_TRUST, ["pairing_lost"])
    new = await read(source, await sighting_of(source, id_of(bench, NEW)))
    assert whole(new) == ["needs_trust"]


async def test_keys_that_do_not_fit_are_told_from_a_pairing_that_was_forgotten(bench, records):
    udid = id_of(bench, "iphone-fresh")
    bench.fault(udid, "computer-other-key")
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    wrong = await read(source, sighting)
    assert (wrong.state, whole(wrong)) == (State.NEEDS_TRUST, ["pairing_broken"])
    assert sent(bench) <= READS
    bench.clear(udid)
    assert (await read(source, sighting)).state is State.READY


async def test_a_phone_that_turns_new_keys_down_too_is_not_asked_for_trust_again_and_again(bench, records):
    udid = id_of(bench, "iphone-fresh")
    bench.fault(udid, "disconnects", "values-in-session")
    bench.trust(udid)
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    for resume in (False, True, True):
        reading = await source.read(sighting, lambda _: None, ask_trust=True, resume=resume)
        assert reading.state is State.ERROR, "nobody is to look for a question that is not there"
    assert [request.verb for request in bench.requests()].count("Pair") == 1
    await read(source, sighting, ask_trust=True)
    assert [request.verb for request in bench.requests()].count("Pair") == 2, "a person may ask it again"


@pytest.mark.logs_warnings
async def test_pair_records_that_others_may_read_are_made_private_again(bench, records):
    udid = id_of(bench, NEW)
    bench.trust(udid)
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    await read(source, sighting, ask_trust=True)
    kept = records / f"{udid}.plist"
    records.chmod(0o755)
    kept.chmod(0o644)
    bench.fault(udid, "record-damaged")
    assert (await read(source, sighting)).state is State.READY
    assert (stat.S_IMODE(records.stat().st_mode), stat.S_IMODE(kept.stat().st_mode)) == (0o700, 0o600)


async def test_what_a_cut_write_left_behind_does_not_open_the_next_record(bench, records):
    udid = id_of(bench, NEW)
    records.mkdir(mode=0o700)
    left, elsewhere = records / f"{udid}.new", records.with_name("elsewhere")
    left.symlink_to(elsewhere)
    bench.trust(udid)
    source = source_of(bench, records)
    assert (await read(source, await sighting_of(source, udid), ask_trust=True)).state is State.READY
    assert not elsewhere.exists()
    assert stat.S_IMODE((records / f"{udid}.plist").stat().st_mode) == 0o600


@pytest.mark.logs_warnings
async def test_a_record_kept_without_the_dash_serves_the_phone_that_is_written_with_it(bench, records):
    udid = id_of(bench, NEW)
    bench.trust(udid)
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    await read(source, sighting, ask_trust=True)
    kept = records / f"{udid}.plist"
    kept.rename(records / f"{udid.replace('-', '')}.plist")
    bench.fault(udid, "record-damaged")
    assert (await read(source, sighting)).state is State.READY


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


@pytest.mark.parametrize("fault", ["answers-list", "answers-nothing", "garbled", "cut-short"])
async def test_rubbish_in_answer_to_the_question_for_trust_is_no_consent(bench, records, fault):
    udid = id_of(bench, NEW)
    bench.trust(udid)
    bench.fault(udid, fault, "pair")
    source = source_of(bench, records)
    reading = await read(source, await sighting_of(source, udid), ask_trust=True)
    assert (reading.state, whole(reading)) == (State.ERROR, ["protocol_error"])
    assert not records.exists()
    assert "SavePairRecord" not in {request.verb for request in bench.requests()}


@pytest.mark.logs_warnings
@pytest.mark.parametrize("fault", ["cut-short", "answers-list", "answers-number", "empty", "answers-nothing"])
async def test_a_usbmuxd_that_cannot_keep_the_record_is_no_matter(bench, records, fault):
    udid = id_of(bench, NEW)
    bench.trust(udid)
    bench.fault(udid, fault, "save-record")
    source = source_of(bench, records)
    sighting = await sighting_of(source, udid)
    assert (await read(source, sighting, ask_trust=True)).state is State.READY
    assert (records / f"{udid}.plist").is_file()


@pytest.mark.parametrize("fault", ["falls-silent", "garbled", "answers-text", "disconnects"])
@pytest.mark.parametrize("step", ["public-key", "pair"])
async def test_a_phone_that_fails_while_it_is_paired_shows_its_model_and_is_paired_the_next_time(
    bench, records, fault, step
):
    udid = id_of(bench, NEW)
    bench.trust(udid)
    bench.fault(udid, fault, step)
    source = source_of(bench, records, PATIENT)
    sighting = await sighting_of(source, udid)
    broken = await read(source, sighting, ask_trust=True)
    assert broken.state in {State.ERROR, State.TIMEOUT}
    assert broken.identity.model == "iPhone 12"
    bench.clear(udid)
    bench.trust(udid)
    assert (await read(source, sighting, ask_trust=True)).state is State.READY
