"""``tradein price``: trains, backtests and uses price models of the shop's own or a market's data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tradein_app.cli.output import put_json, put_line, put_table, say
from tradein_app.config import load_config

if TYPE_CHECKING:
    from pricing.model.columns import Columns
    from pricing.model.trained import Score, Trained
    from pricing.pricedata.findings import Findings

SCHEMA = "tradein/price-backtest-1"
_STEP = 0.1
_NEAR = 15.0
"""Percent that a model may be off on average and is still worth having, whatever there was to explain."""
_LEAST_R2 = 0.5
"""As a first model needs to be put in use by itself (`pricing.standing.judging`)."""


def train_model(data: str, folder: str) -> int:
    """Train a model and keep it; returns 1 when rows were left out, else 0.

    Args:
        data: The file of prices.
        folder: Where the model is kept.
    """
    from pricing.model.keeping import save
    from pricing.model.learning import train

    prices, findings = _load(data)
    model = train(prices, progress=_progress())
    save(model, Path(folder))
    _print_model(model, model.card.scores)
    put_line(f"Kept in {folder}.")
    return 1 if findings.left_out else 0


def predict_prices(source: str, target: str, folder: str) -> int:
    """Price the phones of a file; returns 1 when rows were left out, else 0.

    Args:
        source: The file of phones.
        target: Where the prices are written.
        folder: The model's; that of the one in use when empty.
    """
    from pricing.book.opening import model_in_use
    from pricing.model.keeping import load
    from pricing.model.scoring import Scorer
    from pricing.pricedata.predicting import predict_file

    model = load(Path(folder) if folder else model_in_use(load_config().home))
    findings = predict_file(Scorer(model), Path(source), Path(target))
    _say(findings)
    return 1 if findings.left_out else 0


def show_backtest(data: str, *, as_json: bool) -> int:
    """Print how good a model of some prices is; returns 1 when rows were left out, else 0.

    Args:
        data: The file of prices.
        as_json: The document of ``tradein/price-backtest-1`` in place of words.
    """
    from pricing.model.backtest import backtest

    prices, findings = _load(data)
    model, scores = backtest(prices, progress=_progress())
    if as_json:
        put_json(_document(model, scores, findings))
    else:
        _print_model(model, scores)
    return 1 if findings.left_out else 0


def _load(data: str) -> tuple[Columns, Findings]:
    from pricing.pricedata.launching import with_launches
    from pricing.pricedata.loading import load_prices
    from pricing.pricedata.remarks import remark

    read, findings = load_prices(Path(data), datetime.now(UTC).astimezone().date())
    prices, filled = with_launches(read)
    if filled:
        findings.remarks.append(remark("launches", rows=str(filled)))
    _say(findings)
    return prices, findings


def _say(findings: Findings) -> None:
    for line in findings.lines():
        say(line)


def _progress() -> Callable[[float], None]:
    """Return what says on stderr, in steps of ten percent, how far the training is."""
    said = 0.0

    def tell(share: float) -> None:
        nonlocal said
        if share >= said + _STEP or (share >= 1.0 > said):
            said = share
            say(f"training: {100 * share:.0f} %")

    return tell


def _print_model(model: Trained, scores: Sequence[Score]) -> None:
    from pricing.model.card import SPLITS

    card = model.card
    rows = [
        (
            SPLITS.get(score.split, score.split),
            str(score.rows),
            f"{score.r2:.3f}",
            f"{score.mape:.1f} %",
            f"{score.coverage:.2f}",
            f"{score.width:.2f}",
            "–" if score.violations is None else f"{100 * score.violations:.2f} %",
        )
        for score in scores
    ]
    put_line(f"{card.version}: {card.rows} prices of {card.models} phone models")
    if card.absurd:
        put_line(f"{card.absurd} prices were left out: more than 4.5 times what all others say, or less.")
    if not scores:
        put_line("It could not be tried: its prices are all alike, or too few to leave some out.")
        return
    heads = ("Tried on", "Rows", "R²", "MAPE", "80 % range covers", "Its width", "Rank violations")
    put_table(heads, rows)
    # Of one phone there is hardly anything to explain: then it is near all the same.
    if all(score.r2 < _LEAST_R2 and score.mape > _NEAR for score in scores):
        put_line(
            "It explains hardly anything: the rows lack what a price depends on, or the prices are not right."
        )


def _document(model: Trained, scores: Sequence[Score], findings: Findings) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "model_version": model.card.version,
        "fingerprint": model.card.fingerprint,
        "rows": {
            "read": findings.rows,
            "used": model.card.rows,
            "left_out": findings.left_out,
            "absurd": model.card.absurd,
        },
        "models": model.card.models,
        "splits": [asdict(score) for score in scores],
    }
