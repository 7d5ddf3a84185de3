"""What each cell of price data may say."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from diagnostics.text import plain
from pricing.model.columns import GRADES
from pricing.pricedata.wording import currencies_of, folded, meanings
from pricing.pricedata.written import Signed, dotted_day, gigabytes, plain_number, signed

_MOST_GB = 16384.0
_MOST_MONEY = 1e12
_LONGEST_NAME = 120
_FULL_BATTERY = 100.0
_NO_PRICE = "is no price above 0"
_TRUE = {"true": 1.0, "1": 1.0, "yes": 1.0, "1.0": 1.0, "false": 0.0, "0": 0.0, "no": 0.0, "0.0": 0.0}
_SELLERS = {"shop": 1.0, "private": 0.0}
_CURRENCY = re.compile(r"[A-Za-z]{3}")
_MARKET = re.compile(r"[A-Za-z]{2}")


class CellProblem(ValueError):
    """A cell says what it cannot mean; the words follow the cell's own text."""


def name(text: str) -> str:
    """Return a brand or a model."""
    if len(text) > _LONGEST_NAME:
        raise CellProblem("is too long for a name")
    return plain(text, _LONGEST_NAME)


def storage(text: str) -> float:
    """Return GB, also of ``128 Go`` and ``1 TB``."""
    return _between(gigabytes(text), 0.0, _MOST_GB, "is no storage in GB")


def battery(text: str) -> float:
    """Return percent, with its sign or without."""
    return _between(
        text.removesuffix("%").rstrip(),
        0.0,
        _FULL_BATTERY,
        "is no battery health in percent, above 0 and up to 100",
    )


def money(text: str) -> float | Signed:
    """Return an amount above 0, with the currencies that it may be in where it says one."""
    if text[:1].isdigit() and text[-1:].isdigit():  # nearly all of them
        return _between(text, 0.0, _MOST_MONEY, _NO_PRICE)
    try:
        found = signed(text)
    except ValueError:
        raise CellProblem("is no number that means one thing; write it like 1299.00") from None
    if found is None:
        return _between(text, 0.0, _MOST_MONEY, _NO_PRICE)
    if not 0.0 < found.amount <= _MOST_MONEY:
        raise CellProblem(_NO_PRICE)
    return found


def grade(text: str) -> float:
    """Return a grade's place."""
    found = text if text in GRADES else meanings("grades").get(folded(text))
    if found is None:
        raise CellProblem(f"is no grade; there are {', '.join(GRADES)}")
    return float(GRADES.index(found))


@lru_cache(maxsize=8192)
def day(text: str) -> float:
    """Return a day's ordinal; a time behind it is left aside."""
    try:
        return float(date.fromisoformat(text[:10]).toordinal())
    except ValueError:
        found = dotted_day(text)
    if found is None:
        raise CellProblem("is no date; write it like 2026-11-22")
    return found


@lru_cache(maxsize=8192)
def launch_day(text: str) -> float:
    """Return a day's ordinal; a year or a month alone is its middle."""
    if re.fullmatch(r"\d{4}", text):
        return day(f"{text}-07-01")
    return day(f"{text}-15") if re.fullmatch(r"\d{4}-\d{2}", text) else day(text)


def warranty(text: str) -> float | None:
    """Return 1 where one is stated; that none is stated says nothing."""
    known = text.casefold()
    found = _TRUE.get(meanings("answers").get(folded(known), known))
    if found is None:
        raise CellProblem("is neither true nor false")
    return found or None


def seller(text: str) -> float | None:
    """Return 1 for a shop, 0 for a private person, ``None`` for others."""
    known = text.casefold()
    return _SELLERS.get(meanings("sellers").get(folded(known), known))


def currency(text: str) -> str:
    """Return three letters as capitals; also of a sign that is of one currency alone."""
    if not _CURRENCY.fullmatch(text):
        meant = currencies_of(text)
        if len(meant) == 1:
            return meant[0]
        raise CellProblem("is no currency; write three letters such as EUR")
    return text.upper()


def market(text: str) -> str:
    """Return two letters as capitals; also of a country by its name."""
    if not _MARKET.fullmatch(text):
        meant = meanings("markets").get(folded(text))
        if meant:
            return meant
        raise CellProblem("is no country; write two letters such as FR")
    return text.upper()


def _between(text: str, above: float, most: float, words: str) -> float:
    number = _number(text)
    if not math.isfinite(number) or not above < number <= most:
        raise CellProblem(words)
    return number


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        pass
    # With one or two digits behind it a comma can only be a decimal one, as spreadsheets write it in half of Europe;
    # 1,234 may be either, and is refused.
    try:
        return float(plain_number(text))
    except ValueError:
        words = "is no number" if "," not in text else "is no number; write a point for a comma"
        raise CellProblem(words) from None


CELLS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "brand": ("brand", name),
    "model": ("model", name),
    "storage_gb": ("storage", storage),
    "grade": ("grade", grade),
    "battery_pct": ("battery", battery),
    "date": ("day", day),
    "market": ("market", market),
    "currency": ("currency", currency),
    "launch_date": ("launch_day", launch_day),
    "launch_price": ("launch_price", money),
    "has_warranty": ("warranty", warranty),
    "seller_type": ("shop", seller),
    "price": ("price", money),
}
"""By the column's name in the file: our name, and how its cell is read."""
