"""How far off prices usually are, by what makes a phone hard to price: its maker, its age, its price, and gaps.

The size of the errors on phones that were left out is a product of factors, as prices are: a regression of it with a
logarithmic link (gamma errors), whose coefficients are drawn towards 0 where little speaks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from pricing.model.columns import Floats
from pricing.model.shape import OLDEST
from pricing.model.terms import Known

_N = TypeVar("_N", float, Floats)
_PULL = 3.0
"""Errors that speak against each coefficient; so many times ``_PULL_OF_FEW`` where few groups were left out."""
_PULL_OF_FEW = 40.0
_ROUNDS = 12
_LEAST_ERROR = 1e-3
_FARTHEST = 3.0
"""Of the logarithm of a usual error, while it is sought."""
HINTS = 7
"""How many there are of `hints_of`."""
_ENDS = (0.01, 0.99)
_YOUNG, _MIDDLE = 24.0, 60.0
STRETCHES = ((0.0, _YOUNG), (_YOUNG, _MIDDLE), (_MIDDLE, OLDEST))
"""Of the age in months, in each of which old phones become harder at a pace of its own; the first of the hints."""


@dataclass(frozen=True, slots=True)
class Difficulty:
    """The usual error of a phone's ln(price); 1 for all where nothing was learned.

    Attributes:
        level: Its logarithm, for a phone that nothing is said about.
        prices: The least and the largest ln(price) that it was learned from; beyond them it stays.
        price: What is added to the logarithm at these two.
        hints: Times each of `hints_of` is added, in their order.
        brands: Added by maker; 0 for others.
    """

    level: float = 0.0
    prices: tuple[float, float] = (0.0, 1.0)
    price: tuple[float, float] = (0.0, 0.0)
    hints: tuple[float, ...] = ()
    brands: Mapping[str, float] = field(default_factory=dict)

    def usual(self, log_price: _N, hints: Iterable[_N], brand: _N) -> _N:
        """Return the usual error of one phone or of many.

        Args:
            log_price: ln(p50).
            hints: From `hints_of`.
            brand: What `brands` has for the phone's maker.
        """
        total: Any = self.level + brand + np.interp(log_price, self.prices, self.price)
        for weight, hint in zip(self.hints, hints, strict=False):
            total = total + weight * hint
        usual: _N = np.exp(total)
        return usual


def hints_of(known: Known[_N]) -> tuple[_N, ...]:
    """Return what tells how hard one phone or many are to price: the age in three stretches, and what is not known."""
    age: Any = known.age
    young, middle, gaps = _at_most(age, _YOUNG), _at_most(age, _MIDDLE), known.gaps
    return (
        young / OLDEST,
        (middle - young) / OLDEST,
        (age - middle) / OLDEST,
        gaps["launch"],
        gaps["storage"],
        gaps["grade"],
        gaps["battery"],
    )


def _at_most(age: Any, most: float) -> Any:
    return age * (age < most) + most * (age >= most)


def learn(
    errors: Floats, weights: Floats, log_price: Floats, hints: Floats, brands: Sequence[str], *, many: float
) -> Difficulty:
    """Return how hard phones are to price.

    Args:
        errors: Of ln(price), on phones that were left out.
        weights: How much each says.
        log_price: What was predicted.
        hints: From `hints_of`; rows by hints.
        brands: The maker of each.
        many: 1 where many groups were left out, 0 where so few that they say little of who is harder.
    """
    ends = np.quantile(log_price, _ENDS)
    spread = max(float(log_price.std()), 1e-6)
    middle = float(np.median(log_price))
    makers = sorted(set(brands))
    flags = np.array([[float(brand == maker) for maker in makers] for brand in brands])
    scaled = (np.clip(log_price, *ends) - middle) / spread
    found = _gamma(
        np.column_stack([np.ones(len(errors)), scaled, hints, flags]),
        np.abs(errors),
        weights,
        _PULL * _PULL_OF_FEW ** (1.0 - many),
    )
    cut = 2 + hints.shape[1]
    low, high = (float(found[1]) * (float(end) - middle) / spread for end in ends)
    return Difficulty(
        level=float(found[0]),
        prices=(float(ends[0]), float(ends[1])),
        price=(low, high),
        hints=tuple(map(float, found[2:cut])),
        brands=dict(zip(makers, map(float, found[cut:]), strict=True)),
    )


def _gamma(x: Floats, sizes: Floats, weights: Floats, against: float) -> Floats:
    """Return the coefficients of ln(size), by scoring steps; the first is the level and free."""
    sizes = np.maximum(sizes, _LEAST_ERROR)
    found: Floats = np.zeros(x.shape[1])
    found[0] = np.log((sizes * weights).sum() / weights.sum())
    pull = np.diag([0.0] + [against] * (x.shape[1] - 1))
    system = x.T @ (x * weights[:, None]) + pull
    for _ in range(_ROUNDS):
        line = np.clip(x @ found, found[0] - _FARTHEST, found[0] + _FARTHEST)
        right = x.T @ (weights * (line + sizes * np.exp(-line) - 1.0))
        found = np.asarray(np.linalg.solve(system, right), dtype=np.float64)
    return found
