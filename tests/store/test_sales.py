"""A sale that was changed or taken away behind the program's back is found, and no number is given twice."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import IntegrityError

from tests.fakes.inspections import best_answers
from tests.fakes.shops import NOON, a_reading
from tradein_app.services.records import THE_PERSON
from tradein_app.services.saved_rows import Saved
from tradein_app.services.shop import new_id
from tradein_app.store.guarding import AppendOnlyError, GuardedSession
from tradein_app.store.opening import verify_store
from tradein_app.store.sales import SaleRow


@pytest.fixture
def sold(shop):
    taken = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    shop.desk.answer(taken.id, best_answers(), actor=THE_PERSON)
    shop.desk.quote(taken.id, actor=THE_PERSON)
    shop.desk.accept(taken.id, actor=THE_PERSON, document=None)
    return shop.desk.record_sale(taken.id, "300", "EUR", actor=THE_PERSON).sale


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE sale SET document = replace(document, '300', '900')",
        "UPDATE sale SET sold_on = '2026-11-21'",
        "UPDATE sale SET number = 7",
        "UPDATE sale SET actor_id = 'somebody'",
        "UPDATE sale SET at = '2026-11-23 12:00:00.000000'",
        "DELETE FROM sale",
    ],
)
def test_a_sale_that_was_tampered_with_is_found(shop, file, sold, harm):
    assert all(check.ok for check in verify_store(shop.url))
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(harm).rowcount == 1
        connection.commit()
    assert {check.name for check in verify_store(shop.url) if not check.ok} == {"documents"}


def test_the_audit_log_says_who_sold_and_not_for_how_much(shop, file, sold):
    with closing(sqlite3.connect(file)) as connection:
        last = "SELECT action, actor_id, data FROM audit_entry ORDER BY sequence DESC LIMIT 1"
        action, actor, data = connection.execute(last).fetchone()
    assert (action, actor) == ("sale.recorded", THE_PERSON.id)
    assert "300" not in data.replace(sold.id, "").replace(sold.inspection_id, "").split('"saved"')[0]


def test_the_database_itself_gives_no_number_twice(shop, sold):
    with shop.store.writing() as uow:
        last = uow.sales.last(sold.inspection_id)
        entry = uow.audit.append(THE_PERSON, "sale.recorded", {"inspection": sold.inspection_id}, NOON)
        with pytest.raises(IntegrityError):
            uow.sales.add(sold.inspection_id, Saved(new_id(), last.document), entry)


def test_a_sale_is_never_changed_by_the_program(shop, sold):
    with GuardedSession(shop.store._engine) as session:
        session.get_one(SaleRow, sold.id).document = {}
        with pytest.raises(AppendOnlyError):
            session.flush()
