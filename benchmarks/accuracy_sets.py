"""Price sets for the accuracy benchmark: any folder of CSV files, none of which is part of the project.

Columns are those of price data (docs/command-line.md) or, where a set has none of that name, one that public sets use
for the same thing. Grades may be numbers, 0 (fair) to 4 (new).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pricing.model.columns import Columns, columns
from pricing.pricedata.cells import CELLS, CellProblem

ALSO = {
    "brand": "device_brand",
    "market": "country",
    "storage_gb": "internal_memory",
    "launch_price": "launch_price_usd",
    "launch_date": "release_year",
}
_GRADES = {"0": "fair", "1": "fair", "2": "good", "3": "excellent", "4": "new"}


def load_sets(folder: Path) -> Iterator[tuple[str, Columns]]:
    """Yield each file's name and rows."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield path.stem.removesuffix("_dev"), columns([_row(row) for row in csv.DictReader(file)])


def _row(row: dict[str, str]) -> dict[str, object]:
    cells = {name: row.get(name) or row.get(ALSO.get(name, ""), "") for name in CELLS}
    cells["launch_price"] = cells["launch_price"] or row.get("new_price", "")
    cells["currency"] = cells["currency"] or "EUR"
    cells["grade"] = _GRADES.get(cells["grade"].removesuffix(".0"), cells["grade"])
    if row.get("days_used") and not cells["date"]:
        start = date(int(cells["launch_date"]), 7, 1)
        cells["date"] = (start + timedelta(days=int(row["days_used"]))).isoformat()
    found: dict[str, object] = {}
    for name, (ours, read) in CELLS.items():
        if cells[name]:
            try:
                found[ours] = read(cells[name])
            except CellProblem:
                if name == "price":
                    raise
    return found
