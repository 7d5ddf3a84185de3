"""The European Central Bank's file of reference rates, as XML: checked before a rate of it counts.

https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/ describes it: a cube for each
day, in it a cube for each currency with the units for one euro.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from diagnostics.errors import BadInput
from diagnostics.text import plain
from pricing.rates.columns import checked, is_currency
from pricing.rates.table import FETCHED, NEW_DAYS, Day, Rates, together

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DAILY = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"
LAST_90_DAYS = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml"
LARGEST = 8 * 1024 * 1024
"""Bytes; the whole history since 1999 has six million."""
_CUBE = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"
_ALWAYS = frozenset({"USD", "JPY", "GBP", "CHF"})
"""Given on every day since 1999: a day without them is not the bank's."""
_FARTHEST = Decimal(3)
"""No currency of the bank's list ever moved by so many times between two of its files: a point was lost."""
_FARTHEST_SOON = Decimal("1.5")
"""Nor did one of those four within `NEW_DAYS`: from one month's end to the next the franc went the farthest since 2015
(1.15 times, January 2015), and the yen of October 2008 farther than that, by about a third. Smaller currencies may (the
lira: 1.34 times, November 2021), and so may those four in longer: the yen of 2008 came close in three months."""
_ZONES = timedelta(days=1)


def parse(content: bytes, known: Rates, today: date) -> tuple[Day, ...]:
    """Return the days of a file.

    Args:
        content: The file.
        known: What is known of the days before: nothing may be several times that.
        today: No day may be later, the world's time zones aside.

    Raises:
        BadInput: ``bad_rates``: it is not the bank's file, or says what cannot be; nothing of it counts then.
    """
    days = tuple(_days(_root(content)))
    if not days:
        raise _bad("no day with rates is in it")
    check_days(days, known, last_day=today)
    return days


def _root(content: bytes) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(content) > LARGEST:
        raise _bad(f"it is larger than {LARGEST // 1024 // 1024} MB")
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise _bad("it declares document types or entities, which the bank's file never does") from None
    except (ParseError, ExpatError, ValueError, LookupError) as error:
        raise _bad(f"it is no XML ({plain(error, 80)})") from None
    return root


def _days(root: Element) -> Iterator[Day]:
    for cube in root.iter(_CUBE):
        if "time" in cube.attrib:
            yield _day(cube)


def _day(cube: Element) -> Day:
    try:
        day = date.fromisoformat(cube.attrib["time"])
        return Day(day, dict(_units(cube)), FETCHED)
    except (ValueError, KeyError) as error:
        raise _bad(plain(error, 80)) from None


def _units(cube: Element) -> Iterator[tuple[str, str]]:
    said: set[str] = set()
    for each in cube.iterfind(_CUBE):
        name = each.attrib["currency"]
        if not is_currency(name) or name in said:
            raise ValueError(f"{name[:20]!r} is no currency, or stands there twice")
        said.add(name)
        yield name, checked(each.attrib["rate"])


def check_days(days: Sequence[Day], known: Rates, *, last_day: date | None) -> None:
    """Check days that came, or that were kept: a file on a disk is changed and damaged, too.

    Args:
        days: In any order.
        known: What is known beside them; each day is held against the last one before it, of either.
        last_day: No day may be later, the world's time zones aside; ``None`` where that is not known.

    Raises:
        BadInput: ``bad_rates``.
    """
    mine = _days_once(days)
    last: dict[str, tuple[date, str]] = {}
    for each in together(known, days).days:
        if each.day in mine:
            _check_whole(each, last_day or each.day)
            _check_steps(each, last)
        last.update((name, (each.day, units)) for name, units in each.per_euro.items())


def _days_once(days: Sequence[Day]) -> set[date]:
    found: set[date] = set()
    for each in days:
        if each.day in found:
            raise _bad(f"{each.day} stands there twice")
        found.add(each.day)
    return found


def _check_whole(given: Day, today: date) -> None:
    if given.day > today + _ZONES:
        raise _bad(f"{given.day} is in the future")
    missing = sorted(_ALWAYS - given.per_euro.keys())
    if missing:
        raise _bad(f"{given.day} has no rate of {', '.join(missing)}")


def _check_steps(given: Day, last: Mapping[str, tuple[date, str]]) -> None:
    for name in sorted(given.per_euro.keys() & last.keys()):
        before, units = last[name]
        soon = name in _ALWAYS and (given.day - before).days <= NEW_DAYS
        _check_step(given, name, units, _FARTHEST_SOON if soon else _FARTHEST)


def _check_step(given: Day, name: str, before: str, most: Decimal) -> None:
    units = (Decimal(given.per_euro[name]), Decimal(before))
    if max(units) > min(units) * most:
        raise _bad(f"{units[0]} {name} for one euro on {given.day} cannot be: it was {units[1]} before")


def _bad(detail: str) -> BadInput:
    return BadInput(
        f"The file of exchange rates cannot be used: {detail}.",
        "The rates that are there stay in use.",
        "bad_rates",
        detail=detail,
    )
