"""``tradein name``: a person teaches a name once, and every further phone of that model has it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from diagnostics.android.names import parse_names
from diagnostics.practice.bench import PracticeThread
from tests.fakes.terminals import Terminal
from tradein_app.config import load_config
from tradein_app.practice import practise_apart


@pytest.fixture
def tradein(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("TRADEIN_HOME", str(tmp_path / "home"))
    return Terminal(monkeypatch, capsys)


def test_a_name_that_was_taught_is_what_the_next_reading_says(tradein, monkeypatch):
    with PracticeThread(iphones=0, androids=1) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        before = json.loads(tradein("read", "--json").out)["readings"][0]
        code = before["identity"]["model_code"]
        assert tradein("name", code, "Shop window phone").status == 0
        after = json.loads(tradein("read", "--json").out)["readings"][0]
    assert before["identity"]["model"] != after["identity"]["model"] == "Shop window phone"
    assert after["evidence"]["identity.model"]["quality"] == "typed"


@pytest.mark.parametrize("words", [("SM-S999B", " "), (" ", "Phone"), ("SM-S999B", "x" * 61)])
def test_what_cannot_be_a_name_is_wrong_usage(tradein, words):
    outcome = tradein("name", *words)
    assert (outcome.status, outcome.out) == (2, "")


def test_an_iphone_and_then_its_colour_are_named(tradein, monkeypatch):
    with PracticeThread(iphones=1, androids=0) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        bench.fault(bench.phones()[0].id, "model-unknown")

        def identity() -> Any:
            return json.loads(tradein("read", "--json").out)["readings"][0]["identity"]

        before = identity()
        taught = (
            tradein("name", "iPhone99,9", "iPhone 30"),
            tradein("name", "iPhone99,9", "plum", "--colour", "plaid"),
        )
        after = identity()
    assert (before.get("model"), before["model_code"], before.get("colour")) == (None, "iPhone99,9", None)
    assert [outcome.status for outcome in taught] == [0, 0]
    assert taught[1].out.strip() == "Colour plaid of iPhone99,9 is plum from now on."
    assert (after["model"], after["colour"]) == ("iPhone 30", "plum")


@pytest.mark.parametrize(
    "words",
    [
        ("SM-S999B", "black", "--colour", "7"),
        ("iPhone14,5", "black", "--colour", "7", "--codename", "o1s"),
        ("iPhone14,5", "", "--colour", "7"),
        ("iPhone14,5", "black", "--colour", "x" * 41),
    ],
)
def test_a_colour_that_cannot_be_named_is_wrong_usage(tradein, words, tmp_path):
    outcome = tradein("name", *words)
    assert (outcome.status, outcome.out) == (2, "")
    assert not list(tmp_path.rglob("*-names.toml"))


def test_a_name_goes_to_the_folder_that_all_benches_share(tradein, monkeypatch, tmp_path):
    shop = tmp_path / "shop"
    monkeypatch.setenv("TRADEIN_NAMES", str(shop))
    away = tradein("name", "SM-S999B", "Galaxy S99")
    assert away.status == 0
    assert "the name is kept in" in away.err
    shop.mkdir()
    assert tradein("name", "SM-S999C", "Galaxy S99+").err == ""
    assert parse_names((shop / "android-names.toml").read_bytes()).models == {
        "SM-S999B": "Galaxy S99",
        "SM-S999C": "Galaxy S99+",
    }


def test_a_reading_of_another_bench_says_what_this_one_was_taught(tradein, monkeypatch, tmp_path):
    (tmp_path / "shop").mkdir()
    monkeypatch.setenv("TRADEIN_NAMES", str(tmp_path / "shop"))
    with PracticeThread(iphones=0, androids=1) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        code = json.loads(tradein("read", "--json").out)["readings"][0]["identity"]["model_code"]
        tradein("name", code, "Shop window phone")
        monkeypatch.setenv("TRADEIN_HOME", str(tmp_path / "another"))
        after = json.loads(tradein("read", "--json").out)["readings"][0]
    assert after["identity"]["model"] == "Shop window phone"


def test_practice_teaches_the_shop_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("TRADEIN_NAMES", str(tmp_path))
    practise_apart()
    assert load_config().names is None
