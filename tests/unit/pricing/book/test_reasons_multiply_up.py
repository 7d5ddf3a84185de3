"""The multipliers that are shown come to the price that is shown, to the smallest unit of each currency."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.grading.result import Grade
from pricing.book.estimate import Estimate, factor, settled
from pricing.book.shop import ShopBook
from pricing.catalogue import load_catalogue
from pricing.money import Money, rounded
from pricing.ports import Price, PriceQuery
from pricing.records import Factor
from pricing.words import shown_multiplier
from tests.fakes.shop_prices import TODAY, a_book, a_query, sold_at, trained

MODELS = list(load_catalogue())
PLACES = {"EUR": "FR", "HUF": "HU", "IDR": "ID", "JPY": "JP", "USD": "US", "VND": "VN", "KRW": "KR"}
DONG = 30_000.0


@cache
def dongs() -> ShopBook:
    """A book of a market whose amounts have seven digits before the point."""
    model = trained("VND", "VN")
    return a_book(replace(model, level=model.level + log(DONG)))


@cache
def book_of(basis: str, currency: str) -> ShopBook:
    if currency == "VND":
        return dongs()
    query = a_query(currency=currency, market=PLACES[currency])
    match basis:
        case "seed":
            return a_book()
        case "market":
            return a_book(trained())
        case _:
            model = trained() if basis == "own" else None
            return a_book(model, sold_at(1.07, 9, query, model))


def asked(currency: str) -> st.SearchStrategy[PriceQuery]:
    return st.builds(
        PriceQuery,
        model=st.sampled_from(MODELS) | st.just(a_query().model),
        storage_gb=st.sampled_from([64, 128, 256, 512, 1024]),
        grade=st.sampled_from([Grade.FAIR, Grade.GOOD, Grade.EXCELLENT, Grade.PREMIUM]),
        battery_percent=st.integers(60, 100),
        as_of=st.integers(0, 400).map(lambda days: TODAY + timedelta(days=days)),
        market=st.just(PLACES[currency]),
        currency=st.just(currency),
        carrier_locked=st.booleans(),
        genuine_parts=st.booleans(),
    )


def multiplied(factors: tuple[Factor, ...]) -> Decimal:
    """Return what the multipliers come to, as whoever reads the JSON works it out."""
    amount = Decimal(factors[0].note.split()[0])
    for each in factors:
        number = json.loads(json.dumps(float(each.multiplier)))
        amount *= Decimal(repr(number))
    return amount


def right(price: Price) -> bool:
    p50 = price.range.p50
    return rounded(Money(multiplied(price.factors), p50.currency)) == p50


@pytest.mark.parametrize("basis", ["seed", "market", "own", "own_over_curves"])
@pytest.mark.parametrize("currency", PLACES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_shown_multipliers_come_to_the_price_to_the_smallest_unit(
    basis: str, currency: str, data: st.DataObject
) -> None:
    query = data.draw(asked(currency).filter(lambda each: each.as_of >= each.model.launch_date))
    book = book_of(basis, currency)
    if currency == "VND" and query.model.brand != "Apple":
        return  # nothing leads from dollars to dong but the market's own prices
    assert right(book.price(query))


@given(
    st.floats(0.001, 1e9),
    st.lists(st.floats(1e-6, 40_000.0), min_size=1, max_size=12),
    st.sampled_from(["EUR", "JPY", "KWD"]),
)
def test_any_product_is_settled_and_only_its_last_step_is_changed(
    amount: float, multipliers: list[float], currency: str
) -> None:
    steps = (factor("launch_price", 1.0, f"{amount:.2f} USD"), *(factor("age", each) for each in multipliers))
    middle = amount
    for each in multipliers:
        middle *= each
    if not 0.01 < middle < 1e11 or float(f"{amount:.2f}") == 0.0:
        return
    p50, shown = settled(Estimate(middle, 0.0, 0.0, steps, ()), currency)
    assert rounded(Money(multiplied(shown), currency)) == p50
    assert abs(p50.amount - rounded(Money(Decimal(middle), currency)).amount) <= Decimal("0.01").max(0)
    assert shown[:-1] == steps[:-1]


def test_a_price_at_the_border_of_two_cents_is_one_of_them_and_its_steps_come_to_it() -> None:
    steps = (factor("launch_price", 1.0, "100.00 USD"), factor("age", 0.5), factor("grade", 0.2001))
    below = Estimate(10.004999999999999, 0.0, 0.0, steps, ())
    p50, shown = settled(below, "EUR")
    assert p50.amount == Decimal("10.00")
    assert rounded(Money(multiplied(shown), "EUR")) == p50


def test_a_small_multiplier_is_shown_with_digits_that_count() -> None:
    assert f"{shown_multiplier(factor('currency', 0.000033217)):f}" == "0.00003322"
    assert f"{shown_multiplier(factor('currency', 1.166912)):f}" == "1.1669"
