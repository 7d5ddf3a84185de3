"""Price data for training: at most so many rows, each id once, currencies that can be learned."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from diagnostics.errors import BadInput
from pricing.model.columns import Columns, Ints, columns
from pricing.model.training import LEAST_ROWS
from pricing.pricedata.absurd import mistaken
from pricing.pricedata.findings import Finding, Findings
from pricing.pricedata.remarks import remark
from pricing.pricedata.rows import Row, Rows

MOST_ROWS = 200_000
"""Rows that a model is trained on; of more, a fair draw."""
_ABSURD = "is absurd: several times what all other prices say, or a fraction of it"
_MOST_WATCHED = 1_000_000
"""Rows among which repeated ones are looked for: memory has an end."""


Each = Callable[[Mapping[str, Any]], object]
"""Takes the cells of a row, by our names."""


def load_prices(
    path: Path, today: date, *, most: int = MOST_ROWS, each: Each | None = None
) -> tuple[Columns, Findings]:
    """Return the usable prices of a file, and what was found wrong.

    Args:
        path: Price data.
        today: No price may be later.
        most: Rows; of more a fair draw.
        each: Called with the cells of every row that can be used, whether it is drawn or not.

    Raises:
        BadInput: It cannot be read, or no row of it can be used.
    """
    rows = Rows(path, priced=True, last_day=today.toordinal())
    kept = _draw(_once(rows) if each is None else _told(_once(rows), each), most)
    if not kept:
        if rows.findings.rows:
            why = f"has no price that can be used. {' '.join(list(rows.findings.lines())[:4])}"
        else:
            why = "has no row below its first line."
        raise BadInput(
            f"{path} {why}",
            "Its columns and how they are written: docs/command-line.md.",
            "no_rows",
            name=path.name,
        )
    data = columns([row.values for row in kept])
    if rows.findings.used > len(kept):
        rows.findings.remarks.append(remark("drawn", count=str(len(kept)), of=str(rows.findings.used)))
    if not any(currency for _, currency in data.places):
        rows.findings.remarks.append(remark("no_currency"))
    fitting = _of_learnable_currencies(data, rows.findings)
    return _without_mistakes(
        data.take(fitting), [kept[place] for place in fitting.tolist()], rows.findings
    ), rows.findings


def in_pieces(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield rows in lists of a size, the last one shorter."""
    source = iter(rows)
    while piece := list(islice(source, size)):
        yield piece


def _told(rows: Iterable[Row], each: Each) -> Iterator[Row]:
    for row in rows:
        each(row.values)
        yield row


def _once(rows: Rows) -> Iterator[Row]:
    """Yield rows whose id did not come before."""
    ids: set[int] = set()
    said: set[int] = set()
    for row in rows:
        if row.id and hash(row.id) in ids:
            rows.findings.used -= 1
            rows.findings.add(Finding(row.line, row.id, "id", "came before", "id"), "came before")
            continue
        if len(said) < _MOST_WATCHED:
            ids.add(hash(row.id))
            rows.findings.repeated += row.said in said
            said.add(row.said)
        yield row


def _draw(rows: Iterable[Row], most: int) -> list[Row]:
    """Return at most so many rows, each with the same chance, in the order of the file; always the same ones."""
    chance = random.Random(most)  # noqa: S311 - a draw, no secret
    kept: list[Row] = []
    for place, row in enumerate(rows):
        if place < most:
            kept.append(row)
        elif (other := chance.randrange(place + 1)) < most:
            kept[other] = row
    return sorted(kept, key=lambda row: row.line)


def _without_mistakes(data: Columns, rows: Sequence[Row], findings: Findings) -> Columns:
    """Return the rows whose price is not absurd beside all others."""
    mistakes = mistaken(data)
    for place in np.flatnonzero(mistakes).tolist():
        row = rows[place]
        findings.used -= 1
        findings.add(
            Finding(row.line, row.id[:40], "price", f"{row.values['price']:g} {_ABSURD}", "id"), _ABSURD
        )
    return data.take(~mistakes)


def _of_learnable_currencies(data: Columns, findings: Findings) -> Ints:
    """Return the places of the rows in currencies of which there are enough to learn their level."""
    currencies = np.array([place[1] for place in data.places], dtype=str)[data.place]
    counts = Counter(currencies.tolist())
    few = {name for name, count in counts.items() if count < LEAST_ROWS and len(counts) > 1}
    if len(counts) > 1:
        said = ", ".join(f"{name or '–'} {count}" for name, count in counts.most_common())
        findings.remarks.append(remark("currencies", count=str(len(counts)), said=said))
    if few:
        findings.remarks.append(
            remark("few", least=str(LEAST_ROWS), names=", ".join(sorted(name or "–" for name in few)))
        )
    findings.used -= int(np.isin(currencies, sorted(few)).sum())
    return np.flatnonzero(~np.isin(currencies, sorted(few)))
