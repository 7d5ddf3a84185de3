"""The terms of the regression: each can only push the price the right way, and each has a published prior.

A phone's ln(price) is a sum of terms. A *rising* term is made so that it never falls with more storage, a better grade
or battery or a dearer launch, and never rises with age; its coefficient is at least 0, so the sum keeps that order
exactly, whatever is learned. Two terms that meet (storage and age) are made as products that are monotone in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, TypeVar

import numpy as np

from pricing.model.columns import GRADES, Columns, Floats
from pricing.model.shape import OLDEST, Shape, age_of, scaled_storage, vintage_of

EDITION = 6
"""Raised with every change of terms, ranges or what the trees are asked: older models are then refused by name."""
AGE_KNOTS = (0.0, 6.0, 12.0, 18.0, 24.0, 36.0, 48.0, 60.0, 84.0, OLDEST)
BATTERY_STEPS = (80.0, 85.0, 90.0, 95.0, 99.0)

_LAUNCH_SLOPE = (0.9, 0.3)
_AGE_A_YEAR = (0.23, 0.12)
"""Asks fall 1.9 % a month at fixed model and storage (Njuskalo, Croatia, 2023-09 to 2024-06)."""
_VINTAGE_A_YEAR = (0.02, 0.06)
_GRADE_STEPS = (1.4, 0.05, 0.035, 0.15, 0.15)
"""fair to excellent: Back Market, iPhone 13, 2025-05; broken: buyback grids (.12 to .18 of a rough phone's .58);
premium and new: eBay US refurbished, new 1.31 times excellent, 2025, halved between the two steps."""
_BATTERY_STEPS = (0.09, 0.045, 0.04, 0.0, 0.025)
"""Asks in Croatia and Lithuania at the same model and storage, by battery (geometric means)."""
_WARRANTY = 0.05
_YEAR = 12.0
_WEAK = 0.5
_NEW = float(GRADES.index("new"))
_SOON = 24.0
_FREE = 1.0


_N = TypeVar("_N", float, Floats)


@dataclass(slots=True)
class Known(Generic[_N]):
    """The numbers of one phone or of many on the model's scales, gaps filled, and where the gaps were."""

    launch: _N
    age: _N
    storage: _N
    grade: _N
    battery: _N
    vintage: _N
    warranty: _N
    shop: _N
    gaps: dict[str, _N]


@dataclass(frozen=True, slots=True)
class Stretch:
    """How far a number has come from ``low`` on, at most ``width``, times a factor."""

    name: str
    low: float
    width: float
    factor: float = 1.0

    def __call__(self, known: Known[Floats]) -> Floats:
        """Return it for some phones."""
        values: Floats = getattr(known, self.name)
        return np.clip(values - self.low, 0.0, self.width) * self.factor


@dataclass(frozen=True, slots=True)
class Reached:
    """Whether a number has reached ``start``."""

    name: str
    start: float

    def __call__(self, known: Known[Floats]) -> Floats:
        """Return 1 or 0 for some phones."""
        values: Floats = getattr(known, self.name)
        return (values >= self.start).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Term:
    """One term's place in the regression.

    Attributes:
        rising: Its coefficient is at least 0.
        mean: Of its prior, with its standard deviation ``sd``.
        value: What it is, a number for one phone and an array for many; both are the same to the bit.
    """

    key: str
    rising: bool
    mean: float
    sd: float
    value: Callable[[Known[Any]], Any]


def fill(shape: Shape, data: Columns) -> Known[Floats]:
    """Return the numbers of some phones, gaps filled."""
    raw = {
        "launch": shape.scaled_launch(data.launch_price),
        "age": age_of(data),
        "storage": np.where(np.isnan(data.storage), np.nan, scaled_storage(data.storage)),
        "grade": data.grade,
        "battery": data.battery,
        "vintage": vintage_of(data),
    }
    gaps = {name: np.isnan(values) for name, values in raw.items()}
    full = {name: np.where(gaps[name], shape.fills[name], values) for name, values in raw.items()}
    flags = {name: gaps[name].astype(np.float64) for name in ("launch", "age", "storage", "grade", "battery")}
    return Known(**full, warranty=data.warranty, shop=data.shop, gaps=flags)


def terms(shape: Shape) -> list[Term]:
    """Return the terms of a model, always in the same order."""
    return [*_launch(shape), *_age(shape), *_storage(), *_condition(), *_free()]


def _launch(shape: Shape) -> Iterator[Term]:
    width = shape.launch[1] - shape.launch[0]
    mean, sd = _LAUNCH_SLOPE
    for low, high in pairwise(shape.launch_knots):
        yield Term(f"launch_{low:.3f}", True, mean * width, sd * width, Stretch("launch", low, high - low))
    yield Term("launch_young", True, 0.0, _WEAK, lambda of: _dear(of) * (1.0 - _old(of)))
    yield Term("launch_old", True, 0.0, _WEAK, lambda of: -_cheap(of) * _old(of))


def _age(shape: Shape) -> Iterator[Term]:
    for low, high in pairwise(AGE_KNOTS):
        yield Term(f"age_{low:g}", True, *_AGE_A_YEAR, Stretch("age", low, high - low, -1.0 / _YEAR))
    for low, high in pairwise(shape.vintage_knots):
        yield Term(f"vintage_{low:.2f}", True, *_VINTAGE_A_YEAR, Stretch("vintage", low, high - low))


def _storage() -> Iterator[Term]:
    yield Term("storage", True, 0.4, _WEAK, lambda of: of.storage)
    yield Term("storage_young", True, 0.0, _WEAK, lambda of: of.storage * (1.0 - _old(of)))
    yield Term("storage_old", True, 0.0, _WEAK, lambda of: (of.storage - 1.0) * _old(of))
    yield Term("storage_dear", True, 0.0, _WEAK, lambda of: of.storage * _dear(of))
    yield Term("storage_cheap", True, 0.0, _WEAK, lambda of: (of.storage - 1.0) * _cheap(of))


def _condition() -> Iterator[Term]:
    for place, mean in enumerate(_GRADE_STEPS, 1):
        yield Term(f"grade_{GRADES[place]}", True, mean, 0.1, Reached("grade", place))
    for start, mean in zip(BATTERY_STEPS, _BATTERY_STEPS, strict=True):
        yield Term(f"battery_{start:g}", True, mean, 0.04, Reached("battery", start))
    yield Term("new_soon", True, 0.0, _WEAK, lambda of: (_new(of) - 1.0) * _soon(of))
    yield Term("new_old", True, 0.0, _WEAK, lambda of: (_new(of) - 1.0) * _old(of))
    yield Term("grade_old", True, 0.0, _WEAK, lambda of: (of.grade / _NEW - 1.0) * _old(of))
    yield Term("battery_line", True, 0.0, 0.1, Stretch("battery", 60.0, 40.0, 1.0 / 40.0))
    yield Term("warranty", True, _WARRANTY, 0.1, _warranted)
    yield Term("warranty_new", True, 0.0, _WARRANTY, lambda of: (of.warranty == 1.0) * _new(of))


def _free() -> Iterator[Term]:
    for name in ("launch", "age", "storage", "grade", "battery"):
        yield Term(f"no_{name}", False, 0.0, _FREE, _gap(name))
    yield Term("seller_shop", False, 0.0, _FREE, _equal("shop", 1.0))
    yield Term("seller_private", False, 0.0, _FREE, _equal("shop", 0.0))


def _old(of: Known[_N]) -> _N:
    return of.age / OLDEST


def _soon(of: Known[Any]) -> Any:
    """Return 0 .. 1 over the first two years."""
    return (of.age * (of.age < _SOON) + _SOON * (of.age >= _SOON)) / _SOON


def _new(of: Known[Any]) -> Any:
    return (of.grade >= _NEW) * 1.0


def _warranted(of: Known[Any]) -> Any:
    """Return whether there is a warranty: a new phone has its maker's, whether that is said or not."""
    return ((of.warranty == 1.0) | (of.grade >= _NEW)) * 1.0


def _dear(of: Known[_N]) -> _N:
    """Return 0 .. 1 from the cheapest to the dearest launch."""
    return (of.launch + 0.5) / 2.0


def _cheap(of: Known[_N]) -> _N:
    return (1.5 - of.launch) / 2.0


def _equal(name: str, wanted: float) -> Callable[[Known[Any]], Any]:
    return lambda of: (getattr(of, name) == wanted) * 1.0


def _gap(name: str) -> Callable[[Known[Any]], Any]:
    return lambda of: of.gaps[name]
