"""The real prices beside a curve: own sales, what others sold for and what is asked, of this phone and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pricing.money import Money, rounded
from tradein_app.services.price_page_records import Asked, By, Dot
from tradein_app.services.price_page_scan import ASKS, OWN, SOLD, Drawn, Kind, Scan

MOST = 300
"""Dots that are shown at most."""
_DAYS = 365
"""By grade and by storage older prices are left out: they were prices of a younger phone."""
_DAYS_PER_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Selection:
    """Which prices belong beside a curve."""

    key: str
    asked: Asked
    launch: date
    today: date


@dataclass(frozen=True, slots=True)
class Dots:
    """Those that are shown, and how many fit: own sales, asks, sales of others.

    Attributes:
        every: The same three of the phone in this market, whatever their storage and grade.
    """

    shown: tuple[Dot, ...]
    own: int
    market: int
    sold: int
    every: tuple[int, int, int] = (0, 0, 0)


def dots_of(found: Scan, chosen: Selection) -> Dots:
    """Return the prices of a selection: own sales first, each kind by its day."""
    fitting = [(kind, drawn) for kind, drawn in found.of_phone(chosen.key).items() if _fits(kind, chosen)]
    shown = sorted(
        (dot for kind, drawn in fitting for dot in _dots(kind, drawn, chosen)),
        key=lambda dot: (not dot.own, dot.day or date.min, dot.price.amount),
    )
    step = max(1, -(-len(shown) // MOST))
    counts = Counter[str]()
    for kind, drawn in fitting:
        counts[kind[5]] += drawn.count
    every = Counter[str]()
    for kind, drawn in found.of_phone(chosen.key).items():
        if _here(kind, chosen.asked):
            every[kind[5]] += drawn.count
    whole = every[OWN], every[ASKS], every[SOLD]
    return Dots(tuple(shown[::step]), counts[OWN], counts[ASKS], counts[SOLD], whole)


def _here(kind: Kind, asked: Asked) -> bool:
    """Return whether a kind is of this market; one that says no market is of all in its currency."""
    return kind[2] == asked.currency and kind[1] in {"", asked.market}


def _fits(kind: Kind, chosen: Selection) -> bool:
    """Return whether a kind is of this market, and of this storage and grade as far as it says them."""
    storage, grade = kind[3], kind[4]
    asked = chosen.asked
    if not _here(kind, asked):
        return False
    if asked.by is By.GRADE:
        return grade is not None and storage in {None, float(asked.storage_gb)}
    if asked.by is By.STORAGE:
        return storage is not None and grade in {None, _grade(asked.grade)}
    return grade in {None, _grade(asked.grade)} and storage in {None, float(asked.storage_gb)}


def _dots(kind: Kind, drawn: Drawn, chosen: Selection) -> Iterator[Dot]:
    for day, price in drawn.kept:
        at = _at(kind, day, chosen)
        if at is not None:
            money = rounded(Money(Decimal(repr(price)), chosen.asked.currency))
            yield Dot(at, money, kind[5] == OWN, date.fromordinal(day) if day else None, kind[5] == SOLD)


def _at(kind: Kind, day: int | None, chosen: Selection) -> float | None:
    if chosen.asked.by is By.AGE:
        return (day - chosen.launch.toordinal()) / _DAYS_PER_MONTH if day else None
    if day is not None and day < chosen.today.toordinal() - _DAYS:
        return None
    if chosen.asked.by is By.STORAGE:
        return kind[3]
    from tradein_app.services.price_page import GRADES

    places = {_grade(name): float(place) for place, name in enumerate(GRADES)}
    return places.get(kind[4]) if kind[4] is not None else None


def _grade(name: str) -> float:
    from pricing.model.columns import GRADES

    return float(GRADES.index(name))
