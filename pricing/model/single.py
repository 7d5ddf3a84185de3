"""One phone in plain numbers: arrays of one element cost more to make than to add up.

Every sum is in the order in which `pricing.model.scoring.Scorer` adds its arrays, and logarithms and exponentials are
numpy's here, too: the price of one phone is the same to the last bit, alone or in a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import isnan, nan
from typing import Any

from pricing.model.columns import GRADES, Columns, Phone
from pricing.model.launches import launch_day, launch_price
from pricing.model.shape import Shape, age_of, scaled_storage, vintage_of
from pricing.model.summing import NUMBERS
from pricing.model.terms import Known, Reached, Stretch, Term
from pricing.model.trained import Own

_GOOD = float(GRADES.index("good"))
_GOOD_BATTERY = 87.0


@dataclass(slots=True)
class Row:
    """The numbers of one phone, as in `pricing.model.columns.Columns`; NaN where one is not known."""

    storage: float
    grade: float
    battery: float
    day: float
    launch_day: float
    launch_price: float
    warranty: float
    shop: float


_NAMES = tuple(field.name for field in fields(Row))


def rows_of(data: Columns) -> Iterator[tuple[Phone, tuple[str, str], Row]]:
    """Yield each row's phone, its market and currency, and its numbers."""
    numbers = zip(*(getattr(data, name).tolist() for name in _NAMES), strict=True)
    for phone, place, own in zip(data.phone.tolist(), data.place.tolist(), numbers, strict=True):
        yield data.phones[phone], data.places[place], Row(*own)


class Single:
    """Adds a model's regression up for one phone.

    Args:
        shape: Of the model.
        terms: Of that shape.
        coefficients: In the same order.
    """

    def __init__(self, shape: Shape, terms: Sequence[Term], coefficients: Sequence[float]) -> None:
        self._shape = shape
        counting = [(term.value, c) for term, c in zip(terms, coefficients, strict=True) if c]
        self._stretches = [
            (value.name, value.low, value.width, value.factor * c)
            for value, c in counting
            if isinstance(value, Stretch)
        ]
        self._steps = [(value.name, value.start, c) for value, c in counting if isinstance(value, Reached)]
        self._others: list[tuple[Callable[[Known[Any]], Any], float]] = [
            (value, c) for value, c in counting if not isinstance(value, Stretch | Reached)
        ]

    def completed(self, models: Mapping[str, Own], phone: Phone, row: Row) -> Row:
        """Return a row with what the model knows of its phone's launch, and of the day."""
        day = self._shape.fills["day"] if isnan(row.day) else row.day
        launched, price, own = row.launch_day, row.launch_price, models.get(phone.key)
        if own is not None:
            launched = launch_day(own) if isnan(launched) else launched
            price = launch_price(own, row.storage) if isnan(price) else price
        return replace(row, day=day, launch_day=launched, launch_price=price)

    def known(self, row: Row) -> Known[float]:
        """Return a completed row on the model's scales, gaps filled."""
        fills, gaps = self._shape.fills, {}

        def filled(name: str, value: float) -> float:
            gaps[name] = float(isnan(value))
            return fills[name] if isnan(value) else float(value)

        return Known(
            launch=filled("launch", self._shape.scaled_launch(row.launch_price)),
            age=filled("age", age_of(row)),
            storage=filled("storage", nan if isnan(row.storage) else scaled_storage(row.storage)),
            grade=filled("grade", row.grade),
            battery=filled("battery", row.battery),
            vintage=filled("vintage", vintage_of(row)),
            warranty=row.warranty,
            shop=row.shop,
            gaps=gaps,
        )

    def add(self, start: float, known: Known[float]) -> float:
        """Return a number with all terms added."""
        total = start
        numbers = {name: getattr(known, name) for name in NUMBERS}
        for name, low, width, slope in self._stretches:
            far = numbers[name] - low
            if far > 0.0:
                total += min(far, width) * slope
        for name, least, height in self._steps:
            if numbers[name] >= least:
                total += height
        for value, coefficient in self._others:
            total += coefficient * value(known)
        return total


def features_of(row: Row, brand: float) -> tuple[float, ...]:
    """Return what the trees are asked of a completed row, as `pricing.model.scoring.Scorer.features` does."""
    return (
        row.launch_price,
        float(age_of(row)),
        row.storage,
        row.grade,
        row.battery,
        row.warranty,
        vintage_of(row),
        row.shop,
        brand,
    )


LADDER = {
    "age": ("age", "vintage"),
    "storage": ("storage",),
    "grade": ("grade",),
    "battery": ("battery",),
    "warranty": ("warranty",),
    "seller": ("shop",),
}
"""What each step of an explanation sets to what it is on the phone, in their order."""


def rungs(single: Single, row: Row, full: Known[float]) -> Iterator[tuple[Known[float], bool]]:
    """Yield the phone as new, of middling storage and in good condition, then one thing after the other as it is.

    One object is yielded again and again, with whether anything changed.
    """
    now = single.known(Row(nan, _GOOD, _GOOD_BATTERY, row.day, row.day, row.launch_price, nan, nan))
    now.gaps["storage"] = 0.0
    yield now, True
    for names in LADDER.values():
        changed = False
        for name in names:
            mine, before = getattr(full, name), getattr(now, name)
            gap = full.gaps.get(name, 0.0)
            changed |= (mine != before and not (isnan(mine) and isnan(before))) or gap != now.gaps.get(
                name, 0.0
            )
            setattr(now, name, mine)
            now.gaps[name] = gap
        yield now, changed
