"""A model that passed for one and cannot price: the counter goes on with the curves, and each price says why."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest

from pricing.model.intervals import Ranges
from pricing.model.trained import Own, Trained
from pricing.seed.book import SeedBook
from pricing.words import words
from tests.fakes.shop_prices import a_book, a_query, sold_at, trained

KEY = "apple|iphone13"


def own(change: Callable[[Own], Own]) -> Trained:
    models = dict(trained().models)
    models[KEY] = change(models[KEY])
    return replace(trained(), models=models)


def ranged(far: float) -> Trained:
    return replace(trained(), ranges={"known": Ranges((5.0, 7.0), (-far, -far), (far, far), 300)})


BROKEN = {
    "too_dear_for_a_number": lambda: replace(trained(), level=1000.0),
    "too_dear_for_money": lambda: replace(trained(), level=60.0),
    "nothing": lambda: replace(trained(), level=-1000.0),
    "less_than_a_cent": lambda: replace(trained(), level=-20.0),
    "no_number": lambda: replace(trained(), level=float("nan")),
    "a_launch_for_nothing": lambda: own(lambda each: replace(each, launch_prices={0: 0.0})),
    "an_effect_beyond_all": lambda: own(lambda each: replace(each, effect=500.0)),
    "a_range_beyond_all": lambda: ranged(1e9),
    "a_wide_range": lambda: ranged(30.0),
    "no_range_of_its_own_kind": lambda: own(lambda each: replace(each, counts=None)),  # type: ignore[arg-type]
    "a_place_that_is_none": lambda: replace(trained(), places={"LT": 0.1}),
    "a_place_of_three": lambda: replace(trained(), places={"a|b|c": 0.1}),
}


@pytest.mark.logs_warnings
@pytest.mark.parametrize("broken", sorted(BROKEN))
def test_the_curves_price_and_each_price_says_why(broken: str, caplog: pytest.LogCaptureFixture) -> None:
    book, curves = a_book(BROKEN[broken]()), SeedBook().price(a_query())
    with caplog.at_level(logging.WARNING):
        prices = [book.price(a_query()) for _ in range(3)]
    assert len([each for each in caplog.records if each.name.startswith("pricing")]) == 1
    for price in prices:
        assert (price.range, price.factors) == (curves.range, curves.factors)
        said = [each for each in price.warnings if each.code == "price_model_unused"]
        assert len(said) == 1
        assert "price model is not used" in words(said[0])
        assert [each for each in price.warnings if each not in said] == list(curves.warnings)


@pytest.mark.logs_warnings
def test_the_shops_own_sales_go_on_counting() -> None:
    broken = BROKEN["too_dear_for_a_number"]()
    price = a_book(broken, sold_at(1.2, 9)).price(a_query())
    assert price.range.basis == "own_deals"
    assert float(price.range.p50.amount / SeedBook().price(a_query()).range.p50.amount) > 1.05
