"""One phone in plain numbers: arrays of one element cost more to make than to add up.

Every sum is in the order in which `pricing.model.scoring.Scorer` adds its arrays, and logarithms and exponentials are
numpy's here, too: the price of one phone is the same to the last bit, alone or in a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from math import isnan, nan

from pricing.model.columns import GRADES, Columns, Phone
from pricing.model.launches import launch_day, launch_price
from pricing.model.parts import Parts, total
from pricing.model.shape import Shape, age_of, scaled_storage, vintage_of, year_of
from pricing.model.terms import Known, Term
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


LADDER = {
    "age": ("age", "vintage"),
    "storage": ("storage",),
    "grade": ("grade",),
    "battery": ("battery",),
    "warranty": ("warranty",),
    "seller": ("shop",),
}
"""What each step of an explanation sets to what it is on the phone, in their order."""
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
        self._parts = Parts(terms, coefficients)
        self._rungs = [(names, self._parts.of((*names, "gaps"))) for names in LADDER.values()]

    def completed(self, models: Mapping[str, Own], phone: Phone, row: Row) -> Row:
        """Return a row with what the model knows of its phone's launch, and of the day."""
        day = self._shape.fills["day"] if isnan(row.day) else row.day
        launched, price, own = row.launch_day, row.launch_price, models.get(phone.key)
        if own is not None:
            launched = launch_day(own) if isnan(launched) else launched
            price = launch_price(own, row.storage) if isnan(price) else price
        return Row(row.storage, row.grade, row.battery, day, launched, price, row.warranty, row.shop)

    def known(self, row: Row) -> Known[float]:
        """Return a completed row on the model's scales, gaps filled."""
        shape, fills = self._shape, self._shape.fills
        told = {
            "launch": shape.scaled_launch(row.launch_price),
            "age": age_of(row),
            "storage": nan if isnan(row.storage) else scaled_storage(row.storage),
            "grade": row.grade,
            "battery": row.battery,
            "vintage": vintage_of(row),
        }
        full = {name: fills[name] if isnan(value) else value for name, value in told.items()}
        gaps = {name: 1.0 if isnan(value) else 0.0 for name, value in told.items()}
        return Known(**full, warranty=row.warranty, shop=row.shop, gaps=gaps)

    def add(self, start: float, known: Known[float]) -> float:
        """Return a number with all terms added."""
        return total(start, self._parts.worked_out(known))

    def climb(self, start: float, row: Row, full: Known[float]) -> Iterator[tuple[float, float]]:
        """Yield what `add` says, and the age, at each step of an explanation; at last of the phone itself.

        First the phone is new, of middling storage and in good condition; then one thing after the other is as it is.

        Args:
            start: What all terms are added to.
            row: Completed.
            full: The row on the model's scales.
        """
        now = self._as_new(row, full)
        parts = self._parts.worked_out(now)
        found = total(start, parts)
        yield found, now.age
        for names, some in self._rungs:
            if _brought(now, full, names) and some:
                some.work_out(now, parts)
                found = total(start, parts)
            yield found, now.age

    def _as_new(self, row: Row, full: Known[float]) -> Known[float]:
        gaps = dict.fromkeys(full.gaps, 0.0) | {"launch": full.gaps["launch"]}
        middling = self._shape.fills["storage"]
        return Known(full.launch, 0.0, middling, _GOOD, _GOOD_BATTERY, year_of(row.day), nan, nan, gaps)


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


def _brought(now: Known[float], full: Known[float], names: Iterable[str]) -> bool:
    """Return whether some of a phone's numbers, or that they are not known, changed by being brought to another's."""
    changed = False
    for name in names:
        mine, before = getattr(full, name), getattr(now, name)
        gap = full.gaps.get(name, 0.0)
        changed |= (mine != before and not (isnan(mine) and isnan(before))) or gap != now.gaps.get(name, 0.0)
        setattr(now, name, mine)
        now.gaps[name] = gap
    return changed
