"""A quote by the shop's book: its offer follows the basis, its JSON grows by the counts, older ones are still read."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from pricing.book.shop import ShopBook
from pricing.codec import quote_from_json, quote_to_json
from pricing.market import load_market
from pricing.quote import Quote, quote
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
