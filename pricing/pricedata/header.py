"""Which column of a file is which: by its documented name, or by the word of a shop's own table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pricing.pricedata.cells import CELLS
from pricing.pricedata.wording import currencies_of, folded, meanings

_OURS_ALONE = frozenset(
    {"storage_gb", "battery_pct", "launch_date", "launch_price", "has_warranty", "seller_type"}
)
"""Nobody calls a column so by chance: such a file is in the documented format, and its further columns are its own."""
_UNIT = re.compile(r"(.+?)\s*\(([^\s()]+)\)")
_UNITS: Mapping[str, frozenset[str]] = {
    "storage_gb": frozenset({"go", "gb"}),
    "battery_pct": frozenset({"%"}),
}
_AMOUNTS = frozenset({"price", "launch_price"})


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file.

    Attributes:
        names: In their order: the documented name, or the file's own where it is none.
        signs: By the column of amounts: the currency that its header says for all its cells, ``Prix (€)``.
        words: For each documented name that the file says in other words: those, as they stand there.
    """

    names: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    signs: dict[str, str]

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
    signs: dict[str, str] = {}
    if not documented & _OURS_ALONE:
        for place, name in enumerate(names):
            ours, sign = ("", "") if name in CELLS else _meant(name)
            if ours and ours not in documented:
                names[place] = ours
                words[ours] = (*words.get(ours, ()), name)
                signs |= {ours: sign} if sign else {}
    return Header(tuple(names), words, signs)


def _meant(name: str) -> tuple[str, str]:
    """Return which column a word means and the currency in brackets behind it; empty where it means none."""
    columns = meanings("columns")
    found = _UNIT.fullmatch(name)
    if found is None:
        return columns.get(folded(name), ""), ""
    ours, unit = columns.get(folded(found[1]), ""), found[2]
    if ours in _AMOUNTS and currencies_of(unit):
        return ours, unit
    return (ours, "") if folded(unit) in _UNITS.get(ours, ()) else ("", "")
