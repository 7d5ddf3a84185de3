"""An example file of prices: the columns, and two rows that show how cells are written and that count nowhere."""

from __future__ import annotations

import csv
from pathlib import Path

from diagnostics.errors import UserError

NAME = "prices-example.csv"
_HEAD = (
    "brand",
    "model",
    "storage_gb",
    "grade",
    "battery_pct",
    "date",
    "market",
    "currency",
    "price",
    "note",
)
_EXAMPLES = (
    ("Apple", "iPhone 13", "128", "good", "87", "2026-01-31", "FR", "EUR", ""),
    ("Samsung", "Galaxy S23", "256", "excellent", "", "2026-01-31", "DE", "EUR", ""),
)
"""Without a price on purpose: a row without one is left out, so a forgotten example never sets a price."""


def write_template(path: Path, note: str, *, separator: str = ",") -> None:
    """Write the example file, in UTF-8 with the mark by which a spreadsheet knows it.

    Args:
        path: Where to; a file there makes room.
        note: What the example rows say of themselves, in the column ``note``, which nobody reads.
        separator: Between the cells: a spreadsheet of a country that writes 1,5 wants a semicolon.

    Raises:
        UserError: It cannot be written, code ``example_not_written``.
    """
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=separator)
            writer.writerow(_HEAD)
            writer.writerows((*cells, note) for cells in _EXAMPLES)
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror or error}.",
            "Choose another folder.",
            "example_not_written",
            file=str(path),
        ) from None
