"""The shop's own closed deals as a file: price data with what each quote had promised beside what the phone brought.

``own-deals.csv`` is price data (`pricing.pricedata`) with further columns. It is made anew from the store after each
sale; without serial numbers, names of people or what was paid.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from diagnostics.regular import regular_bytes
from diagnostics.text import plain
from pricing.pricedata.remarks import Remark, remark

FILE = "own-deals.csv"
"""In the data folder's ``prices``."""
COLUMNS = (
    "id", "model_id", "brand", "model", "storage_gb", "grade", "battery_pct", "date", "market", "currency",
    "launch_date", "seller_type", "price", "channel", "sold_on", "quoted_on", "quoted_currency", "quoted_p10",
    "quoted_p50", "quoted_p90", "quoted_version", "quoted_basis",
)  # fmt: skip
"""There is no ``launch_price``: the catalogue's are in several currencies, and a file must have one footing."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKED = (*_FORMULA, "'")
"""A cell that begins with the mark itself is marked, too: so each comes back as it was."""
_LARGEST = 64 * 1024 * 1024
_NEEDED = ("id", "brand", "model", "market", "currency", "price")
_MOST_GB = 16384
_SHOWN = 40
_LEAST_MONEY, _MOST_MONEY = Decimal("0.01"), Decimal(10**12)
"""As `pricing.pricedata.cells` has it; below a cent there is no price, and no logarithm of what a float makes of it."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What the quote of a phone said that it would bring.

    Attributes:
        p10: In ``currency``; p10 <= p50 <= p90, all above 0.
        version: Of the price model.
        basis: ``seed``, ``market`` or ``own_deals``.
        day: For which the price was asked.
    """

    p10: Decimal
    p50: Decimal
    p90: Decimal
    currency: str
    version: str
    basis: str
    day: date


@dataclass(frozen=True, slots=True)
class OwnDeal:
    """A phone that was bought and sold.

    Attributes:
        id: The inspection's.
        model_id: The catalogue's; ``""`` where the phone is not in it.
        model: As the catalogue, else the phone, calls it.
        storage_gb: On the box; ``None`` where it was not read.
        grade: As which it was priced: ``fair`` to ``new``; ``""`` where it had none.
        battery_percent: With which it was priced; ``None`` where it was not read.
        market: Two letters, of the quote.
        price: What it was sold for, above 0, in ``currency``.
        channel: Where it was sold, in the shop's own words; may be empty.
        promise: ``None`` where it was bought without a price.
    """

    id: str
    model_id: str
    brand: str
    model: str
    storage_gb: int | None
    grade: str
    battery_percent: int | None
    sold_on: date
    market: str
    currency: str
    price: Decimal
    launch_date: date | None = None
    channel: str = ""
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a file of own deals holds.

    Attributes:
        left_out: Rows that cannot be used, and those whose id came before.
        line: Of the first row that was left out, the header being 1; 0 for none.
        why: It was: ``price: 1e-400 is no price``; the cell's text is cut. ``None`` where none was.
        problem: Why the file cannot be used at all; ``None`` where it can, or where there is none.
    """

    deals: tuple[OwnDeal, ...] = ()
    left_out: int = 0
    line: int = 0
    why: Remark | None = None
    problem: Remark | None = None


def read_own_deals(path: Path) -> tuple[OwnDeal, ...]:
    """Return the deals of a file, in its order; none where there is no file, or none that can be used."""
    return examined(path).deals


def examined(path: Path) -> Read:
    """Return the deals of a file, in its order, and what else there is.

    A row that cannot be used is left out: the file can be made anew from the store at any time.
    """
    try:
        content = regular_bytes(path, _LARGEST)
    except FileNotFoundError:
        return Read()
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        return Read(problem=remark("own_deals_unreadable", file=FILE, detail=detail))
    if len(content) > _LARGEST:
        return Read(problem=remark("own_deals_too_large", file=FILE))
    try:
        return _examined(content.decode("utf-8-sig"))
    except (UnicodeError, csv.Error):
        return Read(problem=remark("own_deals_no_csv", file=FILE))


def _examined(text: str) -> Read:
    rows = csv.DictReader(io.StringIO(text))
    lacks = [name for name in _NEEDED if name not in (rows.fieldnames or ())]
    if lacks:
        lacking = remark("own_deals_no_column", file=FILE, column=lacks[0])
        return Read(problem=lacking if text.strip() else None)
    deals: dict[str, OwnDeal] = {}
    left_out: list[tuple[int, Remark]] = []
    for row in rows:
        try:
            deal = _usable(row, deals)
            deals[deal.id] = deal
        except _Unusable as error:
            left_out.append((rows.line_num, error.why))
    line, why = left_out[0] if left_out else (0, None)
    return Read(tuple(deals.values()), len(left_out), line, why)


def write_own_deals(path: Path, deals: Iterable[OwnDeal]) -> None:
    """Write deals in place of what the file held, whole or not at all; the same deals are not written again.

    Raises:
        OSError: The folder cannot be written to; the file is as it was.
    """
    text = own_deals_csv(deals).encode()
    with contextlib.suppress(OSError):
        if regular_bytes(path, len(text)) == text:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def own_deals_csv(deals: Iterable[OwnDeal]) -> str:
    """Return deals as CSV; no cell of it is a formula for a spreadsheet."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    rows.writeheader()
    rows.writerows({name: safe_cell(cell) for name, cell in _cells(deal).items()} for deal in deals)
    return text.getvalue()


def safe_cell(text: str) -> str:
    """Return a cell that a spreadsheet takes for text; numbers have no sign here."""
    return f"'{text}" if text.startswith(_MARKED) else text


def _cells(deal: OwnDeal) -> dict[str, str]:
    return {
        "id": deal.id,
        "model_id": deal.model_id,
        "brand": deal.brand,
        "model": deal.model,
        "storage_gb": _shown(deal.storage_gb),
        "grade": deal.grade,
        "battery_pct": _shown(deal.battery_percent),
        "date": deal.sold_on.isoformat(),
        "market": deal.market,
        "currency": deal.currency,
        "launch_date": _shown(deal.launch_date),
        "seller_type": "shop",
        "price": f"{deal.price:f}",
        "channel": deal.channel,
        "sold_on": deal.sold_on.isoformat(),
        **_promised(deal.promise),
    }


def _promised(promise: Promise | None) -> dict[str, str]:
    if promise is None:
        return {}
    return {
        "quoted_on": promise.day.isoformat(),
        "quoted_currency": promise.currency,
        "quoted_p10": f"{promise.p10:f}",
        "quoted_p50": f"{promise.p50:f}",
        "quoted_p90": f"{promise.p90:f}",
        "quoted_version": promise.version,
        "quoted_basis": promise.basis,
    }


def _shown(value: object) -> str:
    return "" if value is None else str(value)


class _Unusable(ValueError):
    """A cell says what it cannot mean."""

    def __init__(self, column: str, cell: str, code: str, **params: str) -> None:
        super().__init__(code)
        self.why = remark(f"cell_{code}", column=column, cell=plain(cell, _SHOWN), **params)


def _usable(row: Mapping[str, object], known: Container[str]) -> OwnDeal:
    deal = _deal({name: _own(cell) for name, cell in row.items() if isinstance(cell, str)})
    if deal.id in known:
        raise _Unusable("id", deal.id, "repeated")
    return deal


def _own(cell: str) -> str:
    """Return a cell as it was before `safe_cell`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_MARKED) else cell


def _deal(row: Mapping[str, str]) -> OwnDeal:
    sold = "sold_on" if row.get("sold_on") else "date"
    return OwnDeal(
        id=_text(row, "id"),
        model_id=row.get("model_id", ""),
        brand=row.get("brand", ""),
        model=row.get("model", ""),
        storage_gb=_whole(row, "storage_gb", _MOST_GB),
        grade=row.get("grade", ""),
        battery_percent=_whole(row, "battery_pct", 100),
        sold_on=_day(row, sold),
        market=_capitals(row, "market", 2),
        currency=_capitals(row, "currency", 3),
        price=_amount(row, "price"),
        launch_date=_day(row, "launch_date") if row.get("launch_date") else None,
        channel=row.get("channel", ""),
        promise=_promise(row) if row.get("quoted_p50") else None,
    )


def _promise(row: Mapping[str, str]) -> Promise:
    p10, p50, p90 = (_amount(row, name) for name in ("quoted_p10", "quoted_p50", "quoted_p90"))
    if not p10 <= p50 <= p90:
        raise _Unusable("quoted_p50", row["quoted_p50"], "not_between")
    currency, version, basis = (
        row.get(name, "") for name in ("quoted_currency", "quoted_version", "quoted_basis")
    )
    return Promise(p10, p50, p90, currency, version, basis, _day(row, "quoted_on"))


def _text(row: Mapping[str, str], name: str) -> str:
    if not row.get(name):
        raise _Unusable(name, "", "empty")
    return row[name]


def _day(row: Mapping[str, str], name: str) -> date:
    cell = _text(row, name)
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise _Unusable(name, cell, "no_date") from None


def _capitals(row: Mapping[str, str], name: str, count: int) -> str:
    """Return letters as capitals: a file that a person changed says the same country with small ones."""
    cell = _text(row, name)
    if len(cell) != count or not (cell.isascii() and cell.isalpha()):
        raise _Unusable(name, cell, "letters", count=str(count))
    return cell.upper()


def _whole(row: Mapping[str, str], name: str, most: int) -> int | None:
    cell = row.get(name, "")
    try:
        number = int(cell) if cell else None
    except ValueError:
        raise _Unusable(name, cell, "not_whole") from None
    if number is not None and not 0 < number <= most:
        raise _Unusable(name, cell, "outside", most=str(most))
    return number


def _amount(row: Mapping[str, str], name: str) -> Decimal:
    cell = _text(row, name)
    try:
        amount = Decimal(cell)
    except InvalidOperation:
        raise _Unusable(name, cell, "no_number") from None
    if not amount.is_finite() or not _LEAST_MONEY <= amount <= _MOST_MONEY:
        raise _Unusable(name, cell, "no_price")
    return amount
