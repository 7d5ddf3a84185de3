"""Records the sales of a CSV file: each row for itself, what is wrong named by row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from diagnostics.errors import BadInput, UserError
from diagnostics.text import plain
from pricing.pricedata.findings import Finding
from tradein_app.services.records import Actor
from tradein_app.services.sale_checking import check_day, sold_as
from tradein_app.services.sale_records import SalesImport
from tradein_app.services.sales import deal_before, keep_own_deals, number_of, record_sale
from tradein_app.services.shop import Shop

NAMES = ("inspection", "imei", "serial")
_NEEDED = ("amount", "currency", "sold_on")
_COLUMN = {
    "sale_amount": "amount",
    "sale_far": "amount",
    "sale_recorded": "amount",
    "sale_currency": "currency",
    "sale_day": "sold_on",
    "sale_in_future": "sold_on",
    "sale_before_deal": "sold_on",
}
"""Which cell an error's code speaks of; all others speak of the cell that names the phone."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Mapping[str, str]

    @property
    def names(self) -> dict[str, str]:
        """Return what the row calls the phone, by column."""
        return {name: number_of(self.cells[name]) for name in NAMES if self.cells.get(name)}


def import_sales(shop: Shop, folder: Path | None, text: str, actor: Actor) -> SalesImport:
    """Record the sales of a file; a row that was recorded before adds nothing, a wrong one costs no other.

    Each row is a transaction of its own: a long file keeps no other window waiting, and after a crash it is read once
    more.

    Args:
        shop: Where it happens.
        folder: The data folder, for the file of own deals.
        text: The CSV; commas, semicolons or tabs between the cells.
        actor: Who recorded it.

    Raises:
        BadInput: ``sale_columns``: a column that is needed is not there.
    """
    rows = added = 0
    findings: list[Finding] = []
    for row in _rows(text):
        rows += 1
        try:
            added += _record(shop, row, actor)
        except UserError as error:
            findings.append(_finding(row, error))
    unwritten = keep_own_deals(shop, folder)
    return SalesImport(rows, added, rows - added - len(findings), tuple(findings), unwritten)


def _record(shop: Shop, row: _Row, actor: Actor) -> bool:
    """Record one row, and return whether it is new."""
    if not row.names:
        raise BadInput("It names no phone.", f"Fill in {', '.join(NAMES)}.", "sale_unnamed")
    sold = sold_as(
        row.cells.get("amount", ""),
        row.cells.get("currency", ""),
        _day(row.cells.get("sold_on", "")),
        row.cells.get("channel", ""),
    )
    check_day(sold.day, bought=date.min, today=shop.today())
    with shop.store.reading() as uow:
        deal = deal_before(uow, list(row.names.values()), sold.day)
    _, new = record_sale(shop, deal.inspection_id, sold, actor)
    return new


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"'{plain(text, _SHOWN)}' is no date.",
            "Write it like 2026-11-22.",
            "sale_day",
            name=plain(text, _SHOWN),
        ) from None


def _finding(row: _Row, error: UserError) -> Finding:
    first = next(iter(row.names), NAMES[0])
    named = plain(row.names.get(first, ""), _SHOWN)
    return Finding(row.line, named, _COLUMN.get(error.code, first), f"{error}{_spoilt(named, error)}")


def _spoilt(name: str, error: UserError) -> str:
    """Return what a spreadsheet did to a number that nobody knows."""
    rounded = error.code == "sale_unknown" and "E+" in name.upper()
    return " A spreadsheet rounded it: let it keep that column as text." if rounded else ""


def _rows(text: str) -> Iterator[_Row]:
    lines = io.StringIO(text.lstrip("\ufeff"), newline="")
    header = lines.readline()
    delimiter = max(",;\t", key=header.count)
    columns = [cell.strip().casefold() for cell in next(csv.reader([header], delimiter=delimiter), [])]
    _check_columns(columns)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
                yield _Row(reader.line_num + 1, found)
    except csv.Error as error:
        raise BadInput(
            f"The file cannot be read after line {reader.line_num + 1}: {error}.",
            "Save it as CSV once more; the rows before it were recorded.",
            "sale_file",
            line=str(reader.line_num + 1),
        ) from None


def _check_columns(columns: list[str]) -> None:
    missing = [name for name in _NEEDED if name not in columns]
    if not set(NAMES) & set(columns):
        missing.insert(0, "/".join(NAMES))
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if missing or twice:
        what = f"has no column {', '.join(missing)}" if missing else f"has the column {twice[0]} twice"
        raise BadInput(
            f"The file {what}.",
            f"Its first line names {', '.join(NAMES)} (one of them), amount, currency, sold_on and channel.",
            "sale_columns",
            name=", ".join(missing or twice),
        )
