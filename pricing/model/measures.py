"""How good predictions are: fit, error, coverage, width, and whether better is ever cheaper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np

from pricing.model.columns import Columns, Floats
from pricing.model.scoring import Prices
from pricing.model.shape import DAYS_A_MONTH
from pricing.model.trained import Score

_LADDERS: dict[str, tuple[float, ...]] = {
    "grade": (0, 1, 2, 3, 4, 5),
    "battery": (70, 75, 79, 80, 84, 85, 89, 90, 95, 98, 99, 100),
    "storage": (32, 64, 128, 256, 512, 1024),
    "age": (96, 84, 72, 60, 48, 36, 24, 18, 12, 6, 0),
}
"""From worse to better."""
_MOST_ROWS = 400


def score(split: str, price: Floats, predicted: Prices, violations: float | None = None) -> Score:
    """Return how good some predictions are.

    Args:
        split: Its name.
        price: What was paid or asked.
        predicted: For the same phones.
        violations: Where they were tried.
    """
    error = price - predicted.p50
    spread = float(((price - price.mean()) ** 2).sum())
    inside = (price >= predicted.p10) & (price <= predicted.p90)
    return Score(
        split=split,
        rows=len(price),
        r2=1.0 - float((error**2).sum()) / spread if spread else 0.0,
        mape=100.0 * float(np.mean(np.abs(error) / price)),
        coverage=float(inside.mean()),
        width=float(np.median((predicted.p90 - predicted.p10) / predicted.p50)),
        violations=violations,
    )


def violations(price: Callable[[Columns], Floats], data: Columns) -> dict[str, float]:
    """Return the share of the steps to something better that lower the price, by what was changed.

    Args:
        price: Says the p50 of some phones.
        data: Phones to start from; of many, some hundred.
    """
    some = data.take(np.unique(np.linspace(0, len(data) - 1, min(len(data), _MOST_ROWS)).astype(np.int64)))
    return {name: _broken(price, some, name) for name in _LADDERS}


def _broken(price: Callable[[Columns], Floats], data: Columns, name: str) -> float:
    steps = [price(rows) for rows in _ladder(data, name)]
    worse = [float((better < worse).mean()) for worse, better in pairwise(steps)]
    return sum(worse) / len(worse)


def _ladder(data: Columns, name: str) -> Iterator[Columns]:
    for value in _LADDERS[name]:
        if name == "age":
            yield data.with_(launch_day=data.day - value * DAYS_A_MONTH)
        else:
            yield data.with_(**{name: np.full(len(data), value, dtype=np.float64)})
