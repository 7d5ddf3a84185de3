"""What a price of the shop's book costs beside the model's own price: counted in calls, which no other load changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from pricing.book.market import Champion, MarketPrices
from pricing.book.weights import load_weights
from pricing.model.explaining import explain_row
from pricing.rates.columns import shipped
from tests.fakes.shop_prices import a_book, a_query, sold_at, trained


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, of Python's and of C's; the second time, when all is worked out."""
    work()
    count = 0

    def see(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(("name", "most"), [("iPhone 13", 250), ("iPhone SE (3rd generation)", 390)])
def test_a_price_of_the_book_costs_few_calls_more_than_the_models_own(name: str, most: int) -> None:
    query = a_query(name)
    market = MarketPrices(Champion(trained()), shipped(), load_weights())
    place = market.asking.place(query)
    assert place is not None
    asked = market.asking.row(query, place)
    bare = calls(lambda: explain_row(market._scorer, asked[0], (place.market, place.currency), asked[1]))
    book = a_book(trained(), sold_at(1.1, 12, model=trained()))
    assert calls(lambda: book.price(query)) - bare <= most
