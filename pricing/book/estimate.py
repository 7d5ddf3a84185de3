"""A price before the shop's own sales speak: its middle, its reach and the multipliers that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from math import exp, floor, hypot, log, log10

from pricing.book.weights import Z90
from pricing.money import Money, currency_digits, rounded
from pricing.ports import Price
from pricing.records import Factor, Reason
from pricing.words import factor_words

_LEAST = 1e-6
"""What stands for a price of nothing, whose logarithm there is none of."""
_MOST = 1e13
_FARTHEST = 5.0
"""How far the ends of a range may lie, in the logarithm: 150 times."""
_SMALL = 0.1
_DIGITS = tuple(Context(prec=digits) for digits in (10, 12, 15))
"""Fifteen digits are what a number of JSON keeps."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A price and how it comes about.

    Attributes:
        p50: In the currency that was asked for; not rounded.
        low: What is added to ln(p50) for p10, at most 0; ``high`` for p90, at least 0.
        factors: The launch price first; all multipliers times it are about ``p50``, and `settled` makes them exact.
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

    def stretched(self, low: float, high: float, plain: Estimate) -> Estimate:
        """Return the estimate with ends that lie about so many times as far from the middle.

        What is added is the same for all phones of a model: were it of each for itself, a better one, whose price is
        surer, could have the lower end.

        Args:
            low: For p10.
            high: For p90.
            plain: Of the phone of this model that tells what is added.
        """
        return self.reaching(_further(self.low, low, plain.low), _further(self.high, high, plain.high))

    def widened(self, sd: float) -> Estimate:
        """Return the estimate with a further standard deviation of ln(price); variances add up."""
        return self.reaching(-hypot(self.low, Z90 * sd), hypot(self.high, Z90 * sd))


def _further(reach: float, times: float, plain: float) -> float:
    return reach * times if times <= 1.0 else reach + (times - 1.0) * plain


def factor(key: str, multiplier: float, note: str = "") -> Factor:
    """Return a multiplier with its words: to eight decimals, or to eight digits that count where it is small."""
    shown = f"{multiplier:.8f}" if multiplier > _SMALL else f"{multiplier:.{7 - floor(log10(multiplier))}f}"
    return Factor(key, factor_words(key), Decimal(shown), note)


def settled(found: Estimate, currency: str) -> tuple[Money, tuple[Factor, ...]]:
    """Return p50 and the multipliers that it comes of: their product is rounded to it, to the smallest unit.

    Multipliers to eight decimals miss some cents of a large amount. What they miss, the last one takes up, with as many
    more digits as it needs.
    """
    exact = _product(found.factors)
    shown, wanted = (rounded(Money(each, currency)) for each in (exact, Decimal(found.p50)))
    if shown == wanted or float(exact) == found.p50:
        return shown, found.factors
    fitting = (each for each in _tries(found, wanted) if _comes_to(each, wanted))
    # Beyond some thousand milliards no digit that a JSON number keeps comes to the unit.
    return wanted, next(fitting, found.factors)


def _tries(found: Estimate, wanted: Money) -> Iterator[tuple[Factor, ...]]:
    """Yield the multipliers with ever more digits in the last one."""
    *rest, last = found.factors
    others = _product(rest)
    # The middle as it was worked out; where that is within a hair of two units' border, what it is rounded to.
    for goal in (Decimal(found.p50), wanted.amount):
        for to in _DIGITS:
            yield (*rest, replace(last, multiplier=to.divide(goal, others)))


def _comes_to(factors: Sequence[Factor], wanted: Money) -> bool:
    return rounded(Money(_product(factors), wanted.currency)) == wanted


def _product(factors: Sequence[Factor]) -> Decimal:
    """Return what the launch price, which the first one's note states, comes to by all multipliers."""
    amount = Decimal(factors[0].note.split()[0])
    for each in factors:
        amount *= each.multiplier
    return amount


def checked(found: Estimate, currency: str) -> Estimate:
    """Return an estimate whose amounts are some.

    Raises:
        ValueError: The price is nothing, too much for money, or no number; or its range is.
    """
    least = 0.5 * 10.0 ** -currency_digits(currency)
    if not (least <= found.p50 <= _MOST and found.low >= -_FARTHEST and found.high <= _FARTHEST):
        raise ValueError(f"{found.p50:g} is no price")
    return found


def of_price(price: Price) -> Estimate:
    """Return a rounded price as an estimate; its middle is what its multipliers come to, before the rounding."""
    middle = max(float(_product(price.factors)), _LEAST)
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
