"""Holds a model's numbers to what prices can be: a seal proves that a file is whole, not that its numbers make sense.

Each bound is far beyond what any training made (effects below 2, the dearest phone below e^40 in any currency), and
within what amounts of 28 digits can hold. What passes gives a price, if not a good one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from math import exp, log

import numpy as np

from pricing.model.columns import GRADES
from pricing.model.difficulty import hints_of
from pricing.model.forest import Forest
from pricing.model.intervals import Ranges
from pricing.model.shape import MONTH, OLDEST, Shape
from pricing.model.single import Single
from pricing.model.terms import Known, terms
from pricing.model.trained import Card, Own, Score, Trained

_PLACE = re.compile(r"([A-Z]{2})?\|([A-Z]{3})?")
"""``FR|EUR``; both may be left out of price data."""
_VERSION = re.compile(r"[A-Za-z0-9._-]{1,80}")
_LEVELS = (-12.0, 30.0)
"""Of ln(price) in a market's currency, for the phone that nothing is said about."""
_PRICES = (-60.0, 55.0)
"""Of ln(price) of the worst and the dearest phone that can be asked for, ranges included."""
_EFFECT = 10.0
"""Of ln(price), up or down: 22,000 times."""
_MOST_MONEY, _MOST_GB = 1e12, 1e6
_LAST_DAY = date.max.toordinal()
_LAST_YEAR = 10_000.0
_OVERFLOW = 700.0
"""The largest number that `exp` takes is 709."""
_WORDS = 4
"""Of a phone's name that count, and each adds its own."""
_FILLS: dict[str, tuple[float, float]] = {
    "launch": (-0.5, 1.5),
    "age": (0.0, OLDEST),
    "storage": (0.0, 1.0),
    "grade": (0.0, float(len(GRADES) - 1)),
    "battery": (0.0, 100.0),
    "vintage": (0.0, _LAST_YEAR),
    "day": (0.0, float(_LAST_DAY)),
}


def check(model: Trained) -> None:
    """Check a model that was read.

    Raises:
        ValueError: A number of it is none of a price model; the words say which.
    """
    _check_shape(model.shape)
    _check_effects(model)
    _check_places(model)
    for own in model.models.values():
        _check_own(own)
    _check_card(model.card)
    _check_prices(model)


def _check_shape(shape: Shape) -> None:
    for name, ends in _FILLS.items():
        _check_within(f"what stands for a missing {name}", (shape.fills[name],), ends)
    _check_within("its launch prices", shape.launch, (-log(_MOST_MONEY), log(_MOST_MONEY)))
    _check_within("its knots", shape.launch_knots, _FILLS["launch"])
    _check_within("its knots", shape.vintage_knots, _FILLS["vintage"])


def _check_effects(model: Trained) -> None:
    own = (each.effect for each in model.models.values())
    walks = (level for months in model.months.values() for level in months.values())
    several = (model.brands, model.tokens, model.slopes)
    _check_within("an effect", own, (-_EFFECT, _EFFECT))
    _check_within("a month's level", walks, (-_EFFECT, _EFFECT))
    _check_within("a coefficient", (*model.coefficients, model.slope, model.usual), (-_EFFECT, _EFFECT))
    for effects in several:
        _check_within("an effect", effects.values(), (-_EFFECT, _EFFECT))
    if len(set(model.numbered)) != len(model.numbered):
        raise ValueError("it numbers a maker twice")


def _check_places(model: Trained) -> None:
    months = [month for own in model.months.values() for month in own]
    _check_within("a month", months, (0.0, _LAST_DAY / MONTH))
    for place in (*model.places, *model.months, *model.last):
        _check_place(place)
    last = [day for makers in model.last.values() for day in makers.values()]
    _check_within("the day of a maker's newest price", last, (0.0, _LAST_DAY))
    if not model.places:
        raise ValueError("it knows no market")
    _check_within("a market's level", _levels(model), _LEVELS)


def _check_place(place: str) -> None:
    if not _PLACE.fullmatch(place):
        raise ValueError(f"{place[:20]!r} is no market and currency")


def _levels(model: Trained) -> list[float]:
    """Return the levels of all markets, at each of their months."""
    return [
        model.level + level + walked
        for place, level in model.places.items()
        for walked in (0.0, *model.months.get(place, {}).values())
    ]


def _check_own(own: Own) -> None:
    for size, price in own.launch_prices.items():
        if not 0.0 < price <= _MOST_MONEY or not 0 <= size <= _MOST_GB:
            raise ValueError("a launch price is none")
    if own.launch_day is not None and not 1.0 <= own.launch_day <= _LAST_DAY:
        raise ValueError("a launch has no day")
    for place in own.counts:
        _check_place(place)


def _check_card(card: Card) -> None:
    first, last = card.days
    if not (0 == first == last or 1 <= first <= last <= _LAST_DAY):
        raise ValueError("its days are none")
    if not _VERSION.fullmatch(card.version):
        raise ValueError("its version is none")
    if not all(map(_is_score, card.scores)):
        raise ValueError("its scores are none")


def _is_score(score: Score) -> bool:
    numbers: tuple[object, ...] = (
        score.rows,
        score.r2,
        score.mape,
        score.coverage,
        score.width,
        score.violations or 0,
    )
    split: object = score.split
    return isinstance(split, str) and all(isinstance(each, int | float) for each in numbers)


def _check_prices(model: Trained) -> None:
    """Check the worst and the dearest phone: sums of numbers that are each right can be too much, too."""
    low, high = _regression(model, best=False), _regression(model, best=True)
    for effects in (model.brands, model.tokens, _effects_of(model.models)):
        times = _WORDS if effects is model.tokens else 1
        low += times * min((0.0, *effects.values()))
        high += times * max((0.0, *effects.values()))
    least, most = _forest_ends(model.forest)
    below, above = _reach(model.ranges)
    _check_within("its worst phone", (low + least + below,), _PRICES)
    _check_within("its dearest phone", (high + most + above,), _PRICES)


def _effects_of(models: Mapping[str, Own]) -> dict[str, float]:
    return {key: own.effect for key, own in models.items()}


def _regression(model: Trained, *, best: bool) -> float:
    """Return ln(price) of the phone that every term makes as dear, or as cheap, as it can."""
    known = terms(model.shape)
    sign, levels = (1.0 if best else -1.0), _levels(model)
    free = sum(abs(c) for term, c in zip(known, model.coefficients, strict=True) if not term.rising)
    slope = max((model.slope, *model.slopes.values()))
    aged = 0.0 if best else slope * OLDEST / 60.0
    level = (max(levels) if best else min(levels)) + sign * free - aged
    return Single(model.shape, known, model.coefficients).add(level, _phone(best=best))


def _phone(*, best: bool, gap: float = 0.0) -> Known[float]:
    def end(name: str) -> float:
        return _FILLS[name][best]

    return Known(
        launch=end("launch"),
        age=0.0 if best else OLDEST,
        storage=end("storage"),
        grade=end("grade"),
        battery=end("battery"),
        vintage=end("vintage"),
        warranty=float(best),
        shop=float("nan"),
        gaps=dict.fromkeys(("launch", "age", "storage", "grade", "battery"), gap),
    )


def _forest_ends(forest: Forest) -> tuple[float, float]:
    """Return the sums of all trees' lowest and highest leaves."""
    if not forest.value.size:
        return 0.0, 0.0
    leaf = forest.left == np.arange(forest.left.shape[1])
    leaves = np.where(leaf, forest.value, 0.0)
    return float(leaves.min(axis=1).sum()), float(leaves.max(axis=1).sum())


def _reach(ranges: Mapping[str, Ranges]) -> tuple[float, float]:
    """Return how far the widest range reaches below and above its middle."""
    usual = [_most_usual(each) for each in ranges.values()]
    low = [error * min(each.low) for error, each in zip(usual, ranges.values(), strict=True)]
    high = [error * max(each.high) for error, each in zip(usual, ranges.values(), strict=True)]
    return min((0.0, *low)), max((0.0, *high))


def _most_usual(ranges: Ranges) -> float:
    """Return the largest usual error that any phone can have."""
    hard = ranges.difficulty
    hints = zip(hard.hints, hints_of(_phone(best=False, gap=1.0)), strict=False)
    hardest = sum(max(weight, 0.0) * hint for weight, hint in hints)
    most = hard.level + max(hard.price) + max((0.0, *hard.brands.values())) + hardest
    return exp(min(most, _OVERFLOW))


def _check_within(what: str, values: Iterable[float], ends: tuple[float, float]) -> None:
    for value in values:
        if not ends[0] <= value <= ends[1]:
            raise ValueError(f"{what} cannot be {value:g}")
