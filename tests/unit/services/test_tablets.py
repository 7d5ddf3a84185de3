"""A tablet is asked the questions of tablets, also when it says only later what it is."""

from __future__ import annotations

import dataclasses

import pytest

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.defects import Mark, MarkChange
from diagnostics.model import Identity, LockState, Platform
from pricing.quote import Decision
from pricing.words import words
from tests.fakes.shops import PaperShop, a_reading, an_unread_phone
from tradein_app.services.fitting import unfit
from tradein_app.services.records import THE_PERSON

OFF = dict.fromkeys(("activation", "find_my", "mdm", "sim"), LockState.OFF)
TABLET = load_checklist("tablet-1")
BEST = {q.id: q.answers[0].id for q in TABLET.required if q.answers and not q.only_if}


def an_ipad(
    *, battery: int | None = 95, platform: Platform = Platform.IOS, model="iPad Air (5th generation)"
):
    reading = a_reading(battery=battery, imei=None, platform=platform)
    maker = "Apple" if platform is Platform.IOS else "Samsung"
    identity = Identity(manufacturer=maker, model=model, serial=reading.identity.serial)
    locks = dataclasses.replace(reading.locks, **OFF)
    return dataclasses.replace(reading, identity=identity, locks=locks)


def take_in(shop: PaperShop, reading):
    return shop.desk.take_in(reading, actor=THE_PERSON)


@pytest.mark.parametrize(
    ("platform", "model"), [(Platform.IOS, "iPad Air (5th generation)"), (Platform.ANDROID, "Galaxy Tab S9")]
)
def test_a_tablet_is_asked_and_graded_as_a_tablet(shop, platform, model):
    record = take_in(shop, an_ipad(platform=platform, model=model))
    assert record.checklist == "tablet-1"
    done = shop.desk.answer(record.id, BEST, actor=THE_PERSON)
    assert done.grade.rule_set == "backmarket-tablet-2025@1"
    assert shop.desk.answer(record.id, {"cellular": "wifi_only"}, actor=THE_PERSON).answers["cellular"]


def test_the_battery_floor_of_a_taken_in_tablet_is_85_percent(shop):
    record = take_in(shop, an_ipad(battery=84))
    done = shop.desk.answer(record.id, BEST, actor=THE_PERSON)
    assert done.grade.disposition == "repair"


def test_a_tablet_has_no_price_and_that_is_said(shop):
    record = take_in(shop, an_ipad())
    shop.desk.answer(record.id, {**BEST, "owner_lock": "seen_off"}, actor=THE_PERSON)
    priced = shop.desk.quote(record.id, actor=THE_PERSON).quote
    assert (priced.decision, priced.offer, priced.resale) == (Decision.REVIEW, None, None)
    said = [words(each) for each in priced.reasons]
    assert said == ["The model “iPad Air (5th generation)” is not in the catalogue, so it has no price."]


def later(shop: PaperShop):
    """The same device, as it says later what it is."""
    waiting = an_unread_phone()
    return dataclasses.replace(an_ipad(), id=waiting.id, platform=waiting.platform)


def test_an_inspection_that_nobody_worked_on_takes_the_list_of_what_its_device_turns_out_to_be(shop):
    first = take_in(shop, an_unread_phone())
    assert first.checklist == "phone-1"
    second = take_in(shop, later(shop))
    assert (second.id, second.checklist) == (first.id, "tablet-1")
    assert second.grade.rule_set == "backmarket-tablet-2025@1"
    assert not unfit(second)


@pytest.mark.parametrize("taken_back", [False, True])
def test_once_something_was_answered_the_list_stays_and_that_is_known(shop, taken_back):
    first = take_in(shop, an_unread_phone())
    shop.desk.answer(first.id, {"safety": "ok"}, actor=THE_PERSON)
    if taken_back:
        shop.desk.answer(first.id, {"safety": None}, actor=THE_PERSON)
    second = take_in(shop, later(shop))
    assert (second.id, second.checklist) == (first.id, "phone-1")
    assert unfit(second)


def test_a_mark_is_work_too(shop):
    first = take_in(shop, an_unread_phone())
    mark = Mark("0190c0de-0000-7000-8000-000000000001", "back", 0.5, 0.5, "back_scratch", "visible", None)
    shop.desk.answer(first.id, {}, actor=THE_PERSON, marks=(MarkChange(mark),))
    assert take_in(shop, later(shop)).checklist == "phone-1"


def test_a_tablet_that_falls_silent_does_not_become_a_phone(shop):
    first = take_in(shop, an_ipad())
    silent = dataclasses.replace(an_unread_phone(), id=first.reading.id, platform=first.reading.platform)
    assert take_in(shop, silent).checklist == "tablet-1"
