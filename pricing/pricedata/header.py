"""Which column of a file is which: by its documented name, or by the word of a shop's own table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pricing.pricedata.cells import CELLS
from pricing.pricedata.wording import folded, meanings

_OURS_ALONE = frozenset(
    {"storage_gb", "battery_pct", "launch_date", "launch_price", "has_warranty", "seller_type"}
)
"""Nobody calls a column so by chance: such a file is in the documented format, and its further columns are its own."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file.

    Attributes:
        names: In their order: the documented name, or the file's own where it is none.
        words: For each documented name that the file says in other words: those, as they stand there.
    """

    names: tuple[str, ...]
    words: dict[str, tuple[str, ...]]

    @property
    def doubled(self) -> str:
        """Return a column that is there twice, by its documented name and the file's words; empty without one."""
        found = min((name for name in self.names if name in CELLS and self.names.count(name) > 1), default="")
        said = ", ".join(self.words.get(found, ()))
        return f"{found} ({said})" if said else found


def header_of(cells: Sequence[str]) -> Header:
    """Return the columns that a first line names; documented names count before words for the same column."""
    names = [cell.strip().lstrip("\ufeff") for cell in cells]
    documented = CELLS.keys() & set(names)
    words: dict[str, tuple[str, ...]] = {}
    if not documented & _OURS_ALONE:
        for place, name in enumerate(names):
            ours = None if name in CELLS else meanings("columns").get(folded(name))
            if ours and ours not in documented:
                names[place] = ours
                words[ours] = (*words.get(ours, ()), name)
    return Header(tuple(names), words)
