"""`tradein grade` and `tradein quote` of a file that was saved under an older checklist."""

from __future__ import annotations

import json

import pytest

from diagnostics.grading import carrying
from diagnostics.grading.carrying import REMOVED, Changes
from tests.app.test_cli_valuing import typed
from tests.fakes.terminals import Terminal


@pytest.fixture
def tradein(monkeypatch, capsys):
    changes = Changes({"antenna": REMOVED, "bends": "straight"}, {"paint": {"a_bit": REMOVED}})
    monkeypatch.setattr(carrying, "load_changes", lambda _: changes)
    return Terminal(monkeypatch, capsys)


def older(**answers) -> bytes:
    document = json.loads(typed(battery=95))
    del document["answers"]["straight"]
    document["answers"] |= {"bends": "yes"} | answers
    return json.dumps(document).encode()


@pytest.mark.parametrize("command", ["grade", "quote"])
def test_what_fits_is_graded_and_the_rest_is_named(tradein, command):
    outcome = tradein(command, "-", "--json", stdin=older(antenna="worn", paint="a_bit"))
    assert outcome.status == 0
    assert outcome.document["left_out"] == [
        {"question": "paint", "answer": "a_bit", "why": "answer"},
        {"question": "antenna", "answer": "worn", "why": "question"},
    ]
    assert outcome.document["unanswered"] == ["paint"]
    assert "no longer asked: paint = 'a_bit', antenna = 'worn'." in outcome.line


def test_what_was_renamed_counts_and_nothing_is_said(tradein):
    outcome = tradein("grade", "-", "--json", stdin=older())
    assert (outcome.status, outcome.err) == (0, "")
    assert (outcome.document["grade"], outcome.document["unanswered"]) == ("premium", [])
    assert "left_out" not in outcome.document


def test_it_is_said_in_french(tradein, monkeypatch):
    monkeypatch.setenv("TRADEIN_LANG", "fr")
    assert "Données sous une ancienne liste" in tradein("grade", "-", stdin=older(antenna="worn")).err


@pytest.mark.parametrize(
    "answers", [{"antena": "worn"}, {"paint": "a_lot"}, {"bends": "a_lot"}, {"paint": ["a_bit"]}]
)
def test_what_no_checklist_ever_knew_is_refused(tradein, answers):
    outcome = tradein("grade", "-", stdin=older(**answers))
    assert (outcome.status, outcome.out, len(outcome.err.splitlines())) == (2, "", 1)
