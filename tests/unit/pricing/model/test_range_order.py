"""The ends of a range keep the order of prices: what is worth more has no lower p10 and no lower p90."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing.model.columns import Floats, columns
from pricing.model.difficulty import HINTS, Difficulty, hints_of
from pricing.model.intervals import Missed, Ranges, calibrate
from pricing.model.scoring import Scorer
from pricing.model.terms import Known
from tests.fakes.phone_market import phone_row

LOG_PRICES = np.linspace(2.0, 9.0, 400)
MONTHS = np.linspace(0.0, 120.0, 241)
slopes = st.floats(-6.0, 6.0)
classes = st.tuples(st.floats(0.0, 4.0), st.floats(0.0, 4.0), st.floats(0.0, 4.0))


def ends(
    difficulty: Difficulty, low: tuple[float, ...], high: tuple[float, ...]
) -> tuple[list[float], list[float]]:
    ranges = Ranges((4.0, 5.0, 6.0), tuple(-end for end in low), high, 300, difficulty)
    usual = difficulty.usual(LOG_PRICES, np.zeros((HINTS, len(LOG_PRICES))), np.zeros(len(LOG_PRICES)))
    below, above = ranges.reach(LOG_PRICES, usual)
    return (LOG_PRICES + below).tolist(), (LOG_PRICES + above).tolist()


@given(st.floats(-4.0, 2.0), slopes, slopes, classes, classes)
def test_dearer_phones_have_no_lower_ends(
    level: float, first: float, last: float, low: tuple[float, ...], high: tuple[float, ...]
) -> None:
    for reached in ends(Difficulty(level, (3.0, 7.0), (first, last), (0.0,) * HINTS), low, high):
        assert np.diff(reached).min() >= -1e-9


def test_a_usual_error_in_its_bounds_is_taken_as_it_is() -> None:
    below, above = ends(Difficulty(-2.0, (3.0, 7.0), (0.2, -0.2), (0.0,) * HINTS), (1.3,) * 3, (1.5,) * 3)
    usual = np.exp(-2.0 + np.interp(LOG_PRICES, (3.0, 7.0), (0.2, -0.2)))
    np.testing.assert_allclose(below, LOG_PRICES - 1.3 * usual)
    np.testing.assert_allclose(above, LOG_PRICES + 1.5 * usual)


def hints_at(months: Floats) -> Floats:
    """Return what tells how hard phones of that age are to price, hints by phones."""
    flat = np.zeros(len(months))
    gaps = dict.fromkeys(("launch", "age", "storage", "grade", "battery"), flat)
    known = Known(flat, months, flat, flat, flat, flat, flat, flat, gaps)
    return np.array(hints_of(known))


def missed_with_age(harder: float) -> Missed:
    """Return phones whose errors change so many times from new to ten years."""
    chance = np.random.default_rng(5)
    months = chance.uniform(0.0, 120.0, 2000)
    log_price = chance.normal(6.0, 0.5, 2000)
    errors = chance.normal(0.0, 0.15, 2000) * harder ** (months / 120.0)
    return Missed(log_price, errors, np.arange(2000), hints_at(months).T, np.full(2000, "maker"))


def rises(ranges: Ranges, falls: tuple[float, float, float]) -> float:
    """Return how far an end rises at most from one half month to the next, where prices fall no more than is sure."""
    steps = (0.0, 24.0 * falls[0], 36.0 * falls[1], 60.0 * falls[2])
    fall = np.interp(MONTHS, (0.0, 24.0, 60.0, 120.0), np.cumsum(steps))
    worst = 0.0
    for new in (5.0, 6.0, 7.0):
        log_price = new - fall
        usual = ranges.difficulty.usual(log_price, hints_at(MONTHS), np.zeros(len(MONTHS)))
        for reach in ranges.reach(log_price, usual):
            worst = max(worst, float(np.diff(log_price + reach).max()))
    return worst


@pytest.mark.parametrize("harder", [6.0, 0.1])
@pytest.mark.parametrize("falls", [(0.002, 0.001, 0.0005), (0.0, 0.01, 0.002), (0.0, 0.0, 0.0)])
def test_no_end_rises_with_age_where_prices_hardly_fall(
    harder: float, falls: tuple[float, float, float]
) -> None:
    missed = missed_with_age(harder)
    assert rises(calibrate(missed), falls) > 1e-4
    kept = calibrate(missed, falls)
    assert rises(kept, falls) <= 1e-9
    low, high = kept.reach(missed.log_price, missed.usual_errors(kept.difficulty))
    inside = (missed.errors >= low) & (missed.errors <= high)
    assert inside.mean() == pytest.approx(0.8, abs=0.01)


def test_ages_that_prices_outweigh_count_in_full() -> None:
    missed = missed_with_age(1.5)
    assert calibrate(missed, (0.02, 0.02, 0.02)).difficulty == calibrate(missed).difficulty


BETTER = {
    "grade": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0],
    "battery": [60.0, 79.0, 80.0, 85.0, 90.0, 95.0, 99.0, 100.0],
    "storage": [16.0, 64.0, 128.0, 256.0, 512.0, 1024.0],
    "launch_day": [736_000.0 + 180.0 * half for half in range(18)],
}


@settings(max_examples=60, deadline=None)
@given(what=st.sampled_from(sorted(BETTER)), seed=st.integers(0, 10_000), new=st.booleans())
def test_no_end_of_a_better_phone_is_lower(scorer: Scorer, what: str, seed: int, new: bool) -> None:
    row = phone_row(random.Random(seed)) | ({"model": "iPhone 99 Pro"} if new else {})
    priced = scorer.price(columns([row | {what: value} for value in BETTER[what]]))
    for end in (priced.p10, priced.p90):
        assert all(worse <= better * (1.0 + 1e-12) for worse, better in pairwise(end.tolist()))
