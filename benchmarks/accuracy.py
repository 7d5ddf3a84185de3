"""How right the prices are, beside two yardsticks, in one run: rows left out, models left out, later prices.

    .venv/bin/python -m benchmarks.accuracy FOLDER [--only SET] [--seed N] [--write]

FOLDER (or TRADEIN_PRICE_SETS) holds CSV files of prices. CatBoost is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy_sets import load_sets
from benchmarks.accuracy_yardsticks import Predict, catboost, hybrid_ranges
from pricing.model.columns import Columns, Floats
from pricing.model.folding import alike, by_model, folds
from pricing.model.learning import train
from pricing.model.measures import score, violations
from pricing.model.scoring import Prices, Scorer
from pricing.model.trained import Score
from pricing.pricedata.launching import with_launches

OUT = Path(__file__).with_name("ACCURACY.md")
_SPLITS = {"sellers": "sellers new", "models": "models new", "time": "time later"}
_FOLDS = 5
_HEADS = (
    "| set, split (n) | model | R² | MAPE % | 80 % range covers | width "
    "| rank violations % (grade, battery, storage, age) |"
)
Mask = NDArray[np.bool_]
Fit = Callable[[Columns], tuple[Callable[[Columns], Prices], Predict]]
"""Trains a model; returns what tells prices with their ranges, and what tells medians alone."""


@dataclass(frozen=True)
class Line:
    """One model's score on one split of one set."""

    name: str
    split: str
    model: str
    score: Score
    broken: tuple[float, ...]
    ranged: bool

    def __str__(self) -> str:
        rows = f"{self.name}, {_SPLITS[self.split]} ({self.score.rows:,})"
        ranges = f"{self.score.coverage:.2f} | {self.score.width:.2f}" if self.ranged else "– | –"
        broken = ", ".join(f"{100 * share:.1f}" for share in self.broken)
        return (
            f"| {rows} | {self.model} | {self.score.r2:.3f} | {self.score.mape:.1f} | {ranges} | {broken} |"
        )


def ours(data: Columns) -> tuple[Callable[[Columns], Prices], Predict]:
    """Train the model as the command line does."""
    scorer = Scorer(train(data))
    return scorer.price, scorer.p50


def bare(fit: Callable[[Columns], Predict]) -> Fit:
    """Let a yardstick without ranges look like the model."""

    def fitted(data: Columns) -> tuple[Callable[[Columns], Prices], Predict]:
        predict = fit(data)

        def price(rows: Columns) -> Prices:
            p50 = predict(rows)
            return Prices(p50, p50, p50, np.zeros(len(rows), dtype=bool))

        return price, predict

    return fitted


def splits(data: Columns, split: str, seed: int) -> Iterator[tuple[Mask, Mask]]:
    """Yield which rows to train on and which to try; nothing where a set has no such split."""
    if split == "time":
        days = np.unique(data.day[np.isfinite(data.day)])
        cut = np.quantile(data.day, 0.75) if len(days) > 1 else np.nan
        cut = min(cut, days[-2]) if len(days) > 1 else cut
        if len(days) > 1:
            yield data.day <= cut, data.day > cut
        return
    groups = alike(data) if split == "sellers" else by_model(data)
    if split == "sellers" and not any(data.row_keys()):
        return
    fold = folds(groups, seed, _FOLDS)
    for number in range(_FOLDS):
        yield fold != number, fold == number


def described(data: Columns) -> str:
    """Return what a set is, in place of its name: where its prices are from and how many makers it has."""
    place = " and ".join(sorted({" ".join(filter(None, place)) for place in data.places}))
    makers = len({phone.brand for phone in data.phones})
    models = len({key for key in data.row_keys() if key})
    named = f"{models} models" if models else "no model names"
    return f"{place}, {makers} {'maker' if makers == 1 else 'makers'}, {named}"


def measure(name: str, data: Columns, split: str, seed: int) -> Iterator[Line]:
    """Yield each model's line."""
    models: dict[str, Fit] = {"tradein": ours, "hybrid": hybrid_ranges}
    if importlib.util.find_spec("catboost"):
        models["CatBoost"] = bare(catboost)
    parts = list(splits(data, split, seed))
    for model, fit in models.items():
        if not parts:
            continue
        found, broken = _tried(data, parts, fit)
        tested = np.any([part[1] for part in parts], axis=0)
        low, middle, high = (values[tested] for values in found)
        prices = Prices(low, middle, high, np.zeros(len(middle), dtype=bool))
        yield Line(name, split, model, score(split, data.price[tested], prices), broken, model != "CatBoost")


def _tried(
    data: Columns,
    parts: list[tuple[Mask, Mask]],
    fit: Fit,
) -> tuple[tuple[Floats, Floats, Floats], tuple[float, ...]]:
    found = (np.full(len(data), np.nan), np.full(len(data), np.nan), np.full(len(data), np.nan))
    broken = []
    for rest, tested in parts:
        price, predict = fit(data.take(rest))
        told = price(data.take(tested))
        for values, part in zip(found, (told.p10, told.p50, told.p90), strict=True):
            values[tested] = part
        broken.append(list(violations(predict, data.take(tested)).values()))
    return found, tuple(np.mean(broken, axis=0).tolist())


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default=os.environ.get("TRADEIN_PRICE_SETS", ""))
    parser.add_argument("--only", default="", help="one set, by the start of its file's name")
    parser.add_argument("--seed", type=int, default=0, help="of the splits")
    parser.add_argument("--write", action="store_true", help=f"put the table into {OUT.name}")
    wanted = parser.parse_args()
    if not wanted.folder:
        parser.error("name a folder of price sets, or set TRADEIN_PRICE_SETS")
    warnings.simplefilter("ignore")
    lines = [_HEADS, "|---|---|---|---|---|---|---|"]
    print("\n".join(lines))
    for name, told in load_sets(Path(wanted.folder)):
        if name.startswith(wanted.only):
            data, _ = with_launches(told)
            for split in _SPLITS:
                for line in measure(described(data), data, split, wanted.seed):
                    lines.append(str(line))
                    print(line, flush=True)
    if wanted.write:
        _write(lines)
    return 0


def _write(lines: list[str]) -> None:
    head, mark, _ = OUT.read_text(encoding="utf-8").partition("<!-- table -->\n")
    OUT.write_text(f"{head}{mark}\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
