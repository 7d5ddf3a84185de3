"""Which prices are so far from all others that they must be mistakes: a lost point, another currency, a wish."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Columns, Floats
from pricing.model.training import absurd

_PHONE_ROWS, _PHONE_TIMES = 5, 30.0
"""Of one phone model in one currency: new with the most storage and broken after eight years are 15 times apart."""
_ALL_ROWS, _ALL_TIMES = 10, 300.0
"""Of one currency: a used phone costs 5 to 3,000 euros, and some 150 in the middle."""

Flags = NDArray[np.bool_]


def mistaken(data: Columns) -> Flags:
    """Return which prices must be mistakes.

    First those that are far beyond what phones can cost beside the middle of all others, which needs no model: a price
    alone in its month or of its phone would otherwise be taken for that month's level. Then those far from what a
    model of the rest says.
    """
    found = _far(data)
    rest = np.flatnonzero(~found)
    found[rest] = absurd(data.take(~found))
    return found


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
