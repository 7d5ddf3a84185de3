"""The drift watch: quiet while promises are kept, sees a bias within some dozen sales, and never moves a price."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.drift import (
    DAYS,
    LEAST_SALES,
    MOST_SALES,
    MOST_WIDENING,
    NO_SALES,
    Verdict,
    caution,
    drift_of,
)
from pricing.own_deals import OwnDeal, Promise, write_own_deals

TODAY = date(2026, 11, 22)
SIGMA = 0.2
"""The spread of ln(price / p50) where p10..p90 is about -23 % .. +29 %."""
Z90 = NormalDist().inv_cdf(0.9)


def a_sale(
    ratio: float, *, ago: int = 0, number: int = 0, width: float = 1.0, currency: str = "EUR"
) -> OwnDeal:
    """Return a phone promised at 300 and sold for that times the ratio."""
    half = Decimal(repr(math.exp(SIGMA * Z90 * width)))
    promise = Promise(300 / half, Decimal(300), 300 * half, "EUR", "seed-1", "seed", TODAY)
    price = Decimal(repr(300 * ratio))
    day = TODAY - timedelta(days=ago)
    return OwnDeal(
        f"{number:06}", "", "Apple", "iPhone 13", 128, "good", 88, day, "FR", currency, price, promise=promise
    )


def sales(draw: random.Random, count: int, *, bias: float = 0.0, width: float = 1.0) -> list[OwnDeal]:
    """Return sales, one a day of which the last is today, as a model promised whose p50 is off by a bias."""
    return [
        a_sale((1 + bias) * math.exp(draw.gauss(0, SIGMA)), number=n, width=width, ago=(count - 1 - n) // 2)
        for n in range(count)
    ]


def first_alarm(deals: list[OwnDeal], step: int = 1) -> int | None:
    """Return after how many sales somebody who looks after each of them is told."""
    for count in range(LEAST_SALES, len(deals) + 1, step):
        kept = deals[:count]
        if drift_of(kept, kept[-1].sold_on).suspect:
            return count
    return None


def test_a_calibrated_model_is_hardly_ever_suspected_though_somebody_looks_again_and_again():
    draw = random.Random(7)
    runs = 40
    alarms = sum(first_alarm(sales(draw, 240), step=4) is not None for _ in range(runs))
    assert alarms <= 2, f"{alarms} false alarms in {runs} runs of 240 sales"


def test_a_bias_of_ten_percent_is_found_within_some_dozen_sales():
    draw = random.Random(8)
    found = sorted(first_alarm(sales(draw, 240, bias=-0.1)) or 999 for _ in range(41))
    assert found[20] <= 60, f"half of them after {found[20]} sales"
    assert found[36] <= MOST_SALES, f"nine of ten after {found[36]} sales"


def test_a_found_bias_is_told_with_its_size_and_its_error():
    drift = drift_of(sales(random.Random(9), MOST_SALES, bias=-0.12), TODAY)
    assert drift.verdict is Verdict.BIASED
    assert drift.bias_percent is not None
    assert drift.bias_error is not None
    assert abs(drift.bias_percent + 12) < 2.5 * drift.bias_error
    assert drift.until == TODAY


def test_ranges_that_are_too_narrow_are_found_and_widened_until_they_hold():
    deals = sales(random.Random(10), MOST_SALES, width=0.5)
    drift = drift_of(deals, TODAY)
    assert drift.verdict is Verdict.OVERCONFIDENT
    assert 1.5 < caution(drift) < 2.6
    again = drift_of(sales(random.Random(10), MOST_SALES, width=0.5 * caution(drift)), TODAY)
    assert again.coverage == pytest.approx(0.8, abs=0.02)
    assert again.verdict is Verdict.OK


def test_ranges_that_are_too_wide_are_told_and_nothing_is_made_of_it():
    drift = drift_of(sales(random.Random(11), MOST_SALES, width=2.5), TODAY)
    assert drift.verdict is Verdict.WIDE
    assert not drift.suspect
    assert caution(drift) == 1.0


@pytest.mark.parametrize("ratio", [0.01, 0.7, 1.0, 1.4, 50.0])
def test_a_handful_of_sales_raises_no_alarm_whatever_they_brought(ratio):
    drift = drift_of([a_sale(ratio, number=n) for n in range(LEAST_SALES - 1)], TODAY)
    assert drift.verdict is Verdict.THIN
    assert caution(drift) == 1.0


def test_one_mistyped_price_among_many_is_no_bias():
    deals = [*sales(random.Random(12), 60), a_sale(10.0, number=999)]
    assert not drift_of(deals, TODAY).suspect


def test_only_sales_count_whose_promise_can_be_held_against_them():
    old = [a_sale(0.5, number=n, ago=DAYS + 1) for n in range(50)]
    future = [a_sale(0.5, number=n, ago=-1) for n in range(50)]
    dollars = [a_sale(0.5, number=n, currency="USD") for n in range(50)]
    unpriced = [OwnDeal("x", "", "A", "B", None, "", None, TODAY, "FR", "EUR", Decimal(5))] * 50
    assert drift_of([*old, *future, *dollars, *unpriced], TODAY) == NO_SALES


def test_an_old_bias_is_forgotten_once_enough_sales_were_right():
    before = sales(random.Random(13), 60, bias=-0.2)
    assert drift_of(before, TODAY).suspect
    late = [a_sale(math.exp(random.Random(n).gauss(0, SIGMA)), number=1000 + n) for n in range(MOST_SALES)]
    assert not drift_of([*before, *late], TODAY).suspect


def test_what_a_file_says_is_what_its_deals_say_and_no_file_says_nothing(tmp_path: Path):
    deals = sales(random.Random(14), 80, bias=0.15)
    write_own_deals(tmp_path / "own-deals.csv", deals)
    assert drift_of(tmp_path / "own-deals.csv", TODAY) == drift_of(deals, TODAY)
    assert drift_of(tmp_path / "none.csv", TODAY) == NO_SALES


@given(ratios=st.lists(st.floats(0.001, 1000.0), max_size=150), seed=st.randoms(use_true_random=False))
def test_any_sales_in_any_order_give_one_sane_answer(ratios, seed):
    deals = [a_sale(ratio, number=n) for n, ratio in enumerate(ratios)]
    drift = drift_of(deals, TODAY)
    seed.shuffle(deals)
    assert drift_of(deals, TODAY) == drift
    assert 1.0 <= caution(drift) <= MOST_WIDENING
    assert drift.sales == min(len(ratios), MOST_SALES)
    if len(ratios) < LEAST_SALES:
        assert drift.verdict is Verdict.THIN


@given(ratios=st.lists(st.floats(0.2, 5.0), min_size=LEAST_SALES, max_size=60), more=st.floats(1.01, 3.0))
def test_dearer_sales_never_make_the_bias_smaller(ratios, more):
    low = drift_of([a_sale(ratio, number=n) for n, ratio in enumerate(ratios)], TODAY)
    high = drift_of([a_sale(ratio * more, number=n) for n, ratio in enumerate(ratios)], TODAY)
    assert high.bias_percent is not None
    assert low.bias_percent is not None
    assert high.bias_percent > low.bias_percent


def test_the_chances_are_those_of_scipy():
    from scipy.stats import binom, t  # type: ignore[import-untyped]

    from pricing.drift import _at_most, _by_chance

    for sales_, score in ((12, 4.0), (30, 3.5), (120, 5.0)):
        assert _by_chance(score, 1.0, sales_) == pytest.approx(2 * t.sf(score, sales_ - 1), rel=0.03)
        assert _at_most(sales_ // 2, sales_, 0.8) == pytest.approx(binom.cdf(sales_ // 2, sales_, 0.8))
