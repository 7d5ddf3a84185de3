"""How good a model of some data would be: rows left out, phone models left out, and later prices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from pricing.model.columns import Columns
from pricing.model.learning import SEED, Progress, train
from pricing.model.measures import score, violations
from pricing.model.scoring import Scorer
from pricing.model.trained import Score, Trained
from pricing.model.training import LEAST_ROWS

_ORIGINS = (0.6, 0.75, 0.9)
"""Shares of the rows up to which a model is trained; the rows up to the next share are tried."""


def backtest(
    data: Columns, *, seed: int = SEED, progress: Progress | None = None
) -> tuple[Trained, tuple[Score, ...]]:
    """Return a model of all rows, and its scores on each split with the rank violations.

    Raises:
        BadInput: There are too few prices.
    """
    origins = list(_origins(data))
    parts = len(origins) + 1
    model = train(data, seed=seed, progress=_part(progress, 0, parts))
    worst = max(violations(Scorer(model).p50, data).values())
    scores = [*model.card.scores]
    later = [
        _later(data, day, end, seed, _part(progress, number + 1, parts))
        for number, (day, end) in enumerate(origins)
    ]
    scores.extend(_pooled([one for one in later if one is not None]))
    return model, tuple(_with(one, worst) for one in scores)


def _origins(data: Columns) -> Iterator[tuple[float, float]]:
    """Yield the last day of training and the last day of trying."""
    days = np.sort(data.day[np.isfinite(data.day)])
    if not len(days) or days[0] == days[-1]:
        return
    cuts = [float(days[int(share * (len(days) - 1))]) for share in (*_ORIGINS, 1.0)]
    # A cut on the last day leaves nothing to try; the day before it then ends the training.
    before = float(days[days < days[-1]][-1])
    yield from pairwise([*sorted({min(cut, before) for cut in cuts[:-1]}), float(days[-1])])


def _later(data: Columns, day: float, end: float, seed: int, progress: Progress | None) -> Score | None:
    past, future = data.take(data.day <= day), data.take((data.day > day) & (data.day <= end))
    if len(past) < LEAST_ROWS or not len(future):
        return None
    return score("time", future.price, Scorer(train(past, seed=seed, progress=progress)).price(future))


def _pooled(scores: list[Score]) -> Iterator[Score]:
    """Yield the mean of the origins' scores, by rows."""
    if scores:
        rows = [one.rows for one in scores]
        names = ("r2", "mape", "coverage", "width")
        means = {
            name: float(np.average([getattr(one, name) for one in scores], weights=rows)) for name in names
        }
        yield Score("time", sum(rows), **means)


def _with(one: Score, worst: float) -> Score:
    return Score(one.split, one.rows, one.r2, one.mape, one.coverage, one.width, worst)


def _part(progress: Progress | None, number: int, parts: int) -> Progress | None:
    if progress is None:
        return None
    return lambda share: progress((number + share) / parts)
