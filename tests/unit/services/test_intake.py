"""A phone is known again, and its open inspection goes on."""

from __future__ import annotations

import dataclasses

import pytest

from diagnostics.model import Evidence, LockState, Platform, Problem, Quality, State
from tests.fakes.inspections import best_answers
from tests.fakes.shops import IMEI, NOON, OTHER_IMEI, PaperShop, a_reading, an_unread_phone
from tradein_app.services.intake import matching
from tradein_app.services.records import THE_PERSON, Stage
from tradein_app.services.saved_rows import SavedPhone


def told(source: str) -> Evidence:
    return Evidence(source, Quality.EXACT, "1", NOON)


def take_in(shop: PaperShop, reading):
    return shop.desk.take_in(reading, actor=THE_PERSON)


def test_a_phone_that_comes_gets_an_inspection_with_a_grade(shop):
    record = take_in(shop, a_reading())
    assert record.stage is Stage.OPEN
    assert record.reading == a_reading()
    assert record.grade is not None
    assert record.answers == {}
    assert record.slot == "1-2.3"
    assert record.quote is None


def test_a_replugged_phone_goes_on_where_it_was(shop):
    first = take_in(shop, a_reading())
    shop.desk.answer(first.id, {"screen_scratches": "none"}, actor=THE_PERSON)
    again = take_in(shop, dataclasses.replace(a_reading(), slot="1-9"))
    assert again.id == first.id
    assert again.answers == {"screen_scratches": "none"}
    assert again.slot == "1-9"


def test_two_phones_with_one_serial_but_different_imeis_are_two(shop):
    one = take_in(shop, a_reading(device="0123456789ABCDEF", imei=IMEI))
    two = take_in(shop, a_reading(device="0123456789ABCDEF", imei=OTHER_IMEI))
    assert one.phone_key != two.phone_key
    assert one.id != two.id
    assert take_in(shop, a_reading(device="0123456789ABCDEF", imei=IMEI)).id == one.id


def test_one_id_on_two_platforms_is_two_phones(shop):
    one = take_in(shop, a_reading(imei=None, serial=None))
    two = take_in(shop, a_reading(imei=None, serial=None, platform=Platform.ANDROID))
    assert one.id != two.id


def test_a_phone_keeps_its_inspection_when_it_tells_its_imei_later(shop):
    before = take_in(shop, an_unread_phone())
    after = take_in(shop, a_reading())
    assert after.id == before.id
    assert after.reading.state is State.READY


def test_a_phone_without_imei_is_not_guessed_between_two(shop):
    one = take_in(shop, a_reading(imei=IMEI))
    two = take_in(shop, a_reading(imei=OTHER_IMEI))
    assert take_in(shop, an_unread_phone()).id not in {one.id, two.id}


@pytest.mark.parametrize(
    ("imei", "serial", "expected"),
    [(IMEI, "S1", "a"), (OTHER_IMEI, "S2", "b"), (None, "S2", "b"), (None, None, None), (IMEI, "S3", None)],
)
def test_what_decides_between_phones_with_one_id(imei, serial, expected):
    known = [SavedPhone("a", "ios", "U", "S1", IMEI), SavedPhone("b", "ios", "U", "S2", None)]
    reading = a_reading(imei=imei, serial=serial)
    if expected is None and serial is None:
        expected = "b"  # the only one whose IMEI is not known yet
    found = matching(reading, known)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize("state", [State.UNAUTHORIZED, State.DEBUGGING_OFF])
def test_a_phone_whose_printed_serial_is_another_than_its_bus_tells_is_the_same_phone(shop, state):
    read = a_reading(device="c7d1f0e2", serial="41234/X3AB00417", imei=None, platform=Platform.ANDROID)
    bare = an_unread_phone(state)
    identity = dataclasses.replace(bare.identity, serial="c7d1f0e2")
    waiting = dataclasses.replace(bare, id=read.id, platform=read.platform, identity=identity)
    before = take_in(shop, waiting)
    allowed = take_in(shop, read)
    again = take_in(shop, waiting)
    assert before.id == allowed.id == again.id
    assert again.reading.battery.health_percent == 88


def test_what_was_read_outlives_a_pulled_cable(shop):
    take_in(shop, a_reading())
    record = take_in(shop, an_unread_phone(State.OFFLINE))
    assert record.reading.battery.health_percent == 88
    assert record.reading.state is State.READY


def test_a_lock_found_later_is_never_passed_over(shop):
    take_in(shop, a_reading())
    locked = dataclasses.replace(
        an_unread_phone(State.SCREEN_LOCKED),
        locks=dataclasses.replace(an_unread_phone().locks, activation=LockState.ON),
    )
    assert take_in(shop, locked).reading.locks.activation is LockState.ON


def test_a_lock_found_later_takes_nothing_of_what_was_read(shop):
    """An organisation forbids pairing in the middle of an inspection: the phone tells that, and nothing else."""
    full = dataclasses.replace(
        a_reading(sim=LockState.ON), evidence={"locks.sim": told("lockdown SIMStatus")}
    )
    take_in(shop, full)
    forbidden = dataclasses.replace(
        an_unread_phone(State.TRUST_DENIED),
        locks=dataclasses.replace(an_unread_phone().locks, mdm=LockState.ON),
        evidence={"locks.mdm": told("pairing refused")},
        problems=(Problem("", "pairing_forbidden"), Problem("identity.imei", "needs_trust")),
    )
    record = take_in(shop, forbidden)
    assert record.reading.locks.mdm is LockState.ON
    assert record.reading.evidence["locks.mdm"].source == "pairing refused"
    assert record.reading.locks.sim is LockState.ON
    assert record.reading.identity == full.identity
    assert record.reading.battery == full.battery
    assert record.reading.problems == ()
    assert {cap.reading for cap in record.grade.capped_by} == {"locks.mdm", "locks.sim"}
    assert take_in(shop, a_reading()).reading.locks.mdm is LockState.OFF


def test_of_two_readings_that_are_not_full_nothing_that_was_told_is_lost(shop):
    first = dataclasses.replace(
        an_unread_phone(State.TIMEOUT),
        identity=a_reading().identity,
        battery=a_reading().battery,
        evidence={"battery.health_percent": told("IORegistry"), "battery.health_percent@hal": told("hal")},
    )
    take_in(shop, first)
    rejected = Evidence("IORegistry", Quality.REJECTED, "-1", NOON)
    later = dataclasses.replace(
        an_unread_phone(State.SCREEN_LOCKED),
        evidence={"battery.cycle_count": rejected},
        problems=(Problem("battery.health_percent", "screen_locked"), Problem("", "screen_locked")),
    )
    record = take_in(shop, later)
    assert record.reading.state is State.SCREEN_LOCKED
    assert record.reading.battery.health_percent == 88
    assert record.reading.identity.model == "iPhone 13"
    assert {*record.reading.evidence} == {
        "battery.health_percent",
        "battery.health_percent@hal",
        "battery.cycle_count",
    }
    assert record.reading.problems == (Problem("", "screen_locked"),)


def test_a_phone_that_goes_on_waiting_is_saved_once(shop):
    record = take_in(shop, an_unread_phone())
    take_in(shop, an_unread_phone())
    take_in(shop, an_unread_phone())
    with shop.store.reading() as uow:
        assert len(uow.readings.since_ready(record.id)) == 1


def test_every_full_reading_is_saved(shop):
    record = take_in(shop, a_reading(battery=88))
    again = take_in(shop, a_reading(battery=79))
    assert again.reading.battery.health_percent == 79
    assert again.id == record.id
    assert again.grade != record.grade


@pytest.fixture(params=["accepted", "declined"])
def closed(shop, request):
    record = take_in(shop, a_reading())
    shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    shop.desk.quote(record.id, actor=THE_PERSON)
    if request.param == "declined":
        return shop.desk.decline(record.id, actor=THE_PERSON)
    return shop.desk.accept(record.id, actor=THE_PERSON, document=None)


@pytest.mark.parametrize(
    "later",
    [
        a_reading(),
        a_reading(battery=70),
        a_reading(activation=LockState.ON),
        an_unread_phone(),
        an_unread_phone(State.OFFLINE),
        dataclasses.replace(a_reading(), slot="1-9"),
    ],
)
def test_a_phone_whose_deal_is_closed_is_never_offered_again_by_itself(shop, closed, later):
    assert take_in(shop, later) == closed
    assert take_in(shop, later) == closed
    assert shop.desk.open_inspections() == ()


def test_what_a_phone_says_after_its_deal_is_kept_once_beside_it(shop, closed):
    for reading in (an_unread_phone(), an_unread_phone(), a_reading(battery=70), a_reading(battery=70)):
        take_in(shop, reading)
    with shop.store.reading() as uow:
        last = uow.later_readings.last(closed.id)
        assert len(uow.readings.since_ready(closed.id)) == 1
    assert last.document["battery"]["health_percent"] == 70


def test_a_phone_that_was_bought_is_known_again_after_a_restart(tmp_path):
    before = PaperShop(tmp_path / "shop.sqlite3")
    record = take_in(before, a_reading())
    before.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    before.desk.quote(record.id, actor=THE_PERSON)
    bought = before.desk.accept(record.id, actor=THE_PERSON, document=None)
    before.close()
    after = PaperShop(tmp_path / "shop.sqlite3")
    known = take_in(after, a_reading())
    assert known == bought
    assert bought.quote is not None
    assert (known.decided_at, known.paid) == (before.clock.now(), bought.quote.offer)
    after.close()


def test_only_a_person_opens_a_new_inspection_of_a_phone_whose_deal_is_closed(shop, closed):
    second = shop.desk.take_in(a_reading(), actor=THE_PERSON, anew=True)
    assert second.id != closed.id
    assert (second.stage, second.quote, second.paid) == (Stage.OPEN, None, None)
    assert take_in(shop, a_reading()).id == second.id
    assert shop.desk.inspection(closed.id) == closed
    shop.desk.decline(second.id, actor=THE_PERSON)
    assert take_in(shop, a_reading()).id == second.id


def test_asking_for_a_new_inspection_twice_goes_on_with_the_open_one(shop, closed):
    one = shop.desk.take_in(a_reading(), actor=THE_PERSON, anew=True)
    assert shop.desk.take_in(a_reading(), actor=THE_PERSON, anew=True).id == one.id


def test_a_new_inspection_begins_without_answers(shop):
    first = take_in(shop, a_reading())
    shop.desk.answer(first.id, best_answers(), actor=THE_PERSON)
    shop.desk.decline(first.id, actor=THE_PERSON)
    second = shop.desk.take_in(a_reading(), actor=THE_PERSON, anew=True)
    assert second.id != first.id
    assert second.phone_key == first.phone_key
    assert second.answers == {}
    assert [record.id for record in shop.desk.open_inspections()] == [second.id]


def test_open_inspections_come_back_after_a_restart(tmp_path):
    before = PaperShop(tmp_path / "shop.sqlite3")
    record = take_in(before, a_reading())
    before.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    quoted = before.desk.quote(record.id, actor=THE_PERSON)
    before.close()
    after = PaperShop(tmp_path / "shop.sqlite3")
    assert after.desk.open_inspections() == (quoted,)
    assert take_in(after, a_reading()).id == record.id
    after.close()
