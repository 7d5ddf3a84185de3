"""What the shop's own sales say of the book's prices: effects on the logarithm, shrunken, and the reach of its errors.

All phones of a market share one effect (what is asked against what this shop gets), and each phone model has one of its
own: a mixed model, whose variances stand in the book's weights. So the shared effect goes by how many models were sold:
a thousand sales of one model tell what that model brings, and no more of the others than one model can. An effect moves
a whole phone model, so that better never becomes cheaper by it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log

from pricing.book.proving import NOTHING, Said, said
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
        shared: The part of ln(multiplier) that all models share.
        own: What the sales of this model say together; ``models`` what the models' means do.
    """

    multiplier: float = 1.0
    low: float = 1.0
    high: float = 1.0
    count: int = 0
    all: int = 0
    shared: float = 0.0
    own: Said = NOTHING
    models: Said = NOTHING


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
        parts = [self._part(self._sums[model], count) for model, count in self._counts.items()]
        self._weighed = (sum(part[0] for part in parts), sum(part[1] for part in parts))
        self._found = self._reaches()
        self._own = {model: said(each) for model, each in self._by_model().items()}
        self._models = said([self._sums[model] / count for model, count in self._counts.items()])

    def _by_model(self) -> dict[str, list[float]]:
        found: dict[str, list[float]] = defaultdict(list)
        for error in self._errors:
            found[error.model].append(error.log_ratio)
        return found

    def of(self, model: str) -> Moved:
        """Return what own sales do to a phone model, by its id."""
        if not self._errors:
            return Moved()
        count, total = self._counts[model], self._sums.get(model, 0.0)
        level = self._level(model, total, count)
        effect = self._effect(model, total, count)
        low, high = (self._drawn(found, count) for found in self._found)
        own = self._own.get(model, NOTHING)
        return Moved(exp(effect), low, high, count, len(self._errors), level, own, self._models)

    def _effect(self, model: str, own: float, count: int) -> float:
        """Return the shared effect and the model's own, as they are with these sales of it."""
        level = self._level(model, own, count)
        return level + (own - count * level) / (count + self._weights.model_prior)

    def _level(self, model: str, own: float, count: int) -> float:
        sums, weights = self._part(self._sums.get(model, 0.0), self._counts[model])
        mine = self._part(own, count)
        return (self._weighed[0] - sums + mine[0]) / (
            self._weighed[1] - weights + mine[1] + self._weights.all_prior
        )

    def _part(self, total: float, count: int) -> tuple[float, float]:
        """Return a model's mean times its weight in the shared effect, and the weight: at most ``model_prior``."""
        share = self._weights.model_prior / (count + self._weights.model_prior)
        return share * total, share * count

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
        return self._effect(error.model, own, count)

    def _share(self, sizes: Sequence[float]) -> float:
        """Return the conformal quantile of nine tenths."""
        if not sizes:
            return 1.0
        place = min(len(sizes) - 1, -(-9 * (len(sizes) + 1) // 10) - 1)
        return min(max(sorted(sizes)[place], self._weights.narrowest), self._weights.widest)

    def _drawn(self, found: float, count: int) -> float:
        """Return a share drawn towards 1: a range is narrowed by the model's own sales alone, widened by all."""
        witnesses = count if found < 1.0 else len(self._errors)
        return 1.0 + witnesses / (witnesses + self._weights.range_prior) * (found - 1.0)
