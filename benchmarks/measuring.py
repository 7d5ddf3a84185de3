"""Measuring two sides in one run: interleaved, so that what else the machine does hits both alike."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from statistics import median

Measured = Callable[[], float]
"""Does the work once and returns seconds."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long one side took, each time, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def best(self) -> float:
        return min(self.seconds)

    @property
    def worst(self) -> float:
        return max(self.seconds)

    def __str__(self) -> str:
        return f"{ms(self.median)} ({ms(self.best)}–{ms(self.worst)})"


def interleave(sides: Mapping[str, Measured], runs: int, *, warm_up: int = 1) -> dict[str, Times]:
    """Measure all sides in turn, each round in the opposite order of the round before.

    Args:
        sides: What to measure, by name.
        runs: How many rounds count.
        warm_up: How many rounds before them do not.
    """
    found: dict[str, list[float]] = {name: [] for name in sides}
    order = list(sides)
    for number in range(warm_up + runs):
        for name in order:
            seconds = sides[name]()
            if number >= warm_up:
                found[name].append(seconds)
        order.reverse()
    return {name: Times(tuple(seconds)) for name, seconds in found.items()}


def ratio(ours: Times, other: Times) -> float:
    """Return how many times as long ours takes: the ratio of the medians."""
    return ours.median / other.median


async def timed(work: Awaitable[object]) -> float:
    """Return how many seconds a piece of asynchronous work takes."""
    started = time.perf_counter()
    await work
    return time.perf_counter() - started


def ms(seconds: float) -> str:
    """Return a time in milliseconds, with the digits that mean something."""
    value = seconds * 1000
    return f"{value:.3f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
