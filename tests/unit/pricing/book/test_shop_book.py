"""The shop's book: reasons that multiply up, ranges in order, better never cheaper, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import log, prod
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diagnostics.errors import UserError
from diagnostics.grading.result import Grade
from pricing.book.deals import Deal, Deals
from pricing.book.market import Champion, MarketPrices
from pricing.book.shop import ShopBook
from pricing.book.weights import load_weights
from pricing.catalogue import load_catalogue
from pricing.model.intervals import Ranges
from pricing.model.trained import Trained
from pricing.money import Money, rounded
from pricing.ports import Price, PriceQuery
from pricing.rates.columns import shipped
from pricing.records import reason
from pricing.seed.book import SeedBook
from pricing.words import basis_key
from tests.fakes.shop_prices import RANGES, TODAY, a_book, a_query, named, sold_at, trained

MODELS = tuple(model for model in load_catalogue() if model.launch_date < TODAY)
GRADES = (Grade.FAIR, Grade.GOOD, Grade.EXCELLENT, Grade.PREMIUM)
BETTER: dict[str, tuple[Any, ...]] = {
    "grade": GRADES,
    "battery_percent": (1, 60, 79, 80, 84, 85, 89, 90, 95, 98, 99, 100),
    "storage_gb": (16, 64, 128, 256, 512, 1024, 2048),
    "as_of": tuple(TODAY + timedelta(days=days) for days in (2000, 900, 400, 200, 60, 10, 0)),
    "carrier_locked": (True, False),
}
BLENDS: dict[str, Callable[[], ShopBook]] = {
    "curves": a_book,
    "market": lambda: a_book(trained()),
    "converted": lambda: a_book(trained("USD", "US")),
    "own": lambda: a_book(None, _sales()),
    "all": lambda: a_book(trained(), [*_sales(), *sold_at(0.7, 30, a_query("iPhone 15"), trained())]),
    "cautious": lambda: a_book(trained(), _sales(), widening=2.0),
}
_BOOKS: dict[str, ShopBook] = {}


def _sales() -> list[Deal]:
    unseen = a_query("Galaxy S23")
    return [*sold_at(1.3, 12), *sold_at(0.8, 4, unseen), *sold_at(1.1, 1, a_query("Pixel 8"))]


def book_of(blend: str) -> ShopBook:
    if blend not in _BOOKS:
        _BOOKS[blend] = BLENDS[blend]()
    return _BOOKS[blend]


@st.composite
def queries(draw: st.DrawFn) -> PriceQuery:
    return PriceQuery(
        model=draw(st.sampled_from(MODELS) | st.sampled_from([named("iPhone 13"), named("iPhone 15")])),
        storage_gb=draw(st.sampled_from(BETTER["storage_gb"])),
        grade=draw(st.sampled_from(GRADES)),
        battery_percent=draw(st.integers(0, 100)),
        as_of=TODAY + timedelta(days=draw(st.integers(0, 1500))),
        market=draw(st.sampled_from(["FR", "DE"])),
        currency="EUR",
        carrier_locked=draw(st.booleans()),
        genuine_parts=draw(st.booleans()),
    )


def multiplied(price: Price) -> Money:
    launch = Decimal(price.factors[0].note.split()[0])
    return Money(prod((each.multiplier for each in price.factors), start=launch), price.range.p50.currency)


@pytest.mark.parametrize("blend", BLENDS)
@settings(max_examples=40, deadline=None)
@given(query=queries(), what=st.sampled_from(sorted(BETTER)))
def test_better_is_never_cheaper(blend: str, query: PriceQuery, what: str) -> None:
    assume((blend, what) != ("converted", "as_of"))  # another day has another exchange rate, too
    book = book_of(blend)
    prices = [book.price(replace(query, **{what: value})).range.p50 for value in BETTER[what]]
    assert all(worse <= better for worse, better in pairwise(prices)), prices


@settings(max_examples=40, deadline=None)
@given(query=queries(), what=st.sampled_from(["grade", "battery_percent", "storage_gb", "carrier_locked"]))
def test_what_a_cautious_offer_stands_on_is_never_lower_for_something_better(
    query: PriceQuery, what: str
) -> None:
    book = book_of("market")
    prices = [book.price(replace(query, **{what: value})).range.p10 for value in BETTER[what]]
    assert all(worse <= better for worse, better in pairwise(prices)), prices


def steep() -> Trained:
    """Return a model whose ranges are as much narrower for dear phones as the order of their ends bears."""
    known = Ranges((4.0, 7.5), (-2.4, -0.6), (2.4, 0.6), 300)
    return replace(trained(), ranges={"known": known, "new": known})


@pytest.mark.parametrize("widening", [1.0, 1.5, 3.0])
@settings(max_examples=30, deadline=None)
@given(query=queries(), what=st.sampled_from(["grade", "battery_percent", "storage_gb", "carrier_locked"]))
def test_a_range_that_is_widened_keeps_the_order_of_both_ends(
    widening: float, query: PriceQuery, what: str
) -> None:
    book = a_book(steep(), _sales(), widening=widening)
    ranges = [book.price(replace(query, **{what: value})).range for value in BETTER[what]]
    for worse, better in pairwise(ranges):
        assert worse.p10 <= better.p10
        assert worse.p90 <= better.p90


@pytest.mark.parametrize("blend", BLENDS)
@settings(max_examples=40, deadline=None)
@given(query=queries())
def test_the_reasons_multiply_up_and_the_range_is_in_order(blend: str, query: PriceQuery) -> None:
    price = book_of(blend).price(query)
    assert price.factors[0].multiplier == 1
    assert rounded(multiplied(price)) == price.range.p50
    assert price.range.p10 <= price.range.quantile(Decimal("0.35")) <= price.range.p50 <= price.range.p90
    assert len({each.key for each in price.factors}) == len(price.factors)


@given(query=queries())
def test_a_book_of_nothing_but_curves_says_what_the_curves_say(query: PriceQuery) -> None:
    assert a_book().price(query) == SeedBook().price(query)


def test_a_known_model_is_the_markets_with_its_count_and_the_range_of_known_ones() -> None:
    price = a_book(trained()).price(a_query())
    assert price.range.basis == "market"
    assert price.counts.market >= 3
    assert price.counts.own_deals == 0
    assert log(price.range.p90.amount / price.range.p50.amount) == pytest.approx(RANGES["known"], abs=0.002)
    assert [each.key for each in price.factors] == [
        "launch_price", "market", "model", "age", "storage", "grade", "battery", "warranty", "residual", "ask_to_sold",
    ]  # fmt: skip
    assert price.factors[0].note == "799.00 USD"
    assert price.version == f"{SeedBook().version}+model-test"


def test_a_list_price_that_the_data_have_otherwise_is_a_step_of_its_own_and_no_part_of_the_markets_level() -> (
    None
):
    cheap = replace(named("iPhone 13"), launch_prices={128: Money(Decimal(400), "USD")})
    usual, other = (
        {each.key: each.multiplier for each in a_book(trained()).price(query).factors}
        for query in (a_query(), replace(a_query(), model=cheap))
    )
    assert not {"list_in_data", "list_in_catalogue", "list_learned"} & set(usual)
    assert float(other["list_in_data"]) == pytest.approx(799 / 400)
    assert other["market"] == usual["market"]


def test_a_phone_of_the_market_is_priced_as_the_market_has_it_less_what_is_assumed_between_ask_and_sale() -> (
    None
):
    asked = 799.0 * 0.85 * 0.98 ** ((TODAY - named("iPhone 13").launch_date).days / 30.4375)
    price = a_book(trained()).price(a_query())
    assert float(price.range.p50.amount) == pytest.approx(asked * 0.9 * 1.05, rel=0.08)
    assert [each.code for each in price.warnings] == ["market_asks"]


def test_a_model_that_the_market_never_had_falls_back_and_says_so() -> None:
    query = a_query("iPhone SE (2022)")
    price, seed = a_book(trained()).price(query), SeedBook().price(query)
    assert (price.range.basis, price.counts.market) == ("seed", 0)
    assert price.warnings[0].code == "model_unseen"
    assert price.warnings[0].params["count"] == "400"
    assert "published_curves" in {each.key for each in price.factors}
    assert log(price.range.p90.amount / price.range.p50.amount) >= 0.95 * RANGES["new"]
    # The list price of the catalogue stands for its launch, on the footing that other models tell.
    young = 429.0 * 0.85 * 0.98 ** ((TODAY - query.model.launch_date).days / 30.4375) * 0.9 * 1.05
    assert float(price.range.p50.amount) == pytest.approx(young, rel=0.25)
    assert price.range.p50 != seed.range.p50


def test_an_estimate_is_the_less_sure_the_farther_market_and_curves_are_apart() -> None:
    query = a_query("iPhone SE (2022)")
    ranges = [
        a_book(replace(trained(), level=trained().level + shift)).price(query).range for shift in (0.0, 2.0)
    ]
    near, far = (log(each.p90.amount / each.p50.amount) for each in ranges)
    assert far > near + 0.1


def test_a_maker_that_the_market_never_had_is_priced_by_the_curves_and_says_so() -> None:
    price, seed = a_book(trained()).price(a_query("Galaxy S23")), SeedBook().price(a_query("Galaxy S23"))
    assert (price.range, price.factors) == (seed.range, seed.factors)
    assert [each.code for each in price.warnings] == [
        "maker_unseen" if each.code == "seed_estimate" else each.code for each in seed.warnings
    ]


def test_prices_of_another_currency_are_converted_with_a_warning_and_a_wider_range() -> None:
    home, abroad = a_book(trained()).price(a_query()), a_book(trained("USD", "US")).price(a_query())
    step = next(each for each in abroad.factors if each.key == "currency")
    assert "USD/EUR" in step.note
    ratio = float(abroad.range.p50.amount / home.range.p50.amount)
    assert ratio == pytest.approx(float(step.multiplier), rel=0.02)
    assert "market_converted" in [each.code for each in abroad.warnings]
    assert abroad.range.p10.amount / abroad.range.p50.amount < home.range.p10.amount / home.range.p50.amount


def test_another_market_in_the_same_currency_says_whose_prices_stand_for_it() -> None:
    price = a_book(trained("EUR", "LT")).price(a_query())
    warning = next(each for each in price.warnings if each.code == "other_market")
    assert warning.params == {"market": "FR", "markets": "LT"}


def test_prices_of_another_market_or_currency_are_no_market_prices_here() -> None:
    """They make the price, and are said; but what they are in Vietnam is no evidence of France."""
    for model, there in ((trained("USD", "VN"), "VN"), (trained("EUR", "LT"), "LT")):
        price = a_book(model).price(a_query())
        assert (price.range.basis, price.counts.market) == ("seed", 0)
        assert basis_key(price.range, price.warnings) == "elsewhere"
        assert any(there in each.params.values() for each in price.warnings)


def test_another_places_level_and_another_places_models_are_said_apart() -> None:
    """Lithuania has the level of the euro, Vietnam alone has this model; Vietnam's dong tell nothing of the level."""
    found = trained("EUR", "LT")
    models = {key: replace(own, counts={"VN|USD": own.count}) for key, own in found.models.items()}
    both = replace(found, places={**found.places, "VN|USD": 0.1}, models=models)
    said = {each.code: each.params.get("markets") for each in a_book(both).price(a_query()).warnings}
    assert (said["other_market"], said["model_elsewhere"]) == ("LT", "VN")
    here = a_book(both).price(a_query(market="LT"))
    assert "other_market" not in {each.code for each in here.warnings}
    assert (here.range.basis, here.counts.market) == ("seed", 0)


def test_prices_that_name_no_market_are_taken_to_be_of_this_one() -> None:
    price = a_book(trained("EUR", "")).price(a_query())
    assert [each.code for each in price.warnings] == ["market_asks"]


def test_a_currency_that_nothing_leads_to_leaves_the_curves() -> None:
    query = a_query(currency="EUR")
    assert a_book(trained("XAU", "")).price(query).range == SeedBook().price(query).range
    with pytest.raises(UserError) as refused:
        a_book(trained()).price(a_query(currency="XAU", market="XX"))
    assert refused.value.code == "no_rate"


def test_a_phone_that_is_not_out_has_no_price() -> None:
    with pytest.raises(UserError) as refused:
        a_book(trained()).price(a_query(as_of=named("iPhone 13").launch_date - timedelta(days=1)))
    assert refused.value.code == "launch_in_future"


def test_old_market_prices_say_so_and_their_range_grows() -> None:
    book = a_book(trained())
    now, later = book.price(a_query()), book.price(a_query(as_of=TODAY + timedelta(days=300)))
    assert "market_old" not in [each.code for each in now.warnings]
    assert "market_old" in [each.code for each in later.warnings]
    assert later.range.p90.amount / later.range.p50.amount > now.range.p90.amount / now.range.p50.amount


def test_prices_are_as_old_as_the_makers_own_newest_one_however_new_those_of_others_are() -> None:
    def priced(last: dict[str, dict[str, int]]) -> Price:
        return a_book(replace(trained(), last=last)).price(a_query())

    newest, old = TODAY.toordinal() - 5, TODAY.toordinal() - 300
    now, later = priced({"FR|EUR": {"apple": newest}}), priced({"FR|EUR": {"apple": old, "samsung": newest}})
    said = {each.code: each.params for each in later.warnings}
    assert "market_old" not in {each.code for each in now.warnings}
    assert said["market_old"] == {"day": date.fromordinal(old).isoformat(), "days": "300"}
    assert later.range.p90.amount / later.range.p50.amount > now.range.p90.amount / now.range.p50.amount
    # Where the maker has no price in this market, its newest one elsewhere counts.
    assert priced({"DE|EUR": {"apple": old}, "FR|EUR": {"samsung": newest}}).warnings == later.warnings


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1970, 1, 1), TODAY - timedelta(days=900)])
def test_a_range_has_a_bound_however_old_the_prices_are(day: date) -> None:
    query = a_query()
    price = a_book(replace(trained(), last={"FR|EUR": {"apple": day.toordinal()}})).price(query)
    assert price.range.p10 > Money(Decimal(0), "EUR")
    assert 1.6 < price.range.p90.amount / price.range.p50.amount < 2.5
    assert "market_old" in {each.code for each in price.warnings}


def test_what_could_not_be_used_is_said_with_every_price() -> None:
    why = reason("price_model_unused", detail="It is damaged.")
    assert a_book(problems=(why,)).price(a_query()).warnings[-1] == why


def test_caution_widens_the_range_and_leaves_the_price() -> None:
    calm, careful = (a_book(trained(), widening=by).price(a_query()).range for by in (1.0, 1.5))
    assert careful.p50 == calm.p50
    assert careful.p10 < calm.p10
    reach = log(calm.p90.amount / calm.p50.amount)
    assert log(careful.p90.amount / careful.p50.amount) == pytest.approx(1.5 * reach, abs=0.001)


class CountingSeeds(SeedBook):
    """The published curves, and how often they were asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def price(self, query: PriceQuery) -> Price:
        self.asked += 1
        return super().price(query)


def test_a_model_that_the_market_never_had_asks_the_curves_once_a_phone() -> None:
    seeds = CountingSeeds()
    market = MarketPrices(Champion(trained()), shipped(), load_weights())
    book = ShopBook(seeds, market, Deals(), load_weights())
    book.price(a_query("iPhone SE (2022)"))
    before = seeds.asked
    for percent in range(81, 91):
        book.price(a_query("iPhone SE (2022)", battery_percent=percent))
    assert seeds.asked == before + 10
