"""A challenger takes the champion's place only when it is better by more than chance, and keeps what it promises."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from pricing.model.columns import Columns, columns
from pricing.model.learning import train
from pricing.model.trained import Trained
from pricing.pricedata.marking import marks
from pricing.standing.judging import judge
from pricing.standing.records import TriedOn, Verdict
from pricing.standing.seen import keep_seen, load_seen, was_seen
from pricing.standing.trying import Champion
from tests.fakes.phone_market import market_rows


@cache
def rows(count: int = 320, noise: float = 0.12) -> tuple[dict[str, Any], ...]:
    """Return some sales, the earliest first."""
    return tuple(sorted(market_rows(count, noise=noise), key=lambda row: row["day"]))


@cache
def trained_on(
    count: int, of: int = 320, noise: float = 0.12, *, dated: bool = True
) -> tuple[Columns, Trained]:
    """Return the first so many sales, and what is learned from them."""
    data = columns([row if dated else row | {"day": None} for row in rows(of, noise)[:count]])
    return data, train(data)


def held(old: tuple[Columns, Trained], new: tuple[Columns, Trained]) -> Verdict:
    """Return what comes of holding a model against an older one."""
    seen = was_seen(new[0], marks(old[0]), old[1].card.days[1])
    return judge(new[0], new[1], Champion(old[1], seen))


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def test_the_champion_is_tried_as_it_is_kept_on_prices_that_came_after_it() -> None:
    old, new = trained_on(60), trained_on(320)
    verdict = held(old, new)
    assert verdict.tried_on is TriedOn.LATER
    assert verdict.against == old[1].card.version
    later = new[0].day > old[1].card.days[1]
    assert 100 <= verdict.rows < later.sum()
    assert verdict.champion is not None
    assert verdict.challenger is not None
    assert verdict.champion.rows == verdict.challenger.rows == verdict.rows


def test_a_champion_that_learned_from_little_is_beaten() -> None:
    verdict = held(trained_on(60, dated=False), trained_on(320, dated=False))
    assert verdict.tried_on is TriedOn.UNSEEN
    assert verdict.good
    assert codes(verdict) == ["better"]
    assert verdict.low is not None
    assert 0 < verdict.low < (verdict.gain or 0) < (verdict.high or 0)


def test_a_handful_of_new_prices_is_no_reason_to_change() -> None:
    verdict = held(trained_on(310, dated=False), trained_on(320, dated=False))
    assert verdict.tried_on is TriedOn.FOLDS
    assert not verdict.better
    assert codes(verdict)[0] in {"not_better", "no_better"}
    assert verdict.gain is not None
    assert verdict.gain < 0.01


def test_prices_that_are_mostly_nonsense_make_no_better_model() -> None:
    old = trained_on(200, dated=False)
    chance = np.random.default_rng(4)
    nonsense = [row | {"day": None, "price": float(chance.uniform(60, 1200))} for row in rows()[200:]]
    data = columns([row | {"day": None} for row in rows()[:200]] + nonsense)
    verdict = held(old, (data, train(data)))
    assert not verdict.good
    assert {"worse_on_known", "noisier"} <= set(codes(verdict))


def test_the_same_prices_say_nothing_new() -> None:
    old = trained_on(320)
    verdict = held(old, old)
    assert codes(verdict) == ["nothing_new"]
    assert not verdict.better


def test_too_few_prices_decide_nothing() -> None:
    verdict = held(trained_on(40), trained_on(80))
    assert "too_few_to_tell" in codes(verdict)
    assert not verdict.better


def test_a_currency_that_the_champion_cannot_price_is_a_reason() -> None:
    old = trained_on(150, dated=False)
    pounds = [row | {"day": None, "currency": "GBP", "market": "GB"} for row in rows()[150:]]
    data = columns([row | {"day": None} for row in rows()[:150]] + pounds)
    verdict = held(old, (data, train(data)))
    assert verdict.better
    assert "prices_more" in codes(verdict)


def elsewhere(noise: float, count: int = 200) -> list[dict[str, Any]]:
    """Return undated prices of another market, in dollars, that lie further apart than those of the first one."""
    chance = np.random.default_rng(6)
    found = []
    for row in rows()[320 - count :]:
        price = row["price"] * float(np.exp(chance.normal(0.0, noise)))
        found.append(row | {"day": None, "currency": "USD", "market": "US", "price": price})
    return found


def test_a_market_whose_prices_lie_further_apart_is_no_fault_of_the_model_that_learned_it() -> None:
    old = trained_on(320, noise=0.05, dated=False)
    data = columns([row | {"day": None} for row in rows(noise=0.05)] + elsewhere(0.15))
    verdict = held(old, (data, train(data)))
    assert "noisier" not in codes(verdict)
    assert verdict.better


def test_a_new_market_of_nonsense_is_not_taken_in() -> None:
    old = trained_on(320, dated=False)
    data = columns([row | {"day": None} for row in rows()] + elsewhere(1.2))
    verdict = held(old, (data, train(data)))
    assert "too_poor" in codes(verdict)
    assert not verdict.good


def test_the_first_model_is_judged_by_itself() -> None:
    data, model = trained_on(320)
    verdict = judge(data, model, None)
    assert verdict.good
    assert verdict.tried_on is TriedOn.ALONE
    assert (verdict.against, verdict.champion) == ("", None)


def test_a_first_model_of_noise_waits() -> None:
    chance = np.random.default_rng(9)
    data = columns([row | {"price": float(chance.uniform(60, 1200))} for row in rows()])
    verdict = judge(data, train(data), None)
    assert not verdict.better
    assert codes(verdict)[0] == "too_poor"


def test_a_first_model_that_knows_nothing_of_new_phones_waits() -> None:
    data, model = trained_on(320)
    scores = tuple(replace(one, r2=-0.125) if one.split == "models" else one for one in model.card.scores)
    assert "models" in {one.split for one in scores}
    verdict = judge(data, replace(model, card=replace(model.card, scores=scores)), None)
    assert not verdict.good
    assert [(one.code, dict(one.params)) for one in verdict.reasons] == [("too_poor_unseen", {"r2": "-0.12"})]


def test_a_model_without_any_currency_is_not_put_in_use_by_itself() -> None:
    bare = [row | {"currency": "", "day": None} for row in rows()]
    data = columns(bare)
    first = judge(data, train(data), None)
    assert not first.good
    assert codes(first) == ["no_currency"]
    # Beside one that can price, whose word on these it does not have: as they are no better, either.
    verdict = held(trained_on(150, dated=False), (data, train(data)))
    assert not verdict.good
    assert codes(verdict)[0] == "no_currency"
    assert not {"better", "prices_more"} & set(codes(verdict))


@pytest.mark.parametrize(("coverage", "code"), [(0.55, "covers_too_little"), (0.99, "covers_too_much")])
def test_ranges_that_do_not_hold_keep_it_waiting(coverage: float, code: str) -> None:
    data, model = trained_on(320)
    scores = tuple(replace(one, coverage=coverage) for one in model.card.scores)
    verdict = judge(data, replace(model, card=replace(model.card, scores=scores)), None)
    assert verdict.better
    assert not verdict.calibrated
    assert not verdict.good
    assert codes(verdict)[0] == code


def test_a_step_to_something_better_that_lowers_a_price_keeps_it_waiting() -> None:
    data, model = trained_on(320)
    # No training makes this; a change in the way of learning could.
    worse = replace(model, coefficients=tuple(-each for each in model.coefficients))
    verdict = judge(data, worse, None)
    assert "violations" in codes(verdict)
    assert not verdict.calibrated


def test_the_same_prices_give_the_same_verdict() -> None:
    old, new = trained_on(60, dated=False), trained_on(320, dated=False)
    assert held(old, new) == held(old, new)


def test_what_a_model_learned_from_is_found_again_in_another_file(tmp_path) -> None:
    data, _ = trained_on(320)
    keep_seen(tmp_path, data.take(np.arange(100)))
    shuffled = np.random.default_rng(1).permutation(320)
    again = columns([rows()[place] for place in shuffled])
    seen = was_seen(again, load_seen(tmp_path), 0.0)
    assert set(shuffled[seen].tolist()) == set(range(100))


def test_without_its_fingerprints_everything_up_to_its_last_day_counts_as_seen(tmp_path) -> None:
    (tmp_path / "seen.npy").write_bytes(b"damaged")
    data = trained_on(320)[0]
    middle = float(np.median(data.day))
    assert (was_seen(data, load_seen(tmp_path), middle) == (data.day <= middle)).all()


def test_what_a_model_learned_from_is_believed_only_whole(tmp_path) -> None:
    data = trained_on(320)[0]
    keep_seen(tmp_path, data)
    file = tmp_path / "seen.npy"
    whole = file.read_bytes()
    assert load_seen(tmp_path) is not None
    for place in (0, 9, 60, 128, 200, len(whole) - 1):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert load_seen(tmp_path) is None
    for cut in (0, 20, 100, len(whole) - 32, len(whole) - 1):
        file.write_bytes(whole[:cut])
        assert load_seen(tmp_path) is None


@pytest.mark.parametrize("sealed", [True, False])
def test_fingerprints_that_state_more_than_there_is_cost_no_memory(tmp_path, *, sealed: bool) -> None:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "<u8", "fortran_order": False, "shape": (10**14,)})
    content = file.getvalue() + bytes(64)
    seal = hashlib.sha256(content).digest() if sealed else b""
    (tmp_path / "seen.npy").write_bytes(content + seal)
    assert load_seen(tmp_path) is None


def test_a_pipe_in_the_place_of_fingerprints_holds_no_training_up(tmp_path) -> None:
    os.mkfifo(tmp_path / "seen.npy")
    assert load_seen(tmp_path) is None


def test_a_training_that_is_stopped_stops_in_the_middle_of_a_trial() -> None:
    old, new = trained_on(60, dated=False), trained_on(320, dated=False)
    told: list[float] = []

    def stop(share: float) -> None:
        told.append(share)
        if len(told) == 2:
            raise InterruptedError

    seen = was_seen(new[0], marks(old[0]), old[1].card.days[1])
    with pytest.raises(InterruptedError):
        judge(new[0], new[1], Champion(old[1], seen), progress=stop)
    assert told == [0.1, 0.2]
