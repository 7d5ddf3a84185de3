"""Whether repairs pay: what they cost against what the better grade brings, in the quote's own market and prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from diagnostics.grading.engine import grade
from diagnostics.grading.result import Grade
from diagnostics.grading.standards import load_standard
from pricing.catalogue import Model
from pricing.market import Market
from pricing.money import Money, rounded, zero
from pricing.offer import Job, build_offer
from pricing.ports import PriceModel
from pricing.records import PriceRange
from pricing.repairs.counting import converting
from pricing.repairs.finding import Found, find
from pricing.repairs.kinds import load_kinds
from pricing.repairs.prices import RepairPrices
from pricing.repairs.records import Plan, RepairCost
from pricing.ruling import Case, Priced, priced
from pricing.sale import as_sold, cleared

_FITTED = "battery_compatible"
"""Its price is the one that the market's offers count with, unless the shop wrote down its own."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What every plan is reckoned with.

    Attributes:
        now: The phone's price and offer without any repair; nothing where it cannot be sold so.
    """

    case: Case
    prices: PriceModel
    standards: tuple[str, ...]
    costs: Mapping[str, RepairCost]
    handling: Money
    now: Priced


def plans(
    case: Case, prices: PriceModel, repairs: RepairPrices, standards: Sequence[str]
) -> tuple[Plan, ...]:
    """Return which repairs lift a phone's grade, what they cost and what they bring; the nearest grade first.

    Args:
        case: The phone, its grade, its market and its day.
        prices: What the phone sells for.
        repairs: What repairs cost.
        standards: The rule sets; the first one's grade is lifted.
    """
    costs = _costs(case, repairs)
    phone = cleared(case.inspection, new_battery=False)
    amounts = {name: cost.total.amount for name, cost in costs.items()}
    kinds = load_kinds(case.inspection.checklist)
    found = find(phone, load_standard(standards[0]), kinds.values(), amounts)
    if not found:
        return ()
    visit = converting(repairs.rates, case.market.currency, case.as_of)(repairs.handling)
    if visit is None:  # nobody can say what a repair comes to, and nothing is free
        return ()
    now = priced(case, prices) if _sells(case) else Priced()
    work = _Work(case, prices, tuple(standards), costs, rounded(visit), now)
    return tuple(_plan(work, one) for one in found)


def with_own_battery(market: Market, model: Model | None, repairs: RepairPrices, as_of: date) -> Market:
    """Return a market whose offers count with the battery's price that the shop wrote down, where it did."""
    cost = replace(repairs, rows=()).cost(_FITTED, model, converting(repairs.rates, market.currency, as_of))
    if cost is None or model is None:
        return market
    return replace(market, battery={**market.battery, model.family: cost.total})


def _sells(case: Case) -> bool:
    """Return whether the phone can be sold without any repair."""
    return case.sale.grade is not None and not case.sale.new_battery


def _costs(case: Case, repairs: RepairPrices) -> Mapping[str, RepairCost]:
    convert = converting(repairs.rates, case.market.currency, case.as_of)
    names = load_kinds(case.inspection.checklist)
    known = {name: repairs.cost(name, case.model, convert) for name in names}
    if known.get(_FITTED) is None and _FITTED in names:
        known[_FITTED] = _markets_battery(case)
    return {name: cost for name, cost in known.items() if cost is not None}


def _markets_battery(case: Case) -> RepairCost:
    family = case.model.family if case.model else "other"
    cost = rounded(case.market.battery_cost(family))
    source = f"{case.market.code}, costs of a battery ({case.market.version})"
    return RepairCost(_FITTED, cost, 0, cost, "ours", "estimate", source, case.as_of)


def _plan(work: _Work, found: Found) -> Plan:
    costs = (work.costs[kind.id] for kind in found.kinds)
    chosen = tuple(sorted(costs, key=lambda cost: cost.total.amount))
    total = sum((cost.total for cost in chosen), zero(work.handling.currency))
    plan = Plan(chosen, found.caps, found.to, total, work.handling, together=found.together)
    return _worth(work, plan, _afterwards(work, found))


def _afterwards(work: _Work, found: Found) -> Case:
    """Return the case of the repaired phone; a worn battery is priced as the quote prices its replacement."""
    graded = grade(found.after, work.standards)
    sale = as_sold(found.after, graded, work.standards)
    if work.case.sale.new_battery:
        sale = replace(sale, battery_percent=work.case.sale.battery_percent)
    return replace(work.case, inspection=found.after, graded=graded, sale=sale)


def _worth(work: _Work, plan: Plan, after: Case) -> Plan:
    then, best = priced(after, work.prices), after.sale.grade
    if then.price is None or best is None:
        return plan
    spent = plan.cost + plan.handling
    offer = _offer(after, best, then.price.range, spent)
    now, before = work.now, work.case.sale.grade
    if now.price is None or now.offer is None or before is None:
        return replace(plan, offer_after=offer, offer_step=offer, net=offer)
    step = then.price.range.p50 - now.price.range.p50
    fees, saved = _fees(work.case.market, step), _saved(work.case.market, before, best)
    return replace(
        plan,
        price_step=step,
        fees=fees,
        saved=saved,
        offer_after=offer,
        offer_step=offer - now.offer.amount,
        net=step - fees + saved - spent,
    )


def _offer(after: Case, best: Grade, resale: PriceRange, spent: Money) -> Money:
    """Return what could be paid for the phone, were it repaired."""
    assert after.model is not None
    sale = after.sale
    job = Job(
        best, after.model.family, sale.new_battery, reserve_battery=not sale.battery_read, repairs=spent
    )
    return build_offer(resale, after.market, job).amount


def _fees(market: Market, step: Money) -> Money:
    """Return what of a step in price is not the shop's: commission, warranty, VAT on the margin; rounded.

    The margin grows by the step, whatever was paid for the phone (Dir. 2006/112/EC art. 315).
    """
    share = market.commission + market.warranty + market.taxed_rate / (1 + market.taxed_rate)
    return rounded(step * share)


def _saved(market: Market, before: Grade, after: Grade) -> Money:
    """Return what the better grade needs less of refurbishing; rounded."""
    return rounded(market.refurbishing[before.value] - market.refurbishing[after.value])
