"""Watches whether the price model still keeps its promises: what phones brought beside what their quotes had said.

Two things are held against chance, with the error that few sales leave: the bias (the mean of ln(sold / p50), Student's
t) and the coverage (how many of the sales lay in p10..p90, which promises 80 %, binomial). The verdict is asked for
after every sale, so each test is strict: a model that keeps its promise is suspected in one or two of a hundred runs of
300 sales, and one whose p50 is off by 10 % is found after some fifty, where ranges reach from -23 % to +29 %
(``tests/unit/pricing/test_drift.py``). Nothing here changes a price. It only says how much wider a range must be to
hold again what it promises.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from statistics import NormalDist, fmean, stdev

from pricing.own_deals import OwnDeal, read_own_deals

PROMISED = 0.8
"""The share of sales that p10..p90 shall hold."""
LEAST_SALES = 12
"""Below these nothing is said."""
MOST_SALES = 120
"""The newest ones count: of more, an old bias would hide that it is gone, or a new one that it came."""
DAYS = 180
"""Older sales say nothing about the model of today."""
CHANCE = 0.0002
"""By chance alone at most this often in one look, for each of the tests."""
LEAST_BIAS = 0.03
"""A smaller bias costs less than the doubt about it."""
MOST_WIDENING = 3.0
_LN_LEAST = 1e-6
"""A range of no width would make every sale infinitely far away."""


class Verdict(StrEnum):
    """What the sales say of the model, the worst that is proved."""

    THIN = "thin"
    OK = "ok"
    BIASED = "biased"
    OVERCONFIDENT = "overconfident"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Drift:
    """What came of the promises of quotes.

    Attributes:
        sales: How many were looked at: the newest ones of `DAYS`, at most `MOST_SALES`, sold in their quote's currency.
        bias_percent: By how much phones brought more (or less, below 0) than their p50, in the geometric mean; ``None``
            without sales.
        bias_error: The standard error of that, in percent points; ``None`` below two sales.
        coverage: The share of sales within p10..p90; ``None`` without sales.
        reach: By how much the logarithm of the range would have to be wider to hold what it promises: 1 is as it is,
            below 1 it could be narrower; ``None`` without sales.
        verdict: ``thin`` below `LEAST_SALES`. ``wide`` ranges cost no money, and nothing follows from them.
        since: The day of the first sale that counts; ``None`` without sales.
        until: The day of the last one.
    """

    sales: int
    bias_percent: float | None
    bias_error: float | None
    coverage: float | None
    reach: float | None
    verdict: Verdict
    since: date | None
    until: date | None

    @property
    def suspect(self) -> bool:
        """Whether prices are to be trusted less than they say."""
        return self.verdict in {Verdict.BIASED, Verdict.OVERCONFIDENT}


NO_SALES = Drift(0, None, None, None, None, Verdict.THIN, None, None)


def drift_of(deals: Path | Iterable[OwnDeal], today: date) -> Drift:
    """Return what came of the promises.

    Args:
        deals: Deals in any order, or the ``own-deals.csv`` that holds them; a file that is not there holds none.
        today: Sales after it are left aside.
    """
    found = read_own_deals(deals) if isinstance(deals, Path) else deals
    kept = _counting(found, today)
    return _judged(kept) if kept else NO_SALES


def caution(drift: Drift) -> float:
    """Return by how much to stretch the logarithm of a range about its p50: 1 unless the drift is suspect, else 1 to 3.

    The p50 stays where it is: a person trains or promotes a model, a drift never prices anew by itself.
    """
    if not drift.suspect or drift.reach is None:
        return 1.0
    return min(max(drift.reach, 1.0), MOST_WIDENING)


def _counting(deals: Iterable[OwnDeal], today: date) -> list[OwnDeal]:
    first = today - timedelta(days=DAYS)
    kept = [
        deal
        for deal in deals
        if deal.promise and deal.promise.currency == deal.currency and first <= deal.sold_on <= today
    ]
    return sorted(kept, key=lambda deal: (deal.sold_on, deal.id))[-MOST_SALES:]


def _judged(deals: Sequence[OwnDeal]) -> Drift:
    logs = [_log(deal) for deal in deals]
    held = [_held(deal) for deal in deals]
    mean = fmean(logs)
    error = stdev(logs) / math.sqrt(len(logs)) if len(logs) > 1 else None
    inside = sum(held)
    return Drift(
        sales=len(deals),
        bias_percent=100 * math.expm1(mean),
        bias_error=100 * math.exp(mean) * error if error is not None else None,
        coverage=inside / len(deals),
        reach=_reach(deals),
        verdict=_verdict(mean, error, inside, len(deals)),
        since=deals[0].sold_on,
        until=deals[-1].sold_on,
    )


def _verdict(mean: float, error: float | None, inside: int, sales: int) -> Verdict:
    if sales < LEAST_SALES or error is None:
        return Verdict.THIN
    if abs(math.expm1(mean)) >= LEAST_BIAS and _by_chance(mean, error, sales) < CHANCE:
        return Verdict.BIASED
    if _at_most(inside, sales, PROMISED) < CHANCE:
        return Verdict.OVERCONFIDENT
    return Verdict.WIDE if _at_most(sales - inside, sales, 1 - PROMISED) < CHANCE else Verdict.OK


def _by_chance(mean: float, error: float, sales: int) -> float:
    """Return how often a mean without bias is so far from 0: Student's t, both sides.

    By Wallace's normal score of t (Annals of Mathematical Statistics 30, 1959), good to 3 % of the answer from twelve
    sales on; scipy's own would cost the first quote of a day up to half a second.
    """
    if error == 0:
        return 0.0 if mean else 1.0
    free = sales - 1
    score = (8 * free + 1) / (8 * free + 3) * math.sqrt(free * math.log1p((mean / error) ** 2 / free))
    return 2 * NormalDist().cdf(-score)


def _at_most(count: int, tries: int, share: float) -> float:
    """Return the binomial chance of at most so many."""
    return math.fsum(math.comb(tries, n) * share**n * (1 - share) ** (tries - n) for n in range(count + 1))


def _reach(deals: Sequence[OwnDeal]) -> float:
    """Return the promised quantile of how far sales lay from their p50, the nearer end of their range being 1."""
    far = sorted(_far(deal) for deal in deals)
    place = math.ceil(PROMISED * (len(far) + 1))
    return far[min(place, len(far)) - 1]


def _far(deal: OwnDeal) -> float:
    promise = deal.promise
    assert promise is not None, "only deals with a promise are counted"
    end = promise.p90 if deal.price >= promise.p50 else promise.p10
    width = abs(math.log(end / promise.p50))
    return abs(_log(deal)) / max(width, _LN_LEAST)


def _log(deal: OwnDeal) -> float:
    assert deal.promise is not None, "only deals with a promise are counted"
    return math.log(deal.price / deal.promise.p50)


def _held(deal: OwnDeal) -> bool:
    assert deal.promise is not None, "only deals with a promise are counted"
    return deal.promise.p10 <= deal.price <= deal.promise.p90
