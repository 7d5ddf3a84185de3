"""A trained model as JSON and back; what comes back is checked, number by number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pricing.model.difficulty import HINTS, Difficulty
from pricing.model.forest import Forest
from pricing.model.intervals import Ranges
from pricing.model.shape import Shape
from pricing.model.terms import terms
from pricing.model.trained import Card, Own, Score, Trained

_EFFECTS = ("brands", "tokens", "slopes", "places")
_FILLS = {"launch", "age", "storage", "grade", "battery", "vintage", "day"}


def model_to_json(model: Trained) -> dict[str, Any]:
    """Return a model without its trees."""
    return {
        "shape": asdict(model.shape),
        "coefficients": list(model.coefficients),
        "level": model.level,
        "slope": model.slope,
        "usual": model.usual,
        "numbered": list(model.numbered),
        "months": {
            place: {str(month): level for month, level in own.items()} for place, own in model.months.items()
        },
        "last": {place: dict(makers) for place, makers in model.last.items()},
        "models": {key: _own_to_json(own) for key, own in model.models.items()},
        "ranges": {name: asdict(ranges) for name, ranges in model.ranges.items()},
        "card": asdict(model.card),
        **{name: dict(getattr(model, name)) for name in _EFFECTS},
    }


def model_from_json(data: Mapping[str, Any], forest: Forest) -> Trained:
    """Return a model.

    Raises:
        KeyError, TypeError, ValueError: Something is missing or is not what it must be.
    """
    shape = _shape(data["shape"])
    coefficients = _numbers(data["coefficients"])
    rising = [term.rising for term in terms(shape)]
    if len(coefficients) != len(rising):
        raise ValueError("it has other terms")
    if any(up and value < 0 for up, value in zip(rising, coefficients, strict=True)):
        raise ValueError("a better phone would be cheaper")
    return Trained(
        shape=shape,
        coefficients=coefficients,
        level=_number(data["level"]),
        usual=_number(data["usual"]),
        slope=_least(data["slope"], 0.0),
        months={str(place): _months(own) for place, own in data["months"].items()},
        last={str(place): _days(makers) for place, makers in data["last"].items()},
        models={str(key): _own(own) for key, own in data["models"].items()},
        numbered=tuple(map(str, data["numbered"])),
        forest=forest,
        card=_card(data["card"]),
        ranges={name: _ranges(data["ranges"][name]) for name in ("known", "new")},
        brands=_effects(data["brands"]),
        tokens=_effects(data["tokens"]),
        slopes={str(key): _least(value, 0.0) for key, value in data["slopes"].items()},
        places=_effects(data["places"]),
    )


def _months(data: Mapping[str, Any]) -> dict[int, float]:
    return dict(sorted((int(month), _number(level)) for month, level in data.items()))


def _days(data: Mapping[str, Any]) -> dict[str, int]:
    return {str(maker): int(_least(day, 0)) for maker, day in data.items()}


def _own_to_json(own: Own) -> dict[str, Any]:
    prices = {str(size): price for size, price in own.launch_prices.items()}
    return {
        "effect": own.effect,
        "count": own.count,
        "launch_day": own.launch_day,
        "launch_prices": prices,
        "counts": dict(own.counts),
        "catalogued": own.catalogued,
    }


def _own(data: Mapping[str, Any]) -> Own:
    day = data["launch_day"]
    prices = {int(size): _number(price) for size, price in data["launch_prices"].items()}
    if prices and min(prices.values()) < 0.0:
        raise ValueError("a launch price is below 0")
    catalogued = data.get("catalogued")
    if catalogued not in (None, True, False):
        raise ValueError("where launch prices come from is said otherwise")
    return Own(
        effect=_number(data["effect"]),
        count=int(_least(data["count"], 0)),
        launch_day=None if day is None else _number(day),
        launch_prices=prices,
        counts={str(place): int(_least(count, 0)) for place, count in data["counts"].items()},
        catalogued=catalogued,
    )


def _shape(data: Mapping[str, Any]) -> Shape:
    low, high = _numbers(data["launch"])
    if not low < high:
        raise ValueError("the launch prices have no width")
    fills = _effects(data["fills"])
    if set(fills) != _FILLS:
        raise ValueError("it fills other gaps")
    return Shape((low, high), _ascending(data["launch_knots"]), _ascending(data["vintage_knots"]), fills)


def _ranges(data: Mapping[str, Any]) -> Ranges:
    ranges = Ranges(
        _ascending(data["middles"]),
        _numbers(data["low"]),
        _numbers(data["high"]),
        int(_least(data["errors"], 0)),
        _difficulty(data["difficulty"]),
        _least(data["aged"], 0.0),
    )
    if not len(ranges.middles) == len(ranges.low) == len(ranges.high) > 0:
        raise ValueError("a range has no ends")
    if max(ranges.low) > 0 or min(ranges.high) < 0:
        raise ValueError("a range does not hold its middle")
    return ranges


def _difficulty(data: Mapping[str, Any]) -> Difficulty:
    low, high = _ascending(data["prices"])
    first, last = _numbers(data["price"])
    hints = _numbers(data["hints"])
    if hints and len(hints) != HINTS:
        raise ValueError("it goes by other hints")
    return Difficulty(_number(data["level"]), (low, high), (first, last), hints, _effects(data["brands"]))


def _card(data: Mapping[str, Any]) -> Card:
    first, last = data["days"]
    return Card(
        version=str(data["version"]),
        fingerprint=str(data["fingerprint"]),
        seed=int(data["seed"]),
        rows=int(data["rows"]),
        models=int(data["models"]),
        absurd=int(data["absurd"]),
        days=(int(first), int(last)),
        scores=tuple(Score(**score) for score in data["scores"]),
    )


def _effects(data: Mapping[str, Any]) -> dict[str, float]:
    return {str(key): _number(value) for key, value in data.items()}


def _numbers(data: Any) -> tuple[float, ...]:
    return tuple(_number(value) for value in data)


def _ascending(data: Any) -> tuple[float, ...]:
    numbers = _numbers(data)
    if list(numbers) != sorted(numbers):
        raise ValueError("its knots are out of order")
    return numbers


def _number(value: Any) -> float:
    if type(value) is float and math.isfinite(value):  # nearly all: a model has thousands
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(f"{value!r} is no number")
    return float(value)


def _least(value: Any, least: float) -> float:
    number = _number(value)
    if number < least:
        raise ValueError(f"{value!r} is below {least:g}")
    return number
