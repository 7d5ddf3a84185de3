"""The way of a phone over the counter, without widgets: every step is saved as it is given."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from diagnostics.errors import UserError
from diagnostics.model import State
from tests.fakes.shops import PaperShop
from tests.fakes.windows import CLEAR, Counter, gone, phone_of, read_iphone
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
    assert action.text == "Slot 2: Unlock the phone and tap Trust."


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
