"""Marks are kept with who and when, answer their questions, and go back step by step."""

from __future__ import annotations

import dataclasses
import sqlite3
from datetime import timedelta
from types import MappingProxyType

import pytest

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.defects import Mark, MarkChange
from diagnostics.model import Evidence, Quality
from tests.fakes.inspections import best_answers
from tests.fakes.shops import NOON, PaperShop, a_reading
from tradein_app.services.records import THE_PERSON, Actor, How
from tradein_app.services.shop import new_id
from tradein_app.store.opening import verify_store


@pytest.fixture
def record(shop: PaperShop):
    return shop.desk.take_in(a_reading(battery=95), actor=THE_PERSON)


def dent(size=1.0):
    return Mark(new_id(), "left", 0.5, 0.25, "dent", "dent", size)


def put(shop, record, *marks, how="answered", **answers):
    changes = tuple(each if isinstance(each, MarkChange) else MarkChange(each) for each in marks)
    return shop.desk.answer(record.id, answers, actor=THE_PERSON, marks=changes, how=how)


def test_a_mark_is_kept_and_answers_its_question(shop, record):
    mark = dent()
    after = put(shop, record, mark)
    assert after.marks == (mark,)
    assert after.answers == {"frame_dents": "one_tiny"}
    assert after.said == {}
    assert shop.desk.inspection(record.id) == after


def test_the_grade_knows_what_the_marks_say(shop, record):
    clean = {name: value for name, value in best_answers().items() if name != "frame_dents"}
    before = put(shop, record, **clean)
    after = put(shop, record, dent(9.0))
    assert before.grade.grade != after.grade.grade or before.grade.disposition != after.grade.disposition
    assert {cap.question for cap in after.grade.capped_by} == {"frame_dents"}


def test_a_mark_that_is_taken_away_takes_its_answer_along(shop, record):
    first, second = dent(), dent()
    assert put(shop, record, first, second).answers == {"frame_dents": "few_small"}
    assert put(shop, record, MarkChange(second, removed=True)).answers == {"frame_dents": "one_tiny"}
    after = put(shop, record, MarkChange(first, removed=True))
    assert (after.marks, after.answers) == ((), {})


def test_a_mark_beside_a_better_answer_counts(shop, record):
    put(shop, record, frame_dents="none")
    after = put(shop, record, dent())
    assert (after.said, after.answers) == ({"frame_dents": "none"}, {"frame_dents": "one_tiny"})
    assert put(shop, record, frame_dents=None).answers == {"frame_dents": "one_tiny"}


def test_each_step_names_who_when_and_how(shop, record):
    mark = dent()
    put(shop, record, mark, paint="none")
    shop.clock.pass_days(1)
    colleague = Actor("2", "A colleague")
    after = shop.desk.answer(
        record.id, {"paint": None}, actor=colleague, marks=(MarkChange(mark, removed=True),), how="undone"
    )
    said = [(step.by, step.at, step.how, dict(step.answers), step.marks) for step in after.steps]
    assert said == [
        (THE_PERSON, NOON, How.ANSWERED, {"paint": "none"}, (MarkChange(mark),)),
        (colleague, NOON + timedelta(days=1), How.UNDONE, {"paint": None}, (MarkChange(mark, removed=True),)),
    ]


def test_what_changes_nothing_is_no_step(shop, record):
    mark = dent()
    put(shop, record, mark, paint="none")
    assert len(put(shop, record, mark, paint="none").steps) == 1
    assert len(put(shop, record, MarkChange(dent(), removed=True)).steps) == 1


def test_a_mark_that_cannot_be_keeps_all_from_being_saved(shop, record):
    wrong = Mark(new_id(), "front", 0.5, 0.5, "dent", "dent", 1.0)
    with pytest.raises(BadInput):
        put(shop, record, wrong, paint="none")
    assert shop.desk.inspection(record.id).answers == {}


def test_marks_verify_and_meddling_with_them_shows(tmp_path):
    shop = PaperShop(tmp_path / "shop.sqlite3")
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    mark = dent()
    put(shop, record, mark, MarkChange(mark))
    assert all(check.ok for check in verify_store(shop.url))
    connection = sqlite3.connect(tmp_path / "shop.sqlite3")
    connection.execute("UPDATE mark SET size_mm = 0.5")
    connection.commit()
    assert [check.name for check in verify_store(shop.url) if not check.ok] == ["documents"]
    connection.execute("DELETE FROM mark")
    connection.commit()
    connection.close()
    assert [check.name for check in verify_store(shop.url) if not check.ok] == ["documents"]
    shop.close()


def told_exactly(percent):
    reading = a_reading(battery=percent)
    said = Evidence("BatteryHealth", Quality.EXACT, str(percent), NOON)
    evidence = {**reading.evidence, "battery.health_percent": said}
    return dataclasses.replace(reading, evidence=MappingProxyType(evidence))


def test_an_answer_better_than_what_the_cable_proved_is_refused(shop):
    record = shop.desk.take_in(told_exactly(95), actor=THE_PERSON)
    with pytest.raises(UserError) as caught:
        put(shop, record, battery_settings=99)
    assert caught.value.code == "better_than_read"
    assert put(shop, record, battery_settings=90).answers == {"battery_settings": 90}


def test_a_later_reading_derives_what_it_proves_anew(shop):
    record = shop.desk.take_in(told_exactly(95), actor=THE_PERSON)
    assert record.told["battery_settings"].answer == 95
    later = shop.desk.take_in(told_exactly(80), actor=THE_PERSON)
    assert later.told["battery_settings"].answer == 80
    assert later.shown["battery_settings"] == 80
    assert later.said == {}
