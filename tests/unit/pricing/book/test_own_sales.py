"""The shop's own sales: curves and market fade as they come, mistakes do not count, and ranges follow the errors."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.book.deals import Deal, counting
from pricing.book.own import Effects, Error
from pricing.book.weights import load_weights
from pricing.catalogue import load_catalogue
from tests.fakes.shop_prices import TODAY, a_book, a_query, own_deal, sold_at, trained

WEIGHTS = load_weights()


def errors(*ratios: float, model: str = "a", reach: float = 0.3) -> list[Error]:
    return [Error(model, log(ratio), -reach, reach) for ratio in ratios]


@given(st.floats(0.3, 3.0), st.integers(1, 60))
def test_the_price_goes_steadily_to_what_the_shop_gets(ratio: float, most: int) -> None:
    moved = [Effects(errors(*[ratio] * count), WEIGHTS).of("a").multiplier for count in range(most + 1)]
    left = [abs(log(ratio) - log(each)) for each in moved]
    assert moved[0] == 1.0
    assert all(after <= before + 1e-12 for before, after in pairwise(left))
    assert all(min(1.0, ratio) - 1e-9 <= each <= max(1.0, ratio) + 1e-9 for each in moved)


def test_many_sales_leave_nothing_of_the_curves() -> None:
    book = a_book(None, sold_at(0.8, 300))
    before, after = a_book().price(a_query()).range.p50, book.price(a_query()).range.p50
    assert float(after.amount / before.amount) == pytest.approx(0.8, abs=0.002)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([0, 1, 3, 4, 5, 8, 40]), st.booleans())
def test_the_basis_is_the_shops_own_from_five_sales_on(count: int, market: bool) -> None:
    model = trained() if market else None
    price = a_book(model, sold_at(1.1, count, model=model)).price(a_query())
    assert price.range.basis == ("own_deals" if count >= 5 else "market" if market else "seed")
    assert price.counts.own_deals == count


def test_sales_of_one_model_say_a_little_of_all_others_and_less_than_of_it() -> None:
    book, bare = a_book(None, sold_at(0.7, 10)), a_book()
    own, other = (
        float(book.price(a_query(name)).range.p50.amount / bare.price(a_query(name)).range.p50.amount)
        for name in ("iPhone 13", "Galaxy S23")
    )
    assert own < other < 1.0
    step = next(each for each in book.price(a_query()).factors if each.key == "own_deals")
    assert float(step.multiplier) == pytest.approx(own, abs=1e-3)


def test_sales_of_another_market_say_nothing_here() -> None:
    book = a_book(None, sold_at(0.7, 10, a_query(market="DE")))
    assert book.price(a_query()).range == a_book().price(a_query()).range
    assert book.price(a_query(market="DE")).range.basis == "own_deals"


def test_a_slip_of_the_pen_does_not_move_the_price() -> None:
    good = sold_at(1.0, 6)
    slip = Deal(good[0].query, good[0].price / 100)
    assert (
        a_book(None, [*good, slip]).price(a_query()).range.p50
        == a_book(None, good).price(a_query()).range.p50
    )


def test_a_range_follows_the_errors_of_the_shops_own_sales() -> None:
    chance = random.Random(1)

    def with_noise(sd: float) -> float:
        found = Effects(errors(*(exp(chance.gauss(0, sd)) for _ in range(400)), reach=0.3), WEIGHTS).of("a")
        return found.high

    # A reach of .3 holds nine tenths on its side where the standard deviation is .3 / 1.28.
    assert with_noise(0.3 / 1.2816) == pytest.approx(1.0, abs=0.15)
    assert with_noise(0.15 / 1.2816) == pytest.approx(0.5, abs=0.12)
    assert with_noise(0.6 / 1.2816) == pytest.approx(2.0, abs=0.3)


def test_few_sales_leave_the_range_as_it_is() -> None:
    price, bare = a_book(None, sold_at(1.0, 9)).price(a_query()).range, a_book().price(a_query()).range
    assert (price.p10, price.p50, price.p90) == (bare.p10, bare.p50, bare.p90)


def test_only_sales_that_can_be_priced_count() -> None:
    good = own_deal("iPhone 13", "300", 1)
    others = [
        replace(good, model_id="", brand="Nobody", model="No phone"),
        replace(good, grade=""),
        replace(good, grade="broken"),
        replace(good, storage_gb=None),
        replace(good, sold_on=TODAY + timedelta(days=1)),
        replace(good, sold_on=TODAY - timedelta(days=WEIGHTS.days + 1)),
    ]
    found = counting([*others, good], load_catalogue(), TODAY, WEIGHTS)
    assert len(found.deals) == 1
    assert found.left_out == 4
    assert found.version.startswith("own-")
    assert counting([replace(good, model_id="")], load_catalogue(), TODAY, WEIGHTS).deals == found.deals


def test_sales_of_one_model_say_of_the_others_what_one_model_can() -> None:
    """A thousand sales of one model are one model: what it brings says little of all others, however many there are."""
    few, many = (Effects(errors(*[1.4] * count), WEIGHTS) for count in (5, 1000))
    assert few.of("a").multiplier < many.of("a").multiplier == pytest.approx(1.4, abs=0.01)
    assert 1.0 < few.of("b").multiplier < many.of("b").multiplier < 1.11
    of_many_models = [error for number in range(40) for error in errors(*[1.4] * 25, model=f"m{number}")]
    assert Effects(of_many_models, WEIGHTS).of("b").multiplier > 1.35


def test_no_range_is_narrowed_by_the_sales_of_another_model() -> None:
    steady = errors(*[1.02, 1.0, 0.98] * 100, model="a", reach=0.5)
    assert Effects(steady, WEIGHTS).of("a").high < 0.5
    assert (Effects(steady, WEIGHTS).of("b").low, Effects(steady, WEIGHTS).of("b").high) == (1.0, 1.0)
    seldom = Effects([*steady, *errors(1.0, model="b", reach=0.5)], WEIGHTS).of("b")
    assert 0.95 < seldom.high < 1.0


def test_errors_beyond_the_ranges_widen_all_of_them() -> None:
    wild = errors(*[1.8, 0.55] * 60, model="a", reach=0.2)
    assert Effects(wild, WEIGHTS).of("b").high > 1.5


def test_a_price_smaller_than_floating_point_has_is_a_mistake() -> None:
    good = sold_at(1.0, 6)
    slip = Deal(good[0].query, 0.0)
    assert a_book(None, [*good, slip]).price(a_query()).range == a_book(None, good).price(a_query()).range


def test_a_price_of_own_sales_does_not_call_itself_an_estimate_from_curves() -> None:
    few, many = (
        [each.code for each in a_book(None, sold_at(1.1, count)).price(a_query()).warnings]
        for count in (2, 5)
    )
    assert "seed_estimate" in few
    assert "seed_estimate" not in many
