"""The way of a phone over the counter, without widgets: every step is saved as it is given."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from diagnostics.errors import UserError
from diagnostics.model import LockState, State
from tests.fakes.shops import PaperShop
from tests.fakes.windows import CLEAR, Counter, gone, phone_of, read_iphone
from tradein_app.services.records import Stage
from tradein_app.viewmodels.looks import Look


def test_a_phone_that_was_read_is_taken_in_and_shown(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    assert counter.bench.record is not None
    assert counter.shop.desk.open_inspections()[0].id == counter.bench.record_id
    assert "iPhone 13" in counter.bench.devices.as_text()


def test_a_phone_that_is_still_read_is_not_saved_yet(counter: Any):
    counter.plug(phone_of(read_iphone("A"), busy=True, step="battery"))
    assert counter.shop.desk.open_inspections() == ()
    assert counter.bench.devices.tiles[0].look is Look.WORKING
    assert counter.bench.devices.tiles[0].progress == 2


def test_each_answer_is_saved_at_once(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.bench.checklist.press_digit(1)
    counter.settle()
    assert counter.shop.desk.inspection(counter.bench.record_id).answers == {"safety": "ok"}


def test_a_restart_opens_where_the_window_was(qapp: QApplication, tmp_path: Path):
    first = Counter(tmp_path)
    first.open()
    first.plug(phone_of(read_iphone("A")), phone_of(read_iphone("B", model="iPhone 12")))
    first.bench.devices.select(1)
    first.settle()
    first.bench.checklist.press_digit(1)
    first.bench.checklist.go_to_page(4)
    first.bench.set_panel("checklist")
    shown = first.bench.record_id
    first.close()

    second = Counter(tmp_path)
    second.open()
    assert second.bench.record_id == shown
    assert second.bench.checklist.page_number == 4
    assert second.bench.panel == "checklist"
    assert second.bench.checklist.answers == {"safety": "ok"}
    assert second.bench.reading is not None
    assert second.bench.reading.identity.model == "iPhone 12"
    assert shown in {record.id for record in second.bench.later()}
    second.close()


def test_the_shown_inspection_follows_its_phone_when_that_is_plugged_in_again(
    qapp: QApplication, tmp_path: Path
):
    first = Counter(tmp_path)
    first.open()
    first.plug(phone_of(read_iphone("A")))
    first.close()
    second = Counter(tmp_path)
    second.open()
    second.plug(phone_of(read_iphone("A"), key="new"))
    assert second.bench.devices.selected == 0
    assert second.bench.later() == ()
    second.close()


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


def test_locks_that_the_cable_did_not_prove_need_a_person(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all(owner_lock=None, sim_lock=None)
    assert counter.bench.checklist.figures().open == 2
    assert counter.bench.quote().headline == "Answer 2 questions for a price"
    counter.answer_all(sim_lock="not_checked")
    figures = counter.bench.checklist.figures()
    assert (figures.open, figures.unsettled) == (0, 1)
    assert figures.done + figures.unsettled == figures.total
    counter.bench.checklist.next_open()
    assert counter.bench.checklist.current.id == "sim_lock"


def test_a_dangerous_phone_is_asked_nothing_more(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.bench.checklist.press_digit(3)
    counter.settle()
    assert counter.bench.checklist.folded
    assert counter.bench.grade().lifts == ()
    counter.bench.checklist.press_digit(1)
    counter.settle()
    assert counter.bench.checklist.answers == {"safety": "swollen"}, "a digit typed ahead makes nothing safe"
    view = counter.bench.quote()
    assert not view.priceable
    assert view.declinable
    assert any("quarantine" in line for line in view.reasons)
    counter.bench.checklist.undo()
    counter.settle()
    assert not counter.bench.checklist.folded


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


def test_a_pulled_phone_keeps_its_tile_and_its_answers(counter: Any):
    phone = phone_of(read_iphone("A"))
    counter.plug(phone)
    counter.bench.checklist.press_digit(1)
    counter.settle()
    counter.plug(gone(phone))
    assert not counter.bench.devices.tiles[0].present
    assert counter.bench.devices.tiles[0].model == "iPhone 13"
    assert counter.bench.checklist.answers == {"safety": "ok"}


def test_an_answer_that_cannot_be_saved_is_told_and_taken_back(counter: Any, monkeypatch):
    counter.plug(phone_of(read_iphone("A")))

    def full(*_: Any, **__: Any) -> None:
        raise UserError("The disk is full.", "Free some space.", "disk_full")

    monkeypatch.setattr(counter.shop.desk, "answer", full)
    counter.bench.checklist.press_digit(1)
    assert counter.bench.checklist.answers == {"safety": "ok"}
    counter.settle()
    assert counter.notices[-1].text == "The disk is full."
    assert counter.bench.checklist.answers == {}


def test_quick_answers_are_all_saved_although_only_the_last_result_is_shown(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_one_by_one()
    saved: Mapping[str, str | int] = counter.shop.desk.inspection(counter.bench.record_id).answers
    assert saved == CLEAR


def test_undo_takes_the_last_judgement_back(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.bench.checklist.press_digit(1)
    counter.settle()
    counter.bench.checklist.undo()
    counter.settle()
    assert counter.shop.desk.inspection(counter.bench.record_id).answers == {}


def test_late_results_of_another_phone_in_the_port_are_dropped(counter: Any):
    first = phone_of(read_iphone("A", slot="1-1"))
    second = phone_of(read_iphone("B", slot="1-1", model="iPhone 12"))
    counter.plug(first)
    counter.plug(gone(first), second)
    counter.plug(gone(first))
    assert counter.bench.devices.tiles[0].model == "iPhone 12"
    assert [record.reading.identity.model for record in counter.bench.later()] == ["iPhone 13"]


def test_the_next_action_is_the_tap_that_frees_a_phone(counter: Any):
    counter.plug(phone_of(read_iphone("A")), phone_of(read_iphone("B", state=State.NEEDS_TRUST)))
    action = counter.bench.next_action()
    assert action.port == 1
    assert action.act == "ask_trust"
    assert action.text == "Port 2: Unlock the phone and tap Trust."


def test_reading_again_is_asked_of_the_bench(counter: Any):
    asked: list[tuple[str, bool]] = []
    counter.bench.read_again_asked.connect(lambda key, trust: asked.append((key, trust)))
    counter.plug(phone_of(read_iphone("A", state=State.TRUST_DENIED)))
    counter.bench.read_again(0, ask_trust=True)
    assert asked == [("A", True)]


def test_without_a_desk_nothing_is_lost_and_nothing_fails(qapp: QApplication, tmp_path: Path):
    counter = Counter(tmp_path, shop=PaperShop())
    counter.plug(phone_of(read_iphone("A")))
    assert counter.bench.devices.tiles[0].model == "iPhone 13"
    before = counter.bench.record_id
    counter.open()
    counter.settle()
    assert (before, counter.bench.record_id is None) == (None, False)
    counter.close()
