"""The rule sets as data: without a hole, without a word that nobody knows."""

from __future__ import annotations

from datetime import date

import pytest

from diagnostics.building import FIELDS
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.engine import Grade
from diagnostics.grading.library import program
from diagnostics.grading.result import SEVERITY
from diagnostics.grading.standards import Rule, load_standard
from resources.opening import load_toml

standards = pytest.mark.parametrize(
    "standard", [load_standard(name) for name in program().ids], ids=program().ids
)


def rules_of(standard):
    for rules in standard.own_answers.values():
        yield from rules.values()
    for reading in standard.own_readings:
        yield from (rule for _, rule in reading.steps)
        yield from reading.values.values()
        yield from [reading.unknown] if reading.unknown else []


@standards
def test_every_answer_below_the_best_has_a_rule(standard):
    holes = [
        (question.id, answer.id)
        for question in load_checklist(standard.checklist).questions
        for answer in question.answers[1:]
        if standard.rule(question.id, answer.id) is None
    ]
    assert holes == []


@pytest.mark.parametrize("name", [*program().ids, "common"])
def test_no_rule_is_for_an_answer_or_reading_that_does_not_exist(name):
    data = load_toml(f"standards/{name}.toml")
    checklist = load_checklist(data["checklist"])
    for table in (data, *data.get("scales", {}).values()):
        for question, rules in table.get("answers", {}).items():
            for answer in rules:
                checklist.question(question).answer(answer)
        assert set(table.get("readings", ())) <= FIELDS


@standards
def test_every_rule_has_a_known_cap_a_mark_and_where_public_a_source(standard):
    for rule in rules_of(standard):
        assert rule.cap in SEVERITY
        assert rule.mark in {"public", "ours"}
        assert (rule.mark == "public") == bool(rule.source)
        assert rule.source in {"", *standard.sources}


@standards
def test_a_worse_answer_never_has_a_better_cap(standard):
    for question in load_checklist(standard.checklist).questions:
        rated = [answer.id for answer in question.answers if answer.sign != "?"]
        caps = [rule.cap if (rule := standard.rule(question.id, a)) else standard.top for a in rated]
        assert [SEVERITY[cap] for cap in caps] == sorted(SEVERITY[cap] for cap in caps)
    for reading in standard.readings:
        assert [low for low, _ in reading.steps] == sorted((low for low, _ in reading.steps), reverse=True)


@standards
def test_a_standard_says_which_it_is_and_from_when(standard):
    assert standard.valid_from >= date(2020, 1, 1)
    assert standard.rule_set == f"{standard.id}@{standard.version}"
    assert list(standard.labels) == [grade for grade in Grade if grade in standard.labels]
    assert SEVERITY[standard.unanswered.cap] > SEVERITY[standard.top]
    assert standard.needs_one_of <= set(load_checklist(standard.checklist).by_id)


def test_a_screen_can_say_whether_a_rule_is_public():
    standard = load_standard("backmarket-2025")
    assert standard.rule("back_scratches", "visible") == Rule("fair", "public", "current")
    assert standard.rule("frame_dents", "one_tiny") == Rule("fair", "ours", "")
    assert standard.rule("paint", "none") is None
    assert "help.backmarket.com" in standard.sources["current"]
