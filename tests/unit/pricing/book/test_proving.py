"""A price that own sales lead far away is offered on where they prove it, and none above what a phone costs new."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from math import exp

import pytest

from pricing.book.deals import Deal
from pricing.catalogue import load_catalogue
from pricing.model.trained import Trained
from pricing.money import Money
from pricing.ports import Price, PriceQuery
from pricing.quote import Decision, Quote, quote
from pricing.records import Reason
from pricing.words import words
from tests.fakes.inspections import an_inspection
from tests.fakes.shop_prices import TODAY, a_book, a_query, sold_at, trained
from tests.unit.pricing.book.test_book_in_quotes import NOW, shifted


def sold(ratios: Iterable[float], model: Trained | None, query: PriceQuery | None = None) -> list[Deal]:
    """Return sales of one model at so many times what the book without them says."""
    return [deal for ratio in ratios for deal in sold_at(ratio, 1, query, model)]


def doubts(price: Price) -> dict[str, Reason]:
    return {each.code: each for each in price.warnings if each.code.startswith("own_deals_")}


def made(deals: list[Deal], model: Trained | None) -> Quote:
    book = a_book(model, deals)
    return quote(an_inspection(model="iPhone 13"), as_of=TODAY, now=NOW, price_model=book)


@pytest.mark.parametrize(
    ("count", "market", "code"),
    [
        (6, True, "own_deals_few"),  # 19 market prices say otherwise
        (9, True, "own_deals_few"),
        (10, True, "own_deals_differ"),
        (6, False, "own_deals_differ"),  # curves alone do
        (4, False, "own_deals_few"),
    ],
)
def test_few_sales_against_many_market_prices_carry_no_firm_offer(
    count: int, market: bool, code: str
) -> None:
    model = trained() if market else None
    result = made(sold([3.6] * count, model), model)
    firm = code == "own_deals_differ"
    assert result.decision is (Decision.OFFER if firm else Decision.REVIEW)
    assert code in {each.code for each in (result.warnings if firm else result.reasons)}
    assert result.offer is not None


def test_sales_that_contradict_each_other_carry_none_however_they_lie_on_average() -> None:
    alike = [2.6 * exp(random.Random(number).gauss(0.0, 0.2)) for number in range(16)]
    for ratios, doubted in ((alike, set()), ([4.4, 1.2] * 8, {"own_deals_apart"})):
        result = made(sold(ratios, trained()), trained())
        assert result.decision is (Decision.REVIEW if doubted else Decision.OFFER)
        assert {each.code for each in result.reasons} == doubted


def test_what_all_models_show_is_proved_by_as_many_models() -> None:
    names = [each for each in load_catalogue() if each.brand == "Apple" and each.launch_date < TODAY]
    others = [each for each in names if each.id != a_query().model.id][:24]
    for count, code in ((3, "own_deals_few"), (24, "own_deals_differ")):
        asked = [replace(a_query(), model=each, storage_gb=each.base_storage) for each in others[:count]]
        deals = [deal for query in asked for deal in sold([4.2] * 12, None, query)]
        assert list(doubts(a_book(None, deals).price(a_query()))) == [code]


def test_the_reason_names_both_figures_and_what_is_lacking() -> None:
    few = doubts(a_book(trained(), sold([3.6] * 6, trained())).price(a_query()))["own_deals_few"]
    assert (few.params["count"], few.params["needed"]) == ("6", "10")
    apart = doubts(a_book(trained(), sold([4.4, 4.4, 4.4, 1.2] * 4, trained())).price(a_query()))
    for told in (few, apart["own_deals_apart"]):
        for language in ("en", "fr"):
            sentence = words(told, language)
            assert all(value in sentence for value in told.params.values())


def above_new(times: float, days: int, name: str = "iPhone 13", **changes: object) -> Reason | None:
    query = a_query(name)
    young = replace(query, as_of=query.model.launch_date + timedelta(days=days), **changes)  # type: ignore[arg-type]
    found = a_book(shifted(times)).price(young).warnings
    return next((each for each in found if each.code in {"above_new", "above_list"}), None)


@pytest.mark.parametrize("days", [0, 30, 300, 365])
def test_a_phone_of_this_year_is_not_bought_for_more_than_it_costs_new(days: int) -> None:
    found = above_new(3.2, days)
    assert found is not None
    assert found.code == "above_new"
    assert 900 < int(found.params["list"].split()[0]) < 1100  # 799 USD; in France it cost 909 EUR
    assert above_new(1.0, days) is None
    later = above_new(3.2, 366)
    assert later is not None
    assert later.code == "above_list"


def test_a_list_price_of_this_currency_holds_its_taxes() -> None:
    query = a_query()
    own = replace(query.model, launch_prices={128: Money(query.model.launch_prices[128].amount, "EUR")})
    young = replace(query, model=own, as_of=own.launch_date + timedelta(days=30))
    price = a_book(shifted(1.3)).price(young)
    assert 799 < price.range.p50.amount < 900
    assert "above_new" in {each.code for each in price.warnings}
    assert above_new(1.3, 30) is None  # of 799 USD it says nothing: 909 EUR is what it costs here


def test_no_firm_offer_is_made_above_the_price_of_a_new_one() -> None:
    day = a_query("iPhone 16").model.launch_date + timedelta(days=60)
    now = NOW.replace(year=day.year, month=day.month, day=day.day)
    result = quote(an_inspection(model="iPhone 16"), as_of=day, now=now, price_model=a_book(shifted(2.0)))
    assert result.decision is Decision.REVIEW
    assert "above_new" in {each.code for each in result.reasons}
