"""``tradein name``: a person teaches a name once, and every further phone of that model has it."""

from __future__ import annotations

import json

import pytest

from diagnostics.practice.bench import PracticeThread
from tests.fakes.terminals import Terminal


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
