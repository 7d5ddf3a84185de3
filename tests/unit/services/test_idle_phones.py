"""A phone goes on being followed while its deal runs: what it does by itself must not take the deal apart."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from types import MappingProxyType

import pytest

from diagnostics.building import LOCKS
from diagnostics.grading.engine import grade
from diagnostics.model import Evidence, LockState, Problem, Quality, Reading, State
from pricing.quote import quote as price
from tests.fakes.inspections import an_inspection, best_answers
from tests.fakes.shops import NOON, PaperShop, a_reading, an_unread_phone
from tradein_app.services.intake import CHANGES_KEPT
from tradein_app.services.records import THE_PERSON, Stage

SCREEN = "locks.screen"
UNLOCKED = dataclasses.replace(a_reading(), problems=(Problem(SCREEN, "not_proved_off"),))


def with_screen(reading: Reading, state: LockState) -> Reading:
    """Return a reading whose screen was looked at later."""
    on = state is LockState.ON
    row = Evidence("lockdown PasswordProtected", Quality.EXACT, "true", NOON + timedelta(minutes=3))
    return dataclasses.replace(
        reading,
        locks=dataclasses.replace(reading.locks, screen=state),
        evidence=MappingProxyType({**reading.evidence, **({SCREEN: row} if on else {})}),
        problems=() if on else (Problem(SCREEN, "not_proved_off"),),
    )


LOCKED = with_screen(UNLOCKED, LockState.ON)


@pytest.fixture
def quoted(shop: PaperShop):
    record = shop.desk.take_in(UNLOCKED, actor=THE_PERSON)
    shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    return shop.desk.quote(record.id, actor=THE_PERSON)


def test_a_screen_that_locks_itself_is_shown_and_takes_no_offer_back(shop, quoted):
    for reading in (LOCKED, UNLOCKED, LOCKED):
        record = shop.desk.take_in(reading, actor=THE_PERSON)
        assert record.reading == reading
        assert (record.quote_id, record.quote, record.grade) == (quoted.quote_id, quoted.quote, quoted.grade)
        assert record.answers == quoted.answers
        assert record.stage is Stage.QUOTED
    closed = shop.desk.accept(record.id, actor=THE_PERSON, document=None, quote_id=quoted.quote_id)
    assert closed.quote == quoted.quote


def test_a_pairing_that_was_revoked_takes_no_offer_back(shop, quoted):
    lost = dataclasses.replace(an_unread_phone(), problems=(Problem("", "pairing_lost"),))
    record = shop.desk.take_in(lost, actor=THE_PERSON)
    assert (record.quote_id, record.reading.state) == (quoted.quote_id, State.READY)
    assert record.stage is Stage.QUOTED


def test_an_activation_lock_that_came_meanwhile_does(shop, quoted):
    record = shop.desk.take_in(a_reading(activation=LockState.ON), actor=THE_PERSON)
    assert (record.quote, record.stage, record.id) == (None, Stage.OPEN, quoted.id)
    assert record.answers == quoted.answers


@pytest.mark.parametrize("end", ["accept", "decline"])
def test_a_closed_deal_stays_as_it_is_whatever_its_phone_does(shop, quoted, end):
    if end == "accept":
        closed = shop.desk.accept(quoted.id, actor=THE_PERSON, document=None)
    else:
        closed = shop.desk.decline(quoted.id, actor=THE_PERSON)
    for reading in (LOCKED, UNLOCKED, an_unread_phone(), a_reading(battery=70)):
        assert shop.desk.take_in(reading, actor=THE_PERSON) == closed
    assert shop.desk.inspection(quoted.id) == closed


@pytest.mark.parametrize("state", list(LockState))
def test_no_rule_asks_whether_the_screen_is_locked(state):
    inspection = an_inspection()
    changed = dataclasses.replace(inspection, reading=with_screen(inspection.reading, state))
    assert SCREEN in LOCKS
    assert grade(changed) == grade(inspection)
    day = NOON.date()
    one, other = (price(each, market="FR", as_of=day, now=NOON) for each in (inspection, changed))
    assert one == other


def saved_of(shop, record) -> int:
    with shop.store.reading() as uow:
        return len(uow.readings.since_ready(record.id))


@pytest.mark.parametrize("read_once", [False, True])
def test_a_phone_on_a_loose_plug_fills_no_database(shop, read_once):
    waits = an_unread_phone()
    gone = dataclasses.replace(waits, state=State.OFFLINE, problems=(Problem("", "unplugged"),))
    found = dataclasses.replace(gone, locks=dataclasses.replace(gone.locks, find_my=LockState.ON))
    if read_once:
        shop.desk.take_in(a_reading(), actor=THE_PERSON)
    for _ in range(20):
        for reading in (waits, gone):
            record = shop.desk.take_in(reading, actor=THE_PERSON)
    assert saved_of(shop, record) == (3 if read_once else CHANGES_KEPT)
    record = shop.desk.take_in(found, actor=THE_PERSON)
    assert record.reading.locks.find_my is LockState.ON, "what is new is never passed over"
    assert shop.desk.take_in(a_reading(), actor=THE_PERSON).reading.state is State.READY
