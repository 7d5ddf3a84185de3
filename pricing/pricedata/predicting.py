"""Prices a whole file: read, priced and written in pieces, so that memory has a bound however long it is."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from diagnostics.errors import BadInput
from diagnostics.regular import check_regular
from pricing.model.columns import Columns, columns
from pricing.model.scoring import Prices, Scorer
from pricing.pricedata.findings import Finding, Findings
from pricing.pricedata.launching import with_launches_for
from pricing.pricedata.loading import in_pieces
from pricing.pricedata.rows import Row, Rows

PIECE = 20_000
"""Rows at a time."""
_NAMED = 1000
"""Rows that could not be priced and are named; all are counted."""


def predict_file(scorer: Scorer, source: Path, target: Path) -> Findings:
    """Write ``id,p10,p50,p90`` for each row that has a price; return what was found wrong with the others.

    Args:
        scorer: Of a trained model.
        source: Price data, without prices or with; a row without an id goes by its line.
        target: Replaced only when all is done.

    Raises:
        BadInput: The source cannot be read or the target cannot be written.
    """
    _check_target(source, target)
    rows = Rows(source, priced=False, last_day=None)
    rows.findings.shown = _NAMED
    # Of this run alone: two that write to one place would write into each other's.
    part = target.with_name(f".{target.name}-{secrets.token_hex(4)}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write("id,p10,p50,p90\r\n")
            for piece in in_pieces(rows, PIECE):
                file.write(_text(_priced(scorer, piece, rows.findings)))
        part.replace(target)
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from None
    finally:
        part.unlink(missing_ok=True)
    return rows.findings


def _check_target(source: Path, target: Path) -> None:
    """Refuse to put prices in the place of the phones, or of what is no ordinary file, such as a device."""
    try:
        if target.exists():
            check_regular(target)
        same = target.exists() and source.exists() and target.samefile(source)
    except (OSError, ValueError) as error:
        raise _unwritable(target, getattr(error, "strerror", None) or str(error)) from None
    if same:
        raise BadInput(
            f"{target} holds the phones themselves; their prices are not written into it.",
            "Name another place for the prices.",
            "target_is_source",
            name=target.name,
        )


def _unwritable(target: Path, why: str) -> BadInput:
    return BadInput(
        f"{target} cannot be written: {why}.",
        "Name another place, or make room there.",
        "unwritable_file",
        name=target.name,
    )


def _priced(scorer: Scorer, piece: Sequence[Row], findings: Findings) -> Iterator[tuple[str, ...]]:
    data = with_launches_for(scorer.model, columns([row.values for row in piece]))
    prices = scorer.price(data)
    grounds = _grounds(scorer, data)
    for place, row in enumerate(piece):
        why = _refusal(prices, grounds, place, row)
        if why:
            findings.used -= 1
            findings.add(Finding(row.line, row.id[:40], *why, "id"), why[1])
            continue
        ends = (prices.p10[place], prices.p50[place], prices.p90[place])
        yield (row.id or str(row.line), *(f"{price:.2f}" for price in ends))


def _grounds(scorer: Scorer, data: Columns) -> Sequence[bool]:
    """Return which phones there is anything to go by: a known model or maker, or a launch price."""
    named = np.array([scorer.knows(phone) for phone in data.phones], dtype=bool)[data.phone]
    found: list[bool] = (named | np.isfinite(data.launch_price)).tolist()
    return found


def _refusal(prices: Prices, grounds: Sequence[bool], place: int, row: Row) -> tuple[str, str] | None:
    if np.isnan(prices.p50[place]):
        currency = row.values.get("currency", "")
        return "currency", f"the model has seen no price in {currency}" if currency else "is empty"
    if not grounds[place]:
        return "model", "neither the model nor its maker is known, and there is no launch price"
    return None


def _text(rows: Iterator[tuple[str, ...]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
