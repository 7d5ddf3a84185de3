"""What the terms of the regression are made with: middles, ends and knots, taken from the training data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pricing.model.columns import Columns, Floats

DAYS_A_MONTH = 30.4375
DAYS_A_YEAR = 365.25
OLDEST = 120.0
"""Months; older phones count as that old."""
_LAUNCH_ENDS = (-0.5, 1.5)
_LEAST_SPREAD = 0.5
"""Of ln(launch price): a file with one model has none of its own."""


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

    def scaled_launch(self, price: Floats) -> Floats:
        """Return ln(launch price) on the model's scale, NaN where it is not known."""
        low, high = self.launch
        return np.asarray(np.clip((np.log(price) - low) / (high - low), *_LAUNCH_ENDS))


def age_of(data: Columns) -> Floats:
    """Return the months from launch to the day of the price; at least 0, NaN where one of them is not known."""
    months = (data.day - data.launch_day) / DAYS_A_MONTH
    return np.asarray(np.minimum(np.maximum(months, 0.0), OLDEST))


def vintage_of(data: Columns) -> Floats:
    """Return the year of the launch, with its fraction."""
    return data.launch_day / DAYS_A_YEAR


def scaled_storage(storage: Floats) -> Floats:
    """Return log2 of the storage, 8 GB as 0 and 2 TB as 1."""
    return np.clip((np.log2(np.maximum(storage, 1.0)) - 3.0) / 8.0, 0.0, 1.0)


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
