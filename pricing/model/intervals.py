"""Price ranges that hold what they promise: quantiles of errors on phones that were left out of training.

Split by price, because cheap phones err more; between the middles of the price classes the quantiles are read off a
straight line, so that a range never jumps. With few phone models the quantiles are taken further out, as the theory of
conformal prediction asks for a small number of exchangeable groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Floats

SHARE = 0.8
"""Of the sales that fall between p10 and p90."""
_BINS = 3
_ENOUGH = 30
"""Groups in a price class, at least."""
_LEAST = 20
WIDE = 0.5
"""Reach of ln(price) where there is too little to calibrate on: about the seed book's least certain class."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """How far p10 and p90 lie from p50.

    Attributes:
        middles: ln(price) of the price classes, ascending.
        low: What is added to ln(p50) for p10, at most 0.
        high: The same for p90, at least 0.
        errors: How many errors it was learned from; 0 means that it is an assumption.
    """

    middles: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    errors: int

    def reach(self, log_price: Floats) -> tuple[Floats, Floats]:
        """Return what is added to ln(p50) for p10 and for p90."""
        return (
            np.interp(log_price, self.middles, self.low),
            np.interp(log_price, self.middles, self.high),
        )


def assumed() -> Ranges:
    """Return the wide range of what nobody could calibrate."""
    return Ranges((0.0,), (-WIDE,), (WIDE,), 0)


def calibrate(log_price: Floats, errors: Floats, groups: Sequence[int] | NDArray[np.int64]) -> Ranges:
    """Return the ranges that cover their share of some errors.

    Args:
        log_price: What was predicted for phones that were left out.
        errors: ln(price) less that.
        groups: What was left out together, such as a phone model; errors within it are alike.
    """
    if len(errors) < _LEAST:
        return assumed()
    group = np.asarray(groups)
    count = min(_BINS, max(1, len(np.unique(group)) // _ENOUGH))
    order = np.argsort(log_price, kind="stable")
    parts = np.array_split(order, count)
    ends = [_ends(errors[part], len(np.unique(group[part]))) for part in parts]
    return Ranges(
        middles=tuple(float(np.median(log_price[part])) for part in parts),
        low=tuple(low for low, _ in ends),
        high=tuple(high for _, high in ends),
        errors=len(errors),
    )


def _ends(errors: Floats, groups: int) -> tuple[float, float]:
    tail = (1.0 - SHARE) / 2.0
    level = min(1.0, (1.0 - tail) * (1.0 + 1.0 / groups))
    low, high = np.quantile(errors, [1.0 - level, level])
    return float(min(low, 0.0)), float(max(high, 0.0))
