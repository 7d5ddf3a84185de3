"""Answers are saved as they are given, all or none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.engine import Grade
from tests.fakes.inspections import best_answers
from tests.fakes.shops import NOON, PaperShop, a_reading
from tradein_app.services.records import THE_PERSON, Actor, Answered, Stage


@pytest.fixture
def record(shop: PaperShop):
    return shop.desk.take_in(a_reading(battery=95), actor=THE_PERSON)


def answer(shop, record, **answers):
    return shop.desk.answer(record.id, answers, actor=THE_PERSON)


def test_answers_are_saved_and_graded(shop, record):
    graded = shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    assert graded.grade.grade is Grade.PREMIUM
    assert shop.desk.inspection(record.id) == graded


def test_the_last_answer_holds_and_none_clears(shop, record):
    answer(shop, record, frame_scratches="none")
    assert answer(shop, record, frame_scratches="visible").answers == {"frame_scratches": "visible"}
    assert answer(shop, record, frame_scratches=None).answers == {}


def test_one_wrong_answer_keeps_all_from_being_saved(shop, record):
    with pytest.raises(BadInput, match="frame_scratches"):
        answer(shop, record, back_scratches="none", frame_scratches="purple")
    assert shop.desk.inspection(record.id).answers == {}


def test_an_unknown_question_is_refused_also_when_it_is_cleared(shop, record):
    with pytest.raises(BadInput, match="colour_of_the_sky"):
        answer(shop, record, colour_of_the_sky=None)


def test_a_typed_percent_is_a_number(shop, record):
    assert answer(shop, record, battery_settings=84).answers == {"battery_settings": 84}


def test_an_answer_takes_the_quote_away_that_did_not_know_it(shop, record):
    shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    quoted = shop.desk.quote(record.id, actor=THE_PERSON)
    assert quoted.stage is Stage.QUOTED
    changed = answer(shop, record, frame_scratches="visible")
    assert changed.quote is None
    assert changed.stage is Stage.OPEN


def test_a_corrected_slip_brings_the_quote_back(shop, record):
    shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    quoted = shop.desk.quote(record.id, actor=THE_PERSON)
    answer(shop, record, frame_scratches="visible")
    undone = answer(shop, record, frame_scratches=best_answers()["frame_scratches"])
    assert undone.quote == quoted.quote
    assert undone.stage is Stage.QUOTED


def test_a_closed_inspection_takes_no_answers(shop, record):
    shop.desk.decline(record.id, actor=THE_PERSON)
    with pytest.raises(UserError, match="declined") as caught:
        answer(shop, record, frame_scratches="none")
    assert caught.value.code == "inspection_closed"


@pytest.mark.parametrize("name", ["", "nonsense", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_an_inspection_that_is_not_there_is_said(shop, name):
    with pytest.raises(BadInput, match="no inspection"):
        shop.desk.answer(name, {"frame_scratches": "none"}, actor=THE_PERSON)


def test_an_answer_that_comes_late_does_not_undo_a_newer_one(shop, record):
    early = shop.clock.now() - timedelta(minutes=5)
    answer(shop, record, frame_scratches="none", back_scratches=None)
    late = {"frame_scratches": "visible", "back_scratches": "visible", "paint": "none"}
    graded = shop.desk.answer(record.id, late, actor=THE_PERSON, given_at=early)
    assert graded.answers == {"frame_scratches": "none", "back_scratches": "visible", "paint": "none"}


def test_each_answer_names_who_gave_it_and_when(shop, record):
    answer(shop, record, battery_settings=95, safety="ok")
    shop.clock.pass_days(1)
    colleague = Actor("2", "A colleague")
    after = shop.desk.answer(record.id, {"battery_settings": 93}, actor=colleague)
    assert after.answered["battery_settings"] == Answered(colleague, NOON + timedelta(days=1))
    assert after.answered["safety"] == Answered(THE_PERSON, NOON)
