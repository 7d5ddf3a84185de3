"""Quotes are kept, hold for what they were made of, and are accepted or declined."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from diagnostics.errors import UserError
from diagnostics.model import LockState
from pricing.quote import Decision
from tests.fakes.inspections import best_answers
from tests.fakes.shops import PaperShop, a_reading
from tradein_app.services.records import THE_PERSON, Stage


@pytest.fixture
def record(shop: PaperShop):
    return answered(shop, a_reading())


def answered(shop: PaperShop, reading):
    record = shop.desk.take_in(reading, actor=THE_PERSON)
    return shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)


def quote(shop, record, **options):
    return shop.desk.quote(record.id, actor=THE_PERSON, **options)


def accept(shop, record, document=None):
    return shop.desk.accept(record.id, actor=THE_PERSON, document=document)


def test_a_quote_is_saved_with_what_it_was_made_under(shop, record):
    quoted = quote(shop, record, as_of=date(2026, 11, 1))
    assert quoted.stage is Stage.QUOTED
    assert quoted.quote.decision is Decision.OFFER
    assert quoted.quote.as_of == date(2026, 11, 1)
    assert shop.desk.inspection(record.id) == quoted


def test_pricing_the_same_again_keeps_the_quote_and_its_validity(shop, record):
    first = quote(shop, record, as_of=date(2026, 11, 1))
    shop.clock.pass_days(1)
    again = quote(shop, record, as_of=date(2026, 11, 1))
    assert (again.quote_id, again.quote) == (first.quote_id, first.quote)


def test_a_quote_that_ran_out_is_replaced(shop, record):
    first = quote(shop, record, as_of=date(2026, 11, 1))
    shop.clock.pass_days(30)
    again = quote(shop, record, as_of=date(2026, 11, 1))
    assert again.quote_id != first.quote_id
    assert again.quote.valid_until > shop.clock.now()


def test_an_accepted_offer_closes_the_inspection_with_its_paper(shop, record, tmp_path: Path):
    quoted = quote(shop, record)
    closed = accept(shop, record, tmp_path / "quote.pdf")
    assert closed.stage is Stage.ACCEPTED
    assert closed.document == tmp_path / "quote.pdf"
    assert (closed.quote_id, closed.quote) == (quoted.quote_id, quoted.quote)
    assert shop.desk.open_inspections() == ()


def test_nothing_is_accepted_twice(shop, record):
    quote(shop, record)
    accept(shop, record)
    with pytest.raises(UserError) as caught:
        accept(shop, record)
    assert caught.value.code == "inspection_closed"


def test_an_offer_for_another_state_of_the_phone_is_not_accepted(shop, record):
    quote(shop, record)
    shop.desk.answer(record.id, {"frame_scratches": "visible"}, actor=THE_PERSON)
    with pytest.raises(UserError) as caught:
        accept(shop, record)
    assert caught.value.code == "quote_outdated"
    assert shop.desk.inspection(record.id).stage is Stage.OPEN


def test_an_offer_that_ran_out_is_not_accepted(shop, record):
    quote(shop, record)
    shop.clock.pass_days(60)
    with pytest.raises(UserError) as caught:
        accept(shop, record)
    assert caught.value.code == "quote_expired"


@pytest.mark.parametrize(("left", "said"), [(1, "1 question is open"), (2, "2 questions are open")])
def test_a_phone_is_not_bought_while_questions_are_open(shop, left, said):
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    rest = dict(list(best_answers().items())[:-left])
    shop.desk.answer(record.id, rest, actor=THE_PERSON)
    quote(shop, record)
    with pytest.raises(UserError, match=said) as caught:
        accept(shop, record)
    assert caught.value.code == "questions_open"
    assert not shop.desk.inspection(record.id).stage.closed


@pytest.mark.parametrize(
    ("lock", "decision"), [(LockState.ON, Decision.REFUSE), (LockState.UNKNOWN, Decision.REVIEW)]
)
def test_what_is_refused_or_to_be_reviewed_is_not_accepted(shop, lock, decision):
    record = answered(shop, a_reading(mdm=lock))
    assert quote(shop, record).quote.decision is decision
    with pytest.raises(UserError) as caught:
        accept(shop, record)
    assert caught.value.code == "not_an_offer"


def test_a_declined_quote_is_kept(shop, record):
    quoted = quote(shop, record)
    closed = shop.desk.decline(record.id, actor=THE_PERSON)
    assert closed.stage is Stage.DECLINED
    assert closed.quote == quoted.quote
    assert closed.document is None


def test_an_offer_that_another_window_replaced_is_not_accepted(shop, record):
    seen = quote(shop, record, as_of=date(2026, 11, 1))
    shop.clock.pass_days(30)
    quote(shop, record, as_of=date(2026, 11, 1))
    with pytest.raises(UserError, match="Another window") as caught:
        shop.desk.accept(record.id, actor=THE_PERSON, document=None, quote_id=seen.quote_id)
    assert caught.value.code == "quote_outdated"
