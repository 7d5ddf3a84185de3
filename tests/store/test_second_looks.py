"""A second look that was changed or taken away is found by walking the chain."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.fakes.inspections import best_answers
from tests.fakes.shops import a_reading
from tradein_app.services.records import THE_PERSON
from tradein_app.store.opening import verify_store


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE second_look SET surface = 'frame'",
        "UPDATE second_look SET answers = '{}'",
        "UPDATE second_look SET actor_id = 'somebody'",
        "DELETE FROM second_look",
    ],
)
def test_a_look_that_was_tampered_with_is_found(shop, file, harm):
    taken = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    close = {"back_scratches": "not_at_50cm", "back_damage": "small_chip"}
    shop.desk.answer(taken.id, {**best_answers(), **close}, actor=THE_PERSON)
    shop.desk.look_again(taken.id, "back", actor=THE_PERSON)
    assert all(check.ok for check in verify_store(shop.url))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(harm)
        connection.commit()
    assert {check.name for check in verify_store(shop.url) if not check.ok} == {"documents"}
