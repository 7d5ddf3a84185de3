"""Which prices are so far from all others that they must be mistakes: a lost point, another currency, a wish."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Columns, Floats
from pricing.model.scoring import month_of
from pricing.model.training import absurd

_PHONE_ROWS, _PHONE_TIMES = 5, 30.0
"""Of one phone model in one currency: new with the most storage and broken after eight years are 15 times apart."""
_ALL_ROWS, _ALL_TIMES = 10, 300.0
"""Of one currency: a used phone costs 5 to 3,000 euros, and some 150 in the middle."""

_FEW = 5
"""Rows that have nobody but each other to be held against."""

Flags = NDArray[np.bool_]


def mistaken(data: Columns) -> Flags:
    """Return which prices must be mistakes.

    First those that are far beyond what phones can cost beside the middle of all others, which needs no model: a price
    alone in its month or of its phone would otherwise be taken for that month's level. Then those far from what a
    model of the rest says, which must not learn from a row what it is then asked about it (`_held_against_others`).
    """
    found = _far(data)
    rest = np.flatnonzero(~found)
    found[rest] = absurd(_held_against_others(data.take(~found)))
    return found


def _held_against_others(data: Columns) -> Columns:
    """Return rows without what only a few of them have.

    A market, a month, a kind of seller or a gap that hardly another row shares has a level of its own in the model,
    which would take a mistake for that level. Each of them moves a price by far less than what counts as absurd.
    """
    if not len(data):
        return data
    filled = {name: _filled(getattr(data, name)) for name in ("storage", "grade", "battery")}
    launches = {name: _of_phone(data, name) for name in ("launch_day", "launch_price")}
    sellers = np.nan_to_num(data.shop, nan=-1.0)
    shop = np.where(_rare(sellers), _commonest(sellers), sellers)
    day, born = _in_a_common_month(data.day, launches.pop("launch_day"))
    return data.with_(
        **filled,
        **launches,
        place=_common_places(data),
        shop=np.where(shop < 0.0, np.nan, shop),
        day=day,
        launch_day=born,
    )


def _filled(numbers: Floats) -> Floats:
    """Return numbers with a few gaps filled by the middle; many gaps are a kind of row, and stay."""
    gaps = np.isnan(numbers)
    if not 0 < gaps.sum() < _FEW or gaps.all():
        return numbers
    return np.where(gaps, np.median(numbers[~gaps]), numbers)


def _of_phone(data: Columns, name: str) -> Floats:
    """Return numbers with a few gaps filled by what other rows of the same phone say."""
    numbers: Floats = getattr(data, name)
    gaps = np.flatnonzero(np.isnan(numbers))
    if not 0 < len(gaps) < _FEW:
        return numbers
    found = numbers.copy()
    for place in gaps:
        said = numbers[(data.phone == data.phone[place]) & ~np.isnan(numbers)]
        found[place] = np.median(said) if len(said) else np.nan
    return found


def _in_a_common_month(day: Floats, born: Floats) -> tuple[Floats, Floats]:
    """Return days and launches, those of months with a few rows moved to the middle day: each phone keeps its age."""
    known = np.isfinite(day)
    moved = known & _rare(month_of(np.where(known, day, 0.0)))
    if not moved.any() or not (known & ~moved).any():
        return day, born
    shift = np.where(moved, np.median(day[known & ~moved]) - day, 0.0)
    return day + shift, born + shift


def _common_places(data: Columns) -> NDArray[np.int64]:
    """Return the rows' places; a market with a few rows goes by the one with most of its currency."""
    found = data.place.copy()
    counts = np.bincount(data.place, minlength=len(data.places))
    for number, (_, currency) in enumerate(data.places):
        if 0 < counts[number] < _FEW:
            alike = [other for other, place in enumerate(data.places) if place[1] == currency]
            found[data.place == number] = max(alike, key=lambda other: int(counts[other]))
    return found


def _rare(values: Floats) -> Flags:
    """Return which rows have a value that few others have."""
    _, back, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray(counts[back] < _FEW)


def _commonest(values: Floats) -> float:
    found, counts = np.unique(values, return_counts=True)
    return float(found[np.argmax(counts)])


def _far(data: Columns) -> Flags:
    logs = np.log(data.price)
    currencies = {
        name: number for number, name in enumerate(dict.fromkeys(place[1] for place in data.places))
    }
    currency = np.array([currencies[place[1]] for place in data.places], dtype=np.int64)[data.place]
    phones = currency * len(data.phones) + data.phone
    far = _beyond(logs, currency, _ALL_ROWS, _ALL_TIMES)
    return far | _beyond(logs, phones, _PHONE_ROWS, _PHONE_TIMES)


def _beyond(logs: Floats, group: NDArray[np.int64], least: int, times: float) -> Flags:
    """Return which rows are so many times their group's median, or a fraction; none in a group of few rows."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    found = np.zeros(len(logs), dtype=bool)
    for rows in np.split(order, starts[1:]) if len(order) else ():
        if len(rows) >= least:
            found[rows] = np.abs(logs[rows] - np.median(logs[rows])) > np.log(times)
    return found
