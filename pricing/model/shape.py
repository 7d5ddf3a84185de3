"""What the terms of the regression are made with: middles, ends and knots, taken from the training data."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan
from typing import Any, Protocol, TypeVar

import numpy as np

from pricing.model.columns import Columns, Floats

DAYS_A_MONTH = 30.4375
DAYS_A_YEAR = 365.25
MONTH = DAYS_A_YEAR / 12
"""Days of a month, all of one length, counted from year 1."""
FIVE_YEARS = 60.0
"""Months over which a maker's slope is counted."""
OLDEST = 120.0
"""Months; older phones count as that old."""
_LAUNCH_ENDS = (-0.5, 1.5)
_LEAST_SPREAD = 0.5
"""Of ln(launch price): a file with one model has none of its own."""


_N = TypeVar("_N", float, Floats)
"""One phone's number or many phones' array."""
_Told_co = TypeVar("_Told_co", float, Floats, covariant=True)


class Dated(Protocol[_Told_co]):
    """What tells a phone's age: one row, or columns."""

    @property
    def day(self) -> _Told_co:
        """Return the day of the price."""

    @property
    def launch_day(self) -> _Told_co:
        """Return the day of the launch."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The scales of a trained model.

    Attributes:
        launch: Low and high end of ln(launch price); between them it is brought to 0 .. 1.
        launch_knots: Where its slope may change, on that scale.
        vintage_knots: The same for the year of the launch.
        fills: What stands for a number that is not known, by its name; a flag of its own corrects it.
    """

    launch: tuple[float, float]
    launch_knots: tuple[float, ...]
    vintage_knots: tuple[float, ...]
    fills: dict[str, float]

    def scaled_launch(self, price: _N) -> _N:
        """Return ln(launch price) on the model's scale, NaN where it is not known."""
        low, high = self.launch
        scaled: _N = _between((np.log(price) - low) / (high - low), *_LAUNCH_ENDS)
        return scaled


def age_of(data: Dated[_N]) -> _N:
    """Return the months from launch to the day of the price; at least 0, NaN where one of them is not known."""
    months: _N = _between((data.day - data.launch_day) / DAYS_A_MONTH, 0.0, OLDEST)
    return months


def vintage_of(data: Dated[_N]) -> _N:
    """Return the year of the launch, with its fraction."""
    return year_of(data.launch_day)


def year_of(day: _N) -> _N:
    """Return the year of a day, with its fraction."""
    return day / DAYS_A_YEAR


def scaled_storage(storage: _N) -> _N:
    """Return log2 of the storage, 8 GB as 0 and 2 TB as 1."""
    scaled: _N = _between((np.log2(_between(storage, 1.0, inf)) - 3.0) / 8.0, 0.0, 1.0)
    return scaled


def _between(value: Any, low: float, high: float) -> Any:
    """Return a number, or each of many, brought between two ends; NaN stays."""
    if isinstance(value, float):  # numpy takes a microsecond for each of its own
        return float(min(max(value, low), high)) if value == value else nan  # noqa: PLR0124 - not NaN
    return np.minimum(np.maximum(value, low), high)


def measure(data: Columns) -> Shape:
    """Return the scales that a training set gives."""
    price = data.launch_price[np.isfinite(data.launch_price)]
    low, high = np.quantile(np.log(price), [0.02, 0.98]) if len(price) else (5.0, 7.0)
    launch = (float(low), float(max(high, low + _LEAST_SPREAD)))
    bare = Shape(launch, (), (), {})
    scaled = bare.scaled_launch(price)
    fills = {
        "launch": _mean(scaled, 0.5),
        "age": _mean(age_of(data), 36.0),
        "storage": _mean(scaled_storage(data.storage), 0.5),
        "grade": _median(data.grade, 2.0),
        "battery": _median(data.battery, 87.0),
        "vintage": _mean(vintage_of(data), 2020.0),
        "day": _median(data.day, 0.0),
    }
    return Shape(launch, _launch_knots(scaled), _vintage_knots(vintage_of(data)), fills)


def _launch_knots(scaled: Floats) -> tuple[float, ...]:
    inner = np.quantile(scaled, [0.25, 0.5, 0.75]) if len(scaled) else np.array([])
    return tuple(sorted({_LAUNCH_ENDS[0], *map(float, inner), _LAUNCH_ENDS[1]}))


def _vintage_knots(years: Floats) -> tuple[float, ...]:
    known = years[np.isfinite(years)]
    if not len(known):
        return ()
    low, high = np.quantile(known, [0.01, 0.99])
    return tuple(map(float, np.linspace(low, high, 5))) if high > low else ()


def _mean(values: Floats, otherwise: float) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else otherwise


def _median(values: Floats, otherwise: float) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else otherwise
