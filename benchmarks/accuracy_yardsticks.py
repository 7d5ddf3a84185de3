"""Yardsticks: CatBoost with the model's name, and an unconstrained hybrid of ridge, effects and boosting."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from pricing.model.columns import Columns, Floats, Ints
from pricing.model.folding import alike, by_model, folds
from pricing.model.learning import SEED
from pricing.model.scoring import Prices
from pricing.model.shape import age_of, vintage_of

Predict = Callable[[Columns], Floats]
_TERCILES = (1 / 3, 2 / 3)
_ENDS = (0.1, 0.9)


def catboost(data: Columns) -> Predict:
    """Return CatBoost on ln(price), with maker, model and place as categories."""
    from catboost import CatBoostRegressor, Pool  # type: ignore[import-not-found]

    def table(rows: Columns) -> list[list[object]]:
        numbers = np.column_stack([_numbers(rows), rows.day]).tolist()
        names = [[phone.brand, phone.key] for phone in rows.phones]
        places = ["|".join(place) for place in rows.places]
        return [
            [*names[phone], places[place], *row]
            for phone, place, row in zip(rows.phone, rows.place, numbers, strict=True)
        ]

    model = CatBoostRegressor(
        iterations=600,
        depth=6,
        learning_rate=0.06,
        random_seed=0,
        thread_count=1,
        verbose=0,
        allow_writing_files=False,
    )
    model.fit(Pool(table(data), np.log(data.price), cat_features=[0, 1, 2]))
    return lambda rows: np.exp(model.predict(Pool(table(rows), cat_features=[0, 1, 2])))


def hybrid(data: Columns) -> Predict:
    """Return ridge on ln(price), the models' effects shrunk by n / (n + 4), and boosting on the rest, unconstrained."""
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.linear_model import Ridge
    from sklearn.preprocessing import StandardScaler

    brands = sorted({phone.brand for phone in data.phones})
    log_price = np.log(data.price)
    scaler = StandardScaler().fit(_design(data, brands))
    ridge = Ridge(1.0).fit(scaler.transform(_design(data, brands)), log_price)
    left = log_price - ridge.predict(scaler.transform(_design(data, brands)))
    effects = _effects(data, left)
    features = _features(data, brands)
    used = [place for place, column in enumerate(features.T) if np.nanmax(column) > np.nanmin(column)]
    boosting = HistGradientBoostingRegressor(
        max_iter=150, max_leaf_nodes=12, learning_rate=0.04, min_samples_leaf=25, random_state=0
    ).fit(features[:, used], left - _own(data, effects))

    def predict(rows: Columns) -> Floats:
        level = ridge.predict(scaler.transform(_design(rows, brands))) + _own(rows, effects)
        return np.asarray(np.exp(level + boosting.predict(_features(rows, brands)[:, used])))

    return predict


def hybrid_ranges(data: Columns) -> tuple[Callable[[Columns], Prices], Predict]:
    """Return the hybrid with the quantiles of its errors on rows left out, by tercile of the predicted price.

    They are taken from rows of its models that were left out where a phone's model was seen, else from whole models.
    """
    predict = hybrid(data)
    seen = {key for key in data.row_keys() if key}
    tables = [_table(data, groups) for groups in (by_model(data), alike(data))]

    def price(rows: Columns) -> Prices:
        p50 = predict(rows)
        known = np.array([key in seen for key in rows.row_keys()], dtype=bool)
        new, old = (ends(np.log(p50)) for ends in tables)
        low, high = np.where(known, old, new)
        return Prices(p50 * np.exp(low), p50, p50 * np.exp(high), known)

    return price, predict


def _table(data: Columns, groups: Ints) -> Callable[[Floats], Floats]:
    """Return what tells, for some ln(p50), the ends of the range around it."""
    fold = folds(groups, SEED)
    log_price = np.zeros(len(data))
    for number in np.unique(fold):
        tested = fold == number
        log_price[tested] = np.log(hybrid(data.take(~tested))(data.take(tested)))
    errors = np.log(data.price) - log_price
    cuts = np.quantile(log_price, _TERCILES)
    third = np.searchsorted(cuts, log_price)
    ends = np.array([np.quantile(errors[third == each], _ENDS) for each in range(len(_TERCILES) + 1)])
    return lambda middle: np.asarray(ends[np.searchsorted(cuts, middle)].T)


def _effects(data: Columns, left: Floats) -> dict[str, float]:
    sums: dict[str, list[float]] = {}
    for key, value in zip(data.row_keys(), left, strict=True):
        if key:
            sums.setdefault(key, []).append(float(value))
    return {key: sum(values) / (len(values) + 4) for key, values in sums.items()}


def _own(rows: Columns, effects: dict[str, float]) -> Floats:
    return np.array([effects.get(key, 0.0) for key in rows.row_keys()])


def _numbers(rows: Columns) -> Floats:
    """Return the numbers that each yardstick is given, the same that the model has."""
    return np.column_stack(
        [
            rows.launch_price,
            age_of(rows),
            rows.storage,
            rows.grade,
            rows.battery,
            rows.warranty,
            vintage_of(rows),
            rows.shop,
        ]
    )


def _features(rows: Columns, brands: list[str]) -> Floats:
    numbers = {brand: float(place) for place, brand in enumerate(brands)}
    brand = np.array([numbers.get(phone.brand, -1.0) for phone in rows.phones])[rows.phone]
    return np.column_stack([_numbers(rows), brand, rows.day])


def _design(rows: Columns, brands: list[str]) -> Floats:
    launch, age, storage = np.log(rows.launch_price), age_of(rows), np.log2(rows.storage)
    parts = [np.nan_to_num(launch), np.isnan(launch), np.nan_to_num(age), np.sqrt(np.nan_to_num(age))]
    parts += [np.nan_to_num(age) ** 2 / 100, np.isnan(age), np.nan_to_num(storage), np.isnan(storage)]
    parts += [np.nan_to_num(storage * age), np.nan_to_num(rows.grade), np.isnan(rows.grade)]
    parts += [rows.grade == grade for grade in range(6)]
    steps = (0.0, 80.0, 85.0, 90.0, 99.0, 101.0)
    parts += [(rows.battery >= low) & (rows.battery < high) for low, high in pairwise(steps)]
    parts += [rows.warranty == 1.0, rows.shop == 1.0]
    names = np.array([phone.brand for phone in rows.phones])[rows.phone]
    return np.column_stack(
        [np.asarray(part, dtype=np.float64) for part in [*parts, *(names == b for b in brands)]]
    )
