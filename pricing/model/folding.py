"""Folds for leaving out: rows that are alike together, or whole phone models together."""

from __future__ import annotations

import numpy as np

from pricing.model.columns import Columns, Ints, distinct

FOLDS = 5


def alike(data: Columns) -> Ints:
    """Return a number for each row; ads that are the same but for their date and seller share one."""
    bare = np.full(len(data), np.nan)
    # The price stands in for the launch price, which is the phone's own.
    _, group = distinct(data.with_(day=bare, shop=bare, warranty=bare, launch_price=data.price))
    return group


def by_model(data: Columns) -> Ints:
    """Return a number for each row; rows of one phone model share one, rows without a model are their own."""
    keys = data.row_keys()
    numbers: dict[str, int] = {}
    return np.array(
        [numbers.setdefault(key or f"row {row}", len(numbers)) for row, key in enumerate(keys)],
        dtype=np.int64,
    )


def folds(groups: Ints, seed: int, count: int = FOLDS) -> Ints:
    """Return each row's fold, of about one size; a group is never split.

    The largest groups are dealt first, each to the fold that is smallest so far; chance decides between equals.
    """
    numbers, place, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    chance = np.random.default_rng(seed)
    order = chance.permutation(len(numbers))
    order = order[np.argsort(-sizes[order], kind="stable")]
    fold = np.zeros(len(numbers), dtype=np.int64)
    load = np.zeros(count)
    noise = chance.random((len(numbers), count)) * sizes.mean()
    for group in order:
        chosen = int(np.argmin(load + noise[group]))
        fold[group] = chosen
        load[chosen] += sizes[group]
    return fold[place]
