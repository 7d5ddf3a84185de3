"""Curves over age, read off published points in exact decimals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

_DAYS_PER_MONTH = Decimal("30.4375")
_FOUR_PLACES = Decimal("0.0001")


_REMEMBERED = 4096
"""Results: logarithms of twenty-eight digits cost more than all else of a price, and phones of one day share them."""


@lru_cache(_REMEMBERED)
def ln(value: Decimal) -> Decimal:
    """Return the natural logarithm."""
    return value.ln()


@lru_cache(_REMEMBERED)
def exp(value: Decimal) -> Decimal:
    """Return e to that power."""
    return value.exp()


@lru_cache(_REMEMBERED)
def power(value: Decimal, exponent: Decimal) -> Decimal:
    """Return a value to any power."""
    return value**exponent


def age_in_months(launch: date, as_of: date) -> Decimal:
    """Return the months from launch to a day; negative before the launch."""
    return Decimal((as_of - launch).days) / _DAYS_PER_MONTH


def multiplier(value: Decimal) -> Decimal:
    """Return a multiplier as it is shown and multiplied with: four decimals."""
    return value.quantize(_FOUR_PLACES)


@dataclass(frozen=True, slots=True)
class Curve:
    """Shares by age; between the points the logarithm follows a straight line.

    Attributes:
        points: (months, share), months ascending, shares above 0 and never rising.
        drift: By how much the logarithm falls a month outside the points, at least.
    """

    points: tuple[tuple[Decimal, Decimal], ...]
    drift: Decimal

    def at(self, months: Decimal) -> Decimal:
        """Return the share at an age.

        Before the first point it rises with the drift; past the last one it falls with the slope of the last stretch,
        or with the drift where that is steeper.
        """
        (first, high), (last, low) = self.points[0], self.points[-1]
        if months < first:
            return high * exp((first - months) * self.drift)
        if months > last:
            return low * exp((last - months) * self._last_slope())
        return between(self.points, months)

    def months_outside(self, months: Decimal) -> Decimal:
        """Return how far an age lies outside the points; 0 within."""
        return max(self.points[0][0] - months, months - self.points[-1][0], Decimal(0))

    def _last_slope(self) -> Decimal:
        (start, high), (end, low) = self.points[-2:]
        return max(self.drift, ln(high / low) / (end - start))


def between(points: Sequence[tuple[Decimal, Decimal]], at: Decimal) -> Decimal:
    """Return the value at a place, on straight lines through the logarithms; flat outside the points."""
    if at <= points[0][0]:
        return points[0][1]
    for (start, left), (end, right) in pairwise(points):
        if at <= end:
            return left * exp(ln(right / left) * (at - start) / (end - start))
    return points[-1][1]


def step_at(steps: Sequence[tuple[Decimal, Decimal]], at: int) -> Decimal:
    """Return the value of the last step that begins at or below a place."""
    return [value for start, value in steps if start <= at][-1]
