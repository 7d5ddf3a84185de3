"""Prices by champion and challenger for the same phones, which neither has seen.

Three ways, the first that the data allow:

- ``later``: there are enough prices after the champion's last day. Their later half is tried; the champion as it is
  kept, the challenger's way of learning on everything up to the day before. Both look ahead, as in the shop.
- ``unseen``: there are enough prices that the champion never saw, such as another market's file. The champion as it
  is kept; the challenger leaves out a fifth after the other.
- ``folds``: hardly a price is new. Both learn again, the champion's side from its own prices alone, and leave out the
  same fifths.

New prices that are nonsense are told best by a model that learned the same nonsense. So in the first two ways both
also learn again and leave out fifths of the prices that the champion knew; there the challenger must not be worse.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from diagnostics.errors import BadInput
from pricing.model.columns import Columns, Floats
from pricing.model.folding import FOLDS, alike, by_model, folds
from pricing.model.learning import train
from pricing.model.scoring import Prices, Scorer
from pricing.model.trained import Trained
from pricing.model.training import LEAST_ROWS, fit
from pricing.standing.records import TriedOn

LEAST_TRIED = 100
"""Prices below which nothing is concluded."""
LEAST_MODELS = 8
"""Phone models below which nothing is concluded: errors of one are alike."""

Mask = NDArray[np.bool_]
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Champion:
    """The model that counts.

    Attributes:
        model: As it is kept.
        seen: Which of the rows that are at hand it learned from.
    """

    model: Trained
    seen: Mask


@dataclass(frozen=True, slots=True)
class Trial:
    """Both models' prices of the same phones.

    Attributes:
        data: The phones with what was asked for them.
        champion: Its prices, NaN where it cannot tell; ``challenger`` likewise.
        known: The same for the prices that the champion learned from; ``None`` where they are not at hand any more.
    """

    tried_on: TriedOn
    data: Columns
    champion: Prices
    challenger: Prices
    known: Trial | None = None


def tried(data: Columns, champion: Champion, challenger: Trained, progress: Progress) -> Trial | None:
    """Return both models' prices of what neither has seen; ``None`` where there is too little for it.

    Args:
        data: All prices that the challenger learned from.
        champion: The model that counts.
        challenger: The one that was trained on the data.
        progress: Called with 0 .. 1; may raise to stop.
    """
    unseen = ~champion.seen
    later = unseen & (data.day > champion.model.card.days[1])
    cut = _cut(data, later)
    if cut is not None:
        trial = _ahead(data, later & (data.day > cut), champion, challenger, _part(progress, 0))
        if trial is not None:
            return replace(trial, known=_on_known(data, champion, challenger, _part(progress, 1)))
    if enough(data.take(unseen)):
        trial = _left_out(data, unseen, champion, challenger, _part(progress, 0))
        return replace(trial, known=_on_known(data, champion, challenger, _part(progress, 1)))
    return _again(data, champion, challenger, progress)


def enough(data: Columns) -> bool:
    """Return whether something can be concluded from so many prices."""
    return len(data) >= LEAST_TRIED and len(np.unique(by_model(data))) >= LEAST_MODELS


def _cut(data: Columns, later: Mask) -> float | None:
    """Return the day after which prices are tried; ``None`` where too few are later."""
    days = np.unique(data.day[later])
    if len(days) < 2:  # noqa: PLR2004 - one day cannot be cut
        return None
    # The middle of the prices, not of the days; the last day is always tried.
    cut = min(float(np.median(data.day[later])), float(days[-2]))
    return cut if enough(data.take(later & (data.day > cut))) else None


def _ahead(
    data: Columns, asked: Mask, champion: Champion, challenger: Trained, progress: Progress
) -> Trial | None:
    past = data.take(~(data.day >= data.day[asked].min()))
    try:
        way = train(past, seed=challenger.card.seed, progress=progress)
    except BadInput:
        return None
    phones = data.take(asked)
    return Trial(TriedOn.LATER, phones, Scorer(champion.model).price(phones), Scorer(way).price(phones))


def _left_out(
    data: Columns, asked: Mask, champion: Champion, challenger: Trained, progress: Progress
) -> Trial:
    everything = np.ones(len(data), dtype=bool)
    mine = _in_turn(data, everything, challenger, progress)
    phones = data.take(asked)
    theirs = Scorer(champion.model).price(phones)
    return Trial(TriedOn.UNSEEN, phones, theirs, _around(challenger, phones, mine[asked]))


def _again(data: Columns, champion: Champion, challenger: Trained, progress: Progress) -> Trial | None:
    if not enough(data) or champion.seen.all() or champion.seen.sum() < LEAST_ROWS:
        return None
    everything = np.ones(len(data), dtype=bool)
    theirs = _in_turn(data, champion.seen, challenger, _part(progress, 0))
    mine = _in_turn(data, everything, challenger, _part(progress, 1))
    return Trial(TriedOn.FOLDS, data, _around(champion.model, data, theirs), _around(challenger, data, mine))


def _on_known(data: Columns, champion: Champion, challenger: Trained, progress: Progress) -> Trial | None:
    """Return prices of what the champion learned from, by models that left them out."""
    if not enough(data.take(champion.seen)):
        return None
    trial = _again(data, champion, challenger, progress)
    if trial is None:
        return None
    seen = champion.seen
    return replace(
        trial,
        data=data.take(seen),
        champion=some(trial.champion, seen),
        challenger=some(trial.challenger, seen),
    )


def some(prices: Prices, rows: Mask) -> Prices:
    """Return the prices of some rows."""
    return Prices(prices.p10[rows], prices.p50[rows], prices.p90[rows], prices.known[rows])


def _part(progress: Progress, half: int) -> Progress:
    return lambda share: progress((half + share) / 2)


def _in_turn(data: Columns, learned: Mask, like: Trained, progress: Progress) -> Floats:
    """Return ln(p50) of each row by a model that learned from some rows, less those that were left out with it."""
    fold = folds(alike(data), like.card.seed)
    found = np.full(len(data), np.nan)
    for number in range(FOLDS):
        asked = fold == number
        rest = data.take(learned & ~asked)
        if asked.any() and len(rest) >= LEAST_ROWS:
            scorer = Scorer(fit(rest, like.card.seed, like.card))
            found[asked] = scorer.log_price(scorer.complete(data.take(asked)))
        progress((number + 1) / FOLDS)
    return found


def _around(model: Trained, data: Columns, log_price: Floats) -> Prices:
    """Return prices with the ranges of a model."""
    scorer = Scorer(model)
    known = np.array([scorer.known(phone) for phone in data.phones], dtype=bool)[data.phone]
    low, high = scorer.ends(scorer.complete(data), log_price, known)
    return Prices(np.exp(log_price + low), np.exp(log_price), np.exp(log_price + high), known)
