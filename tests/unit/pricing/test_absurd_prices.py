"""A price that is absurd is found also where only its own row would teach the model what it is held against."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pricing.model.columns import columns
from pricing.pricedata.absurd import mistaken
from tests.fakes.phone_market import market_rows

ALONE: dict[str, dict[str, Any]] = {
    "nothing": {},
    "storage": {"storage": None},
    "grade": {"grade": None},
    "battery": {"battery": None},
    "launch": {"launch_price": None, "launch_day": None},
    "month": {"day": 736_000.0, "launch_day": 735_500.0},
    "market": {"market": "LT"},
    "seller": {"shop": 1.0},
    "several": {"storage": None, "grade": None, "market": "LT", "shop": 0.0},
}


def flags(*odd: dict[str, Any], count: int = 400) -> list[int]:
    found = mistaken(columns([*market_rows(count), *odd]))
    return np.flatnonzero(found).tolist()


@pytest.mark.parametrize("count", [60, 400])
@pytest.mark.parametrize("times", [9.0, 1 / 9])
@pytest.mark.parametrize("what", ALONE)
def test_what_one_row_alone_has_or_lacks_hides_no_mistake(what: str, times: float, count: int) -> None:
    usual = market_rows(count)[7]
    odd = usual | ALONE[what]
    assert flags(odd, count=count) == []
    assert flags(odd | {"price": usual["price"] * times}, count=count) == [count]


@pytest.mark.parametrize("what", ALONE)
def test_two_rows_alike_are_held_against_the_others_and_not_against_each_other(what: str) -> None:
    usual = market_rows(400)[7]
    odd = usual | ALONE[what]
    assert flags(odd | {"price": usual["price"] * 9}, odd) == [400]


def test_many_rows_that_lack_something_are_a_kind_of_their_own() -> None:
    # Broken phones without storage at a sixth of the price: far from the others, and right.
    few = [
        row | {"storage": None, "grade": None, "price": row["price"] / 6} for row in market_rows(60, seed=9)
    ]
    assert flags(*few) == []


def test_an_empty_table_has_no_mistake() -> None:
    assert len(mistaken(columns([]))) == 0
