"""Launches that price data do not tell come from the catalogue, on the footing of those that they tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp, isnan
from typing import Any

import numpy as np
import pytest

from pricing.catalogue import Model, load_catalogue
from pricing.model.columns import Columns, columns, phone
from pricing.model.scoring import Scorer
from pricing.model.trained import Trained
from pricing.model.training import fit
from pricing.pricedata.launching import with_launches, with_launches_for
from pricing.rates.columns import shipped
from tests.fakes.shop_prices import named, trained

DAY = date(2025, 11, 20).toordinal()
TOLD = ("iPhone 13", "iPhone 14", "iPhone 15", "Galaxy S23")


def a_row(name: str, price: float = 300.0, **more: Any) -> dict[str, Any]:
    model = named(name)
    row = {"brand": model.brand, "model": model.name, "storage": 128.0, "day": float(DAY), "price": price}
    return {**row, "currency": "EUR", "market": "FR", **more}


def told(name: str, factor: float, **more: Any) -> dict[str, Any]:
    """Return a row that tells its launch price, so many times the catalogue's."""
    model = named(name)
    return a_row(name, launch_price=factor * list_price(model), storage=float(model.base_storage), **more)


def list_price(model: Model) -> float:
    return float(model.launch_prices[model.base_storage].amount)


def test_a_row_that_tells_nothing_gets_date_and_list_price_of_the_catalogue():
    data, filled = with_launches(columns([a_row("iPhone 13"), a_row("Galaxy S23")]))
    assert filled == 2
    assert data.launch_day.tolist() == [
        named(name).launch_date.toordinal() for name in ("iPhone 13", "Galaxy S23")
    ]
    assert not np.isnan(data.launch_price).any()


def test_what_a_row_tells_stays_and_counts_for_all_rows_of_its_model():
    rows = [a_row("iPhone 13", launch_price=555.0, launch_day=737000.0), a_row("iPhone 13")]
    data, filled = with_launches(columns(rows))
    assert filled == 0  # training completes a model's rows from each other
    assert data.launch_price[0] == 555.0
    assert isnan(data.launch_price[1])


def test_list_prices_come_on_the_footing_of_those_that_are_told():
    rows = [*(told(name, 24_000.0) for name in TOLD), a_row("iPhone 12"), a_row("Galaxy S22")]
    data, _ = with_launches(columns(rows))
    found = data.launch_price[-2:] / np.array(
        [list_price(named("iPhone 12")), list_price(named("Galaxy S22"))]
    )
    assert found == pytest.approx(
        [24_000.0, 24_000.0], rel=0.25
    )  # list currencies differ by their rate at most


@pytest.mark.parametrize(("currency", "same"), [("EUR", False), ("USD", True), ("VND", True)])
def test_where_no_row_tells_one_list_prices_come_in_the_prices_currency_or_dollars(currency: str, same: bool):
    model = named("iPhone 13")
    money = model.launch_prices[model.base_storage]
    assert money.currency == "USD"
    data, _ = with_launches(columns([a_row("iPhone 13", currency=currency)]))
    rate = shipped().rate("USD", currency, model.launch_date)
    wanted = 1.0 if same or rate is None else float(rate.value)
    assert data.launch_price[0] == pytest.approx(float(money.amount) * wanted)
    assert same or data.launch_price[0] != pytest.approx(float(money.amount))


def test_a_phone_that_the_catalogue_does_not_know_stays_without_and_is_not_counted():
    row = {"brand": "Nobody", "model": "Brick 3", "price": 50.0, "currency": "EUR", "day": float(DAY)}
    data, filled = with_launches(columns([row, row | {"model": ""}]))
    assert filled == 0
    assert np.isnan(data.launch_price).all()
    assert np.isnan(data.launch_day).all()


def market(*, skipped: frozenset[str]) -> list[dict[str, Any]]:
    """Return prices of many models, none with its launch: worth less each year, dearer at launch is dearer for ever."""
    rows = []
    for model in load_catalogue():
        if model.brand not in {"Apple", "Samsung"} or model.name in skipped or model.launch_date.year < 2018:
            continue
        for number in range(6):
            day = max(DAY - 40 * number, model.launch_date.toordinal())
            years = (day - model.launch_date.toordinal()) / 365.25
            price = 0.8 * list_price(model) * exp(-0.3 * years) * (1.0 + 0.03 * (number % 3 - 1))
            rows.append(
                a_row(model.name, price) | {"brand": model.brand, "model": model.name, "day": float(day)}
            )
    return rows


def test_a_model_that_no_row_names_is_priced_by_its_launch_though_no_row_tells_any():
    unseen = named("Galaxy S22")
    rows = market(skipped=frozenset({unseen.name}))
    asked = columns([a_row(unseen.name) | {"price": None}])
    years = (DAY - unseen.launch_date.toordinal()) / 365.25
    worth = 0.8 * list_price(unseen) * exp(-0.3 * years)
    model = fitted(with_launches(columns(rows))[0])
    assert Scorer(model).p50(with_launches_for(model, asked))[0] == pytest.approx(worth, rel=0.2)


def fitted(data: Columns) -> Trained:
    return fit(data, 1, trained().card)


def test_what_a_model_knows_of_a_launch_is_not_overruled_by_the_catalogue():
    model = trained()
    asked = columns([a_row("iPhone 13") | {"price": None}])
    assert isnan(with_launches_for(model, asked).launch_price[0])


def test_a_phone_is_filled_whatever_other_phones_of_its_model_the_file_tells():
    told_row, bare_row = (
        a_row("Galaxy S22", **more) | {"price": None} for more in ({"launch_price": 900.0}, {})
    )
    alone = with_launches_for(trained(), columns([bare_row]))
    beside = with_launches_for(trained(), columns([told_row, bare_row]))
    assert beside.launch_price.tolist() == [900.0, alone.launch_price[0]]
    assert not isnan(alone.launch_price[0])


def test_two_spellings_of_a_model_are_one_phone():
    assert phone("Samsung", "Galaxy S25+") == phone("Samsung", "Samsung Galaxy S25 Plus")


def test_a_maker_that_was_learned_without_any_launch_is_asked_without_one():
    model = trained()
    brick = replace(next(iter(model.models.values())), launch_day=None, launch_prices={})
    bare = replace(model, models={**model.models, "nobody|brick2": brick})
    row = {
        "brand": "Nobody",
        "model": "Brick 3",
        "launch_price": 900.0,
        "launch_day": 738000.0,
        "currency": "EUR",
    }
    asked = columns([row, row | {"brand": "Else"}])
    found = with_launches_for(bare, asked)
    assert isnan(found.launch_price[0])
    assert isnan(found.launch_day[0])
    assert found.launch_price[1] == 900.0
