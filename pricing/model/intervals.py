"""Price ranges that hold what they promise: quantiles of errors on phones that were left out of training.

Errors are larger for some makers, for old and for cheap phones, and where something is not known. So each error is
first divided by what is usual for such a phone, and the quantiles are taken by price; between the middles of the price
classes they are read off a straight line, so that a range never jumps.

Errors of one phone model are alike, and few models say little about the next one. So the fewer there are, the more the
classes of prices share their ends, the less a model speaks for all by its many rows, and the further out the ends are,
as those of Student's t: far quantiles of few models' rows are nothing but the one model that was missed the most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from pricing.model.aging import aged, calmer, steepness
from pricing.model.columns import Floats
from pricing.model.difficulty import Difficulty, learn

SHARE = 0.8
"""Of the sales that fall between p10 and p90."""
_CLASSES = 3
_LEAST = 20
"""Errors below which nothing is learned."""
_FEW = 32
"""Groups from which on the price classes have ends of their own and each row counts; not at all up to ``_FEWER``."""
_FEWER = 20
_ROUNDS = 4
"""In which the difficulty is brought to what keeps the order; one is enough but for some thousandths."""
_HARDEST = 0.99
_N = TypeVar("_N", float, Floats)
WIDE = 0.5
"""Reach of ln(price) where there is too little to calibrate on: about the seed book's least certain class."""


@dataclass(frozen=True)
class Ranges:
    """How far p10 and p90 lie from p50.

    Attributes:
        middles: ln(price) of the price classes, ascending.
        low: Times the usual error is added to ln(p50) for p10, at most 0.
        high: The same for p90, at least 0.
        errors: How many errors it was learned from; 0 means that it is an assumption.
        difficulty: Tells the usual error of a phone.
        aged: How far an end moves up with age against how ln(p50) falls, for a usual error of 1.
    """

    middles: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    errors: int
    difficulty: Difficulty = field(default_factory=Difficulty)
    aged: float = 0.0

    def reach(self, log_price: _N, usual: _N) -> tuple[_N, _N]:
        """Return what is added to ln(p50) for p10 and for p90, for one phone or for many.

        Args:
            log_price: ln(p50).
            usual: The usual error of each phone, from ``difficulty``.
        """
        bounded = _at_most(usual, self._most_usual)
        low: _N = bounded * np.interp(log_price, self.middles, self.low)
        high: _N = bounded * np.interp(log_price, self.middles, self.high)
        return low, high

    @cached_property
    def _most_usual(self) -> float:
        """Return the usual error from which on a dearer or younger phone would have an end below another one's.

        An end goes with the price as 1 + d(end · usual error) / d(ln p50), which must not be negative, and with age as
        that times the price's fall, less what the usual error adds. Worked out once: it takes longer than a range.
        """
        steep = steepness(self) + self.aged
        return 1.0 / steep if steep > 0.0 else inf


def _at_most(usual: Any, most: float) -> Any:
    """Return the lesser of both; for one number, numpy takes longer than for all else of a range."""
    return min(usual, most) if isinstance(usual, float) else np.minimum(usual, most)


@dataclass(frozen=True, slots=True)
class Missed:
    """Phones that were left out of training, and by how much they were missed.

    Attributes:
        log_price: What was predicted; ``errors`` is ln(price) less that.
        groups: What was left out together, such as a phone model; errors within it are alike.
        hints: From `pricing.model.difficulty.hints_of`; phones by hints.
        brands: Of each phone.
    """

    log_price: Floats
    errors: Floats
    groups: NDArray[np.int64]
    hints: Floats
    brands: NDArray[np.str_]

    def usual_errors(self, difficulty: Difficulty) -> Floats:
        """Return the usual error of each."""
        brands = np.array([difficulty.brands.get(brand, 0.0) for brand in self.brands.tolist()])
        return difficulty.usual(self.log_price, self.hints.T, brands)


def assumed() -> Ranges:
    """Return the wide range of what nobody could calibrate."""
    return Ranges((0.0,), (-WIDE,), (WIDE,), 0)


def calibrate(missed: Missed, falls: Sequence[float] = ()) -> Ranges:
    """Return the ranges that cover their share of some errors.

    Args:
        missed: What was left out.
        falls: From `pricing.model.aging.least_falls`, of the model that the ranges are for.
    """
    if len(missed.errors) < _LEAST:
        return assumed()
    _, place, sizes = np.unique(missed.groups, return_inverse=True, return_counts=True)
    many = min(max((len(sizes) - _FEWER) / (_FEW - _FEWER), 0.0), 1.0)
    # Half way between counting rows and counting groups: many rows of one model are not so many witnesses.
    halves: Floats = 1.0 / np.sqrt(sizes[place])
    difficulty = learn(
        missed.errors, halves, missed.log_price, missed.hints, missed.brands.tolist(), many=many
    )
    learned = _Learned(missed, np.power(halves, 1.0 - many), len(sizes), many)
    ranges = learned.ranges(difficulty)
    for _ in range(_ROUNDS):
        calm = calmer(ranges, falls, learned.hardest(ranges.difficulty))
        if calm is ranges.difficulty:
            break
        ranges = learned.ranges(calm)
    return replace(ranges, aged=aged(ranges, falls))


@dataclass(frozen=True, slots=True)
class _Learned:
    """What the ends of ranges are learned from, whatever the difficulty.

    Attributes:
        weights: How much each error says.
        groups: How many there are.
        many: 1 where the price classes have ends of their own, 0 where they share them.
    """

    missed: Missed
    weights: Floats
    groups: int
    many: float

    def ranges(self, difficulty: Difficulty) -> Ranges:
        """Return the ranges with a difficulty."""
        missed = self.missed
        scaled = missed.errors / missed.usual_errors(difficulty)
        parts = np.array_split(np.argsort(missed.log_price, kind="stable"), _CLASSES)
        whole = _ends(scaled, self.weights)
        own = [_ends(scaled[part], self.weights[part]) for part in parts]
        ends = _further(self.groups) * (self.many * np.array(own) + (1.0 - self.many) * np.array(whole))
        return Ranges(
            middles=tuple(float(np.median(missed.log_price[part])) for part in parts),
            low=tuple(np.minimum(ends[:, 0], 0.0).tolist()),
            high=tuple(np.maximum(ends[:, 1], 0.0).tolist()),
            errors=len(missed.errors),
            difficulty=difficulty,
        )

    def hardest(self, difficulty: Difficulty) -> float:
        """Return a usual error of which one phone in a hundred has a larger one."""
        return float(np.quantile(self.missed.usual_errors(difficulty), _HARDEST))


def _ends(errors: Floats, weights: Floats) -> tuple[float, float]:
    """Return the quantiles between which the share of the weights lies."""
    tail = (1.0 - SHARE) / 2.0
    order = np.argsort(errors, kind="stable")
    ranked = weights[order]
    reached = (np.cumsum(ranked) - ranked / 2.0) / ranked.sum()
    low, high = np.interp([tail, 1.0 - tail], reached, errors[order])
    return float(low), float(high)


def _further(groups: int) -> float:
    """Return how much further out Student's t ends are than those of very many groups."""
    from scipy.special import ndtri, stdtrit  # type: ignore[import-untyped]

    tail = (1.0 - SHARE) / 2.0
    return float(stdtrit(max(groups - 1, 1), 1.0 - tail) / ndtri(1.0 - tail))
