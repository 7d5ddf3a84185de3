"""Where things stand on the plot of prices: round numbers on its axes, and what is said along them. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.grading.words import result_words
from tradein_app.services.price_page_records import By
from tradein_app.viewmodels.formatting import format_value, locale_for, without_isolates
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from tradein_app.services.price_page_records import PriceCurve

_STEPS = (1, 2, 2.5, 5, 10)
_YEAR = 12
_LONG = 72
"""Months from which on the axis names every second year."""
_HEADROOM = 1.06
_FARTHEST_DOT = 1.6
"""A dot more than so many times above the range is drawn at the edge: one absurd ask would flatten the curve."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what stands there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What the plot spans, in the curve's own units.

    Attributes:
        left: Of the axis along which the price is shown; ``right`` its end.
        top: The highest amount; the lowest is 0, so that heights can be compared.
        across: Ticks of that axis; ``up`` of the amounts.
        places: Of grade and storage: the middle of each bar. Empty for age.
    """

    left: float
    right: float
    top: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    places: tuple[float, ...] = ()

    def place(self, at: float) -> float:
        """Return where something stands across, 0..1."""
        if self.places:
            nearest = min(range(len(self.places)), key=lambda number: abs(self.places[number] - at))
            return (nearest + 0.5) / len(self.places)
        return (at - self.left) / (self.right - self.left) if self.right > self.left else 0.5

    def height(self, amount: float) -> float:
        """Return how high an amount stands, 0..1."""
        return min(max(amount / self.top, 0.0), 1.0)


def frame_of(curve: PriceCurve, language: str) -> Frame:
    """Return what the plot of a curve spans."""
    highest = max((float(point.range.p90.amount) for point in curve.points), default=1.0)
    dots = [float(dot.price.amount) for dot in curve.dots]
    top = max(highest, min(max(dots, default=0.0), highest * _FARTHEST_DOT)) * _HEADROOM
    up = tuple(Tick(at, _whole(at, language)) for at in round_steps(top))
    points = curve.points
    if curve.asked.by is By.AGE:
        left, right = (points[0].at, points[-1].at) if points else (0.0, 1.0)
        return Frame(left, right, top, _years(left, right, language), up)
    places = tuple(point.at for point in points)
    across = tuple(Tick(point.at, name_of(curve, number, language)) for number, point in enumerate(points))
    return Frame(0.0, 1.0, top, across, up, places)


def round_steps(top: float, most: int = 5) -> tuple[float, ...]:
    """Return round amounts from 0 up to a top, at most so many beside 0."""
    size = 10 ** math.floor(math.log10(top / most)) if top > 0 else 1.0
    step = next(part * size for part in _STEPS if top / (part * size) <= most)
    return tuple(step * number for number in range(int(top / step) + 1))


def name_of(curve: PriceCurve, number: int, language: str) -> str:
    """Return what a place on the axis is called, such as ``256 GB``, ``Good`` or ``18 months``."""
    point = curve.points[number]
    if curve.asked.by is By.GRADE:
        return _capital(result_words(point.name, language))
    if curve.asked.by is By.STORAGE:
        return storage_words(round(point.at), language)
    if point.at == curve.today.at:
        return translate("prices", "Today ({0})").format(age_words(point.at))
    return age_words(point.at)


def storage_words(gigabytes: int, language: str) -> str:
    """Return a storage, such as ``128 GB``."""
    if gigabytes >= 1024 and gigabytes % 1024 == 0:  # noqa: PLR2004 - 1 TB is sold as such
        return without_isolates(format_value(gigabytes // 1024, "To" if language == "fr" else "TB"))
    return without_isolates(format_value(gigabytes, "GB", language=language))


def age_words(months: float) -> str:
    """Return an age, such as ``2 years 3 months``, in the whole months that the steps of a price say, too."""
    years, rest = divmod(int(months), _YEAR)
    parts = []
    if years:
        one = translate("prices", "1 year")
        parts.append(one if years == 1 else translate("prices", "{0} years").format(years))
    if rest or not years:
        one = translate("prices", "1 month")
        parts.append(one if rest == 1 else translate("prices", "{0} months").format(rest))
    return " ".join(parts)


def _years(left: float, right: float, language: str) -> tuple[Tick, ...]:
    step = _YEAR * (2 if right - left > _LONG else 1)
    first = math.ceil(left / step) * step
    places = range(first, math.floor(right) + 1, step)
    return tuple(Tick(float(at), locale_for(language).toString(at // _YEAR)) for at in places)


def _whole(amount: float, language: str) -> str:
    if amount == int(amount):
        return locale_for(language).toString(int(amount))
    return locale_for(language).toString(amount, "f", 1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
