"""The step from the catalogue's list price to the one that a model goes from names where that one comes from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pricing.model.columns import columns
from pricing.model.keeping import load, save
from pricing.model.trained import Trained
from pricing.model.training import fit
from pricing.ports import Price
from pricing.pricedata.launching import with_launches
from pricing.words import words
from tests.fakes.phone_market import market_rows
from tests.fakes.shop_prices import a_book, a_query, trained


def euro_rows(count: int) -> list[dict[str, Any]]:
    return [row | {"currency": "EUR", "market": "FR"} for row in market_rows(count)]


@cache
def of_plain_prices() -> Trained:
    """A model of a table that tells no launch, so that the catalogue does."""
    rows = [row | {"launch_price": None, "launch_day": None} for row in euro_rows(400)]
    data, _ = with_launches(columns(rows))
    return replace(trained(), models=fit(data, 1, trained().card).models)


def list_steps(price: Price) -> dict[str, Decimal]:
    return {each.key: each.multiplier for each in price.factors if each.key.startswith("list_")}


def test_a_list_price_that_is_the_catalogues_is_never_called_the_datas() -> None:
    model = of_plain_prices()
    for query in (a_query(), a_query("iPhone SE (2022)")):  # one that the data have, one that they have not
        found = list_steps(a_book(model).price(query))
        assert set(found) == {"list_in_catalogue"}, query.model.name
        assert 0.7 < float(found["list_in_catalogue"]) < 1.1  # dollars in euros, at the launch's rate


def test_a_phone_that_no_row_has_is_asked_under_the_catalogues_list_price_even_where_the_data_tell_theirs() -> (
    None
):
    dear = [row | {"launch_price": 2 * row["launch_price"]} for row in euro_rows(400)]
    model = replace(trained(), models=fit(columns(dear), 1, trained().card).models)
    assert list_steps(a_book(model).price(a_query())) == {"list_in_data": 2}
    assert set(list_steps(a_book(model).price(a_query("iPhone SE (2022)")))) == {"list_in_catalogue"}


def test_a_model_that_does_not_say_where_its_list_prices_are_from_is_not_guessed_at() -> None:
    models = {
        key: replace(own, catalogued=None, launch_prices={0: 640.0}) for key, own in trained().models.items()
    }
    assert set(list_steps(a_book(replace(trained(), models=models)).price(a_query()))) == {"list_learned"}


def test_where_list_prices_are_from_is_kept_with_a_model(tmp_path: Path) -> None:
    save(trained(), tmp_path / "kept")
    assert {own.catalogued for own in load(tmp_path / "kept").models.values()} == {False}


@pytest.mark.parametrize(("language", "said"), [("en", "catalogue's list"), ("fr", "du catalogue")])
def test_the_step_says_so_in_the_persons_language(language: str, said: str) -> None:
    price = a_book(of_plain_prices()).price(a_query())
    step = next(each for each in price.factors if each.key.startswith("list_"))
    assert said in words(step, language)
