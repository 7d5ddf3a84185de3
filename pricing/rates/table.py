"""Rates against the euro by day: what a table holds, what holds on a day, and why there may be none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pricing.money import Money

EURO = "EUR"
FETCHED = "ecb"
"""The origin of rates that were fetched from the European Central Bank."""
SHIPPED = "shipped"
"""The origin of the bank's rates that came with the program."""
NEW_DAYS = 31
"""A price says so where its rate is older. In 21 working days the bank's rates of USD, GBP, PLN, CHF and SEK moved by
1.3 % or less half of the time, and by 3.2 % in nine of ten cases (2016 to 2026): less than any price's range."""


@dataclass(frozen=True, slots=True)
class Day:
    """The rates of one day.

    Attributes:
        per_euro: By currency, how many units one euro is, as the bank wrote it.
        origin: `FETCHED` or `SHIPPED`.
    """

    day: date
    per_euro: Mapping[str, str]
    origin: str


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of one currency another one is.

    Attributes:
        value: How many ``target`` one ``source`` is: what an amount is multiplied with.
        units: How many ``source`` one ``target`` is, as rates against the euro are written: 1.1172 USD for one EUR.
        day: Of the bank's rate; ``None`` between a currency and itself.
        origin: `FETCHED` or `SHIPPED`; ``""`` between a currency and itself.
    """

    source: str
    target: str
    value: Decimal
    units: Decimal
    day: date | None
    origin: str

    def of(self, money: Money) -> Money:
        """Return an amount of the source's currency in the target's, not rounded.

        Raises:
            ValueError: The amount is in another currency.
        """
        if money.currency != self.source:
            raise ValueError(f"{money.currency} is not {self.source}.")
        return Money(money.amount * self.value, self.target)

    def age(self, as_of: date) -> int:
        """Return how many days old the rate is on a day; 0 between a currency and itself."""
        return (as_of - self.day).days if self.day else 0

    def old(self, as_of: date) -> bool:
        """Return whether a newer rate should be had."""
        return self.age(as_of) > NEW_DAYS


@dataclass(frozen=True, slots=True)
class Lack:
    """Why there is no rate.

    Attributes:
        code: ``no_day`` (all rates are of later days), ``never`` (the bank has no such currency), or ``ended`` (it gave
            none any more, or not yet, on the day that holds).
        currency: Which one is missing; ``""`` where no day holds.
        day: The day that would hold; of ``no_day`` the first one there is.
    """

    code: str
    currency: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates by day. A rate holds from its day until the next one, so that weekends have Friday's.

    Attributes:
        days: In order; of two of one day the later one in the list counts.
        fetched_at: When rates were last fetched or found unchanged, RFC 3339 in UTC; ``""`` for never.
        wrong: What is wrong with the rates that were kept, of which nothing is used then; ``""`` for nothing.
    """

    days: tuple[Day, ...]
    fetched_at: str = ""
    wrong: str = ""
    _dates: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kept = tuple(sorted({each.day: each for each in self.days}.values(), key=lambda each: each.day))
        object.__setattr__(self, "days", kept)
        object.__setattr__(self, "_dates", tuple(each.day for each in kept))

    def on(self, as_of: date) -> Day | None:
        """Return the rates that hold on a day: its own or the last ones before; never later ones."""
        place = bisect_right(self._dates, as_of)
        return self.days[place - 1] if place else None

    def rate(self, source: str, target: str, as_of: date) -> Rate | None:
        """Return how many ``target`` one ``source`` was on a day; through the euro where neither is one.

        ``None`` where there is no rate; `lack` says why.
        """
        if source == target:
            return Rate(source, target, Decimal(1), Decimal(1), None, "")
        held = self.on(as_of)
        if held is None:
            return None
        have, wanted = _units(held, source), _units(held, target)
        if have is None or wanted is None:
            return None
        return Rate(source, target, wanted / have, have / wanted, held.day, held.origin)

    def lack(self, source: str, target: str, as_of: date) -> Lack | None:
        """Return why there is no rate; ``None`` where there is one."""
        if self.rate(source, target, as_of):
            return None
        held = self.on(as_of)
        if held is None:
            return Lack("no_day", "", self._dates[0] if self._dates else None)
        missing = next(each for each in (source, target) if _units(held, each) is None)
        known = any(missing in each.per_euro for each in self.days)
        return Lack("ended" if known else "never", missing, held.day)

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return the currencies of the last day, the euro among them, in alphabetical order."""
        return tuple(sorted({EURO, *self.days[-1].per_euro})) if self.days else ()


def together(first: Rates, days: Iterable[Day], fetched_at: str = "") -> Rates:
    """Return rates with those of further days; where both have a day, the further ones count."""
    return Rates((*first.days, *days), fetched_at or first.fetched_at)


def _units(held: Day, currency: str) -> Decimal | None:
    if currency == EURO:
        return Decimal(1)
    text = held.per_euro.get(currency)
    return Decimal(text) if text else None
