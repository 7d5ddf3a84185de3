"""The shown phone's grade, price and deal, without widgets: nothing is offered before it may be."""

from __future__ import annotations

import dataclasses
from typing import Any

from diagnostics.model import LockState
from tests.fakes.windows import CLEAR, phone_of, read_iphone
from tradein_app.services.records import Stage
from tradein_app.viewmodels.looks import Look


def test_a_complete_phone_is_priced_by_itself_and_accepted_with_a_paper(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    view = counter.bench.quote()
    assert view.decision == "offer"
    assert view.acceptable
    counter.bench.accept()
    counter.settle()
    assert counter.bench.record.stage is Stage.ACCEPTED
    assert (counter.folder / "quote.pdf").read_bytes().startswith(b"%PDF")
    assert counter.notices[-1].path.endswith("quote.pdf")
    assert not counter.bench.checklist.enabled


def test_a_new_open_question_takes_the_price_away_and_its_answer_brings_a_new_one(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    first = counter.bench.quote().offer
    counter.bench.checklist.go_to_question("frame_scratches")
    counter.bench.checklist.clear()
    counter.settle()
    open_again = counter.bench.quote()
    assert open_again.headline == "Answer 1 question for a price"
    assert (open_again.offer, open_again.acceptable, open_again.priceable) == ("", False, False)
    counter.bench.checklist.press_digit(4)
    counter.settle()
    assert counter.bench.quote().acceptable
    assert counter.bench.quote().offer != first


def test_while_questions_are_open_the_grade_is_grey_and_nothing_is_priced(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    answers = {key: value for key, value in CLEAR.items() if key != "wiped"}
    counter.bench.saving.answer(counter.bench.record_id, answers)
    counter.settle()
    counter.bench.price()
    counter.settle()
    grade = counter.bench.grade()
    assert grade.word.startswith("So far at best ")
    assert grade.word.endswith("1 question open")
    assert (grade.tone, grade.lifts) == ("dim", ())
    assert counter.bench.devices.tiles[0].grade == ""
    assert counter.bench.record.quote is None


def test_a_price_that_the_command_line_made_is_not_shown_while_questions_are_open(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.bench.saving.answer(
        counter.bench.record_id, {"safety": "ok", "front_crack": "none", "screen_lit": "yes"}
    )
    counter.settle()
    counter.bench.saving.quote(counter.bench.record_id)
    counter.settle()
    assert counter.bench.record.quote is not None
    text = counter.bench.quote().as_text()
    assert "€" not in text
    assert "questions for a price" in text


def test_a_locked_phone_says_what_to_tell_the_customer(counter: Any):
    locked = read_iphone("A")
    locked = dataclasses.replace(locked, locks=dataclasses.replace(locked.locks, activation=LockState.ON))
    counter.plug(phone_of(locked))
    view = counter.bench.quote()
    assert view.headline == "Not bought as it is"
    assert "the activation" in view.reasons[0]
    assert not view.priceable
    assert counter.bench.grade().word == "On hold"


def test_two_causes_of_one_grade_are_said_to_need_each_other(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all(frame_scratches="not_at_50cm", back_scratches="not_at_50cm")
    grade = counter.bench.grade()
    assert len(grade.caps) == 2
    assert grade.lifts == ()
    assert grade.several


def test_an_offer_that_has_run_out_cannot_be_accepted(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    counter.shop.clock.pass_days(30)
    counter.bench.accept()
    counter.settle()
    assert counter.bench.record.stage is Stage.QUOTED
    assert counter.notices[-1].tone == "bad"
    assert not (counter.folder / "quote.pdf").exists()


def test_what_the_offer_waits_for_can_be_answered(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all(sim_lock="not_checked")
    assert counter.bench.quote().decision == "review"
    assert counter.bench.open_point() == "sim_lock"
    assert counter.bench.devices.tiles[0].look is Look.NEEDS_YOU


def test_declining_closes_the_inspection(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    counter.bench.decline()
    counter.settle()
    assert counter.bench.record.stage is Stage.DECLINED
    assert counter.shop.desk.open_inspections() == ()
