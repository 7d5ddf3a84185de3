"""The terms of the regression: each can only push the price the right way, and each has a published prior.

A phone's ln(price) is a sum of terms. A *rising* term is made so that it never falls with more storage, a better grade
or battery or a dearer launch, and never rises with age; its coefficient is at least 0, so the sum keeps that order
exactly, whatever is learned. Two terms that meet (storage and age) are made as products that are monotone in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pricing.model.columns import GRADES, Columns, Floats
from pricing.model.shape import OLDEST, Shape, age_of, scaled_storage, vintage_of

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
_WEAK = 0.5
_FREE = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """One term's place in the regression.

    Attributes:
        part: Which step of the explanation it belongs to.
        rising: Its coefficient is at least 0.
        mean: Of its prior, with its standard deviation ``sd``.
    """

    key: str
    part: str
    rising: bool
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Known:
    """The numbers of some phones on the model's scales, gaps filled, and where the gaps were."""

    launch: Floats
    age: Floats
    storage: Floats
    grade: Floats
    battery: Floats
    vintage: Floats
    warranty: Floats
    shop: Floats
    gaps: dict[str, Floats]


def fill(shape: Shape, data: Columns) -> Known:
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
    """Return the terms of a model in the order in which `values` gives them."""
    return [*_launch_terms(shape), *_age_terms(shape), *_storage_terms(), *_condition_terms(), *_free_terms()]


def values(shape: Shape, known: Known) -> Iterator[Floats]:
    """Yield each term's values for some phones."""
    yield from _launch_values(shape, known)
    yield from _age_values(shape, known)
    yield from _storage_values(known)
    yield from _condition_values(known)
    yield from known.gaps.values()
    yield (known.shop == 1.0).astype(np.float64)
    yield (known.shop == 0.0).astype(np.float64)


def _launch_terms(shape: Shape) -> Iterator[Term]:
    width = shape.launch[1] - shape.launch[0]
    mean, sd = _LAUNCH_SLOPE
    for place in range(len(shape.launch_knots) - 1):
        yield Term(f"launch_{place}", "launch", True, mean * width, sd * width)
    yield Term("launch_young", "age", True, 0.0, _WEAK)
    yield Term("launch_old", "age", True, 0.0, _WEAK)


def _launch_values(shape: Shape, known: Known) -> Iterator[Floats]:
    for low, high in pairwise(shape.launch_knots):
        yield np.clip(known.launch - low, 0.0, high - low)
    old = known.age / OLDEST
    yield (known.launch + 0.5) / 2.0 * (1.0 - old)
    yield (known.launch - 1.5) / 2.0 * old


def _age_terms(shape: Shape) -> Iterator[Term]:
    for start in AGE_KNOTS[:-1]:
        yield Term(f"age_{start:g}", "age", True, *_AGE_A_YEAR)
    for place in range(max(len(shape.vintage_knots) - 1, 0)):
        yield Term(f"vintage_{place}", "age", True, *_VINTAGE_A_YEAR)


def _age_values(shape: Shape, known: Known) -> Iterator[Floats]:
    for low, high in pairwise(AGE_KNOTS):
        yield np.clip(known.age - low, 0.0, high - low) / -12.0
    for low, high in pairwise(shape.vintage_knots):
        yield np.clip(known.vintage - low, 0.0, high - low)


def _storage_terms() -> Iterator[Term]:
    yield Term("storage", "storage", True, 0.4, _WEAK)
    for name in ("storage_young", "storage_old", "storage_dear", "storage_cheap"):
        yield Term(name, "storage", True, 0.0, _WEAK)


def _storage_values(known: Known) -> Iterator[Floats]:
    old = known.age / OLDEST
    yield known.storage
    yield known.storage * (1.0 - old)
    yield (known.storage - 1.0) * old
    yield known.storage * (known.launch + 0.5) / 2.0
    yield (known.storage - 1.0) * (1.5 - known.launch) / 2.0


def _condition_terms() -> Iterator[Term]:
    for name, step in zip(GRADES[1:], _GRADE_STEPS, strict=True):
        yield Term(f"grade_{name}", "grade", True, step, 0.1)
    for start, step in zip(BATTERY_STEPS, _BATTERY_STEPS, strict=True):
        yield Term(f"battery_{start:g}", "battery", True, step, 0.04)
    yield Term("battery_line", "battery", True, 0.0, 0.1)
    yield Term("warranty", "warranty", True, _WARRANTY, 0.1)


def _condition_values(known: Known) -> Iterator[Floats]:
    for place in range(1, len(GRADES)):
        yield (known.grade >= place).astype(np.float64)
    for start in BATTERY_STEPS:
        yield (known.battery >= start).astype(np.float64)
    yield np.clip((known.battery - 60.0) / 40.0, 0.0, 1.0)
    yield (known.warranty == 1.0).astype(np.float64)


def _free_terms() -> Iterator[Term]:
    parts = {"launch": "launch", "age": "age", "storage": "storage", "grade": "grade", "battery": "battery"}
    for name, part in parts.items():
        yield Term(f"no_{name}", part, False, 0.0, _FREE)
    yield Term("seller_shop", "seller", False, 0.0, _FREE)
    yield Term("seller_private", "seller", False, 0.0, _FREE)
