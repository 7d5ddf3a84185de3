"""Whether days such as 05/11/2026 have the day first: a whole file may prove it, a single cell never can."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path

from diagnostics.regular import regular_handle
from pricing.pricedata.lines import Lines
from pricing.pricedata.written import SLASHED

_MONTHS = 12


def day_is_first(path: Path, encoding: str, delimiter: str, places: Sequence[int]) -> bool:
    """Return whether some first number of a file's days cannot be a month, and no second one is none.

    Args:
        path: The file; it is read once more, row by row.
        encoding: Of its letters.
        delimiter: Between its cells.
        places: Of the columns of days.

    Raises:
        OSError: It cannot be read.
        UnicodeError: It is no text.
        csv.Error: A row has no end.
    """
    proved = False
    with os.fdopen(regular_handle(path), encoding=encoding, newline="") as file:
        lines = Lines(file)
        for cells in csv.reader(lines, delimiter=delimiter):
            lines.together = 0
            for place in places:
                found = SLASHED.fullmatch(cells[place].strip()) if place < len(cells) else None
                if found and int(found[2]) > _MONTHS:
                    return False
                proved |= found is not None and int(found[1]) > _MONTHS
    return proved
