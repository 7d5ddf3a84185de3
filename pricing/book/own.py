"""What the shop's own sales say of the book's prices: effects on the logarithm, shrunken, and the reach of its errors.

All phones of a market share one effect (what is asked against what this shop gets), and each phone model has one of its
own. An effect moves a whole phone model, so that better never becomes cheaper by it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from pricing.book.weights import Weights


@dataclass(frozen=True, slots=True)
class Error:
    """One sale against the book without own sales.

    Attributes:
        model: The phone model's id.
        log_ratio: ln(price / p50).
        low: The book's reach for that phone, below 0; ``high`` above.
    """

    model: str
    log_ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Moved:
    """What own sales do to a phone model's price.

    Attributes:
        multiplier: Of p50.
        low: Of the way from p50 to p10 in the logarithm; ``high`` to p90.
        count: Own sales of this model; ``all`` of this market.
    """

    multiplier: float = 1.0
    low: float = 1.0
    high: float = 1.0
    count: int = 0
    all: int = 0


class Effects:
    """The effects of one market's sales.

    Args:
        errors: Of its sales; those that are absurd are left out.
        weights: How much a sale counts.
    """

    def __init__(self, errors: Iterable[Error], weights: Weights) -> None:
        self._weights = weights
        bound = log(weights.most_ratio)
        self._errors = [error for error in errors if abs(error.log_ratio) <= bound]
        self._sums: dict[str, float] = defaultdict(float)
        self._counts = Counter(error.model for error in self._errors)
        for error in self._errors:
            self._sums[error.model] += error.log_ratio
        self._sum = sum(error.log_ratio for error in self._errors)
        self._reach = self._reaches()

    def of(self, model: str) -> Moved:
        """Return what own sales do to a phone model, by its id."""
        if not self._errors:
            return Moved()
        own, count = self._sums.get(model, 0.0), self._counts[model]
        effect = self._effect(self._sum, len(self._errors), own, count)
        return Moved(exp(effect), *self._reach, count=count, all=len(self._errors))

    def _effect(self, total: float, count: int, own: float, own_count: int) -> float:
        level = total / (count + self._weights.all_prior)
        return level + (own - own_count * level) / (own_count + self._weights.model_prior)

    def _reaches(self) -> tuple[float, float]:
        """Return how far the ends are to lie, in shares of the book's: from each sale's error against the others."""
        if len(self._errors) < self._weights.range_least:
            return 1.0, 1.0
        rest = [error.log_ratio - self._without(error) for error in self._errors]
        below = [-left / -each.low for left, each in zip(rest, self._errors, strict=True) if each.low]
        above = [left / each.high for left, each in zip(rest, self._errors, strict=True) if each.high]
        return self._share(below), self._share(above)

    def _without(self, error: Error) -> float:
        own, count = self._sums[error.model] - error.log_ratio, self._counts[error.model] - 1
        return self._effect(self._sum - error.log_ratio, len(self._errors) - 1, own, count)

    def _share(self, sizes: Sequence[float]) -> float:
        """Return the conformal quantile of nine tenths, drawn towards 1 where there are few sales."""
        if not sizes:
            return 1.0
        place = min(len(sizes) - 1, -(-9 * (len(sizes) + 1) // 10) - 1)
        found = min(max(sorted(sizes)[place], self._weights.narrowest), self._weights.widest)
        pull = len(sizes) / (len(sizes) + self._weights.range_prior)
        return 1.0 + pull * (found - 1.0)
