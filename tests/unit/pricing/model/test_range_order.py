"""The ends of a range keep the order of prices: what is worth more has no lower p10 and no lower p90."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pricing.model.difficulty import HINTS, Difficulty
from pricing.model.intervals import Ranges

LOG_PRICES = np.linspace(2.0, 9.0, 400)
slopes = st.floats(-6.0, 6.0)


def ends(difficulty: Difficulty, low: float, high: float) -> tuple[list[float], list[float]]:
    ranges = Ranges((4.0, 5.0, 6.0), (low,) * 3, (high,) * 3, 300, difficulty)
    usual = difficulty.usual(LOG_PRICES, np.zeros((HINTS, len(LOG_PRICES))), np.zeros(len(LOG_PRICES)))
    below, above = ranges.reach(LOG_PRICES, usual)
    return (LOG_PRICES + below).tolist(), (LOG_PRICES + above).tolist()


@given(st.floats(-4.0, 2.0), slopes, slopes, st.floats(-4.0, 0.0), st.floats(0.0, 4.0))
def test_dearer_phones_have_no_lower_ends(level: float, first: float, last: float, low: float, high: float):
    for reached in ends(Difficulty(level, (3.0, 7.0), (first, last), (0.0,) * HINTS), low, high):
        assert np.diff(reached).min() >= -1e-9


def test_a_usual_error_in_its_bounds_is_taken_as_it_is():
    below, above = ends(Difficulty(-2.0, (3.0, 7.0), (0.2, -0.2), (0.0,) * HINTS), -1.3, 1.5)
    usual = np.exp(-2.0 + np.interp(LOG_PRICES, (3.0, 7.0), (0.2, -0.2)))
    np.testing.assert_allclose(below, LOG_PRICES - 1.3 * usual)
    np.testing.assert_allclose(above, LOG_PRICES + 1.5 * usual)
