"""Trains a price model: the regression, the phone models' effects, the trees, and ranges on rows left out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diagnostics.errors import BadInput
from pricing.model.columns import Columns, Floats
from pricing.model.design import Design, design, problem
from pricing.model.forest import Forest, flatten, no_trees
from pricing.model.launches import complete
from pricing.model.scoring import Scorer
from pricing.model.shape import Shape, measure
from pricing.model.solving import Problem, Solution, solve
from pricing.model.terms import terms
from pricing.model.trained import Card, Own, Trained

LEAST_ROWS = 30
ROWS_FORTREES = 200
_ABSURD_LEAST = 1.5
"""Of ln(price): 4.5 times too dear or too cheap."""
_ABSURD_SDS = 8.0
TREES: dict[str, Any] = {
    "max_iter": 150,
    "learning_rate": 0.07,
    "max_leaf_nodes": 8,
    "min_samples_leaf": 8,
    "max_features": 0.5,
    "early_stopping": False,
}
_SHARED = 0.4
"""Of the phone models' effects, which the trees may explain by what models have in common: new ones get that, too. More
would leave them too little for what differs within a model."""
_ORDER = (1, -1, 1, 1, 1, 1, 1, 0, 0)
"""How each feature of `Scorer.features` may push the price."""

Progress = Callable[[float], None]


def fit(data: Columns, seed: int, card: Card) -> Trained:
    """Return a model without ranges.

    Args:
        data: Rows with positive prices.
        seed: Of the trees' choices; the same rows and seed give the same model to the bit.
        card: What is said about it.

    Raises:
        BadInput: There are too few rows.
    """
    if len(data) < LEAST_ROWS:
        raise too_few(len(data))
    with one_thread():
        return _fit(_dated(data), seed, card)


def too_few(rows: int) -> BadInput:
    """Return the refusal of a training set that nothing can be learned from."""
    return BadInput(
        f"{rows} usable prices are too few to train on.",
        f"At least {LEAST_ROWS} are needed; some hundred make a model that is worth having.",
        "too_few_prices",
        count=str(rows),
    )


def absurd(data: Columns) -> NDArray[np.bool_]:
    """Return which prices are so far from what everything else says that they must be mistakes."""
    if len(data) < LEAST_ROWS:
        return np.zeros(len(data), dtype=bool)
    with one_thread():
        system, solution, _, _ = _solved(_dated(data))
    errors = _errors(system, solution)
    spread = 1.4826 * float(np.median(np.abs(errors - np.median(errors))))
    return np.asarray(np.abs(errors) > max(_ABSURD_LEAST, _ABSURD_SDS * spread))


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep the numeric libraries on one thread: sums in another order would differ in the last bits."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        yield


def _dated(data: Columns) -> Columns:
    days = data.day[np.isfinite(data.day)]
    middle = float(np.median(days)) if len(days) else 0.0
    return data.with_(day=np.where(np.isnan(data.day), middle, data.day))


def _solved(data: Columns) -> tuple[Problem, Solution, Shape, Design]:
    shape = measure(data)
    names = design(data, fixed=len(terms(shape)))
    system = problem(shape, names, data)
    return system, solve(system), shape, names


def _fit(data: Columns, seed: int, card: Card) -> Trained:
    launches = _launches(data)
    full = complete(launches, data)
    system, solution, shape, names = _solved(full)
    model = replace(_record(launches, shape, names, solution, card), last=_last_days(full))
    errors = _errors(system, solution)
    scorer = Scorer(model)
    forest = _grow(scorer.features(full), errors + _SHARED * _own_effects(system, solution), seed)
    left = system.y - system.x @ solution.coefficients - forest.predict(scorer.features(full))
    effects = _effects(system, left, solution.noise / solution.models)
    models = {
        key: replace(own, effect=float(effects[names.models.index(key)])) for key, own in launches.items()
    }
    whole = replace(model, forest=forest, models=models)
    usual = np.array([Scorer(whole).identity(phone) for phone in full.phones])[full.phone]
    return replace(whole, usual=float(usual.mean()))


def _errors(system: Problem, solution: Solution) -> Floats:
    return np.asarray(system.y - system.x @ solution.coefficients - _own_effects(system, solution))


def _own_effects(system: Problem, solution: Solution) -> Floats:
    """Return the effect of each row's phone model, 0 where it has none."""
    return np.append(solution.effects, 0.0)[system.owner]


def _effects(system: Problem, left: Floats, shrinking: float) -> Floats:
    owned = system.owner >= 0
    total = np.bincount(system.owner[owned], left[owned], minlength=system.owners)
    return np.asarray(total / (np.bincount(system.owner[owned], minlength=system.owners) + shrinking))


def _grow(features: Floats, errors: Floats, seed: int) -> Forest:
    """Return trees that push the price the right way only, on columns that tell something."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    used = [place for place, column in enumerate(features.T) if _tells(column)]
    if len(errors) < ROWS_FORTREES or not used:
        return no_trees()
    grower = HistGradientBoostingRegressor(
        monotonic_cst=[_ORDER[place] for place in used], random_state=seed, **TREES
    )
    # The mean of the errors is the level's matter, not the trees'.
    with warnings.catch_warnings(), one_thread():
        # Threads are held of what is loaded: the import above may have been the first, and trees on more threads
        # than there are idle cores take a hundred times as long.
        # Where a container does not tell how many cores there are, joblib says so; any number will do.
        warnings.filterwarnings("ignore", "Could not find the number of physical cores")
        grower.fit(features[:, used], errors - errors.mean())
    return flatten([tree.nodes for (tree,) in grower._predictors], used)  # noqa: SLF001 - nothing public holds them


def _tells(column: Floats) -> bool:
    known = column[np.isfinite(column)]
    return len(known) > 1 and bool(known.min() < known.max())


def _record(models: dict[str, Own], shape: Shape, names: Design, solution: Solution, card: Card) -> Trained:
    parts = names.parts(solution)
    return Trained(
        shape=shape,
        coefficients=tuple(map(float, parts["fixed"])),
        level=float(parts["level"][0]),
        brands=dict(zip(names.brands, map(float, parts["brands"]), strict=True)),
        tokens=dict(zip(names.tokens, map(float, parts["tokens"]), strict=True)),
        usual=0.0,
        slopes=dict(zip(names.slopes, map(float, parts["slopes"]), strict=True)),
        slope=float(parts["slope"][0]),
        months=_walks(names.months, parts["months"]),
        places=dict(zip(names.places, map(float, parts["places"]), strict=True)),
        models=models,
        numbered=names.brands,
        forest=no_trees(),
        card=card,
    )


def _walks(names: Sequence[tuple[str, int]], steps: Floats) -> dict[str, dict[int, float]]:
    """Return the level by place and month: all steps of the place up to that month together."""
    found: dict[str, dict[int, float]] = {}
    for (place, month), step in zip(names, steps, strict=True):
        own = found.setdefault(place, {})
        own[month] = sum(list(own.values())[-1:]) + float(step)
    return found


def _last_days(data: Columns) -> dict[str, dict[str, int]]:
    """Return the day of the newest price by place and maker."""
    pairs, back = np.unique(data.place * len(data.phones) + data.phone, return_inverse=True)
    newest = np.zeros(len(pairs))
    np.maximum.at(newest, back, data.day)
    found: dict[str, dict[str, int]] = {}
    for pair, day in zip(pairs.tolist(), newest.tolist(), strict=True):
        place, phone = divmod(pair, len(data.phones))
        makers, maker = found.setdefault("|".join(data.places[place]), {}), data.phones[phone].brand
        makers[maker] = max(makers.get(maker, 0), int(day))
    return found


def _launches(data: Columns) -> dict[str, Own]:
    """Return what the rows tell of each phone model's launch."""
    found: dict[str, Own] = {}
    order = np.argsort(data.phone, kind="stable")
    starts = np.flatnonzero(np.diff(data.phone[order], prepend=-1))
    rows_of: dict[str, list[NDArray[np.int64]]] = {}
    for rows in np.split(order, starts[1:]):
        rows_of.setdefault(data.phones[data.phone[rows[0]]].key, []).append(rows)
    for key in sorted(rows_of):
        if key:
            own = _own(data.take(np.concatenate(rows_of[key])))
            found[key] = replace(own, catalogued=key in data.catalogued)
    return found


def _own(data: Columns) -> Own:
    days = data.launch_day[np.isfinite(data.launch_day)]
    priced = np.isfinite(data.launch_price)
    prices = {0: float(np.median(data.launch_price[priced]))} if priced.any() else {}
    dearest = 0.0
    for size in np.unique(data.storage[priced & (data.storage >= 1)]):
        own = float(np.median(data.launch_price[priced & (data.storage == size)]))
        # Wrong launch prices in a few rows must not make more storage cheaper.
        prices[int(size)] = dearest = max(dearest, own)
    return Own(0.0, len(data), float(np.median(days)) if len(days) else None, prices, _counts(data))


def _counts(data: Columns) -> dict[str, int]:
    """Return how many prices there are by market and currency."""
    numbers, counts = np.unique(data.place, return_counts=True)
    named = zip(numbers.tolist(), counts.tolist(), strict=True)
    return dict(sorted(("|".join(data.places[place]), count) for place, count in named))
