"""A price before the shop's own sales speak: its middle, its reach and the multipliers that lead to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import exp, hypot, log

from pricing.book.weights import Z90
from pricing.ports import Price
from pricing.records import Factor, Reason
from pricing.words import factor_words

_LEAST = 1e-6
"""What stands for a price of nothing, whose logarithm there is none of."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A price and how it comes about.

    Attributes:
        p50: In the currency that was asked for; not rounded.
        low: What is added to ln(p50) for p10, at most 0; ``high`` for p90, at least 0.
        factors: The launch price first; all multipliers times it are ``p50``, to eight decimals each.
    """

    p50: float
    low: float
    high: float
    factors: tuple[Factor, ...]
    warnings: tuple[Reason, ...]

    def times(self, key: str, multiplier: float, note: str = "") -> Estimate:
        """Return the estimate with one more step; the same steps keep the order of any two prices."""
        step = factor(key, multiplier, note)
        return Estimate(self.p50 * multiplier, self.low, self.high, (*self.factors, step), self.warnings)

    def reaching(self, low: float, high: float) -> Estimate:
        """Return the estimate with other ends."""
        return Estimate(self.p50, min(low, 0.0), max(high, 0.0), self.factors, self.warnings)

    def saying(self, warnings: tuple[Reason, ...]) -> Estimate:
        """Return the estimate with other warnings."""
        return Estimate(self.p50, self.low, self.high, self.factors, warnings)

    def scaled(self, low: float, high: float) -> Estimate:
        """Return the estimate with ends that lie so many times as far from the middle."""
        return self.reaching(self.low * low, self.high * high)

    def widened(self, sd: float) -> Estimate:
        """Return the estimate with a further standard deviation of ln(price); variances add up."""
        return self.reaching(-hypot(self.low, Z90 * sd), hypot(self.high, Z90 * sd))


def factor(key: str, multiplier: float, note: str = "") -> Factor:
    """Return a multiplier with its words, to eight decimals: so exact that all together miss no cent."""
    return Factor(key, factor_words(key), Decimal(f"{multiplier:.8f}"), note)


def of_price(price: Price) -> Estimate:
    """Return a rounded price as an estimate; its middle is what its multipliers come to, before the rounding."""
    amount = Decimal(price.factors[0].note.split()[0])
    for each in price.factors:
        amount *= each.multiplier
    middle = max(float(amount), _LEAST)
    low, high = (log(max(float(end.amount), _LEAST) / middle) for end in (price.range.p10, price.range.p90))
    return Estimate(middle, min(low, 0.0), max(high, 0.0), price.factors, price.warnings)


def drawn(estimate: Estimate, towards: Estimate, weight: float) -> Estimate:
    """Return an estimate drawn towards another one, in one step of the logarithm.

    Args:
        estimate: Whose reasons are told.
        towards: The other one.
        weight: Of the other one, 0..1; it must not depend on what makes a phone better, so that the order stays.
    """
    pull = exp(weight * log(towards.p50 / estimate.p50))
    moved = estimate.times("published_curves", pull)
    kept = 1.0 - weight
    low, high = (kept * estimate.low + weight * towards.low, kept * estimate.high + weight * towards.high)
    # By powers, not by the step: so that a better phone is never cheaper by what floating point loses.
    middle: float = estimate.p50**kept * towards.p50**weight
    return Estimate(middle, min(low, 0.0), max(high, 0.0), moved.factors, moved.warnings)
