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
from pricing.rates.table import FETCHED, Day, Rates, together

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
    for each in days:
        _check(each, known, today)
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


def check_kept(days: Sequence[Day], known: Rates, *, last_day: date | None) -> None:
    """Check days that were kept as those are that come: a file on a disk is changed and damaged, too.

    Args:
        days: In any order.
        known: What came with the program.
        last_day: When they were fetched, where that is known.

    Raises:
        BadInput: ``bad_rates``.
    """
    last: dict[str, str] = {}
    for each in together(known, days).days:
        if each.origin == FETCHED:
            _check_whole(each, last_day or each.day)
            _check_steps(each, last)
        last.update(each.per_euro)


def _check(given: Day, known: Rates, today: date) -> None:
    _check_whole(given, today)
    before = known.on(given.day)
    _check_steps(given, before.per_euro if before else {})


def _check_whole(given: Day, today: date) -> None:
    if given.day > today + _ZONES:
        raise _bad(f"{given.day} is in the future")
    missing = sorted(_ALWAYS - given.per_euro.keys())
    if missing:
        raise _bad(f"{given.day} has no rate of {', '.join(missing)}")


def _check_steps(given: Day, before: Mapping[str, str]) -> None:
    for name in sorted(given.per_euro.keys() & before.keys()):
        _check_step(given, name, [Decimal(given.per_euro[name]), Decimal(before[name])])


def _check_step(given: Day, name: str, units: Sequence[Decimal]) -> None:
    if max(units) > min(units) * _FARTHEST:
        raise _bad(f"{units[0]} {name} for one euro on {given.day} cannot be: it was {units[1]} before")


def _bad(detail: str) -> BadInput:
    return BadInput(
        f"The file of exchange rates cannot be used: {detail}.",
        "The rates that are there stay in use.",
        "bad_rates",
        detail=detail,
    )
