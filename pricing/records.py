"""What prices and offers are made of: ranges, factors, steps and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from pricing.money import Money, rounded

_TENTH = Decimal("0.1")
_HALF = Decimal("0.5")


def _no_params() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Counts:
    """How many prices of the phone's own model a price rests on.

    Attributes:
        own_deals: The shop's own sales in that market.
        market: Prices that the market model learned from, of whatever market.
    """

    own_deals: int = 0
    market: int = 0


@dataclass(frozen=True, slots=True)
class PriceRange:
    """What a phone is expected to sell for: the tenth, fiftieth and ninetieth percentile.

    Attributes:
        basis: Where it comes from: ``own_deals``, ``market`` or ``seed``.
        counts: How many prices of this very model it rests on; 0 in a quote from before they were counted.
    """

    p10: Money
    p50: Money
    p90: Money
    basis: str
    counts: Counts = Counts()

    def quantile(self, share: Decimal) -> Money:
        """Return the price below which a share of the sales is expected, rounded.

        Between p10 and p50 the logarithm of the price is read as normal.

        Args:
            share: 0.1 .. 0.5.

        Raises:
            ValueError: The share is outside that range.
        """
        if not _TENTH <= share <= _HALF:
            raise ValueError(f"The quantile {share} is not between 0.1 and 0.5.")
        if self.p10.amount <= 0:
            return self.p10 if share < _HALF else self.p50
        part = _normal_part(share)
        ratio = self.p10.amount / self.p50.amount
        return rounded(self.p50 * ratio**part)


@cache
def _normal_part(share: Decimal) -> Decimal:
    """Return z(share) / z(0.1), how far the way from p50 down to p10 goes."""
    from statistics import NormalDist

    normal = NormalDist()
    return Decimal(repr(normal.inv_cdf(float(share)) / normal.inv_cdf(0.1))).quantize(Decimal("0.000001"))


@dataclass(frozen=True, slots=True)
class Factor:
    """One exact multiplier on the way from the launch price to the median price.

    Attributes:
        key: Names its words, ``factors.<key>`` in the messages.
        label: English words.
        note: What it was looked up by, such as ``62 months``; for the launch price the price itself.
    """

    key: str
    label: str
    multiplier: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the way from the resale price to the offer; all lines add up to the offer.

    Attributes:
        key: Names its words, ``steps.<key>`` in the messages.
        label: English words, with the params filled in.
        amount: Negative for what is taken off; rounded.
    """

    key: str
    label: str
    amount: Money
    params: Mapping[str, str] = field(default_factory=_no_params)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a quote is as it is, or what to know about it; ``reasons.<code>`` in the messages."""

    code: str
    params: Mapping[str, str] = field(default_factory=_no_params)


def reason(code: str, **params: str) -> Reason:
    """Return a reason with its parameters frozen."""
    return Reason(code, MappingProxyType(dict(params)))
