"""Prices near the truth, in the right order, with ranges that hold and reasons that multiply up."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.model.columns import NUMBERS, Columns, columns, distinct
from pricing.model.explaining import STEPS, explain
from pricing.model.forest import FEW as FEW_ROWS
from pricing.model.measures import score, violations
from pricing.model.scoring import FEW, Scorer
from pricing.model.trained import Trained
from tests.fakes.phone_market import market_rows, phone_row, true_price

BETTER = {
    "grade": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0],
    "battery": [1.0, 60.0, 79.0, 79.9, 80.0, 85.0, 89.0, 90.0, 97.0, 99.0, 100.0],
    "storage": [8.0, 64.0, 128.0, 256.0, 512.0, 2048.0],
    "launch_price": [50.0, 400.0, 799.0, 1000.0, 3000.0],
    "launch_day": [730_000.0, 735_000.0, 737_000.0, 739_000.0, 739_200.0],
}


def test_prices_of_the_next_year_are_as_good_as_the_noise_allows(scorer: Scorer) -> None:
    later = columns(market_rows(400, seed=2))
    found = score("time", later.price, scorer.price(later))
    assert found.r2 > 0.85
    assert found.mape < 12.0  # the noise alone is 9.6
    assert 0.74 < found.coverage < 0.88


def test_a_new_model_is_priced_by_its_launch_and_its_range_is_that_of_new_models(scorer: Scorer) -> None:
    row = phone_row(random.Random(3)) | {"model": "iPhone 15 Rugged", "launch_price": 899.0}
    priced = scorer.price(columns([row]))
    assert not priced.known[0]
    assert priced.p50[0] == pytest.approx(true_price(row), rel=0.25)


def test_a_model_whose_row_lacks_its_launch_gets_it_from_the_others(scorer: Scorer) -> None:
    row = phone_row(random.Random(4))
    bare = {name: value for name, value in row.items() if not name.startswith("launch")}
    assert scorer.price(columns([bare])).p50[0] == scorer.price(columns([row])).p50[0]


def test_no_price_is_made_up_in_a_currency_that_was_never_seen(scorer: Scorer) -> None:
    priced = scorer.price(columns([phone_row(random.Random(5)) | {"currency": "JPY"}]))
    assert np.isnan(priced.p50[0])
    assert np.isnan(priced.p10[0])


@settings(max_examples=60, deadline=None)
@given(data=st.data(), what=st.sampled_from(sorted(BETTER)), seed=st.integers(0, 10_000))
def test_better_is_never_cheaper(scorer: Scorer, data: st.DataObject, what: str, seed: int) -> None:
    row = phone_row(random.Random(seed)) | {
        "model": data.draw(st.sampled_from(["", "iPhone 13", "iPhone 99 Pro"]))
    }
    for gap in data.draw(
        st.sets(st.sampled_from(["grade", "battery", "storage", "launch_price", "warranty"]))
    ):
        row.pop(gap, None)
    prices = [float(scorer.price(columns([row | {what: value}])).p50[0]) for value in BETTER[what]]
    assert all(worse <= better for worse, better in pairwise(prices)), prices


def test_the_measure_of_rank_violations_finds_a_model_that_breaks_the_order(
    scorer: Scorer, sales: Columns
) -> None:
    assert set(violations(scorer.p50, sales).values()) == {0.0}
    trees = scorer.model.forest
    upside_down = replace(trees, value=-3.0 * trees.value)
    flipped = [-abs(value) for value in scorer.model.coefficients]
    broken = Scorer(replace(scorer.model, forest=upside_down, coefficients=tuple(flipped)))
    assert min(violations(broken.p50, sales)[what] for what in ("grade", "age")) > 0.1


def test_p10_p50_and_p90_stand_in_order(scorer: Scorer, sales: Columns) -> None:
    priced = scorer.price(sales)
    assert (priced.p10 <= priced.p50).all()
    assert (priced.p50 <= priced.p90).all()


def test_reasons_multiply_up_to_the_price_from_the_launch_price(scorer: Scorer, sales: Columns) -> None:
    for place in range(40):
        one = sales.take(np.array([place]))
        told = explain(scorer, one)
        assert told.base == one.launch_price[0]
        assert list(told.steps) == list(STEPS)
        assert told.base * math.prod(told.steps.values()) == pytest.approx(told.p50, rel=1e-12)
        assert told.p50 == scorer.price(one).p50[0]


def test_a_worn_battery_is_named_as_the_reason(scorer: Scorer) -> None:
    row = phone_row(random.Random(6))
    worn = explain(scorer, columns([row | {"battery": 75.0}]))
    assert worn.steps["battery"] == pytest.approx(0.9, abs=0.04)
    assert explain(scorer, columns([row | {"battery": 87.0}])).steps["battery"] == 1.0


GAPS = ("storage", "grade", "battery", "day", "launch_day", "launch_price", "warranty", "shop")


def _odd_phones(count: int) -> Columns:
    """Return phones with gaps, of makers, models, markets and currencies of which some were never seen."""
    chance = random.Random(11)
    return columns([_odd_phone(chance) for _ in range(count)])


def _odd_phone(chance: random.Random) -> dict[str, Any]:
    row = phone_row(chance)
    row.update(warranty=chance.choice((1.0, None)), shop=chance.choice((0.0, 1.0, None)))
    row.update(grade=float(chance.randrange(6)), storage=chance.uniform(4, 3000))
    row.update(model=chance.choice((row["model"], row["model"], "iPhone 99 Pro", "")))
    row.update(brand=chance.choice((row["brand"], row["brand"], "Nobody", "")))
    row.update(chance.choice(({}, {}, {"market": "BE"}, {"currency": "JPY"})))
    return {name: value for name, value in row.items() if name not in GAPS or chance.random() > 0.2}


def test_one_phone_and_many_get_the_same_price_to_the_bit(scorer: Scorer) -> None:
    phones = _odd_phones(600)
    many = scorer.price(phones)
    alone = [scorer.price(phones.take(np.array([place]))) for place in range(len(phones))]
    told = [explain(scorer, phones.take(np.array([place]))) for place in range(len(phones))]
    for name in ("p10", "p50", "p90", "known"):
        together = getattr(many, name)
        np.testing.assert_array_equal([getattr(one, name)[0] for one in alone], together)
        np.testing.assert_array_equal([getattr(one, name) for one in told], together)
    assert 100 < np.isnan(many.p50).sum() < 400
    assert 100 < many.known.sum() < 400


def test_a_few_phones_get_the_same_prices_as_many(scorer: Scorer) -> None:
    phones = _odd_phones(FEW + 1)
    few, many = scorer.price(phones.take(np.arange(FEW))), scorer.price(phones)
    np.testing.assert_array_equal(few.p90, many.p90[:FEW])
    assert len(scorer.price(phones.take(np.arange(0))).p50) == 0


def test_the_flat_trees_say_what_scikit_learn_says(scorer: Scorer, sales: Columns) -> None:
    from sklearn.ensemble import HistGradientBoostingRegressor

    from pricing.model.forest import flatten

    features = scorer.features(sales)
    features[::7, 4] = np.nan
    grower = HistGradientBoostingRegressor(max_iter=20, random_state=0).fit(
        features[:, :5], np.log(sales.price)
    )
    forest = flatten([tree.nodes for (tree,) in grower._predictors], range(5))
    expected = grower.predict(features[:, :5]) - grower._baseline_prediction.item()
    assert forest.predict(features) == pytest.approx(expected, abs=1e-12)
    np.testing.assert_array_equal(forest.predict(features[:FEW_ROWS]), forest.predict(features)[:FEW_ROWS])


@pytest.mark.parametrize("times", [50, 2000])
def test_a_fleet_that_repeats_itself_is_priced_by_its_cells(
    scorer: Scorer, sales: Columns, times: int
) -> None:
    fleet = sales.take(np.tile(np.arange(20), times))
    cells, back = distinct(fleet)
    assert len(cells) == 20
    for name in NUMBERS[:-1]:
        np.testing.assert_array_equal(getattr(cells, name)[back], getattr(fleet, name))
    np.testing.assert_array_equal(scorer.price(fleet).p50[:20], scorer.price(sales).p50[:20])


def test_rows_that_differ_stay_apart_however_many_there_are(sales: Columns) -> None:
    many = 400_000
    fleet = sales.take(np.zeros(many, dtype=np.int64)).with_(launch_price=np.arange(many, dtype=np.float64))
    cells, back = distinct(fleet)
    assert len(cells) == many
    np.testing.assert_array_equal(cells.launch_price[back], fleet.launch_price)


def test_scoring_needs_no_scikit_learn() -> None:
    import subprocess
    import sys

    slow = "{'sklearn', 'scipy'}"
    code = (
        f"import sys, pricing.model.keeping, pricing.model.explaining; assert not {slow} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_premium_costs_no_less_than_excellent_though_no_row_taught_it(model: Trained) -> None:
    row = phone_row(random.Random(8))
    prices = Scorer(model).price(columns([row | {"grade": grade} for grade in (0.0, 3.0, 4.0)])).p50
    assert prices[0] < 0.5 * prices[1]
    assert prices[2] > 1.05 * prices[1]
