"""What a model says of itself, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pricing.model.trained import Card, Score, Trained

SPLITS = {
    "sellers": "rows left out, of models that were seen",
    "models": "whole phone models left out",
    "time": "later prices",
}


def card_text(model: Trained) -> str:
    """Return a model's card."""
    card = model.card
    return "\n".join([*_head(card, model), "", *score_table(card.scores), "", *_notes(model)]) + "\n"


def score_table(scores: Sequence[Score]) -> Iterator[str]:
    """Yield a table of scores in Markdown."""
    yield "| tried on | rows | R² | MAPE % | 80 % range covers | its width | rank violations |"
    yield "|---|---|---|---|---|---|---|"
    for score in scores:
        broken = "–" if score.violations is None else f"{100 * score.violations:.1f} %"
        yield (
            f"| {SPLITS.get(score.split, score.split)} | {score.rows} | {score.r2:.3f} | {score.mape:.1f} | "
            f"{score.coverage:.2f} | {score.width:.2f} | {broken} |"
        )


def _head(card: Card, model: Trained) -> Iterator[str]:
    yield f"# Price model {card.version}"
    yield ""
    yield f"- {card.rows} prices of {card.models} phone models, {_days(card)}; {card.absurd} left out as absurd"
    yield f"- markets and currencies: {', '.join(place.replace('|', ' ') for place in model.places)}"
    yield f"- fingerprint of the data: {card.fingerprint}; seed {card.seed}"


def _days(card: Card) -> str:
    first, last = card.days
    return f"{date.fromordinal(first)} to {date.fromordinal(last)}" if first > 0 else "without dates"


def _notes(model: Trained) -> Iterator[str]:
    yield "The prices are of the kind that the data has: asks stay asks, sales stay sales."
    for name, ranges in model.ranges.items():
        origin = (
            f"from {ranges.errors} errors on rows left out" if ranges.errors else "assumed, not calibrated"
        )
        yield f"The range of {name} models is {origin}."
