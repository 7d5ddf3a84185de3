"""From a resale price to an offer: costs, margin and tax taken off line by line, to the cent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from types import MappingProxyType

from diagnostics.grading.engine import Grade
from pricing.market import Market
from pricing.money import Money, rounded, zero
from pricing.records import PriceRange, Step
from pricing.words import words


@dataclass(frozen=True, slots=True)
class Job:
    """What has to be done to a phone before it is sold.

    Attributes:
        grade: The grade at which it is sold.
        family: The model's family, for the price of parts.
        new_battery: The battery is replaced first.
        reserve_battery: Nobody knows the battery, so the cost of a new one is kept back: hiding it must not pay.
        repairs: What repairs cost that are made first; ``None`` for none.
    """

    grade: Grade
    family: str
    new_battery: bool = False
    reserve_battery: bool = False
    repairs: Money | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What is paid, and how it comes about.

    Attributes:
        amount: Rounded; 0 where the costs leave nothing worth paying.
        steps: They add up to the amount exactly.
    """

    amount: Money
    steps: tuple[Step, ...]

    @property
    def pays(self) -> bool:
        """Return whether anything is paid."""
        return self.amount.amount > 0


def vat_on_margin(sale: Money, purchase: Money, rate: Decimal) -> Money:
    """Return the VAT that a margin holds, rounded: margin x r / (1 + r), nothing on a loss.

    Source: Dir. 2006/112/EC art. 315.

    Args:
        sale: What it is sold for, VAT within the margin included.
        purchase: What it was bought for.
        rate: The standard rate as a share of 1.
    """
    margin = sale - purchase
    if margin.amount <= 0:
        return rounded(zero(sale.currency))
    return rounded(margin * (rate / (1 + rate)))


def highest_bid(sale: Money, costs: Money, profit: Money, rate: Decimal) -> Money:
    """Return the most that can be paid for a wanted profit, not rounded: S - (1 + r)(costs + profit).

    Follows from profit = S - bid - VAT on the margin - costs (Dir. 2006/112/EC art. 315), costs without their VAT.

    Args:
        sale: What it is sold for, VAT within the margin included.
        costs: All costs of the sale, the commission among them.
        profit: What shall be left, without VAT.
        rate: The standard rate as a share of 1.
    """
    return sale - (costs + profit) * (1 + rate)


def build_offer(price: PriceRange, market: Market, job: Job) -> Offer:
    """Return the offer for a phone with the steps that lead to it."""
    sale = price.quantile(market.quantiles[price.basis])
    costs = tuple(_costs(sale, market, job))
    margin = _margin(sale, market)
    spent = sum((-step.amount for step in costs), zero(sale.currency))
    bid = highest_bid(sale, spent, -margin.amount, market.taxed_rate)
    amount = _paid(bid, market)
    tax = _tax(sale, amount, market)
    steps = (*_resale(price, sale, market), *costs, margin, *tax)
    return Offer(amount, (*steps, *_rest(steps, amount)))


def _resale(price: PriceRange, sale: Money, market: Market) -> Iterable[Step]:
    yield _step("resale_price", price.p50)
    if sale != price.p50:
        reached = _percent(1 - market.quantiles[price.basis])
        yield _step("caution", sale - price.p50, basis=price.basis, share=reached)


def _costs(sale: Money, market: Market, job: Job) -> Iterable[Step]:
    yield _step("commission", -(sale * market.commission), rate=_percent(market.commission))
    yield _step("test_and_clean", -market.test_and_clean)
    yield _step("refurbishing", -market.refurbishing[job.grade.value], grade=job.grade.value)
    if job.new_battery:
        yield _step("battery", -market.battery_cost(job.family))
    elif job.reserve_battery:
        yield _step("battery_reserve", -market.battery_cost(job.family))
    if job.repairs is not None:
        yield _step("repairs", -job.repairs)
    yield _step("warranty", -(sale * market.warranty), rate=_percent(market.warranty))
    yield _step("logistics", -market.logistics)


def _margin(sale: Money, market: Market) -> Step:
    share = sale * market.margin_share
    if share < market.margin_minimum:
        return _step("margin_minimum", -market.margin_minimum)
    return _step("margin", -share, rate=_percent(market.margin_share))


def _tax(sale: Money, paid: Money, market: Market) -> Iterable[Step]:
    if market.taxed_rate:
        vat = vat_on_margin(sale, paid, market.taxed_rate)
        yield _step("vat_on_margin", -vat, rate=_percent(market.taxed_rate))


def _paid(bid: Money, market: Market) -> Money:
    """Return the bid, rounded down to a multiple of the market's step; nothing when it is below the minimum."""
    step = market.offer_step.amount
    amount = (bid.amount / step).to_integral_value(ROUND_FLOOR) * step
    paid = rounded(Money(amount, bid.currency))
    return rounded(zero(bid.currency)) if paid < market.minimum_offer else paid


def _rest(steps: Iterable[Step], amount: Money) -> Iterable[Step]:
    rest = amount - sum((step.amount for step in steps), zero(amount.currency))
    if rest.amount:
        yield _step("rounding" if amount.amount else "nothing_paid", rest)


def _step(key: str, amount: Money, **params: str) -> Step:
    return Step(key, words(f"steps.{key}", **params), rounded(amount), MappingProxyType(params))


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"
