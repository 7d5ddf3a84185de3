"""``getprop``: ``[name]: [value]``, where a value may hold brackets and line breaks (native-run #45, madb #6).

Whoever has a phone's shell can give a ``debug.`` property a value with a line break, and behind it a line that looks
like another property, such as an IMEI. Android lists properties in the order of their names (toybox, ``getprop``), so
that such a line stands out of place.
"""

from __future__ import annotations

import operator
import re
from bisect import bisect_right
from collections.abc import Sequence

_ENTRY = re.compile(r"\[([^\[\]\s]+)\]: \[(.*)")
_FEWEST = 50
"""Properties below which a list is not a phone's whole one, and its order means nothing."""
_MOST_STRAY = 0.2
"""Share of properties out of place above which the list is not in order at all."""


def parse(text: str) -> dict[str, str]:
    """Return the properties by name; of two with one name the first in its place counts, and half a one is left out."""
    entries: list[tuple[str, str]] = []
    name, lines = "", [""]
    for line in text.splitlines():
        entry = _ENTRY.match(line)
        if entry:
            _close(entries, name, lines)
            name, lines = entry[1], [entry[2]]
        else:
            lines.append(line)
    _close(entries, name, lines)
    found: dict[str, str] = {}
    for index in _in_place([name for name, _ in entries]):
        found.setdefault(*entries[index])
    return found


def _close(entries: list[tuple[str, str]], name: str, lines: list[str]) -> None:
    value = "\n".join(lines).rstrip()
    if name and value.endswith("]"):
        entries.append((name, value[:-1]))


def _in_place(names: Sequence[str]) -> Sequence[int]:
    """Return the indices of the names that stand in order, the longest run of them; of all where there is no order.

    Old systems (toolbox) compare the closing bracket, too, so that ``usb.config.extra`` stands before ``usb.config``.
    """
    everything = range(len(names))
    if len(names) < _FEWEST or _in_order(names):
        return everything
    bracketed = [f"{name}]" for name in names]
    if _in_order(bracketed):
        return everything
    kept = max(_longest_run(names), _longest_run(bracketed), key=len)
    return kept if len(names) - len(kept) <= _MOST_STRAY * len(names) else everything


def _in_order(names: Sequence[str]) -> bool:
    return all(map(operator.le, names, names[1:]))


def _longest_run(names: Sequence[str]) -> list[int]:
    """Return the indices of the longest subsequence that does not fall, by patience sorting."""
    tops: list[str] = []
    piles: list[int] = []
    before: list[int] = []
    for index, name in enumerate(names):
        pile = bisect_right(tops, name)
        before.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1], piles[pile : pile + 1] = [name], [index]
    run, at = [], piles[-1] if piles else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]
