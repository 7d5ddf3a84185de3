"""A quote by the shop's book: its offer follows the basis, its JSON grows by the counts, older ones are still read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import log

import pytest

from diagnostics.errors import BadInput
from pricing.book.shop import ShopBook
from pricing.codec import quote_from_json, quote_to_json
from pricing.market import load_market
from pricing.model.trained import Trained
from pricing.quote import Decision, Quote, quote
from pricing.records import Counts, Factor, Reason
from pricing.words import basis_lines, words
from tests.fakes.inspections import an_inspection
from tests.fakes.shop_prices import TODAY, a_book, sold_at, trained

NOW = datetime(2025, 11, 20, 10, tzinfo=UTC)
BOOKS = {
    "seed": a_book,
    "market": lambda: a_book(trained()),
    "own_deals": lambda: a_book(trained(), sold_at(0.95, 7, model=trained())),
}


def made(book: ShopBook, model: str = "iPhone 13") -> Quote:
    return quote(an_inspection(model=model), as_of=TODAY, now=NOW, price_model=book)


@pytest.mark.parametrize("basis", BOOKS)
def test_the_offer_stands_on_the_quantile_of_its_basis(basis: str) -> None:
    result = made(BOOKS[basis]())
    assert result.resale is not None
    assert result.resale.basis == basis
    share = load_market("FR", TODAY).quantiles[basis]
    caution = next(step for step in result.waterfall if step.key == "caution")
    assert caution.amount == result.resale.quantile(share) - result.resale.p50


@pytest.mark.parametrize("basis", BOOKS)
def test_a_quote_comes_back_from_json_with_its_counts(basis: str) -> None:
    result = made(BOOKS[basis]())
    document = json.loads(json.dumps(quote_to_json(result)))
    assert quote_from_json(document) == result
    counts = document["resale"]["counts"]
    assert counts["own_deals"] == (7 if basis == "own_deals" else 0)
    assert (counts["market"] > 0) == (basis != "seed")


def test_a_quote_from_before_prices_were_counted_is_read() -> None:
    document = quote_to_json(made(a_book()))
    del document["resale"]["counts"]
    before = quote_from_json(document)
    assert before.resale is not None
    assert before.resale.counts == Counts()


def shifted(times: float) -> Trained:
    """Return a model whose market is so many times dearer."""
    model = trained()
    return replace(model, places={place: level + log(times) for place, level in model.places.items()})


def reasons(result: Quote) -> dict[str, Reason]:
    return {each.code: each for each in result.reasons}


@pytest.mark.parametrize("times", [0.3, 3.0])
@pytest.mark.parametrize("model", ["iPhone 13", "iPhone SE (2022)"])
def test_no_firm_offer_is_made_where_market_and_curves_contradict_each_other(
    times: float, model: str
) -> None:
    right = made(a_book(trained()), model)
    result = made(a_book(shifted(times)), model)
    assert right.decision is Decision.OFFER
    assert result.decision is Decision.REVIEW
    doubt = reasons(result)["curves_differ"]
    assert "curves_differ" not in {each.code for each in result.warnings}
    assert result.offer is not None
    for language in ("en", "fr"):
        sentence = words(doubt, language)
        assert doubt.params["market"] in sentence
        assert doubt.params["curves"] in sentence


def test_no_firm_offer_is_made_on_more_than_the_phone_cost_when_new() -> None:
    model = shifted(3.2)
    result = made(a_book(model))
    assert result.decision is Decision.REVIEW
    doubt = reasons(result)["above_list"]
    assert result.resale is not None
    assert doubt.params["price"] == f"{result.resale.p50.amount:.0f} EUR"
    assert 600 < int(doubt.params["list"].split()[0]) < 799  # 799 USD
    for language in ("en", "fr"):
        assert {doubt.params["price"], doubt.params["list"]} <= {
            f"{number} EUR" for number in words(doubt, language).replace("(", "").split()
        }
    assert "above_list" not in reasons(made(a_book(shifted(1.5))))


def test_what_the_shop_itself_sold_for_is_no_contradiction() -> None:
    model = shifted(3.2)
    result = made(a_book(model, sold_at(1.0, 7, model=model)))
    assert result.resale is not None
    assert result.resale.basis == "own_deals"
    assert not reasons(result)
    assert result.decision is Decision.OFFER


@pytest.mark.parametrize("book", BOOKS)
def test_a_day_too_far_ahead_is_refused_and_one_in_a_lifetime_has_finite_amounts(book: str) -> None:
    for day in (date(9999, 12, 31), NOW.date() + timedelta(days=36526)):
        with pytest.raises(BadInput) as refused:
            quote(an_inspection(), as_of=day, now=NOW, price_model=BOOKS[book]())
        assert refused.value.code == "day_too_far"
        assert "2125-11-21" in refused.value.hint
    for day in (date(2100, 1, 1), NOW.date() + timedelta(days=36525)):
        far = quote(an_inspection(), as_of=day, now=NOW, price_model=BOOKS[book]()).resale
        assert far is not None
        assert far.p10 <= far.p50 <= far.p90
        assert far.p90.amount < 1000


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("model", ["iPhone 13", "iPhone SE (2022)", "Galaxy S23"])
@pytest.mark.parametrize("basis", BOOKS)
def test_everything_has_words(basis: str, model: str, language: str) -> None:
    result = made(BOOKS[basis](), model)
    assert result.resale is not None
    items: list[Factor | Reason] = [*result.price_factors, *result.warnings]
    said = [words(item, language) for item in items]
    for line in (*said, *basis_lines(result.resale, result.warnings, language)):
        assert line
        assert not {"{", "–"} & set(line)


def test_repairs_are_weighed_by_the_same_book() -> None:
    cracked = an_inspection(front_crack="hairline")
    by_curves, by_market = (
        quote(cracked, as_of=TODAY, now=NOW, price_model=book).repairs
        for book in (a_book(), a_book(trained()))
    )
    assert by_curves
    assert [plan.offer_after for plan in by_curves] != [plan.offer_after for plan in by_market]
