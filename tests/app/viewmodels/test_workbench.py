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
from tradein_app.services.records import Stage
from tradein_app.viewmodels.tiles import Look


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


def test_an_answer_that_changes_the_price_crosses_the_old_offer_out(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    first = counter.bench.quote().offer
    counter.bench.checklist.go_to_question("frame_scratches")
    counter.bench.checklist.clear()
    counter.settle()
    old = counter.bench.quote()
    assert old.outdated
    assert old.offer == first
    assert not old.acceptable
    counter.bench.checklist.press_digit(4)
    counter.settle()
    assert counter.bench.quote().acceptable
    assert counter.bench.quote().offer != first


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
