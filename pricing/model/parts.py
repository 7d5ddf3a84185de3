"""A regression's terms for one phone, kept apart: where a number changes, only what looks at it is worked out anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, cast

from pricing.model.summing import NUMBERS
from pricing.model.terms import Known, Reached, Stretch, Term

_Value = Callable[[Known[Any]], Any]


@dataclass(frozen=True, slots=True)
class Some:
    """Terms with their places in the sum.

    Attributes:
        stretches: Place, number, low, width and slope; ``steps`` place, number, start and height.
        others: Place, what it is, and its coefficient.
    """

    stretches: tuple[tuple[int, str, float, float, float], ...]
    steps: tuple[tuple[int, str, float, float], ...]
    others: tuple[tuple[int, _Value, float], ...]

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self.stretches or self.steps or self.others)

    def work_out(self, known: Known[float], parts: list[float]) -> None:
        """Put what these terms add at their places among the parts of the sum."""
        numbers = {name: getattr(known, name) for name in NUMBERS}
        for at, name, low, width, slope in self.stretches:
            far = numbers[name] - low
            parts[at] = min(far, width) * slope if far > 0.0 else 0.0
        for at, name, least, height in self.steps:
            parts[at] = height if numbers[name] >= least else 0.0
        for at, value, coefficient in self.others:
            parts[at] = coefficient * value(known)


class Parts:
    """The terms that count, in the order in which `pricing.model.summing.Sum` adds them.

    Args:
        terms: Of a model.
        coefficients: In the same order.
    """

    def __init__(self, terms: Sequence[Term], coefficients: Sequence[float]) -> None:
        counting = [(term.value, c) for term, c in zip(terms, coefficients, strict=True) if c]
        self._terms = sorted(counting, key=lambda pair: _form(pair[0]))
        self._looks = [_looked_at(value) for value, _ in self._terms]
        self.all = self._some(range(len(self._terms)))

    def of(self, names: Collection[str]) -> Some:
        """Return the terms that look at any of some numbers, named as in `pricing.model.terms.Known`."""
        return self._some(at for at, looks in enumerate(self._looks) if looks & {*names})

    def worked_out(self, known: Known[float]) -> list[float]:
        """Return what each term adds."""
        parts = [0.0] * len(self._terms)
        self.all.work_out(known, parts)
        return parts

    def _some(self, places: Any) -> Some:
        chosen = [(at, *self._terms[at]) for at in places]
        return Some(
            tuple(
                (at, value.name, value.low, value.width, value.factor * c)
                for at, value, c in chosen
                if isinstance(value, Stretch)
            ),
            tuple((at, value.name, value.start, c) for at, value, c in chosen if isinstance(value, Reached)),
            tuple((at, value, c) for at, value, c in chosen if not isinstance(value, Stretch | Reached)),
        )


def total(start: float, parts: Sequence[float]) -> float:
    """Return a number with all parts added, first one first: `sum` makes up for rounding, arrays do not."""
    return reduce(add, parts, start)


class _Noting:
    """Stands for a phone and notes which of its numbers are looked at."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.names.add(name)
        return dict.fromkeys(("launch", "age", "storage", "grade", "battery"), 0.0) if name == "gaps" else 0.0


def _looked_at(value: _Value) -> set[str]:
    """Return the names of the numbers that a term looks at: the same ones whatever they are, for it has no branches."""
    if isinstance(value, Stretch | Reached):
        return {value.name}
    noting = _Noting()
    value(cast("Known[Any]", noting))
    return noting.names


def _form(value: _Value) -> int:
    return 0 if isinstance(value, Stretch) else 1 if isinstance(value, Reached) else 2
