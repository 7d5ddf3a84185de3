"""The IMEI in a person's word: kept with who and when, for as long as the cable is silent, and never a phone's key."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from types import MappingProxyType

from diagnostics.model import Evidence, Platform, Problem, Quality, State
from tests.fakes.shops import IMEI, NOON, OTHER_IMEI, PaperShop, a_reading
from tradein_app.services.persons_word import imei_of_cable, wants_imei, with_imei
from tradein_app.services.records import THE_PERSON


def silent(**different):
    reading = a_reading(imei=None, platform=Platform.ANDROID, **different)
    return dataclasses.replace(reading, problems=(*reading.problems, Problem("identity.imei", "dial_imei")))


def take_in(shop: PaperShop, reading):
    return shop.desk.take_in(reading, actor=THE_PERSON)


def scanned(reading, imei=IMEI):
    return with_imei(reading, imei, "Camille", NOON + timedelta(minutes=3))


def test_it_stands_with_who_and_when_in_place_of_the_gap():
    reading = scanned(silent())
    evidence = reading.evidence["identity.imei"]
    assert reading.identity.imei == evidence.raw == IMEI
    assert (evidence.source, evidence.quality) == ("scanned by Camille", Quality.TYPED)
    assert evidence.at == NOON + timedelta(minutes=3)
    assert not [problem for problem in reading.problems if problem.field == "identity.imei"]
    assert wants_imei(reading)
    assert imei_of_cable(reading) is None


def test_what_the_cable_told_and_nobody_believed_is_kept_beside_it():
    told = Evidence("getprop ro.ril.oem.imei1", Quality.REJECTED, "352917110000008", NOON)
    reading = dataclasses.replace(silent(), evidence=MappingProxyType({"identity.imei": told}))
    again = scanned(scanned(reading), OTHER_IMEI)
    assert again.evidence["identity.imei@cable"] == told
    assert again.identity.imei == OTHER_IMEI


def test_it_outlives_later_readings_in_which_the_cable_is_silent(shop: PaperShop):
    take_in(shop, silent())
    first = take_in(shop, scanned(silent()))
    later = dataclasses.replace(
        silent(), slot="1-9", battery=dataclasses.replace(silent().battery, cycle_count=7)
    )
    record = take_in(shop, later)
    assert record.id == first.id
    assert (record.reading.identity.imei, record.reading.battery.cycle_count) == (IMEI, 7)
    assert record.reading.evidence["identity.imei"] == first.reading.evidence["identity.imei"]
    locked = take_in(shop, dataclasses.replace(silent(), state=State.UNAUTHORIZED))
    assert (locked.id, locked.reading.identity.imei) == (first.id, IMEI)


def test_another_scan_puts_a_wrong_one_right_and_the_phone_stays_the_same(shop: PaperShop):
    first = take_in(shop, scanned(silent()))
    again = take_in(shop, scanned(silent(), OTHER_IMEI))
    assert (again.id, again.reading.identity.imei) == (first.id, OTHER_IMEI)


def test_what_the_cable_tells_later_counts_before_it(shop: PaperShop):
    first = take_in(shop, scanned(silent()))
    record = take_in(shop, a_reading(imei=OTHER_IMEI, platform=Platform.ANDROID))
    assert (record.id, record.reading.identity.imei) == (first.id, OTHER_IMEI)
    assert imei_of_cable(record.reading) == OTHER_IMEI


def test_a_phone_is_never_known_by_it(shop: PaperShop):
    first = take_in(shop, scanned(silent()))
    other = take_in(shop, a_reading(device="B", serial="OTHER", imei=IMEI, platform=Platform.ANDROID))
    assert other.phone_key != first.phone_key
