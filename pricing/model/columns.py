"""Many phones side by side: one array for each thing that a price depends on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pricing.catalogue import normal_name

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

GRADES = ("broken", "fair", "good", "excellent", "premium", "new")
"""From worst to best; a grade's number is its place."""
NUMBERS = (
    "storage",
    "grade",
    "battery",
    "day",
    "launch_day",
    "launch_price",
    "warranty",
    "shop",
    "price",
)
"""The columns of numbers; what is not known is NaN."""

_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_SLOT_SHIFT = np.uint64(46)
_SLOTS = 1 << 18
_FEW = 20_000
"""Rows that are sorted sooner than the table is made."""
_TOKEN = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Phone:
    """A maker and a model, in normal spelling.

    Attributes:
        model: Empty where no model is named.
        tokens: The words of the model's name, numbers left out: ``pro``, ``max``, ``note``; each with its maker.
    """

    brand: str
    model: str
    tokens: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the name under which effects are kept; empty without a model."""
        return f"{self.brand}|{self.model}" if self.model else ""


def phone(brand: str, model: str) -> Phone:
    """Return a phone in normal spelling.

    ``Apple iPhone 13`` and ``iPhone 13`` of Apple are one, and so are ``S25+`` and ``S25 Plus``.
    """
    maker = normal_name(brand)
    name = normal_name(model)
    if maker and name.startswith(maker) and name != maker:
        name = name.removeprefix(maker)
    spelled = model.casefold().replace("+", " plus")
    words = {word for word in _TOKEN.findall(spelled) if word != brand.casefold()}
    return Phone(maker, name, tuple(sorted(f"{maker}|{word}" for word in words)))


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of price data, or phones to be priced.

    Attributes:
        phones: Each phone that occurs, once; ``phone`` holds places in it.
        places: Each market and currency that occurs; ``place`` holds places in it.
        storage: GB.
        grade: Place in `GRADES`.
        battery: Percent.
        day: Of the price, as `datetime.date.toordinal`.
        launch_day: The same for the launch.
        launch_price: In the row's currency, or whatever footing the whole file has.
        warranty: 1 where one is stated, 0 where none is; NaN where nothing is said.
        shop: 1 sold by a shop, 0 by a private person.
        price: NaN where it is asked for.
        catalogued: `Phone.key` of those whose launch price no row told, so that it is the catalogue's.
    """

    phones: tuple[Phone, ...]
    places: tuple[tuple[str, str], ...]
    phone: Ints
    place: Ints
    storage: Floats
    grade: Floats
    battery: Floats
    day: Floats
    launch_day: Floats
    launch_price: Floats
    warranty: Floats
    shop: Floats
    price: Floats
    catalogued: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.phone)

    def take(self, rows: NDArray[Any]) -> Columns:
        """Return some rows: a mask or places."""
        names = ("phone", "place", *NUMBERS)
        arrays: dict[str, Any] = {name: getattr(self, name)[rows] for name in names}
        return replace(self, **arrays)

    def with_(self, **arrays: Any) -> Columns:
        """Return the rows with other numbers in some columns."""
        return replace(self, **arrays)

    def row_keys(self) -> list[str]:
        """Return each row's phone by its key; empty without a model."""
        names = [each.key for each in self.phones]
        return [names[place] for place in self.phone]


def columns(rows: Sequence[dict[str, Any]]) -> Columns:
    """Return rows given as records: ``brand``, ``model``, ``market``, ``currency`` and the numbers' names."""
    phones: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str], int] = {}
    phone_codes = [
        phones.setdefault((row.get("brand", ""), row.get("model", "")), len(phones)) for row in rows
    ]
    place_codes = [
        places.setdefault((row.get("market", ""), row.get("currency", "")), len(places)) for row in rows
    ]
    numbers = {name: _numbers(row.get(name) for row in rows) for name in NUMBERS}
    return Columns(
        phones=tuple(phone(*names) for names in phones),
        places=tuple(places),
        phone=np.array(phone_codes, dtype=np.int64),
        place=np.array(place_codes, dtype=np.int64),
        catalogued=frozenset(),
        **numbers,
    )


def _numbers(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def distinct(data: Columns) -> tuple[Columns, Ints]:
    """Return each different phone once, prices left aside, and for each row its place among them.

    A fleet repeats itself: a million rows are some thousand cells. Rows are told apart by a hash of 64 bits; the result
    is compared with the rows, so that two cells with one hash are never mixed up.
    """
    names = [
        field.name
        for field in fields(Columns)
        if field.name not in {"phones", "places", "price", "catalogued"}
    ]
    parts = [part for name in names if _varies(part := getattr(data, name).view(np.uint64))]
    first, back = _numbered(_mixed(parts, len(data)))
    if any(bool((part[first][back] != part).any()) for part in parts):
        return data, np.arange(len(data), dtype=np.int64)
    return data.take(first), back


def _varies(part: NDArray[np.uint64]) -> bool:
    return len(part) > 0 and bool((part != part[0]).any())


def _mixed(parts: Iterable[NDArray[np.uint64]], rows: int) -> NDArray[np.uint64]:
    mixed = np.zeros(rows, dtype=np.uint64)
    for part in parts:
        mixed ^= part
        mixed *= _ODD
        mixed ^= mixed >> _SHIFT
    return mixed * _ODD


def _numbered(mixed: NDArray[np.uint64]) -> tuple[Ints, Ints]:
    """Return a row for each different number, and each row's place among those.

    A table by the number's first bits finds nearly all of them without sorting; the rest is sorted.
    """
    if len(mixed) < _FEW:
        _, first_rows, places = np.unique(mixed, return_index=True, return_inverse=True)
        return first_rows, places
    slot = (mixed >> _SLOT_SHIFT).astype(np.int64)
    first = np.full(_SLOTS, -1, dtype=np.int64)
    first[slot] = np.arange(len(mixed))
    used = np.flatnonzero(first >= 0)
    place = np.zeros(_SLOTS, dtype=np.int64)
    place[used] = np.arange(len(used))
    back = place[slot]
    others = np.flatnonzero(mixed[first[slot]] != mixed)
    if not len(others):
        return first[used], back
    _, more, own = np.unique(mixed[others], return_index=True, return_inverse=True)
    back[others] = len(used) + own
    return np.concatenate([first[used], others[more]]), back
