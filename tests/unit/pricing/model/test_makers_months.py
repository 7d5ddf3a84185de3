"""A month's level is of the makers whose prices show it: another maker stays where its own newest prices were."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from pricing.model.codec import model_from_json, model_to_json
from pricing.model.columns import Columns, columns
from pricing.model.explaining import explain
from pricing.model.intervals import assumed
from pricing.model.scoring import FEW, Scorer
from pricing.model.shape import MONTH
from pricing.model.trained import Card, Trained
from pricing.model.training import fit
from tests.fakes.phone_market import phone_row, true_price

FIRST = 24_250
JUMP = 1.5
BRANDS = {"Apple": 3, "Samsung": 2}
"""How many months each maker has prices in; the third one is dearer."""


def day_of(month: int) -> float:
    return math.ceil((FIRST + month) * MONTH) + 10.0


def rows(market: str = "FR") -> list[dict[str, Any]]:
    chance, found = random.Random(7), []
    for brand, months in BRANDS.items():
        for month in range(months):
            for _ in range(60):
                row = phone_row(chance) | {"brand": brand, "day": day_of(month), "market": market}
                level = JUMP if month == 2 else 1.0
                found.append(row | {"price": true_price(row) * level * math.exp(chance.gauss(0, 0.08))})
    return found


@cache
def model() -> Trained:
    card = Card("model-test", "f" * 64, 1, 300, 24, 0, (int(day_of(0)), int(day_of(2))))
    return fit(columns([*rows(), *rows("DE")]), 1, card)


def prices(brand: str, market: str = "FR") -> list[float]:
    row = phone_row(random.Random(1)) | {"brand": brand, "market": market}
    asked = columns([row | {"day": day_of(month)} for month in (1, 2, 5)])
    return [float(price) for price in Scorer(model()).price(asked).p50]


def test_the_newest_day_of_each_maker_is_kept_by_place() -> None:
    newest = {"apple": int(day_of(2)), "samsung": int(day_of(1))}
    assert model().last == {"DE|EUR": newest, "FR|EUR": newest}


@pytest.mark.parametrize("market", ["FR", "ES"])
def test_a_maker_without_prices_since_is_not_moved_by_what_others_did(market: str) -> None:
    before, then, after = prices("Samsung", market)
    assert before >= then >= after > 0.8 * before
    before, then, after = prices("Apple", market)
    assert then > 1.3 * before
    assert after <= then


def test_a_maker_that_the_place_never_had_goes_along_with_all() -> None:
    before, then, _ = prices("Nokia")
    assert then > 1.3 * before


def test_one_phone_and_many_are_the_same_to_the_bit() -> None:
    chance = random.Random(3)

    def odd() -> dict[str, Any]:
        return phone_row(chance) | {
            "brand": chance.choice(("Apple", "Samsung", "Nokia", "Nobody", "")),
            "market": chance.choice(("FR", "DE", "ES")),
        }

    mixed = columns([odd() | {"day": day_of(chance.randrange(-1, 6))} for _ in range(20 * FEW)])
    together = columns([odd() | {"day": day_of(2)} for _ in range(20 * FEW)])
    for phones in (mixed, together):
        same_to_the_bit(phones)


def same_to_the_bit(phones: Columns) -> None:
    scorer = Scorer(model())
    each = [phones.take(np.array([place])) for place in range(len(phones))]
    many = scorer.price(phones).p50
    np.testing.assert_array_equal([scorer.price(one).p50[0] for one in each], many)
    np.testing.assert_array_equal([explain(scorer, one).p50 for one in each], many)


def test_the_days_come_back_from_a_file() -> None:
    assert back(lambda _: None).last == model().last


@pytest.mark.parametrize("wrong", ["soon", -1, True, None, float("inf")])
def test_a_day_that_is_none_is_refused(wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        back(lambda document: document["last"]["FR|EUR"].update(apple=wrong))


def back(change: Callable[[dict[str, Any]], None]) -> Trained:
    document = model_to_json(model())
    document["ranges"] = {name: _ranges() for name in ("known", "new")}
    change(document)
    return model_from_json(document, model().forest)


def _ranges() -> dict[str, Any]:
    from dataclasses import asdict

    return json.loads(json.dumps(asdict(assumed())))  # type: ignore[no-any-return]
