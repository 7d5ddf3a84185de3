"""A percent that is hardly meant is asked about."""

from __future__ import annotations

import pytest

from tradein_app.viewmodels.percents import is_unlikely, unlikely_words


@pytest.mark.parametrize(
    ("percent", "cable", "asked"),
    [
        (3, 92.0, True),
        (49, None, True),
        (50, None, False),
        (77, 92.0, False),
        (76, 92.0, True),
        (49, 50, True),
    ],
)
def test_far_from_the_cables_or_low(percent: int, cable: float | None, asked: bool):
    assert is_unlikely(percent, cable) is asked


def test_it_says_what_the_cable_says():
    assert unlikely_words(3, 92.0) == "3 %? The cable says 92 %. Enter again to keep it."
    assert unlikely_words(3, None) == "3 %? Enter again to keep it."
