"""Seed prices are explained exactly, ordered sensibly, and honest about what they do not know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import UserError
from diagnostics.grading.engine import Grade, rank
from pricing.catalogue import Model, load_catalogue
from pricing.money import Money, rounded
from pricing.ports import Price, PriceQuery
from pricing.rates.table import Day, Rates
from pricing.seed.book import SeedBook
from pricing.seed.curves import Curve
from pricing.words import words

TODAY = date(2026, 11, 22)
BOOK = SeedBook()
MODELS = tuple(load_catalogue())
GRADES = sorted(Grade, key=rank, reverse=True)
SIZES = (32, 64, 128, 256, 512, 1024, 2048)


def named(name: str) -> Model:
    model = load_catalogue().find(manufacturer=None, name=name, code=None)
    assert model is not None
    return model


def a_query(model: Model | None = None, **changes: object) -> PriceQuery:
    query = PriceQuery(
        model or named("iPhone 13"), 128, Grade.GOOD, 87, TODAY, "FR", "EUR", genuine_parts=True
    )
    return replace(query, **changes)  # type: ignore[arg-type]


@st.composite
def queries(draw: st.DrawFn) -> PriceQuery:
    model = draw(st.sampled_from(MODELS))
    return PriceQuery(
        model=model,
        storage_gb=draw(st.sampled_from(SIZES)),
        grade=draw(st.sampled_from(GRADES)),
        battery_percent=draw(st.integers(0, 100)),
        as_of=model.launch_date + timedelta(days=draw(st.integers(0, 5000))),
        market="FR",
        currency="EUR",
        carrier_locked=draw(st.booleans()),
        genuine_parts=draw(st.booleans()),
    )


def launch_price(price: Price) -> Decimal:
    first = price.factors[0]
    assert first.key == "launch_price"
    assert first.multiplier == 1
    return Decimal(first.note.split()[0])


@given(queries())
def test_the_factors_multiply_up_to_p50_to_the_cent(query: PriceQuery) -> None:
    price = BOOK.price(query)
    product = prod((factor.multiplier for factor in price.factors), start=launch_price(price))
    assert rounded(Money(product, "EUR")) == price.range.p50


@given(queries())
def test_the_quantiles_are_in_order_and_marked_as_seed(query: PriceQuery) -> None:
    price = BOOK.price(query).range
    assert price.p10 <= price.quantile(Decimal("0.35")) <= price.p50 <= price.p90
    assert price.basis == "seed"


def day(number: int, usd: str) -> Day:
    return Day(date(2026, 9, number), {"USD": usd}, "ecb")


ONE_RATE = Rates((Day(date(2000, 1, 1), {"USD": "1.17"}, "ecb"),))


def _all(query: PriceQuery, book: SeedBook) -> tuple[Money, Money, Money]:
    price = book.price(query).range
    return price.p10, price.p50, price.p90


def assert_not_cheaper(better: PriceQuery, worse: PriceQuery, book: SeedBook = BOOK) -> None:
    for high, low in zip(_all(better, book), _all(worse, book), strict=True):
        assert high >= low, (better, worse)


@given(queries())
def test_a_better_grade_is_never_cheaper(query: PriceQuery) -> None:
    # Premium asks for a battery of 90 % in every rule set that has it.
    grades = GRADES if query.battery_percent >= 90 else GRADES[:-1]
    for worse, better in pairwise(grades):
        assert_not_cheaper(replace(query, grade=better), replace(query, grade=worse))


@given(queries(), st.integers(0, 100))
def test_a_better_battery_is_never_cheaper(query: PriceQuery, other: int) -> None:
    low, high = sorted((query.battery_percent, other))
    assert_not_cheaper(replace(query, battery_percent=high), replace(query, battery_percent=low))


@given(queries(), st.sampled_from(SIZES))
def test_more_storage_is_never_cheaper(query: PriceQuery, other: int) -> None:
    low, high = sorted((query.storage_gb, other))
    assert_not_cheaper(replace(query, storage_gb=high), replace(query, storage_gb=low))


@given(queries(), st.integers(0, 2000))
def test_waiting_never_makes_it_dearer_at_one_rate(query: PriceQuery, days: int) -> None:
    later = replace(query, as_of=query.as_of + timedelta(days=days))
    assert_not_cheaper(query, later, SeedBook(rates=ONE_RATE))


def test_a_list_price_in_dollars_comes_by_the_rate_of_the_day_and_never_by_a_later_one() -> None:
    sunday = a_query(as_of=date(2026, 9, 6))
    book = SeedBook(rates=Rates((day(4, "1.2000"), day(7, "1.1000"))))
    (factor,) = (each for each in book.price(sunday).factors if each.key == "currency")
    assert factor.note == "1.2 USD/EUR (2026-09-04)"
    assert factor.multiplier == Decimal("0.8333")
    monday = book.price(replace(sunday, as_of=date(2026, 9, 7)))
    assert monday.range.p50 > book.price(sunday).range.p50
    with pytest.raises(UserError) as caught:
        book.price(replace(sunday, as_of=date(2026, 9, 3)))
    assert caught.value.code == "no_rate"


def test_a_price_made_with_an_old_rate_says_how_old() -> None:
    late = a_query(as_of=date(2026, 12, 10))
    (warning,) = (each for each in BOOK.price(late).warnings if each.code == "rate_shipped")
    assert "41 days old" in words(warning)
    assert "41 jours" in words(warning, "fr")
    fetched = SeedBook(rates=Rates((day(4, "1.2"),))).price(late)
    assert "rate_old" in {each.code for each in fetched.warnings}
    european = named("Galaxy S20")
    assert european.launch_prices[european.base_storage].currency == "EUR"
    assert not [each for each in BOOK.price(replace(late, model=european)).warnings if "rate" in each.code]


def test_every_model_gets_dearer_by_grade_battery_storage_and_youth() -> None:
    for model in MODELS:
        base = a_query(
            model, storage_gb=model.base_storage, as_of=max(TODAY, model.launch_date + timedelta(400))
        )
        for change in (
            {"grade": Grade.EXCELLENT},
            {"battery_percent": 95},
            {"storage_gb": model.base_storage * 2},
        ):
            assert BOOK.price(replace(base, **change)).range.p50 >= BOOK.price(base).range.p50
        older = replace(base, as_of=base.as_of + timedelta(days=365))
        assert BOOK.price(older).range.p50 < BOOK.price(base).range.p50


def test_premium_pays_for_genuine_parts_only() -> None:
    premium = a_query(grade=Grade.PREMIUM, battery_percent=95)
    unproved = replace(premium, genuine_parts=False)
    excellent = replace(unproved, grade=Grade.EXCELLENT)
    assert BOOK.price(unproved).range == BOOK.price(excellent).range
    assert BOOK.price(premium).range.p50 > BOOK.price(excellent).range.p50


def test_published_figures_come_out_as_published() -> None:
    at_36_months = a_query(as_of=named("iPhone 13").launch_date + timedelta(days=1096), battery_percent=75)
    multipliers = {factor.key: factor.multiplier for factor in BOOK.price(at_36_months).factors}
    assert multipliers["age"] == pytest.approx(Decimal("0.46"), abs=Decimal("0.001"))
    assert multipliers["battery"] == Decimal("0.8740")
    assert multipliers["grade"] == 1
    assert multipliers["storage"] == 1


def test_a_carrier_lock_costs_nine_percent() -> None:
    keys = {factor.key: factor.multiplier for factor in BOOK.price(a_query(carrier_locked=True)).factors}
    assert keys["carrier_lock"] == Decimal("0.9110")


def _width(query: PriceQuery) -> Decimal:
    price = BOOK.price(query).range
    return price.p90.amount / price.p10.amount


def test_what_is_less_sure_has_a_wider_range_and_says_why() -> None:
    sure = a_query()
    approximate = a_query(replace(sure.model, confidence="approximate"))
    old = a_query(as_of=date(2035, 1, 1))
    assert _width(approximate) > _width(sure)
    assert _width(old) > _width(sure)
    assert [w.code for w in BOOK.price(sure).warnings] == ["seed_estimate"]
    assert "launch_approximate" in {w.code for w in BOOK.price(approximate).warnings}
    assert "extrapolated" in {w.code for w in BOOK.price(old).warnings}
    assert "no_brand_curve" in {w.code for w in BOOK.price(a_query(named("Fairphone 4"))).warnings}


@pytest.mark.parametrize(
    ("change", "code"),
    [({"as_of": date(2021, 9, 23)}, "launch_in_future"), ({"currency": "VND"}, "no_rate")],
)
def test_without_an_honest_price_there_is_none(change: dict[str, Any], code: str) -> None:
    with pytest.raises(UserError) as caught:
        BOOK.price(a_query(**change))
    assert caught.value.code == code


def test_a_curve_goes_through_its_points_and_never_rises() -> None:
    curve = Curve(((Decimal(12), Decimal("0.8")), (Decimal(24), Decimal("0.5"))), Decimal("0.02"))
    assert curve.at(Decimal(12)) == Decimal("0.8")
    assert curve.at(Decimal(24)).quantize(Decimal("0.0001")) == Decimal("0.5")
    assert curve.at(Decimal(18)) == pytest.approx(Decimal("0.6325"), abs=Decimal("0.0001"))
    shares = [curve.at(Decimal(month)) for month in range(60)]
    assert shares == sorted(shares, reverse=True)
    assert curve.months_outside(Decimal(6)) == curve.months_outside(Decimal(30)) == 6
    assert curve.months_outside(Decimal(18)) == 0


@pytest.mark.parametrize("brand", ["Samsung", "Xiaomi", "Motorola"])
@pytest.mark.parametrize("months", [10, 24, 60])
def test_no_cliff_stands_between_cheap_and_dear_phones(brand: str, months: int) -> None:
    def p50(list_price: int) -> Decimal:
        model = replace(
            named("Galaxy A52"),
            brand=brand,
            family="any",
            launch_date=TODAY - timedelta(days=30 * months),
            launch_prices={128: Money(Decimal(list_price), "USD")},
            storages=(128,),
        )
        return BOOK.price(a_query(model)).range.p50.amount

    prices = [p50(list_price) for list_price in range(250, 420, 5)]
    for cheaper, dearer in pairwise(prices):
        assert cheaper <= dearer <= cheaper * Decimal("1.07") + Decimal("0.05")
