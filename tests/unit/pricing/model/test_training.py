"""Training: the same from the same, mistakes left out, clear words where nothing can be learned."""

from __future__ import annotations

import math
import random
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from diagnostics.errors import BadInput
from pricing.model.backtest import backtest
from pricing.model.columns import Columns, Floats, Ints, columns, phone
from pricing.model.design import design
from pricing.model.difficulty import HINTS
from pricing.model.folding import by_model, folds
from pricing.model.intervals import WIDE, Missed, Ranges, assumed, calibrate
from pricing.model.keeping import save
from pricing.model.learning import train
from pricing.model.scoring import Scorer
from pricing.model.shape import MONTH
from pricing.model.trained import Card, Trained
from pricing.model.training import fit
from tests.fakes.phone_market import market_rows, phone_row, true_price

A_CARD = Card("model-test", "f" * 64, 1, 400, 24, 0, (0, 0))


def test_the_same_data_and_seed_give_the_same_files(tmp_path, sales: Columns, model: Trained) -> None:
    save(model, tmp_path / "one")
    save(train(sales), tmp_path / "two")
    for file in ("model.json", "trees.npz", "card.md"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_another_row_makes_another_version(model: Trained) -> None:
    other = train(columns(market_rows(120, seed=9)))
    assert other.card.version != model.card.version
    assert other.card.fingerprint != model.card.fingerprint


def test_absurd_prices_are_left_out_and_counted(sales: Columns, model: Trained) -> None:
    price = sales.price.copy()
    price[[3, 50]] *= 100.0
    price[77] /= 50.0
    found = train(sales.with_(price=price))
    assert found.card.absurd == 3
    assert Scorer(found).price(sales).p50 == pytest.approx(Scorer(model).price(sales).p50, rel=0.05)


@pytest.mark.parametrize("count", [0, 1, 29])
def test_too_few_prices_are_refused_in_words(count: int) -> None:
    with pytest.raises(BadInput, match="too few to train on") as refused:
        train(columns(market_rows(count)))
    assert refused.value.code == "too_few_prices"


def test_one_model_alone_can_be_learned_and_new_ones_get_the_assumed_range() -> None:
    rows = [row | {"model": "iPhone 13", "launch_day": 738_000.0} for row in market_rows(150)]
    model = train(columns(rows))
    assert model.ranges["new"] == assumed()
    assert model.ranges["known"].errors > 100


def test_rows_that_say_nothing_but_a_price_are_learned_as_one_level() -> None:
    model = train(columns([{"price": 100.0 + place} for place in range(100)]))
    assert 130 < Scorer(model).price(columns([{}])).p50[0] < 165


def test_each_currency_has_a_level_of_its_own() -> None:
    rows = market_rows(300)
    for place, row in enumerate(rows):
        if place % 2:
            row.update(currency="SEK", market="SE", price=row["price"] * 11.0)
    scorer = Scorer(train(columns(rows)))
    euros, crowns = scorer.price(columns([rows[0], rows[0] | {"currency": "SEK", "market": "SE"}])).p50
    assert crowns / euros == pytest.approx(11.0, rel=0.1)


def test_progress_rises_to_the_end_and_can_stop_the_work() -> None:
    said: list[float] = []
    train(columns(market_rows(60)), progress=said.append)
    assert said == sorted(said)
    assert said[-1] == 1.0

    class Stopped(Exception):
        pass

    def stop(share: float) -> None:
        raise Stopped(share)

    with pytest.raises(Stopped):
        train(columns(market_rows(60)), progress=stop)


def test_a_backtest_tries_rows_models_and_later_days(sales: Columns) -> None:
    _, scores = backtest(columns(market_rows(220)))
    assert [score.split for score in scores] == ["sellers", "models", "time"]
    assert all(score.violations == 0.0 for score in scores)
    assert all(score.rows > 50 for score in scores)


def test_a_phone_model_is_never_split_between_folds(sales: Columns) -> None:
    groups = by_model(sales)
    fold = folds(groups, seed=1)
    for group in np.unique(groups):
        assert len(np.unique(fold[groups == group])) == 1
    sizes = np.bincount(fold)
    assert len(sizes) == 5
    assert sizes.min() > len(sales) / 10


def missed_by(errors: Floats, log_price: Floats, groups: Ints) -> Missed:
    """Return errors of phones of one maker, of which nothing is lacking."""
    return Missed(log_price, errors, groups, np.zeros((len(errors), HINTS)), np.full(len(errors), "a"))


def reach_at(ranges: Ranges, log_price: float) -> tuple[float, float]:
    hard = ranges.difficulty
    return ranges.reach(log_price, hard.usual(log_price, (0.0,) * HINTS, hard.brands["a"]))


def test_ranges_cover_their_share_of_what_they_were_made_from() -> None:
    chance = np.random.default_rng(1)
    log_price = chance.normal(6.0, 0.5, 3000)
    errors = chance.normal(0.0, np.where(log_price < 6.0, 0.3, 0.1))
    missed = missed_by(errors, log_price, np.arange(3000))
    ranges = calibrate(missed)
    low, high = ranges.reach(log_price, missed.usual_errors(ranges.difficulty))
    cheap = log_price < np.quantile(log_price, 0.2)
    inside = (errors >= low) & (errors <= high)
    assert 0.78 < inside.mean() < 0.83
    assert 0.7 < inside[cheap].mean() < 0.9
    assert (high - low)[cheap].mean() > 1.5 * (high - low)[~cheap].mean()


def test_few_phone_models_make_ranges_wider() -> None:
    errors = np.random.default_rng(2).normal(0.0, 0.2, 400)
    price = np.full(400, 6.0)
    many = calibrate(missed_by(errors, price, np.arange(400) // 2))
    few = calibrate(missed_by(errors, price, np.arange(400) // 80))
    assert few.high[0] > many.high[0]
    assert calibrate(missed_by(errors[:5], price[:5], np.arange(5))).high[0] == WIDE


def test_ranges_do_not_jump_from_one_phone_model_to_the_next() -> None:
    """Phones of a middling price are harder, which no line tells: with many models, that class has ends of its own."""
    chance, widths = np.random.default_rng(3), []
    log_price = chance.uniform(5.0, 7.0, 1200)
    errors = chance.normal(0.0, np.where(np.abs(log_price - 6.0) < 0.3, 0.4, 0.1))
    for models in range(15, 45):
        low, high = reach_at(calibrate(missed_by(errors, log_price, np.arange(1200) % models)), 6.0)
        widths.append(high - low)
    gained = widths[-1] - widths[0]
    assert gained > 0.3 * widths[0]
    assert max(abs(after - before) for before, after in pairwise(widths)) < 0.2 * gained


def test_ranges_are_wider_where_phones_are_harder_to_price() -> None:
    """Of another maker, or where something is not known, errors are twice as large."""
    chance = np.random.default_rng(4)
    hints, brands = np.zeros((2000, HINTS)), np.where(np.arange(2000) % 2, "a", "b")
    hints[:1000, -1] = 1.0
    errors = chance.normal(0.0, 0.1 * np.where(brands == "b", 2.0, 1.0) * (1.0 + hints[:, -1]))
    missed = Missed(chance.normal(6.0, 0.5, 2000), errors, np.arange(2000), hints, brands)
    ranges = calibrate(missed)
    low, high = ranges.reach(missed.log_price, missed.usual_errors(ranges.difficulty))
    for hard in (0, 1):
        for brand in ("a", "b"):
            these = (hints[:, -1] == hard) & (brands == brand)
            assert 0.74 < ((errors >= low) & (errors <= high))[these].mean() < 0.86


def test_a_new_phone_has_its_makers_warranty_whether_that_is_said_or_not() -> None:
    """Used phones with a warranty are a fifth dearer, new ones no dearer."""
    rows = market_rows(600)
    for number, row in enumerate(rows):
        row.update(warranty=1.0 if number % 2 else None, grade=5.0 if number % 3 == 0 else 2.0)
        stated = number % 2 and number % 3
        row["price"] = true_price(row | {"grade": 2.0}) * (1.2 if stated else 1.0)
        row["price"] *= 1.4 if number % 3 == 0 else 1.0
    scorer = Scorer(fit(columns(rows), 1, A_CARD))

    def dearer(grade: float) -> float:
        asked = [row | {"grade": grade} for row in rows[:50]]
        with_, without = (
            scorer.price(columns([row | {"warranty": stated} for row in asked])).p50 for stated in (1.0, None)
        )
        return float(np.median(with_ / without))

    assert dearer(2.0) == pytest.approx(1.2, abs=0.04)
    assert dearer(5.0) == pytest.approx(1.0, abs=0.03)


def test_a_phone_is_one_phone_however_its_name_is_written() -> None:
    plain = phone("Apple", "iPhone 13 Pro Max")
    assert phone("APPLE", "Apple iPhone  13 pro max").key == plain.key
    assert plain.tokens == ("apple|iphone", "apple|max", "apple|pro")
    assert phone("Samsung", "").key == ""


def months_of_prices(months: int, *, market: str, currency: str, first: int = 24_250) -> list[dict[str, Any]]:
    """Return forty prices in each of some months, of which each is 2 % below the one before it beside the ageing."""
    chance, rows = random.Random(5), []
    for number in range(months):
        for _ in range(40):
            day = math.ceil((first + number) * MONTH) + chance.randrange(28)
            row = phone_row(chance) | {"day": float(day), "market": market, "currency": currency}
            rows.append(row | {"price": true_price(row) * 0.98**number * math.exp(chance.gauss(0, 0.08))})
    return rows


def prices_on(model: Trained, first: int, *, market: str, currency: str) -> list[float]:
    row = phone_row(random.Random(1)) | {"market": market, "currency": currency}
    days = [math.ceil((first + number) * MONTH) + 10.0 for number in range(3)]
    return [float(price) for price in Scorer(model).price(columns([row | {"day": day} for day in days])).p50]


def test_the_first_price_of_a_new_month_leaves_the_level_where_it_was() -> None:
    rows = months_of_prices(9, market="FR", currency="EUR")
    one = months_of_prices(10, market="FR", currency="EUR")[9 * 40]
    asked = phone_row(random.Random(1)) | {"day": math.ceil(24_259 * MONTH) + 2.0}

    def price(of: list[dict[str, Any]]) -> float:
        return float(Scorer(fit(columns(of), 1, A_CARD)).price(columns([asked])).p50[0])

    assert price([*rows, one]) == pytest.approx(price(rows), rel=0.045)
    assert price(rows) == pytest.approx(true_price(asked) * 0.98**8, rel=0.05)


def test_one_markets_months_say_nothing_of_another_market() -> None:
    """A June that is dear in one country must not make all phones dear in June, older ones more than before."""
    rows = months_of_prices(3, market="FR", currency="EUR")
    dear = months_of_prices(2, market="US", currency="USD", first=24_251)
    dear = [row | {"price": row["price"] * (1.6 if row["day"] >= 24_252 * MONTH else 1.0)} for row in dear]
    model = fit(columns([*rows, *dear]), 1, A_CARD)
    french, alone = (
        prices_on(one, 24_250, market="FR", currency="EUR") for one in (model, fit(columns(rows), 1, A_CARD))
    )
    assert french[0] > french[1] > french[2]
    assert french == pytest.approx(alone, rel=0.05)
    us = prices_on(model, 24_250, market="US", currency="USD")
    assert us[2] > 1.4 * us[1]


def test_a_market_that_was_not_seen_goes_with_those_of_its_currency_alone_and_in_a_list() -> None:
    rows = [
        *months_of_prices(3, market="FR", currency="EUR"),
        *months_of_prices(3, market="DE", currency="EUR"),
    ]
    scorer = Scorer(fit(columns(rows), 1, A_CARD))
    asked = [row | {"market": market} for row in rows[:60:3] for market in ("FR", "DE", "ES")]
    listed = scorer.price(columns(asked)).p50
    assert listed.tolist() == [float(scorer.price(columns([row])).p50[0]) for row in asked]
    assert listed[2] == pytest.approx((listed[0] * listed[1]) ** 0.5, rel=1e-3)


@pytest.mark.parametrize("models", [8, 11])
def test_ranges_of_few_phone_models_hold_their_share_and_are_not_wide_of_one_that_was_missed(
    models: int,
) -> None:
    """Errors of a model are alike, and some models have many rows: few of them must not make a range of everything."""
    chance = np.random.default_rng(5)
    held, widths = [], []
    for _ in range(200):
        sizes = np.maximum(chance.lognormal(2.5, 1.0, models).astype(int), 3)
        groups = np.repeat(np.arange(models), sizes)
        errors = chance.normal(0.0, 0.25, models)[groups] + chance.normal(0.0, 0.15, len(groups))
        ranges = calibrate(missed_by(errors, chance.normal(6.0, 0.5, len(groups)), groups))
        low, high = reach_at(ranges, 6.0)
        others = chance.normal(0.0, np.hypot(0.25, 0.15), 2000)
        held.append(float(((others >= low) & (others <= high)).mean()))
        widths.append(high - low)
    perfect = 2 * 1.2816 * float(np.hypot(0.25, 0.15))
    assert 0.75 < np.mean(held) < 0.86
    assert np.quantile(held, 0.1) > 0.6
    assert np.quantile(widths, 0.9) < 1.5 * perfect


def test_what_was_learned_is_counted_by_market_and_currency() -> None:
    rows = market_rows(200)
    for row in rows[:50]:
        row.update(currency="USD", market="VN")
    model = fit(columns(rows), 1, A_CARD)
    sums = {place: sum(own.counts.get(place, 0) for own in model.models.values()) for place in model.places}
    assert sums == {"FR|EUR": 150, "VN|USD": 50}
    assert all(sum(own.counts.values()) == own.count for own in model.models.values())


def test_of_very_many_places_the_largest_have_months_so_that_the_memory_is_bounded() -> None:
    rows = market_rows(900)
    for number, row in enumerate(rows):
        row.update(market=f"M{number % 80 if number % 2 else 0}")
    names = design(columns(rows), fixed=0)
    assert len(names.months) <= 60
    assert [month for place, month in names.months if place == "M0|EUR"] == sorted(
        {math.floor(row["day"] / MONTH) for row in rows}
    )[-3:]
