"""Training: the same from the same, mistakes left out, clear words where nothing can be learned."""

from __future__ import annotations

import numpy as np
import pytest

from diagnostics.errors import BadInput
from pricing.model.backtest import backtest
from pricing.model.columns import Columns, columns, phone
from pricing.model.folding import by_model, folds
from pricing.model.intervals import WIDE, assumed, calibrate
from pricing.model.keeping import save
from pricing.model.learning import train
from pricing.model.scoring import Scorer
from pricing.model.trained import Trained
from tests.fakes.phone_market import market_rows


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


def test_ranges_cover_their_share_of_what_they_were_made_from() -> None:
    chance = np.random.default_rng(1)
    log_price = chance.normal(6.0, 0.5, 3000)
    errors = chance.normal(0.0, np.where(log_price < 6.0, 0.3, 0.1))
    ranges = calibrate(log_price, errors, np.arange(3000), ["a|priced"] * 3000)
    low, high = ranges.reach(log_price, np.full(3000, ranges.usual_error("a|priced")))
    cheap = log_price < np.quantile(log_price, 0.2)
    inside = (errors >= low) & (errors <= high)
    assert 0.78 < inside.mean() < 0.83
    assert 0.7 < inside[cheap].mean() < 0.9
    assert (high - low)[cheap].mean() > 1.5 * (high - low)[~cheap].mean()


def test_few_phone_models_make_ranges_wider() -> None:
    errors = np.random.default_rng(2).normal(0.0, 0.2, 400)
    price = np.full(400, 6.0)
    kinds = ["a|priced"] * 400
    many = calibrate(price, errors, np.arange(400) // 2, kinds)
    few = calibrate(price, errors, np.arange(400) // 80, kinds)
    assert few.high[0] > many.high[0]
    assert calibrate(price[:5], errors[:5], np.arange(5), kinds[:5]).high[0] == WIDE


def test_a_phone_is_one_phone_however_its_name_is_written() -> None:
    plain = phone("Apple", "iPhone 13 Pro Max")
    assert phone("APPLE", "Apple iPhone  13 pro max").key == plain.key
    assert plain.tokens == ("apple|iphone", "apple|max", "apple|pro")
    assert phone("Samsung", "").key == ""
