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

_MOST_GB = 16384.0
_MOST_MONEY = 1e12
_LONGEST_NAME = 120
_FULL_BATTERY = 100.0
_TRUE = {"true": 1.0, "1": 1.0, "yes": 1.0, "1.0": 1.0, "false": 0.0, "0": 0.0, "no": 0.0, "0.0": 0.0}
_SELLERS = {"shop": 1.0, "private": 0.0}
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}")
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
    """Return GB."""
    return _between(text, 0.0, _MOST_GB, "is no storage in GB")


def battery(text: str) -> float:
    """Return percent."""
    return _between(text, 0.0, _FULL_BATTERY, "is no battery health in percent, above 0 and up to 100")


def money(text: str) -> float:
    """Return an amount above 0."""
    return _between(text, 0.0, _MOST_MONEY, "is no price above 0")


def grade(text: str) -> float:
    """Return a grade's place."""
    if text not in GRADES:
        raise CellProblem(f"is no grade; there are {', '.join(GRADES)}")
    return float(GRADES.index(text))


@lru_cache(maxsize=8192)
def day(text: str) -> float:
    """Return a day's ordinal; a time behind it is left aside."""
    try:
        return float(date.fromisoformat(text[:10]).toordinal())
    except ValueError:
        raise CellProblem("is no date; write it like 2026-11-22") from None


@lru_cache(maxsize=8192)
def launch_day(text: str) -> float:
    """Return a day's ordinal; a year or a month alone is its middle."""
    if re.fullmatch(r"\d{4}", text):
        return day(f"{text}-07-01")
    return day(f"{text}-15") if re.fullmatch(r"\d{4}-\d{2}", text) else day(text)


def warranty(text: str) -> float | None:
    """Return 1 where one is stated; that none is stated says nothing."""
    found = _TRUE.get(text.casefold())
    if found is None:
        raise CellProblem("is neither true nor false")
    return found or None


def seller(text: str) -> float | None:
    """Return 1 for a shop, 0 for a private person, ``None`` for others."""
    return _SELLERS.get(text.casefold())


def currency(text: str) -> str:
    """Return three letters as capitals."""
    if not _CURRENCY.fullmatch(text):
        raise CellProblem("is no currency; write three letters such as EUR")
    return text.upper()


def market(text: str) -> str:
    """Return two letters as capitals."""
    if not _MARKET.fullmatch(text):
        raise CellProblem("is no country; write two letters such as FR")
    return text.upper()


def _between(text: str, above: float, most: float, words: str) -> float:
    # With one or two digits behind it a comma can only be a decimal one, as spreadsheets write it in half of Europe;
    # 1,234 may be either, and is refused.
    plainly = text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text
    try:
        number = float(plainly)
    except ValueError:
        raise CellProblem(
            "is no number" if "," not in text else "is no number; write a point for a comma"
        ) from None
    if not math.isfinite(number) or not above < number <= most:
        raise CellProblem(words)
    return number


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
