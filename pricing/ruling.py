"""The rules that decide what to do with a phone, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diagnostics.errors import UserError
from diagnostics.grading.engine import Disposition, Grade, GradeResult
from diagnostics.grading.inspection import Inspection
from diagnostics.model import LockState
from pricing.catalogue import Catalogue, Model
from pricing.locks import lock_state, locks_on, locks_unknown, tampering
from pricing.market import Market
from pricing.money import Money
from pricing.offer import Job, Offer, build_offer
from pricing.ports import Price, PriceModel, PriceQuery
from pricing.records import Reason, reason
from pricing.sale import Sale, battery_health, model_reasons, priced_storage

_PRICE_FAULTS = frozenset({"launch_in_future", "no_rate"})
_LOOK_UP = frozenset({"curves_differ", "above_list", "above_new", "own_deals_few", "own_deals_apart"})
"""What a price says of itself that no firm offer is made on: somebody looks up first what such a phone brings."""


class Decision(StrEnum):
    """What to do with the phone."""

    OFFER = "offer"
    REVIEW = "review"
    REPAIR_FIRST = "repair_first"
    RECYCLE = "recycle"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Repair:
    """What has to be repaired before the phone can be sold.

    Attributes:
        part: ``battery``, or the question whose answer asks for the repair.
        cost: Part and work without VAT; ``None`` where no price is known.
    """

    part: str
    cost: Money | None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the rules look at.

    Attributes:
        graded: The grade of the phone as it is.
        sale: The phone as it would be sold.
        model: ``None`` when it is not in the catalogue.
    """

    inspection: Inspection
    graded: GradeResult
    sale: Sale
    market: Market
    catalogue: Catalogue
    model: Model | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say; price and offer are ``None`` where there is no honest one."""

    decision: Decision
    reasons: tuple[Reason, ...]
    price: Price | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """A phone's price and the offer that follows; what a person has to look at for them."""

    price: Price | None = None
    offer: Offer | None = None
    review: tuple[Reason, ...] = ()


def rule(case: Case, prices: PriceModel) -> Ruling:
    """Return what to do with a phone.

    What forbids buying comes first. Then whatever a person has to look at: the offer is the one that would hold if
    nothing were found. A phone that is not worth its costs is recycled, be it repaired or not.
    """
    refusals = tuple(_refusals(case))
    if refusals:
        return Ruling(Decision.REFUSE, refusals)
    priced_now = priced(case, prices)
    reviews = (*_reviews(case), *priced_now.review)
    if priced_now.offer and not priced_now.offer.pays:
        decision = Decision.REVIEW if reviews else Decision.RECYCLE
        return Ruling(decision, (*reviews, reason("not_worth_it")), priced_now.price, priced_now.offer)
    reasons = (*reviews, *_repair_reasons(case))
    decision = _decision(case, reviews)
    if case.sale.grade is None:
        return Ruling(decision, reasons)
    return Ruling(decision, reasons, priced_now.price, priced_now.offer)


def repairs(case: Case) -> Iterable[Repair]:
    """Yield what has to be repaired before the phone can be sold."""
    if case.sale.new_battery and case.model is not None:
        yield Repair("battery", case.market.battery_cost(case.model.family))
    for cap in case.graded.capped_by:
        if cap.cap == Disposition.REPAIR and cap.question not in {None, "battery_settings"}:
            yield Repair(str(cap.question), None)


def _decision(case: Case, reviews: Sequence[Reason]) -> Decision:
    if reviews:
        return Decision.REVIEW
    return Decision.REPAIR_FIRST if case.graded.disposition is Disposition.REPAIR else Decision.OFFER


def _refusals(case: Case) -> Iterable[Reason]:
    locks = tuple(locks_on(case.inspection, case.market))
    yield from locks
    if case.graded.disposition is Disposition.STOP:
        yield reason("safety_stop")
    if case.graded.disposition is Disposition.REJECT and not locks:
        yield reason("rejected")


def _reviews(case: Case) -> Iterable[Reason]:
    yield from locks_unknown(case.inspection, case.market)
    yield from tampering(case.inspection)
    if case.sale.incomplete:
        yield reason("grade_incomplete")
    if case.graded.disposition is Disposition.HOLD:
        yield from _hold(case)
    if case.model is None:
        yield from model_reasons(case.catalogue, case.inspection.reading.identity)


def _hold(case: Case) -> Iterable[Reason]:
    """Yield why a phone is on hold, its locks aside: those that forbid buying are refused before."""
    if case.inspection.answers.get("wiped") == "no":
        yield reason("not_wiped")
    elif lock_state(case.inspection, "sim") is not LockState.ON:
        yield reason("on_hold")


def _repair_reasons(case: Case) -> Iterable[Reason]:
    if case.sale.incomplete:
        return
    if case.sale.grade is None:
        yield reason("repair_cost_unknown")
    elif case.sale.new_battery:
        yield reason("battery_worn", percent=str(battery_health(case.inspection)))


def priced(case: Case, prices: PriceModel) -> Priced:
    """Return the price of a phone as it would be sold, and its offer; nothing where there is no honest one."""
    best = case.sale.grade or _if_repaired(case)
    if best is None or case.model is None:
        return Priced()
    size, looks = priced_storage(case.model, case.inspection.reading.storage.capacity_gb)
    try:
        price = prices.price(_query(case, case.model, size, best))
    except UserError as error:
        return Priced(review=(*looks, _no_price(error)))
    job = Job(best, case.model.family, case.sale.new_battery, reserve_battery=not case.sale.battery_read)
    doubts = (each for each in price.warnings if each.code in _LOOK_UP)
    return Priced(price, build_offer(price.range, case.market, job), (*looks, *doubts))


def _if_repaired(case: Case) -> Grade | None:
    """Return the best grade that repairs of unknown price may lead to: it tells whether they can be worth it."""
    repairable = case.graded.disposition is Disposition.REPAIR and not case.sale.incomplete
    return Grade.EXCELLENT if repairable else None


def _query(case: Case, model: Model, size: int, best: Grade) -> PriceQuery:
    return PriceQuery(
        model=model,
        storage_gb=size,
        grade=best,
        battery_percent=case.sale.battery_percent,
        as_of=case.as_of,
        market=case.market.code,
        currency=case.market.currency,
        carrier_locked=case.sale.carrier_locked,
        genuine_parts=case.sale.genuine_parts,
    )


def _no_price(error: UserError) -> Reason:
    return reason(error.code) if error.code in _PRICE_FAULTS else reason("no_price", detail=error.message)
