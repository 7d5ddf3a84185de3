"""Keeps the ends of ranges from rising with age: older phones are harder to price, but never worth more.

An end goes with the price and with the usual error. Where prices are sure to fall by so much a month, the usual error
may change so much with age that the end still falls; what is beyond that is left out before the ends are learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pricing.model.difficulty import STRETCHES, Difficulty
from pricing.model.shape import FIVE_YEARS, OLDEST, Shape
from pricing.model.terms import AGE_KNOTS, terms

if TYPE_CHECKING:
    from pricing.model.intervals import Ranges
    from pricing.model.trained import Trained

_YEAR = 12.0
_NOTHING = 1e-12


def least_falls(model: Trained) -> tuple[float, ...]:
    """Return by how much ln(price) of any phone falls a month at least, in each stretch of `STRETCHES`."""
    slope = min((model.slope, *model.slopes.values())) / FIVE_YEARS
    a_month = _by_knot(model.shape, model.coefficients)
    return tuple(
        slope + min(fall for start, fall in a_month if low <= start < high) for low, high in STRETCHES
    )


def _by_knot(shape: Shape, coefficients: Sequence[float]) -> list[tuple[float, float]]:
    """Return where each piece of the age's curve begins, and its least fall a month."""
    found = {term.key: value for term, value in zip(terms(shape), coefficients, strict=True)}
    return [(low, found[f"age_{low:g}"] / _YEAR) for low in AGE_KNOTS[:-1]]


def steepness(ranges: Ranges) -> float:
    """Return how far an end moves against ln(p50) at most, for a usual error of 1.

    An end times the usual error has the slope of the end, and that of the error's logarithm times the end; where the
    error is held at a bound, the slope of the end alone.
    """
    (first, last), prices = ranges.difficulty.prices, ranges.difficulty.price
    usual = (prices[1] - prices[0]) / (last - first) if last > first else 0.0
    worst = 0.0
    for left, right in pairwise(sorted({*ranges.middles, first, last})):
        harder = usual if first <= left and right <= last else 0.0
        for ends in (ranges.low, ranges.high):
            at = np.interp((left, right), ranges.middles, ends).tolist()
            slope = (at[1] - at[0]) / (right - left)
            worst = max(worst, -slope, *(-slope - harder * end for end in at))
    return worst


def aged(ranges: Ranges, falls: Sequence[float]) -> float:
    """Return how far an end moves up with age at most against how ln(p50) falls, for a usual error of 1."""
    rates = zip(_rates(ranges), falls, strict=False)
    return max((rate / max(fall, _NOTHING) for rate, fall in rates if rate > _NOTHING), default=0.0)


def _rates(ranges: Ranges) -> list[float]:
    """Return by how much an end moves up a month in each stretch, for a usual error of 1."""
    most, least = max(ranges.high), -min(ranges.low)
    return [
        weight / OLDEST * (most if weight > 0.0 else -least)
        for weight in ranges.difficulty.hints[: len(STRETCHES)]
    ]


def calmer(ranges: Ranges, falls: Sequence[float], usual: float) -> Difficulty:
    """Return the difficulty with as much of the age in it as a usual error bears; the same one if that is all.

    Args:
        ranges: Learned with the whole of it.
        falls: From `least_falls`.
        usual: A usual error of which hardly any phone has a larger one.
    """
    room = max(1.0 / usual - steepness(ranges), 0.0)
    shares = [_share(rate, room * fall) for rate, fall in zip(_rates(ranges), falls, strict=False)]
    if all(share == 1.0 for share in shares):
        return ranges.difficulty
    hints = ranges.difficulty.hints
    kept = (weight * share for weight, share in zip(hints, shares, strict=False))
    return replace(ranges.difficulty, hints=(*kept, *hints[len(shares) :]))


def _share(rate: float, most: float) -> float:
    return 1.0 if rate <= most + _NOTHING else most / rate
