"""`tradein standards`, `tradein regrade`, and a shop's own standard in `tradein grade`."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace

import pytest

from diagnostics.grading.defects import Mark, MarkChange, load_defects
from diagnostics.model import Evidence, LockState, Quality, State
from resources.opening import read_bytes
from tests.app.test_cli_valuing import typed
from tests.fakes.inspections import best_answers
from tests.fakes.shops import PaperShop, a_reading
from tests.fakes.terminals import Terminal
from tests.unit.grading.test_linting import SMALL
from tradein_app.services.records import THE_PERSON

HEALTH = "battery.health_percent"


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TRADEIN_HOME", str(tmp_path))
    (tmp_path / "standards").mkdir()
    return tmp_path


@pytest.fixture
def shop(home):
    shop = PaperShop(home / "tradein.sqlite3")
    yield shop
    shop.close()


def phone(shop, name, *, battery=95, readings=(), **answers):
    """Take a phone in and answer everything; returns its inspection's id."""
    record = shop.desk.take_in(
        a_reading(device=name, serial=name, imei=None, battery=battery), actor=THE_PERSON
    )
    for later in readings:
        shop.desk.take_in(later, actor=THE_PERSON)
    shop.desk.answer(record.id, best_answers() | answers, actor=THE_PERSON)
    return record.id


def test_the_shops_own_standards_are_listed_beside_the_programs(tradein, home):
    (home / "standards" / "strict.toml").write_text(SMALL)
    listed = tradein("standards", "list", "--json")
    assert listed.status == 0
    rows = {row["rule_set"]: row for row in listed.document["standards"]}
    assert {"ctia@1", "r2@1", "backmarket-2025@1", "strict@1"} <= set(rows)
    assert rows["strict@1"]["file"] == str(home / "standards" / "strict.toml")
    assert "strict" in tradein("standards", "list").out


def test_a_shops_own_standard_grades(tradein, home):
    (home / "standards" / "strict.toml").write_text(SMALL)
    asked = ("grade", "-", "--standard", "strict", "--standard", "backmarket-2025@1", "--json")
    outcome = tradein(*asked, stdin=typed(screen_scratches="tilt_only", battery=95))
    assert outcome.document["grade"] == "fair"
    assert outcome.document["rule_set"] == "strict@1"
    assert outcome.document["standards"]["backmarket-2025@1"]["grade"] == "excellent"


def test_a_bad_standard_is_named_and_everything_else_goes_on(tradein, home):
    (home / "standards" / "bad.toml").write_text(SMALL.replace('cap = "fair"', 'cap = "fare"', 1))
    asked = ("grade", "-", "--standard", "ctia", "--json")
    outcome = tradein(*asked, stdin=typed())
    assert outcome.status == 0
    assert outcome.document["standards"]["ctia"]["grade"] == "0A"
    assert outcome.line.startswith("tradein: bad.toml, answers.screen_scratches.tilt_only: 'fare' is no word")
    assert tradein("standards", "list").status == 1


@pytest.mark.parametrize("by_name", [True, False])
def test_lint_says_in_words_what_is_wrong(tradein, home, by_name):
    file = home / "standards" / "bad.toml"
    file.write_text(SMALL.replace('tilt_only = { cap = "fair"', 'tilt_only = { cap = "stop"'))
    asked = ("standards", "lint", *([str(file)] if by_name else []))
    said = tradein(*asked)
    assert said.status == 1
    assert "bad.toml, answers.screen_scratches.tilt_only: the better answer tilt_only gets stop" in said.out
    found = tradein(*asked, "--json").document
    assert [row["code"] for row in found["findings"]] == ["lower_for_better"]


def test_lint_speaks_french(tradein, home, monkeypatch):
    monkeypatch.setenv("TRADEIN_LANG", "fr")
    (home / "standards" / "bad.toml").write_text("id = ")
    assert "ce n'est pas du TOML lisible" in tradein("standards", "lint").out


def test_nothing_wrong_is_said_too(tradein, home):
    assert tradein("standards", "lint").out.strip() == "Nothing is wrong with 0 files."


def test_what_is_stored_is_graded_anew_and_nothing_changes(tradein, home, shop):
    scratched = phone(shop, "one", screen_scratches="tilt_only")
    phone(shop, "two")
    phone(shop, "three", battery=82)
    before = (home / "tradein.sqlite3").read_bytes()
    outcome = tradein("regrade", "--standard", "backmarket-older", "--json")
    assert outcome.status == 0
    assert {(row["before"], row["after"]): row["count"] for row in outcome.document["counts"]} == {
        ("premium", "premium"): 1,
        ("excellent", "excellent"): 1,
        ("excellent", "repair"): 1,
    }
    (changed,) = outcome.document["changed"]
    assert (changed["serial"], changed["rule_set_before"]) == ("three", "backmarket-2025@1")
    (home / "standards" / "strict.toml").write_text(SMALL)
    changed = tradein("regrade", "--standard", "strict", "--json").document["changed"]
    assert [(row["inspection"], row["after"], row["label"]) for row in changed] == [
        (scratched, "fair", "fair")
    ]
    assert (home / "tradein.sqlite3").read_bytes() == before
    said = tradein("regrade", "--standard", "strict@1")
    assert "3 inspections, 1 changed, 0 could not be graded." in said.out


def test_what_is_graded_anew_is_said_in_french(tradein, home, shop, monkeypatch):
    phone(shop, "three", battery=82)
    monkeypatch.setenv("TRADEIN_LANG", "fr")
    said = " ".join(tradein("regrade", "--standard", "backmarket-older").out.split())
    assert "Enregistré" in said
    assert "Inspections : 1 ; changées : 1 ; grade impossible : 0." in said


def test_inspections_of_other_checklists_are_counted_and_said(tradein, home, shop):
    phone(shop, "one")
    for name in ("two", "three"):
        tablet = a_reading(device=name, serial=name, imei=None)
        model = replace(tablet.identity, model="iPad Air (5th generation)", model_code="iPad13,16")
        shop.desk.take_in(replace(tablet, identity=model), actor=THE_PERSON)
    asked = ("regrade", "--standard", "backmarket-older")
    document = tradein(*asked, "--json").document
    assert document["passed_over"] == [{"checklist": "tablet-1", "count": 2}]
    assert (document["graded"], document["failed"]) == (1, 0)
    assert "as this standard grades phone-1 alone: 2 (tablet-1: 2)." in tradein(*asked).out
    (other,) = tradein("regrade", "--standard", "backmarket-tablet-2025", "--json").document["passed_over"]
    assert other == {"checklist": "phone-1", "count": 1}


def test_nothing_is_said_of_other_checklists_where_there_are_none(tradein, home, shop):
    phone(shop, "one")
    assert "passed over" not in tradein("regrade", "--standard", "backmarket-older").out
    assert tradein("regrade", "--standard", "ctia", "--json").document["passed_over"] == []


def test_a_stored_grade_that_is_no_word_any_more_is_counted_as_it_stands(tradein, home, shop):
    phone(shop, "three", battery=82)
    with sqlite3.connect(home / "tradein.sqlite3") as database:
        database.execute("UPDATE grade SET grade = NULL, disposition = 'odd'")
    outcome = tradein("regrade", "--standard", "backmarket-older")
    assert (outcome.status, "odd" in outcome.out) == (0, True)


def test_changed_phones_go_into_a_file(tradein, home, shop):
    phone(shop, "=cmd|' /C calc'!A0", battery=82)
    file = home / "changed.csv"
    assert tradein("regrade", "--standard", "backmarket-older", "--csv", str(file)).status == 0
    (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
    assert (row["before"], row["after"]) == ("excellent", "repair")
    assert row["serial"].startswith("'=cmd")
    wrong = tradein("regrade", "--standard", "ctia", "--csv", str(home / "none" / "x.csv"))
    assert (wrong.status, "cannot be written" in wrong.line) == (2, True)


def test_the_last_answer_and_all_readings_since_the_full_one_count(tradein, shop):
    again = a_reading(
        device="one", serial="one", imei=None, state=State.SCREEN_LOCKED, battery=None, mdm=LockState.ON
    )
    name = phone(shop, "one", readings=[again])
    shop.desk.answer(name, {"paint": "visible"}, actor=THE_PERSON)
    shop.desk.answer(name, {"paint": "none", "straight": None}, actor=THE_PERSON)
    stored = shop.desk.inspection(name)
    assert stored.grade.disposition == "hold"
    outcome = tradein("regrade", "--standard", "backmarket-2025", "--json").document
    assert outcome["counts"] == [{"before": "hold", "after": "hold", "count": 1}]


def test_marks_and_what_the_cable_proved_count_as_on_the_bench(tradein, shop):
    """Under the standard that they were graded by, nothing may change: whatever answered the questions."""
    proof = Evidence("battery", Quality.EXACT, "82", shop.clock.now())
    exact = replace(a_reading(device="one", serial="one", imei=None, battery=82), evidence={HEALTH: proof})
    # A person typed more before the phone itself told it.
    name = phone(shop, "one", battery=None, battery_settings=95)
    shop.desk.take_in(exact, actor=THE_PERSON)
    marked = phone(shop, "two", frame_dents=None)
    dent = MarkChange(Mark("018f0000-0000-7000-8000-000000000001", "left", 0.5, 0.5, "dent", "dent", 1.0))
    defects = load_defects("phone-1")
    assert defects is not None
    kind = next(kind for kind in defects.kinds if kind.id == "dent")
    dent = replace(dent, mark=replace(dent.mark, severity=kind.severities[0].id, face=kind.faces[0]))
    shop.desk.answer(marked, {}, actor=THE_PERSON, marks=(dent,))
    assert shop.desk.inspection(name).grade.grade == "excellent"
    assert shop.desk.inspection(marked).grade.grade == "fair"
    outcome = tradein("regrade", "--standard", "backmarket-2025", "--json").document
    assert outcome["changed"] == []
    assert {(row["before"], row["count"]) for row in outcome["counts"]} == {("excellent", 1), ("fair", 1)}


def test_only_what_was_opened_since_a_day(tradein, shop):
    phone(shop, "one")
    shop.clock.pass_days(10)
    phone(shop, "two")
    asked = ("regrade", "--standard", "ctia", "--json")
    assert tradein(*asked, "--since", "2026-11-25").document["graded"] == 1
    assert tradein(*asked).document["graded"] == 2
    assert tradein(*asked, "--since", "soon").status == 2


def test_an_answer_of_an_older_checklist_is_named_and_the_others_count(tradein, home, shop):
    name = phone(shop, "one")
    shop.close()
    with sqlite3.connect(home / "tradein.sqlite3") as database:
        database.execute("UPDATE answer SET question = 'antenna' WHERE question = 'paint'")
    database.close()
    outcome = tradein("regrade", "--standard", "backmarket-2025", "--json")
    (row,) = outcome.document["changed"]
    assert (row["inspection"], row["left"], row["after"]) == (name, ["antenna=none"], "excellent")
    assert "older checklist" in tradein("regrade", "--standard", "backmarket-2025").err


def test_a_reading_that_makes_no_sense_is_one_failed_row(tradein, home, shop):
    phone(shop, "one")
    phone(shop, "two")
    shop.close()
    with sqlite3.connect(home / "tradein.sqlite3") as database:
        row = database.execute("SELECT id, document FROM reading LIMIT 1").fetchone()
        document = json.loads(row[1]) | {"platform": "toaster"}
        database.execute("UPDATE reading SET document = ? WHERE id = ?", (json.dumps(document), row[0]))
    database.close()
    outcome = tradein("regrade", "--standard", "ctia", "--json")
    assert outcome.status == 1
    assert (outcome.document["graded"], outcome.document["failed"]) == (1, 1)


def test_a_standard_that_there_is_not(tradein, home):
    outcome = tradein("regrade", "--standard", "nobody")
    assert (outcome.status, "must be one of amazon-renewed" in outcome.line) == (2, True)


def test_the_window_compares_under_the_shops_own_standards_too(home, shop):
    (home / "standards" / "strict.toml").write_text(SMALL)
    (home / "standards" / "bad.toml").write_text("id = ")
    comparison = shop.desk.compare(phone(shop, "one", screen_scratches="tilt_only"))
    assert {row.rule_set: row.label for row in comparison.others}["strict@1"] == "fair"


def test_a_grade_under_a_standard_that_is_gone_still_shows(tradein, home, shop):
    name = phone(shop, "one", back_scratches="visible")
    shop.close()
    with sqlite3.connect(home / "tradein.sqlite3") as database:
        gone = "replace(document, 'backmarket-2025@1', 'gone@7')"
        database.execute(f"UPDATE grade SET rule_set = 'gone@7', document = {gone}")
    database.close()
    again = PaperShop(home / "tradein.sqlite3")
    kept = again.desk.inspection(name).grade
    comparison = again.desk.compare(name)
    again.close()
    assert kept is not None
    assert (kept.grade, kept.rule_set) == ("fair", "gone@7")
    assert (comparison.graded_under, comparison.own) == ("gone@7", None)
    (row,) = tradein("regrade", "--standard", "refurbed", "--json").document["counts"]
    assert row == {"before": "fair", "after": "fair", "count": 1}


def test_a_standard_with_a_hole_is_said_and_nothing_is_graded_under_it(tradein, home, shop):
    phone(shop, "one")
    text = read_bytes("standards/backmarket-2025.toml").decode().replace('"backmarket-2025"', '"strict"')
    (whole,) = [line for line in text.splitlines() if line.startswith("nail_catches = ")][:1]
    (home / "standards" / "strict.toml").write_text(text.replace(whole, "", 1))
    holey = tradein("regrade", "--standard", "strict")
    assert (holey.status, "strict.toml" in holey.err) == (2, True)
    # The others are there as before.
    other = tradein("regrade", "--standard", "ctia", "--json")
    assert (other.document["graded"], other.status) == (1, 0)
    assert "strict.toml" in other.err
