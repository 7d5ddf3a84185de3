"""`tradein practice fault · faults · clear · requests`, against a bench that runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from diagnostics.practice.bench import PracticeThread
from tests.fakes.terminals import Terminal

PHONE = "iphone-worn-battery"


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def bench(monkeypatch) -> Iterator[PracticeThread]:
    with PracticeThread(iphones=1, androids=0) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        yield bench


def test_a_fault_is_put_shown_and_cleared(tradein, bench):
    assert tradein("practice", "fault", PHONE, "falls-silent", "--at", "pair", "--times", "2").status == 0
    assert "falls-silent at pair" in tradein("practice", "list").out
    (row,) = tradein("practice", "list", "--json").document["phones"]
    assert (row["fault"], row["step"]) == ("falls-silent", "pair")
    assert tradein("practice", "clear", PHONE).status == 0
    (row,) = tradein("practice", "list", "--json").document["phones"]
    assert (row["fault"], row["step"]) == ("", "")


def test_a_reading_shows_the_fault(tradein, bench):
    tradein("practice", "fault", PHONE, "battery-text")
    (reading,) = tradein("read", "--json").document["readings"]
    assert reading["battery"]["health_percent"] is None
    tradein("practice", "clear", PHONE)
    (reading,) = tradein("read", "--json").document["readings"]
    assert reading["battery"]["health_percent"] == 73


def test_faults_are_listed_without_a_bench(tradein, monkeypatch):
    monkeypatch.setenv("TRADEIN_LANG", "fr")
    assert "Un client qui touche" in tradein("practice", "faults").out
    document = tradein("practice", "faults", "--json").document
    rows = {row["id"]: row for row in document["faults"]}
    assert rows["denied"]["steps"] == []
    assert {"pair", "listen"} <= set(rows["falls-silent"]["steps"]) <= set(document["steps"])


@pytest.mark.parametrize(
    "words", [("fault", PHONE, "gremlins"), ("fault", PHONE, "slow", "--at", "lunch"), ("clear", "nobody")]
)
def test_what_cannot_be_is_one_line(tradein, bench, words):
    outcome = tradein("practice", *words)
    assert outcome.status == 2
    assert outcome.line


def test_reading_sends_nothing_that_changes_a_phone(tradein, bench):
    tradein("read", "--json")
    assert tradein("practice", "requests", "--changes", "--json").document["requests"] == []
    asked = tradein("practice", "requests", PHONE, "--json").document["requests"]
    assert {"GetValue", "StartService"} <= {entry["verb"] for entry in asked}
    assert "IOPMPowerSource" in tradein("practice", "requests").out


def test_an_android_phone_has_faults_of_its_own(tradein, monkeypatch):
    with PracticeThread(iphones=0, androids=1) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        assert tradein("practice", "fault", "worn-battery", "answers-nothing", "--at", "battery").status == 0
        assert "answers-nothing at battery" in tradein("practice", "list").out
        (reading,) = tradein("read", "--json").document["readings"]
        assert (reading["battery"]["level_percent"], reading["identity"]["model"]) == (None, "Galaxy S21 5G")
        tradein("practice", "clear", "worn-battery")
        (reading,) = tradein("read", "--json").document["readings"]
        assert (reading["battery"]["level_percent"], reading["battery"]["health_percent"]) == (64, 79)
        assert tradein("practice", "requests", "--changes", "--json").document["requests"] == []
        asked = tradein("practice", "requests", "worn-battery", "--json").document["requests"]
        assert {"getprop", "dumpsys"} <= {entry["verb"] for entry in asked}
    known = tradein("practice", "faults", "--json").document["android"]
    rows = {row["id"]: row["steps"] for row in known["faults"]}
    assert rows["not-allowed"] == []
    assert {"getprop", "track-devices"} <= set(rows["falls-silent"]) <= set(known["steps"])


def test_a_command_that_changes_nothing_says_so(tradein, bench):
    assert "nothing changed, its cable is in already" in tradein("practice", "plug", PHONE).line
    assert tradein("practice", "unplug", PHONE).line == f"unplug: {PHONE}"
    assert "nothing changed, its cable is out already" in tradein("practice", "unplug", PHONE).line
    assert "no link to break" in tradein("practice", "drop", PHONE).line
