"""How spreadsheets write numbers and days, as far as each can mean one thing only."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from pricing.pricedata.wording import currencies_of

_GAP = " \u00a0\u2009\u202f"
"""Blanks that group digits: the plain one, the one that does not break, and both thin ones."""
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}")
_GROUPED = re.compile(
    rf"-?\d{{1,3}}(?:(?:[{_GAP}]\d{{3}})+(?:[.,]\d{{1,2}})?"
    r"|(?:['\u2019]\d{3})+(?:[.,]\d{1,2})?|(?:\.\d{3})+,\d{1,2}|(?:,\d{3})+\.\d{1,2})"
)
_CENTS = re.compile(r"[.,](\d{1,2})$")
_NOT_DIGIT = re.compile(r"[^\d-]")
_SIGN = r"[^\W\d_]{1,5}|[^\w\s+\-.,'\u2019]"
_SIGNED = re.compile(
    rf"(?P<before>{_SIGN})?\s*(?P<number>-?\d(?:[\d{_GAP}.,'\u2019]*\d)?)(?:,[-\u2013\u2014]{{1,2}})?"
    rf"\s*(?P<after>{_SIGN})?"
)
_EITHER = re.compile(r"-?\d{1,3}[.,]\d{3}")
_STORAGE = re.compile(r"(\d+(?:[.,]\d{1,2})?)\s*([gt])[bo]", re.IGNORECASE)
_TERA = 1024.0
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T].*)?")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T].*)?")
"""Two numbers of which nobody can say which is the month, and a year; a time behind it is left aside."""


class Signed(NamedTuple):
    """An amount that says its currency.

    Attributes:
        currencies: That its sign may mean; at least one.
    """

    amount: float
    sign: str
    currencies: tuple[str, ...]


def plain_number(text: str) -> str:
    """Return a number with a point and without gaps; unchanged where that is not sure, such as ``1,234``."""
    if _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    if not _GROUPED.fullmatch(text):
        return text
    cents = _CENTS.search(text)
    whole = text[: cents.start()] if cents else text
    return _NOT_DIGIT.sub("", whole) + (f".{cents[1]}" if cents else "")


def gigabytes(text: str) -> str:
    """Return ``128 Go`` or ``1 TB`` as a number of GB; other text unchanged."""
    found = _STORAGE.fullmatch(text)
    if found is None:
        return text
    number = plain_number(found[1])
    return number if found[2] in "gG" else str(float(number) * _TERA)


def signed(text: str) -> Signed | None:
    """Return an amount with a currency before or behind it; ``None`` where it is none.

    Raises:
        ValueError: Its number may mean two things: ``1.299 €``.
    """
    found = _SIGNED.fullmatch(text)
    if found is None or bool(found["before"]) == bool(found["after"]):
        return None
    sign = found["before"] or found["after"]
    currencies = currencies_of(sign)
    if not currencies:
        return None
    if _EITHER.fullmatch(found["number"]):
        raise ValueError(text)
    try:
        return Signed(float(plain_number(found["number"])), sign, currencies)
    except ValueError:
        return None


def dotted_day(text: str) -> float | None:
    """Return the ordinal of ``22.11.2026``; ``None`` where it is none. With dots the day stands first everywhere."""
    found = _DOTTED.fullmatch(text)
    return _ordinal(found[3], found[2], found[1]) if found else None


def slashed_day(text: str) -> float | None:
    """Return the ordinal of ``22/11/2026``, its day first; ``None`` where it is none."""
    found = SLASHED.fullmatch(text)
    return _ordinal(found[3], found[2], found[1]) if found else None


def _ordinal(year: str, month: str, day: str) -> float | None:
    try:
        return float(date(int(year), int(month), int(day)).toordinal())
    except ValueError:
        return None
