"""Rates as CSV, one row a day and one column a currency: how they are shipped and how they are kept."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from pricing.rates.table import SHIPPED, Day, Rates
from resources.opening import read_bytes

_SHIPPED = "rates/ecb.csv"
_UNITS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


@cache
def shipped() -> Rates:
    """Return the rates that came with the program, read once: the last working day of each month."""
    return Rates(tuple(days_of(read_bytes(_SHIPPED).decode("utf-8"), SHIPPED)))


def days_of(text: str, origin: str) -> Iterator[Day]:
    """Yield the days of a table.

    Raises:
        ValueError: A cell is no rate, a head no currency, or a row's first cell no day.
    """
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    rows = csv.reader(lines)
    head = next(rows, [])
    if head[:1] != ["day"] or not all(_CURRENCY.fullmatch(each) for each in head[1:]):
        raise ValueError("its first line names no currencies")
    for row in rows:
        units = {name: checked(cell) for name, cell in zip(head[1:], row[1:], strict=True) if cell}
        yield Day(date.fromisoformat(row[0]), units, origin)


def checked(units: str) -> str:
    """Return a rate as it was written.

    Raises:
        ValueError: It is no number above 0.
    """
    if not _UNITS.fullmatch(units) or not units.strip("0."):
        raise ValueError(f"{units[:20]!r} is no rate")
    return units


def is_currency(code: str) -> bool:
    """Return whether a text can be a currency's code."""
    return bool(_CURRENCY.fullmatch(code))


def written(days: Iterable[Day]) -> str:
    """Return days as a table, currencies in alphabetical order."""
    rows = list(days)
    names = sorted({name for each in rows for name in each.per_euro})
    lines = [["day", *names]]
    lines += [[each.day.isoformat(), *(each.per_euro.get(name, "") for name in names)] for each in rows]
    return "".join(",".join(line) + "\n" for line in lines)
