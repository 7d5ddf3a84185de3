"""One phone's price with its reasons: multipliers that lead from the launch price to p50, exactly.

The order is fixed, because what a step is worth depends on the steps before it: from a new phone of middling storage in
good condition, one thing after the other is set to what it is on the phone. The trees' share is one named step, last.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite, log
from typing import Any

import numpy as np

from pricing.model.columns import GRADES, NUMBERS, Columns
from pricing.model.scoring import Scorer

STEPS = ("market", "model", "age", "storage", "grade", "battery", "warranty", "seller", "residual")
"""The multipliers in their order."""
_SET_BY_STEP = {
    "age": ("launch_day",),
    "storage": ("storage",),
    "grade": ("grade",),
    "battery": ("battery",),
    "warranty": ("warranty",),
    "seller": ("shop",),
}
_GOOD = float(GRADES.index("good"))
_GOOD_BATTERY = 87.0


@dataclass(frozen=True, slots=True)
class Explained:
    """A price and how it comes about.

    Attributes:
        base: The launch price, or where none is known the price that the model starts from.
        launch_known: Whether ``base`` is the launch price.
        steps: The multipliers by `STEPS`; ``base`` times all of them is ``p50``.
        known: Whether the phone's model was known.
        count: Of the prices of that model.
    """

    p10: float
    p50: float
    p90: float
    base: float
    launch_known: bool
    steps: dict[str, float]
    known: bool
    count: int


def explain(scorer: Scorer, one: Columns) -> Explained:
    """Return the price of one phone with its reasons; NaN where no price of its currency was learned."""
    row = scorer.complete(one)
    ladder = _ladder(row, scorer.model.shape.fills["storage"])
    levels = scorer.regression(ladder)
    phone = row.phones[row.phone[0]]
    identity = scorer.identity(phone)
    rest = float(scorer.rest(row)[0])
    # The same sum in the same order as for many phones, so that both say the same price to the last bit.
    middle = levels[-1:] + identity + rest
    low, high = scorer.ends(row, middle, np.array([scorer.known(phone)]))
    ends = np.exp(np.concatenate([middle + low, middle, middle + high])).tolist()
    launch = float(row.launch_price[0])
    base = launch if isfinite(launch) else exp(levels[0] + scorer.model.usual)
    usual = scorer.model.usual
    market = float(levels[0]) - log(base) + usual
    steps = _steps(market, identity - usual, np.diff(levels).tolist(), rest)
    own = scorer.model.models.get(phone.key)
    return Explained(
        p10=ends[0],
        p50=ends[1],
        p90=ends[2],
        base=base,
        launch_known=isfinite(launch),
        steps={name: exp(value) for name, value in steps.items()},
        known=scorer.known(phone),
        count=own.count if own else 0,
    )


def _steps(market: float, identity: float, changes: list[float], rest: float) -> dict[str, float]:
    return dict(zip(STEPS, [market, identity, *changes, rest], strict=True))


def _ladder(row: Columns, storage: float) -> Columns:
    """Return the phone at each step: first as new, in good condition, at last as it is."""
    count = len(_SET_BY_STEP) + 1
    arrays: dict[str, Any] = {name: np.repeat(getattr(row, name), count) for name in NUMBERS}
    origin = {
        "launch_day": row.day[0],
        "storage": 2.0 ** (3.0 + 8.0 * storage),
        "grade": _GOOD,
        "battery": _GOOD_BATTERY,
        "warranty": np.nan,
        "shop": np.nan,
    }
    for place, names in enumerate(_SET_BY_STEP.values()):
        for name in names:
            arrays[name][: place + 1] = origin[name]
    return row.with_(phone=np.repeat(row.phone, count), place=np.repeat(row.place, count), **arrays)
