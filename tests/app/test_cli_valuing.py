"""`tradein grade` and `tradein quote`."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest

from diagnostics import codec
from tests.fakes.inspections import an_inspection
from tests.fakes.terminals import Terminal


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


def typed(**options) -> bytes:
    inspection = an_inspection(**options)
    document = {
        "schema": "tradein/inspection-1",
        "reading": codec.to_json(inspection.reading),
        "checklist": inspection.checklist,
        "answers": dict(inspection.answers),
    }
    return json.dumps(document).encode()


def test_a_grade_and_what_caps_it(tradein):
    outcome = tradein("grade", "-", "--json", stdin=typed(frame_scratches="not_at_50cm", battery=95))
    assert outcome.status == 0
    assert outcome.err == ""
    assert outcome.document["schema"] == "tradein/grade-1"
    assert outcome.document["grade"] == "good"
    assert outcome.document["capped_by"] == [
        {"question": "frame_scratches", "answer": "not_at_50cm", "cap": "good"}
    ]


def test_the_first_standard_decides(tradein):
    outcome = tradein(
        "grade", "-", "--standard", "refurbed", "--standard", "backmarket-2025", "--json", stdin=typed()
    )
    assert list(outcome.document["standards"]) == ["refurbed", "backmarket-2025"]


def test_a_grade_in_words(tradein):
    outcome = tradein("grade", "-", stdin=typed(frame_scratches="not_at_50cm", battery=95))
    assert "Grade: good (can be sold)" in outcome.out
    assert "Scratches on the frame " in outcome.out
    assert "Light: not seen at 50\u00a0cm" in outcome.out


@pytest.mark.parametrize("command", ["grade", "quote"])
def test_people_read_words_and_no_ids(tradein, command):
    worst = typed(
        frame_scratches="not_at_50cm",
        battery=None,
        locks={"mdm": "unknown"},
        model="Pixel 9 Pro Fold",
        manufacturer="Google",
        platform="android",
        without=("paint", "wiped"),
    )
    outcome = tradein(command, "-", stdin=worst)
    said = "\n".join(line for line in outcome.out.splitlines() if not line.startswith("Public rule: "))
    assert re.findall(r"\w*[a-z](?:_|\.(?=[a-z]))\w+", said) == []


def test_a_grade_says_whose_rules_set_it_and_what_changes_nothing(tradein):
    worn = typed(frame_scratches="visible", buttons="worn_but_work", model="iPhone 16 Pro Max")
    outcome = tradein("grade", "-", stdin=worn)
    assert "public rule" in outcome.out
    assert "our rule" in outcome.out
    assert "Public rule: help.backmarket.com/" in outcome.out
    assert "Without “Buttons”: still fair." in outcome.out


def test_answers_next_to_a_boundary_ask_for_a_second_look(tradein):
    close = typed(back_scratches="not_at_50cm", back_damage="small_chip")
    for command in ("grade", "quote"):
        said = " ".join(tradein(command, "-", stdin=close).out.split())
        assert (
            "Look again (back): these answers stand next to a boundary: Scratches on the back: light" in said
        )
    assert "Look again" not in tradein("grade", "-", stdin=typed(back_damage="small_chip")).out


def test_a_quote_says_which_repairs_lift_the_grade_and_whether_they_pay(tradein):
    worn = typed(frame_scratches="visible", buttons="worn_but_work", model="iPhone 16 Pro Max")
    said = " ".join(re.sub(r"[│┃]", " ", tradein("quote", "-", stdin=worn).out).split())
    assert "one of them alone changes nothing" in said
    assert "✗ does not pay" in said
    assert "our assumption, set your own" in said
    assert (
        "✓ pays"
        in tradein("quote", "-", stdin=typed(frame_scratches="visible", model="iPhone 16 Pro Max")).out
    )


def test_each_rule_sets_own_label_is_said(tradein):
    outcome = tradein("grade", "-", "--standard", "refurbed", stdin=typed(frame_scratches="not_at_50cm"))
    assert re.search(r"refurbed\W+B\W+battery: OPTIMAL", outcome.out)


def test_a_quote_adds_up(tradein):
    outcome = tradein("quote", "-", "--as-of", "2026-11-22", "--json", stdin=typed())
    document = outcome.document
    assert outcome.status == 0
    assert document["schema"] == "tradein/quote-1"
    assert document["decision"] == "offer"
    assert document["as_of"] == "2026-11-22"
    assert sum(Decimal(step["amount"]) for step in document["waterfall"]) == Decimal(
        document["offer"]["amount"]
    )


def test_a_quote_in_words(tradein):
    outcome = tradein("quote", "-", "--market", "fr", stdin=typed())
    assert "Offer: " in outcome.out
    assert "commission 10 %" in outcome.out
    assert "basis: seed" in outcome.out


def test_an_unknown_model_goes_to_review(tradein):
    outcome = tradein("quote", "-", "--json", stdin=typed(model="Brick 3000"))
    assert outcome.document["decision"] == "review"
    assert outcome.document["offer"] is None


def test_texts_of_phones_are_shown_as_they_are(tradein):
    outcome = tradein("quote", "-", stdin=typed(model="[red]Phone[/red] [link=http://x]y[/link]"))
    assert outcome.status == 0
    assert "\x1b" not in outcome.out


def test_a_day_too_far_ahead_is_wrong_usage_and_no_crash(tradein):
    for day in ("9999-12-31", "2500-01-01"):
        outcome = tradein("quote", "-", "--as-of", day, stdin=typed())
        assert outcome.status == 2
        assert f"No price can be told for {day}: that is too far ahead. Name a day up to 2" in outcome.err
    assert tradein("quote", "-", "--as-of", "2100-01-01", "--json", stdin=typed()).status == 0
