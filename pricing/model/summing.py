"""Adds a regression's terms up for a few phones as for many, in one order, so that both give the same to the bit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pricing.model.columns import Floats
from pricing.model.terms import Known, Reached, Stretch, Term

NUMBERS = ("launch", "age", "vintage", "grade", "battery")
"""What stretches and steps are made of."""


class Sum:
    """The terms that count, those of one form side by side: a quote is bound by the number of calls.

    Args:
        terms: Of a model.
        coefficients: In the same order.
    """

    def __init__(self, terms: Sequence[Term], coefficients: Sequence[float]) -> None:
        counting = [pair for pair in zip(terms, coefficients, strict=True) if pair[1]]
        stretches = [(value, c) for term, c in counting if isinstance(value := term.value, Stretch)]
        steps = [(value, c) for term, c in counting if isinstance(value := term.value, Reached)]
        self._others = [
            (term.value, c) for term, c in counting if not isinstance(term.value, Stretch | Reached)
        ]
        self._stretched = np.array([NUMBERS.index(each.name) for each, _ in stretches], dtype=np.intp)
        self._lows = _column([each.low for each, _ in stretches])
        self._widths = _column([each.width for each, _ in stretches])
        self._slopes = _column([each.factor * c for each, c in stretches])
        self._stepped = np.array([NUMBERS.index(each.name) for each, _ in steps], dtype=np.intp)
        self._starts = _column([each.start for each, _ in steps])
        self._heights = _column([c for _, c in steps])

    def add(self, start: Floats, known: Known[Floats]) -> Floats:
        """Return some numbers with all terms added."""
        numbers = np.stack([getattr(known, name) for name in NUMBERS])
        far = np.minimum(np.maximum(numbers[self._stretched] - self._lows, 0.0), self._widths) * self._slopes
        reached = (numbers[self._stepped] >= self._starts) * self._heights
        total = start.copy()
        for part in (*far, *reached):
            total += part
        for value, coefficient in self._others:
            total += coefficient * value(known)
        return total


def _column(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64).reshape(-1, 1)
