"""`tradein price retrain · status · promote · back`: the shop's own model from a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.price_folders import a_price_folder
from tests.fakes.shop_prices import crowned
from tests.fakes.terminals import Terminal
from tradein_app.training.state import training_held

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def tradein(monkeypatch, capsys, tmp_path: Path) -> Terminal:
    monkeypatch.setenv("TRADEIN_HOME", str(tmp_path))
    return Terminal(monkeypatch, capsys)


def test_a_model_is_trained_taken_back_and_promoted(tradein, tmp_path) -> None:
    a_price_folder(tmp_path)
    trained = tradein("price", "retrain")
    assert trained.status == 0, trained.err
    assert "Learning: " in trained.err
    assert "market.csv: 150 prices used" in trained.err
    assert "prices from now on" in trained.out
    document = tradein("price", "status", "--json").document
    assert document["schema"] == "tradein/price-status-1"
    assert document["training"]["outcome"] == "promoted"
    version = document["champion"]
    assert [event["what"] for event in document["history"]] == ["trained", "promoted"]
    assert version in tradein("price", "status").out
    assert "the program's own price curves" in tradein("price", "back").out
    assert tradein("price", "status", "--json").document["challenger"] == version
    assert version in tradein("price", "promote").out
    assert tradein("price", "status", "--json").document["champion"] == version


def test_without_prices_it_fails_in_words(tradein) -> None:
    outcome = tradein("price", "retrain")
    assert outcome.status == 1
    assert outcome.err.splitlines()[-1].startswith("tradein: There are no market prices to learn from.")
    assert tradein("price", "promote").status == 2
    assert tradein("price", "promote", "model-none").status == 2
    assert tradein("price", "back").status == 1


def test_who_asks_while_one_runs_is_told_that_newer_prices_are_not_in_it(tradein, tmp_path) -> None:
    with training_held(tmp_path):
        outcome = tradein("price", "retrain", "--no-wait")
    assert outcome.status == 0
    assert "runs already" in outcome.err


def test_before_any_training_the_status_says_what_prices(tradein) -> None:
    outcome = tradein("price", "status")
    assert outcome.status == 0
    assert "In use: the program's own price curves." in outcome.out
    assert tradein("price", "status", "--json").document["training"] is None


def test_a_model_in_use_that_was_damaged_since_is_not_said_to_price(tradein, tmp_path) -> None:
    place = crowned(tmp_path)
    whole = tradein("price", "status")
    assert "It is not used" not in whole.out
    assert tradein("price", "status", "--json").document["champion_problem"] is None
    (place / "trees.npz").write_bytes(b"x")
    damaged = tradein("price", "status")
    assert damaged.status == 0
    assert "It is not used, and the program's own price curves price: " in damaged.out
    assert "is damaged" in tradein("price", "status", "--json").document["champion_problem"]
