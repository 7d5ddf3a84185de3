"""The quote: grade and price of a phone, the offer that follows, and the decision whether to make it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.engine import GradeResult, grade
from diagnostics.grading.inspection import Inspection
from pricing.catalogue import load_catalogue
from pricing.locks import lock_warnings
from pricing.market import Market, load_market
from pricing.money import Money
from pricing.ports import PriceModel
from pricing.records import Factor, PriceRange, Reason, Step, reason
from pricing.repairs.counting import counted
from pricing.repairs.paying import plans, with_own_battery
from pricing.repairs.prices import RepairPrices, load_prices
from pricing.repairs.records import Plan
from pricing.ruling import Case, Decision, Repair, Ruling, repairs, rule
from pricing.sale import as_sold, find_model
from pricing.words import words

_FARTHEST = timedelta(days=36525)
"""A hundred years: nobody asks for more, and what phones bring by then fits into an amount of money."""

__all__ = ["Decision", "Quote", "Repair", "quote", "words"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote (schema ``tradein/quote-1``).

    Attributes:
        market: Its code.
        resale: What it is expected to sell for, once repaired where ``repair`` says so.
        offer: 0 when it is taken for recycling; with ``review`` the offer that would hold if nothing were found.
        valid_until: UTC; ``None`` without an offer.
        waterfall: Adds up to the offer exactly; empty without one.
        price_factors: The launch price first; all multipliers times it, rounded, are the p50.
        warnings: What to know about the price.
        reasons: Why the decision is not simply ``offer``.
        as_of: The day whose rates and prices hold.
        market_version: Of the market's rates.
        repair: What is to be repaired first.
        repairs: What lifts the grade, what it costs and whether it pays; the nearest grade first.
        repairs_version: Of the prices of repairs; ``""`` in a quote that was made before there were any.
    """

    grade: GradeResult
    decision: Decision
    market: str
    resale: PriceRange | None
    offer: Money | None
    valid_until: datetime | None
    waterfall: tuple[Step, ...]
    price_factors: tuple[Factor, ...]
    model_version: str
    warnings: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    as_of: date
    market_version: str
    model_name: str | None
    repair: tuple[Repair, ...] = ()
    repairs: tuple[Plan, ...] = ()
    repairs_version: str = ""


def quote(
    inspection: Inspection,
    *,
    market: str = "FR",
    as_of: date,
    now: datetime,
    price_model: PriceModel | None = None,
    standards: Sequence[str] | None = None,
    repair_prices: RepairPrices | None = None,
) -> Quote:
    """Return the quote for an inspected phone.

    Args:
        inspection: The reading and the answers of the checklist.
        market: Code of one of `pricing.market.known_markets`.
        as_of: The day whose rates and prices hold.
        now: Aware; the offer's validity counts from here.
        price_model: The seed book by default.
        standards: The rule sets to grade under; the first decides. The one that the checklist names when left out.
        repair_prices: What repairs cost; those that came with the program by default.

    Raises:
        BadInput: The market is unknown, has no rates on that day, or the inspection has unknown answers;
            ``day_too_far``: the day is more than `_FARTHEST` after now.
    """
    _check_day(as_of, now)
    local = load_market(market, as_of)
    costs = counted(repair_prices or load_prices(), local.currency, as_of)
    named = tuple(standards or (load_checklist(inspection.checklist).standard,))
    graded = grade(inspection, named)
    catalogue = load_catalogue()
    model = find_model(catalogue, inspection.reading.identity)
    rates = with_own_battery(local, model, costs, as_of)
    sale = as_sold(inspection, graded, named)
    case = Case(inspection, graded, sale, rates, catalogue, model, as_of)
    prices = price_model or _seed_book()
    ruling = rule(case, prices)
    lifting = () if ruling.decision is Decision.REFUSE else plans(case, prices, costs, named)
    made = _made(case, ruling, prices.version, now)
    return replace(
        made, repairs=lifting, repairs_version=costs.version, warnings=(*made.warnings, *_wrong(costs))
    )


def _check_day(as_of: date, now: datetime) -> None:
    last = now.date() + _FARTHEST
    if as_of > last:
        raise BadInput(
            f"No price can be told for {as_of}: that is too far ahead.",
            f"Name a day up to {last}.",
            "day_too_far",
            day=str(as_of),
            last=str(last),
        )


def _wrong(costs: RepairPrices) -> Iterable[Reason]:
    if costs.wrong:
        yield reason("own_repairs_unused", **costs.fault, detail=costs.wrong)
    yield from costs.remarks


@cache
def _seed_book() -> PriceModel:
    from pricing.seed.book import SeedBook

    return SeedBook()


def _made(case: Case, ruling: Ruling, version: str, now: datetime) -> Quote:
    offer, price = ruling.offer, ruling.price
    return Quote(
        grade=case.graded,
        decision=ruling.decision,
        market=case.market.code,
        resale=price.range if price else None,
        offer=offer.amount if offer else None,
        valid_until=_until(now, case.market) if offer else None,
        waterfall=offer.steps if offer else (),
        price_factors=price.factors if price else (),
        model_version=price.version if price else version,
        warnings=tuple(_warnings(case, ruling)),
        reasons=ruling.reasons,
        as_of=case.as_of,
        market_version=case.market.version,
        model_name=case.model.title if case.model else None,
        repair=tuple(repairs(case)),
    )


def _warnings(case: Case, ruling: Ruling) -> Iterable[Reason]:
    yield from lock_warnings(case.inspection)
    if ruling.price is None:
        return
    if not case.sale.battery_read:
        yield reason("battery_unverified", percent=str(case.sale.battery_percent))
    if case.graded.unanswered:
        yield reason("unanswered", count=str(len(case.graded.unanswered)))
    yield from (each for each in ruling.price.warnings if each not in ruling.reasons)


def _until(now: datetime, market: Market) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0) + timedelta(days=market.valid_days)
