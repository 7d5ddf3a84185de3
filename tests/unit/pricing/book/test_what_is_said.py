"""What a price says about itself is true of the price that is shown, and a contradiction is never hidden."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest

from pricing.book.shop import ShopBook
from pricing.ports import Price, PriceQuery
from pricing.records import Reason
from pricing.words import words
from tests.fakes.shop_prices import a_book, a_query, sold_at, trained


def said(price: Price) -> dict[str, Reason]:
    return {each.code: each for each in price.warnings}


def shifted(times: float, market: str = "FR") -> ShopBook:
    """Return a book whose market is so many times dearer."""
    model = trained("EUR", market)
    places = {place: level + log(times) for place, level in model.places.items()}
    return a_book(replace(model, places=places))


@pytest.mark.parametrize(
    ("currency", "market", "code"), [("EUR", "LT", "other_market"), ("USD", "US", "market_converted")]
)
def test_a_price_by_own_sales_does_not_say_that_it_is_another_markets(
    currency: str, market: str, code: str
) -> None:
    model = trained(currency, market)
    before, after = (a_book(model, sales).price(a_query()) for sales in ((), sold_at(1.1, 12, model=model)))
    assert {code, "model_elsewhere"} & said(before).keys()
    assert after.range.basis == "own_deals"
    assert not {"other_market", "model_elsewhere", "market_converted", "market_asks"} & said(after).keys()


def test_a_price_by_own_sales_is_no_rough_estimate_by_curves() -> None:
    query = a_query("Pixel 8")
    before, after = (a_book(None, sales).price(query) for sales in ((), sold_at(1.1, 12, query)))
    assert after.range.basis == "own_deals"
    assert not {"seed_estimate", "no_brand_curve", "extrapolated"} & said(after).keys()
    assert "seed_estimate" in said(before)


@pytest.mark.parametrize("name", ["iPhone 13", "iPhone SE (2022)"])
@pytest.mark.parametrize("times", [0.2, 5.0])
def test_market_and_curves_that_are_far_apart_are_said_with_both_figures(times: float, name: str) -> None:
    query = a_query(name)
    warning = said(shifted(times).price(query)).get("curves_differ")
    assert warning is not None
    market, curves = (float(warning.params[each].split()[0]) for each in ("market", "curves"))
    assert (market < curves) == (times < 1)
    for language in ("en", "fr"):
        sentence = words(warning, language)
        assert warning.params["market"] in sentence
        assert warning.params["curves"] in sentence
    assert "curves_differ" not in said(shifted(1.0).price(query))


@pytest.mark.parametrize("times", [1.0, 1.3])
def test_what_is_within_the_ranges_is_no_contradiction(times: float) -> None:
    assert "curves_differ" not in said(shifted(times).price(a_query()))


@pytest.mark.parametrize(
    ("ratio", "count", "told"), [(2.6, 40, True), (0.3, 40, True), (1.4, 40, False), (2.6, 1, False)]
)
def test_own_sales_that_lead_far_away_are_said_with_both_figures(
    ratio: float, count: int, told: bool
) -> None:
    base = a_book(trained()).price(a_query())
    price = a_book(trained(), sold_at(ratio, count, model=trained())).price(a_query())
    warning = said(price).get("own_deals_differ")
    assert (warning is not None) == told
    if warning:
        assert warning.params == {
            "before": f"{base.range.p50.amount:.0f} EUR",
            "after": f"{price.range.p50.amount:.0f} EUR",
        }


def test_where_own_sales_make_the_price_the_curves_are_not_argued_about() -> None:
    far = replace(trained(), places={place: level + log(5.0) for place, level in trained().places.items()})
    query: PriceQuery = a_query()
    price = a_book(far, sold_at(1.0, 12, query, far)).price(query)
    assert "curves_differ" in said(a_book(far).price(query))
    assert "curves_differ" not in said(price)
