"""Price ranges that hold what they promise: quantiles of errors on phones that were left out of training.

Errors are larger for some makers, where the launch price is not known, and for cheap phones. So each error is first
divided by what is usual for its maker, and the quantiles are taken by price; between the middles of the price classes
they are read off a straight line, so that a range never jumps.

Errors of one phone model are alike, and few models say little about the next one. So where there are few, there is one
class of prices, no model speaks for all by its many rows, and the quantiles are as much further out as those of
Student's t are: far quantiles of few models' rows are nothing but the one model that was missed the most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Floats

SHARE = 0.8
"""Of the sales that fall between p10 and p90."""
_BINS = 3
_GROUPS_A_BIN = 10
_LEAST = 20
"""Errors below which nothing is learned."""
_PRIOR_GROUPS = 6.0
_FEW = 32
"""Groups below which rows are weighed by their groups, fully from ``_FEWER`` down."""
_FEWER = 20
_FURTHER = 10.0
_N = TypeVar("_N", float, Floats)
WIDE = 0.5
"""Reach of ln(price) where there is too little to calibrate on: about the seed book's least certain class."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """How far p10 and p90 lie from p50.

    Attributes:
        middles: ln(price) of the price classes, ascending.
        low: Times the usual error is added to ln(p50) for p10, at most 0.
        high: The same for p90, at least 0.
        errors: How many errors it was learned from; 0 means that it is an assumption.
        usual: The usual error by kind of phone (see `kind_of`); ``otherwise`` for other kinds.
    """

    middles: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    errors: int
    usual: Mapping[str, float] = field(default_factory=dict)
    otherwise: float = 1.0

    def reach(self, log_price: _N, usual: _N) -> tuple[_N, _N]:
        """Return what is added to ln(p50) for p10 and for p90, for one phone or for many.

        Args:
            log_price: ln(p50).
            usual: The usual error of each phone, from `usual_error`.
        """
        low: _N = usual * np.interp(log_price, self.middles, self.low)
        high: _N = usual * np.interp(log_price, self.middles, self.high)
        return low, high

    def usual_error(self, kind: str) -> float:
        """Return the usual error of a kind of phone."""
        return self.usual.get(kind, self.otherwise)


def kind_of(brand: str, launch_price: float) -> str:
    """Return what the usual error goes by: the maker, and whether the launch price is known."""
    return f"{brand}|{'unpriced' if np.isnan(launch_price) else 'priced'}"


def assumed() -> Ranges:
    """Return the wide range of what nobody could calibrate."""
    return Ranges((0.0,), (-WIDE,), (WIDE,), 0)


def calibrate(log_price: Floats, errors: Floats, groups: NDArray[np.int64], kinds: Sequence[str]) -> Ranges:
    """Return the ranges that cover their share of some errors.

    Args:
        log_price: What was predicted for phones that were left out.
        errors: ln(price) less that.
        groups: What was left out together, such as a phone model; errors within it are alike.
        kinds: Of each phone.
    """
    if len(errors) < _LEAST:
        return assumed()
    usual, otherwise = _usual(np.abs(errors), groups, np.asarray(kinds))
    scaled = errors / np.array([usual[kind] for kind in kinds])
    _, place, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    count = len(sizes)
    bins = min(_BINS, 1 + count // _GROUPS_A_BIN) if count >= _FEW else 1
    parts = np.array_split(np.argsort(log_price, kind="stable"), bins)
    ends = (
        [_ends_of_few(scaled, sizes[place], count)]
        if count < _FEW
        else [_ends(scaled[part], count) for part in parts]
    )
    return Ranges(
        middles=tuple(float(np.median(log_price[part])) for part in parts),
        low=tuple(low for low, _ in ends),
        high=tuple(high for _, high in ends),
        errors=len(errors),
        usual=usual,
        otherwise=otherwise,
    )


def _usual(
    sizes: Floats, groups: NDArray[np.int64], kinds: NDArray[np.str_]
) -> tuple[dict[str, float], float]:
    """Return the mean size of the errors by kind, drawn towards the mean of all where a kind has few groups."""
    _, place, counts = np.unique(groups, return_inverse=True, return_counts=True)
    # Half way between counting rows and counting groups: many rows of one model are not so many witnesses.
    weights = 1.0 / np.sqrt(counts[place])
    mean = _weighted(sizes, weights)
    found = {}
    for kind in np.unique(kinds):
        own = kinds == kind
        many = len(np.unique(groups[own]))
        pull = many / (many + _PRIOR_GROUPS)
        found[str(kind)] = float(_weighted(sizes[own], weights[own]) ** pull * mean ** (1.0 - pull))
    return found, mean


def _weighted(sizes: Floats, weights: Floats) -> float:
    return max(float((sizes * weights).sum() / weights.sum()), 1e-6)


def _ends(errors: Floats, groups: int) -> tuple[float, float]:
    tail = (1.0 - SHARE) / 2.0
    level = min(1.0, (1.0 - tail) * (1.0 + _FURTHER / groups**2))
    low, high = np.quantile(errors, [1.0 - level, level])
    return float(min(low, 0.0)), float(max(high, 0.0))


def _ends_of_few(errors: Floats, sizes: NDArray[np.int64], groups: int) -> tuple[float, float]:
    """Return the ends where there are few groups.

    Args:
        errors: Scaled.
        sizes: Of each error's group.
        groups: How many there are.
    """
    from scipy.special import ndtri, stdtrit  # type: ignore[import-untyped]

    tail = (1.0 - SHARE) / 2.0
    share = min(1.0, (_FEW - groups) / (_FEW - _FEWER))
    order = np.argsort(errors, kind="stable")
    # Half way between counting rows and counting groups, as for the usual errors.
    weights = sizes[order] ** (-0.5 * share)
    reached = (np.cumsum(weights) - weights / 2.0) / weights.sum()
    low, high = np.interp([tail, 1.0 - tail], reached, errors[order])
    further = float(stdtrit(max(groups - 1, 1), 1.0 - tail) / ndtri(1.0 - tail))
    return float(min(low * further, 0.0)), float(max(high * further, 0.0))
