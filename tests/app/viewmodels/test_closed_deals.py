"""A phone that was bought or declined stays that, whatever happens to cables, services and the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from diagnostics.model import State
from tests.fakes.windows import Counter, gone, phone_of, read_iphone
from tradein_app.services.records import Stage
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.looks import Look


@pytest.fixture(params=["accept", "decline"])
def closed(counter: Any, request: Any) -> Any:
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    getattr(counter.bench, request.param)()
    counter.settle()
    return counter


def assert_still_closed(counter: Any, record: Any) -> None:
    assert counter.bench.record == record
    assert counter.shop.desk.open_inspections() == ()
    assert counter.bench.devices.tiles[0].look is not Look.NEEDS_YOU
    assert counter.bench.next_action().port is None
    assert counter.bench.later() == ()
    view = counter.bench.quote()
    assert (view.acceptable, view.priceable) == (False, False)


def test_a_replugged_phone_is_not_offered_again(closed: Any):
    record = closed.bench.record
    closed.plug(gone(phone_of(read_iphone("A"))))
    closed.plug(phone_of(read_iphone("A")))
    assert_still_closed(closed, record)


def test_a_phone_that_comes_back_with_its_service_is_not_offered_again(closed: Any):
    record = closed.bench.record
    closed.plug(gone(phone_of(read_iphone("A"))))
    closed.plug(phone_of(read_iphone("A", state=State.NEEDS_TRUST), key="A after usbmuxd"))
    assert_still_closed(closed, record)
    closed.plug(phone_of(read_iphone("A"), key="A after usbmuxd"))
    assert_still_closed(closed, record)


def test_a_restart_does_not_offer_it_again(closed: Any):
    record = closed.bench.record
    second = Counter(closed.folder)
    second.open()
    second.plug(phone_of(read_iphone("A")))
    assert_still_closed(second, record)
    assert second.bench.paper() == record.document
    second.close()


def test_how_it_ended_is_said_with_day_amount_and_paper(closed: Any):
    deal, record = closed.bench.closed_deal(), closed.bench.record
    bought = record.stage is Stage.ACCEPTED
    assert deal.bought is bought
    assert without_isolates(deal.text).startswith("Bought 22 Nov 2026" if bought else "Declined 22 Nov 2026")
    assert bool(deal.amount) is bought
    assert deal.amount in deal.text
    assert deal.paper == record.document
    assert closed.bench.quote().headline == deal.text


def test_a_person_can_start_a_new_inspection(closed: Any):
    before = closed.bench.record
    assert closed.bench.closed_deal().can_start_anew
    closed.bench.start_anew()
    closed.settle()
    assert closed.bench.record_id != before.id
    assert closed.bench.closed_deal() is None
    assert closed.bench.checklist.answers == {}
    assert closed.bench.checklist.enabled
    assert closed.shop.desk.inspection(before.id) == before
    closed.bench.start_anew()
    closed.settle()
    assert len(closed.shop.desk.open_inspections()) == 1


def test_a_new_inspection_needs_the_phone(closed: Any):
    closed.plug(gone(phone_of(read_iphone("A"))))
    assert not closed.bench.closed_deal().can_start_anew
    closed.bench.start_anew()
    closed.settle()
    assert closed.notices[-1].text.startswith("Plug the phone in")
    assert closed.shop.desk.open_inspections() == ()


def test_undo_says_that_a_closed_deal_cannot_be_undone(closed: Any):
    before = closed.bench.record
    closed.bench.undo()
    closed.settle()
    assert closed.notices[-1].text == "A closed deal cannot be undone."
    assert closed.shop.desk.inspection(before.id) == before


def test_undo_takes_an_answer_back_while_the_deal_is_open(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.bench.checklist.press_digit(1)
    counter.bench.undo()
    counter.settle()
    assert counter.bench.checklist.answers == {}
    assert counter.notices == []


def test_the_paper_can_be_opened_again_also_when_another_phone_is_shown(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    counter.bench.accept()
    counter.settle()
    paper = counter.bench.record.document
    counter.bench.open_paper()
    assert counter.notices[-1].path == str(paper)
    counter.plug(phone_of(read_iphone("B")))
    counter.bench.devices.select(1)
    counter.settle()
    counter.bench.open_paper()
    assert counter.notices[-1].path == str(paper)
    paper.unlink()
    counter.bench.open_paper()
    assert (counter.notices[-1].tone, counter.notices[-1].path) == ("bad", "")


def test_without_a_paper_that_is_said(qapp: QApplication, tmp_path: Path):
    counter = Counter(tmp_path)
    counter.bench.open_paper()
    assert counter.notices[-1].text == "No paper was saved yet."
    counter.close()
