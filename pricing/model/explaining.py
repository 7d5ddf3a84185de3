"""One phone's price with its reasons: multipliers that lead from the launch price to p50, exactly.

The order is fixed, because what a step is worth depends on the steps before it: from a new phone of middling storage in
good condition, one thing after the other is set to what it is on the phone. The trees' share is one named step, last.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, isfinite, log

from pricing.model.columns import Columns, Phone
from pricing.model.scoring import Scorer
from pricing.model.single import LADDER, Row, rows_of

STEPS = ("market", "model", *LADDER, "residual")
"""The multipliers in their order."""


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
    return explain_row(scorer, *next(rows_of(one)))


def explain_row(scorer: Scorer, phone: Phone, place: tuple[str, str], row: Row) -> Explained:
    """Return what `explain` does, of a phone in plain numbers: arrays of one element cost more than half of a price."""
    row = scorer.completed(phone, row)
    full = scorer.single.known(row)
    levels = scorer.levels(phone, place, row, full)
    price = scorer.at(levels[-1], phone, row, full)
    launched = isfinite(row.launch_price)
    usual = scorer.model.usual
    base = row.launch_price if launched else exp(levels[0] + usual)
    changes = [after - before for before, after in pairwise(levels)]
    market = levels[0] - log(base) + usual
    steps = [market, scorer.identity(phone) - usual, *changes, price.rest]
    own = scorer.model.models.get(phone.key)
    return Explained(
        p10=price.p10,
        p50=price.p50,
        p90=price.p90,
        base=base,
        launch_known=launched,
        steps={name: exp(value) for name, value in zip(STEPS, steps, strict=True)},
        known=price.known,
        count=own.count if own else 0,
    )
