"""Prices phones with a trained model: numpy alone, each different phone once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import floor, nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Columns, Floats, Ints, Phone, distinct
from pricing.model.difficulty import hints_of
from pricing.model.intervals import Ranges, assumed
from pricing.model.launches import complete
from pricing.model.shape import FIVE_YEARS, MONTH, age_of, vintage_of
from pricing.model.single import Row, Single, features_of, rows_of
from pricing.model.summing import Sum
from pricing.model.terms import Known, fill, terms
from pricing.model.trained import KNOWN_FROM, Trained

FEW = 16
"""Up to so many phones are priced one by one in plain numbers."""
_PIECE = 8192
"""Cells at a time: what is worked on stays in the processor's cache, and memory has a bound."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What some phones are expected to sell for, in their rows' currencies.

    Attributes:
        p50: NaN where no price of the row's currency was learned; ``p10`` and ``p90`` likewise.
        known: Whether the phone's model was known.
    """

    p10: Floats
    p50: Floats
    p90: Floats
    known: NDArray[np.bool_]


class One(NamedTuple):
    """One phone's price, and what it is made of.

    Attributes:
        full: The phone on the model's scales.
        level: The regression's part of ln(p50); ``rest`` is the trees'.
    """

    p10: float
    p50: float
    p90: float
    known: bool
    full: Known[float]
    level: float
    rest: float


def month_of(day: Floats) -> Floats:
    """Return the number of the month of a day; months of one length, counted from year 1."""
    return np.floor(day / MONTH)


def _joined(parts: list[Prices], back: Ints) -> Prices:
    """Return the prices of the cells, one for each row."""

    def rows(name: str) -> Any:
        arrays = [getattr(part, name) for part in parts]
        return np.concatenate(arrays)[back] if arrays else np.zeros(0)

    return Prices(rows("p10"), rows("p50"), rows("p90"), rows("known").astype(bool))


class Scorer:
    """Prices with one trained model.

    Args:
        model: What was trained or loaded.
    """

    def __init__(self, model: Trained) -> None:
        self.model = model
        self._models = model.models
        known = terms(model.shape)
        self._sum = Sum(known, model.coefficients)
        self.single = Single(model.shape, known, model.coefficients)
        self._walked: dict[tuple[tuple[str, str], str | None, int], float] = {}
        self._until = {
            place: {maker: floor(day / MONTH) for maker, day in makers.items()}
            for place, makers in model.last.items()
        }
        self._makers = frozenset(maker for makers in model.last.values() for maker in makers)
        self._numbers = {brand: float(number) for number, brand in enumerate(model.numbered)}

    def price(self, data: Columns) -> Prices:
        """Return the prices of some phones."""
        if len(data) <= FEW:
            return self._few(data)
        cells, back = distinct(data)
        parts = [
            self._price(self.complete(cells.take(np.arange(start, min(start + _PIECE, len(cells))))))
            for start in range(0, len(cells), _PIECE)
        ]
        return _joined(parts, back)

    def one(self, phone: Phone, place: tuple[str, str], row: Row) -> One:
        """Return the price of one phone, the same to the bit as among many.

        Args:
            phone: Whose it is.
            place: Market and currency.
            row: Completed by `completed`.
        """
        full = self.single.known(row)
        return self.at(self.level(phone, place, row, full), phone, row, full)

    def at(self, level: float, phone: Phone, row: Row, full: Known[float]) -> One:
        """Return the price of one phone from the regression's part of ln(p50); ``full`` is its row on the scales."""
        rest = self.rest_of(phone, row)
        middle = level + self.identity(phone) + rest
        known = self.known(phone)
        low, high = self._reach_of(phone, full, middle, known=known)
        p10, p50, p90 = np.exp((middle + low, middle, middle + high)).tolist()
        return One(p10, p50, p90, known, full, level, rest)

    def completed(self, phone: Phone, row: Row) -> Row:
        """Return one row with what the model knows of its phone's launch, and of the day."""
        return self.single.completed(self._models, phone, row)

    def p50(self, data: Columns) -> Floats:
        """Return the median prices of some phones."""
        return self.price(data).p50

    def complete(self, data: Columns) -> Columns:
        """Return the rows with what the model knows of their phones' launch, and of the day."""
        dated = np.where(np.isnan(data.day), self.model.shape.fills["day"], data.day)
        return complete(self._models, data.with_(day=dated))

    def log_price(self, data: Columns) -> Floats:
        """Return ln(p50) of completed rows."""
        return self.regression(data) + self._of_phones(data, self.identity) + self.rest(data)

    def regression(self, data: Columns) -> Floats:
        """Return the part of ln(p50) that does not depend on which phone it is, but for how fast its maker's age."""
        known = fill(self.model.shape, data)
        total = self._sum.add(self.model.level + self._places(data) + self._months(data), known)
        slopes = self._of_phones(data, lambda phone: self.model.slopes.get(phone.brand, self.model.slope))
        return total - slopes * (known.age / FIVE_YEARS)

    def level(self, phone: Phone, place: tuple[str, str], row: Row, known: Known[float]) -> float:
        """Return `regression` for one completed row, which is given on the model's scales, too."""
        total = self.single.add(self._start(phone, place, row), known)
        return total - self.model.slopes.get(phone.brand, self.model.slope) * (known.age / FIVE_YEARS)

    def levels(self, phone: Phone, place: tuple[str, str], row: Row, full: Known[float]) -> list[float]:
        """Return `level` at each step of an explanation: of a new phone in good condition, at last of this one."""
        slope = self.model.slopes.get(phone.brand, self.model.slope)
        climbed = self.single.climb(self._start(phone, place, row), row, full)
        return [total - slope * (age / FIVE_YEARS) for total, age in climbed]

    def _start(self, phone: Phone, place: tuple[str, str], row: Row) -> float:
        month = self._month(place, phone.brand, floor(row.day / MONTH)) if self.model.months else 0.0
        return self.model.level + self._place(*place) + month

    def identity(self, phone: Phone) -> float:
        """Return what maker, words of the name and the model itself add to ln(p50)."""
        total = self.model.brands.get(phone.brand, 0.0)
        for token in phone.tokens:
            total += self.model.tokens.get(token, 0.0)
        own = self._models.get(phone.key)
        return total + (own.effect if own else 0.0)

    def rest(self, data: Columns) -> Floats:
        """Return what the trees add to ln(p50)."""
        return self.model.forest.predict(self.features(data))

    def rest_of(self, phone: Phone, row: Row) -> float:
        """Return `rest` for one completed row."""
        return self.model.forest.predict_one(features_of(row, self._numbers.get(phone.brand, nan)))

    def features(self, data: Columns) -> Floats:
        """Return what the trees are asked: rows by features."""
        brand = self._of_phones(data, lambda phone: self._numbers.get(phone.brand, np.nan))
        return np.column_stack(
            [
                data.launch_price,
                age_of(data),
                data.storage,
                data.grade,
                data.battery,
                data.warranty,
                vintage_of(data),
                data.shop,
                brand,
            ]
        )

    def known(self, phone: Phone) -> bool:
        """Return whether there were enough prices of a model."""
        own = self._models.get(phone.key)
        return own is not None and own.count >= KNOWN_FROM

    def knows(self, phone: Phone) -> bool:
        """Return whether anything was learned of a phone's model or of its maker."""
        return phone.key in self._models or (phone.brand != "" and phone.brand in self._numbers)

    def usual_errors(self, ranges: Ranges, data: Columns, log_price: Floats) -> Floats:
        """Return the usual error of each completed row."""
        hard = ranges.difficulty
        brand = self._of_phones(data, lambda phone: hard.brands.get(phone.brand, 0.0))
        return hard.usual(log_price, hints_of(fill(self.model.shape, data)), brand)

    def ends(self, data: Columns, log_price: Floats, known: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Return what is added to ln(p50) for p10 and p90."""
        if bool(known.all()):
            return self._reach("known", data, log_price)
        seen = self._reach("known", data, log_price)
        new = self._reach("new", data, log_price)
        return np.where(known, seen[0], new[0]), np.where(known, seen[1], new[1])

    def _reach(self, name: str, data: Columns, log_price: Floats) -> tuple[Floats, Floats]:
        ranges = self.model.ranges.get(name, assumed())
        return ranges.reach(log_price, self.usual_errors(ranges, data, log_price))

    def _reach_of(
        self, phone: Phone, full: Known[float], middle: float, *, known: bool
    ) -> tuple[float, float]:
        ranges = self.model.ranges.get("known" if known else "new") or assumed()
        hard = ranges.difficulty
        return ranges.reach(middle, hard.usual(middle, hints_of(full), hard.brands.get(phone.brand, 0.0)))

    def _few(self, data: Columns) -> Prices:
        found = [self.one(phone, place, self.completed(phone, row)) for phone, place, row in rows_of(data)]
        ends = np.array([one[:3] for one in found], dtype=np.float64).reshape(len(found), 3).T
        return Prices(ends[0], ends[1], ends[2], np.array([one.known for one in found], dtype=bool))

    def _price(self, data: Columns) -> Prices:
        middle = self.log_price(data)
        known = self._of_phones(data, self.known) > 0
        low, high = self.ends(data, middle, known)
        return Prices(np.exp(middle + low), np.exp(middle), np.exp(middle + high), known)

    def _of_phones(self, data: Columns, ask: Callable[[Phone], float]) -> Floats:
        return np.array([ask(phone) for phone in data.phones], dtype=np.float64)[data.phone]

    def _places(self, data: Columns) -> Floats:
        return np.array([self._place(*place) for place in data.places], dtype=np.float64)[data.place]

    def _place(self, market: str, currency: str) -> float:
        level = self.model.places.get(f"{market}|{currency}")
        return self._currencies.get(currency, np.nan) if level is None else level

    @cached_property
    def _currencies(self) -> dict[str, float]:
        """The mean level by currency, for markets that were not seen."""
        found: dict[str, list[float]] = {}
        for place, level in self.model.places.items():
            found.setdefault(place.partition("|")[2], []).append(level)
        return {currency: sum(levels) / len(levels) for currency, levels in found.items()}

    def _months(self, data: Columns) -> Floats:
        """Return how far each row's place has gone by its month, for its maker."""
        month = month_of(data.day).astype(np.int64)
        if not self.model.months or not len(month):
            return np.zeros(len(month))
        makers, maker = self._makers_of(data)
        group = data.place * len(makers) + maker

        def walked(number: int, month: int) -> float:
            place, own = divmod(number, len(makers))
            return self._month(data.places[place], makers[own], month)

        if bool((month == month[0]).all()):
            table = np.zeros(len(data.places) * len(makers))
            used = np.flatnonzero(np.bincount(group))
            table[used] = [walked(number, int(month[0])) for number in used.tolist()]
            return np.asarray(table[group])
        least, span = int(month.min()), int(month.max() - month.min()) + 1
        pairs, back = np.unique(group * span + (month - least), return_inverse=True)
        found = [walked(pair // span, least + pair % span) for pair in pairs.tolist()]
        return np.array(found)[back]

    def _makers_of(self, data: Columns) -> tuple[list[str | None], Ints]:
        """Return the makers that there are, ``None`` for all that no place knows, and the number of each row's."""
        own = [phone.brand if phone.brand in self._makers else None for phone in data.phones]
        numbers = {maker: number for number, maker in enumerate(dict.fromkeys(own))}
        return list(numbers), np.array([numbers[maker] for maker in own], dtype=np.int64)[data.phone]

    def _month(self, place: tuple[str, str], maker: str | None, month: int) -> float:
        key = (place, maker if maker in self._makers else None, month)
        found = self._walked.get(key)
        if found is None:
            found = self._walked[key] = self._walk(*key)
        return found

    def _walk(self, place: tuple[str, str], maker: str | None, month: int) -> float:
        """Return how far a place has gone by a month; one that was not seen the mean of those of its currency.

        A maker goes along until its own newest price there: what others' prices did since says nothing of its own.
        One that has none there goes along all the way.
        """
        name = "|".join(place)
        if name in self.model.places:
            own = self.model.months.get(name, {})
            until = month if maker is None else self._until.get(name, {}).get(maker, month)
            before = bisect_right(list(own), min(month, until))
            return list(own.values())[before - 1] if before else 0.0
        alike = [each.split("|") for each in self.model.places if each.partition("|")[2] == place[1]]
        walks = [self._walk((market, currency), maker, month) for market, currency in alike]
        return sum(walks) / len(walks) if walks else 0.0
