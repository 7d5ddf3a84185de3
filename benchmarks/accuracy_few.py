"""How steady the ranges of new phone models are where only few models were seen, on random draws of models.

    .venv/bin/python -m benchmarks.accuracy_few FOLDER [--draws N] [--write]

The model is trained on the prices of some models of a set, drawn by chance, and tried on all other models of the
makers that it saw. FOLDER is that of `benchmarks.accuracy`.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.accuracy import OUT, described
from benchmarks.accuracy_sets import load_sets
from pricing.model.columns import Columns
from pricing.model.learning import train
from pricing.model.scoring import Scorer
from pricing.pricedata.launching import with_launches

_COUNTS = (8, 11, 15, 20)
_LEAST = 40
"""Prices that a draw must have to be trained on."""
_MOST_TRIED = 1000
_MARK = "<!-- few -->\n"
_HEADS = (
    "| set | models seen | draws | 80 % range covers, mean | least … most | width, median | widest |",
    "|---|---|---|---|---|---|---|",
)


def draws(data: Columns, count: int, wanted: int) -> Iterator[tuple[Columns, Columns]]:
    """Yield prices of some models to train on, and those of other models of their makers to try."""
    keys = np.array(data.row_keys())
    makers = np.array([phone.brand for phone in data.phones])[data.phone]
    names, prices = np.unique(keys[keys != ""], return_counts=True)
    pool = sorted(names[prices > 1].tolist())
    for number in range(wanted if len(pool) > count else 0):
        chosen = np.isin(keys, random.Random(f"{count} {number}").sample(pool, count))
        others = np.flatnonzero(~chosen & (keys != "") & np.isin(makers, makers[chosen]))
        if chosen.sum() >= _LEAST and len(others) >= _LEAST:
            tried = np.random.default_rng(number).permutation(others)[:_MOST_TRIED]
            yield data.take(chosen), data.take(np.sort(tried))


def tried(seen: Columns, others: Columns) -> tuple[float, float]:
    """Return which share of the other models' prices the ranges cover, and how wide they are."""
    prices = Scorer(train(seen)).price(others)
    inside = (others.price >= prices.p10) & (others.price <= prices.p90)
    return float(inside.mean()), float(np.median((prices.p90 - prices.p10) / prices.p50))


def line(name: str, data: Columns, count: int, wanted: int) -> str:
    """Return a set's line for some number of models; empty where it has too few."""
    found = [tried(*each) for each in draws(data, count, wanted)]
    if not found:
        return ""
    held, widths = zip(*found, strict=True)
    spread = f"{np.mean(held):.2f} | {min(held):.2f} … {max(held):.2f}"
    return f"| {name} | {count} | {len(found)} | {spread} | {np.median(widths):.2f} | {max(widths):.2f} |"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default=os.environ.get("TRADEIN_PRICE_SETS", ""))
    parser.add_argument("--draws", type=int, default=6)
    parser.add_argument("--write", action="store_true", help=f"put the table into {OUT.name}")
    wanted = parser.parse_args()
    if not wanted.folder:
        parser.error("name a folder of price sets, or set TRADEIN_PRICE_SETS")
    warnings.simplefilter("ignore")
    lines = list(_HEADS)
    print("\n".join(lines))
    for _, told_rows in load_sets(Path(wanted.folder)):
        data, _ = with_launches(told_rows)
        for count in _COUNTS:
            told = line(described(data), data, count, wanted.draws)
            if told:
                lines.append(told)
                print(told, flush=True)
    if wanted.write:
        _write(lines)
    return 0


def _write(lines: list[str]) -> None:
    before, mark, after = OUT.read_text(encoding="utf-8").partition(_MARK)
    _, heading, rest = after.partition("\n## ")
    table = "\n".join(lines)
    OUT.write_text(f"{before}{mark}\n{table}\n{heading}{rest}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
