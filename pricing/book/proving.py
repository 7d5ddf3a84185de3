"""What speaks against a price: own sales that lead it far away and prove too little, or a list price below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import expm1, inf, log, sqrt
from typing import TYPE_CHECKING

from pricing.ports import PriceQuery
from pricing.records import Reason, reason

if TYPE_CHECKING:
    from pricing.book.estimate import Estimate
    from pricing.book.own import Moved
    from pricing.book.weights import Weights


@dataclass(frozen=True, slots=True)
class Said:
    """What some errors of the book say together.

    Attributes:
        count: How many there are.
        unsure: Two standard errors of their mean, of ln(price).
    """

    count: int = 0
    unsure: float = inf

    def proves(self, needed: int, unsure: float) -> bool:
        """Return whether there are enough of them, and close enough together."""
        return self.count >= needed and self.unsure <= unsure


NOTHING = Said()


def said(errors: Sequence[float]) -> Said:
    """Return what errors say together; of one alone nobody knows how far others would lie from it."""
    count = len(errors)
    if count <= 1:
        return Said(count)
    mean = sum(errors) / count
    spread = sum((error - mean) ** 2 for error in errors) / (count - 1)
    return Said(count, 2.0 * sqrt(spread / count))


def own_doubts(
    ends: tuple[Estimate, Estimate], moved: Moved, market: int, currency: str, weights: Weights
) -> Iterator[Reason]:
    """Yield that own sales lead a price far away, and whether they prove it.

    They prove it where as many of the phone's own model as market prices speak against them, up to a number that is
    enough, are close together. What they do to all models is proved by as many models, each by its mean.

    Args:
        ends: The price without own sales, and with them.
        moved: What they do to it.
        market: How many market prices of the phone's model speak against them.
        currency: Of both prices.
        weights: How far is far, and what is enough.
    """
    before, after = ends
    way, far = log(after.p50 / before.p50), log(weights.disagreement)
    if abs(way) <= far or before.low <= way <= before.high:
        return
    needed, unsure = max(weights.least_own, min(market, weights.proof_most)), log(weights.proof_unsure)
    told = {"before": shown(before.p50, currency), "after": shown(after.p50, currency)}
    rest = way - moved.shared if moved.models.proves(needed, unsure) else way
    if abs(rest) <= far or moved.own.proves(needed, unsure):
        yield reason("own_deals_differ", **told)
    elif moved.own.count < needed:
        yield reason("own_deals_few", **told, count=str(moved.own.count), needed=str(needed))
    else:
        percent = f"{100 * expm1(moved.own.unsure):.0f}"
        yield reason("own_deals_apart", **told, count=str(moved.own.count), percent=percent)


def list_doubt(query: PriceQuery, p50: float, new: float, weights: Weights) -> Reason | None:
    """Return that market prices lead to more than a phone costs new, if they do.

    Args:
        query: The phone.
        p50: Its price.
        new: Its list price, in the query's currency, too.
        weights: From which age on, and what a list price of another country lacks before.
    """
    if (query.as_of - query.model.launch_date).days > weights.new_days:
        code, most = "above_list", new
    else:
        home = query.model.launch_prices[query.model.base_storage].currency
        code, most = "above_new", new * (1.0 if home == query.currency else weights.new_abroad)
    if p50 <= most:
        return None
    return reason(code, price=shown(p50, query.currency), list=shown(most, query.currency))


def shown(amount: float, currency: str) -> str:
    """Return about how much it is: without cents, which would say that it is known so well."""
    return f"{amount:.0f} {currency}"
