"""`tradein calibration`."""

from __future__ import annotations

import json

import pytest

from tests.fakes.shops import PaperShop, a_reading
from tests.fakes.terminals import Terminal
from tests.fakes.windows import CLEAR
from tradein_app.services.calibration_practice import practice_set
from tradein_app.services.records import THE_PERSON


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def desk(tmp_path, monkeypatch):
    file = tmp_path / "shop.sqlite3"
    monkeypatch.setenv("TRADEIN_DB", f"sqlite:///{file}")
    shop = PaperShop(file)
    yield shop.desk
    shop.close()


def document(**changes):
    return json.dumps(practice_set() | changes).encode()


def answers_of(number):
    rows = practice_set()["references"][number]["answers"]
    return {question: row["answer"] for question, row in rows.items()}


def test_a_set_is_imported_listed_and_exported(tradein, desk):
    assert "no calibration set" in tradein("calibration", "sets").out
    assert "5 new" in tradein("calibration", "import", "-", stdin=document()).out
    assert "PRACTICE-03" in tradein("calibration", "sets").out
    listed = tradein("calibration", "sets", "--json").document
    assert listed["sets"][0]["references"][0]["code"] == "PRACTICE-01"
    exported = tradein("calibration", "export", "practice").document
    again = tradein("calibration", "import", "-", "--json", stdin=json.dumps(exported).encode()).document
    assert (len(again["unchanged"]), again["added"], again["revised"]) == (5, [], [])


def test_the_practice_set_comes_with_the_program(tradein, desk):
    assert "The set Practice: 5 new" in tradein("calibration", "import", "--practice").out
    both = tradein("calibration", "import", "x.json", "--practice")
    assert (both.status, both.line) == (2, "tradein: Name one file, or --practice.")


def broken(change):
    row = practice_set()
    change(row["references"])
    return row["references"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"{", "not JSON"),
        (b"[]", "must be a JSON object"),
        (document(schema="tradein/inspection-1"), "schema must be 'tradein/calibration-1'"),
        (document(references=[]), "a list of 1 to 500 phones"),
        (document(name=""), "name must be a text of 1 to 80 characters"),
        (document(references=broken(lambda r: r[1].update(code="practice-01"))), "stands twice"),
        (
            document(references=broken(lambda r: r[0].update(checklist="watch-1"))),
            "PRACTICE-01: checklist must be",
        ),
        (document(references=broken(lambda r: r[0].update(answers={}))), "at least one answer"),
        (
            document(references=broken(lambda r: r[2]["answers"].update(paint="purple"))),
            "Reference phone PRACTICE-03: answers.paint must be one of",
        ),
        (
            document(references=broken(lambda r: r[2]["answers"].update(smell="none"))),
            "'smell' is not a question",
        ),
        (document(references=broken(lambda r: r[0].update(photos=["me.jpg"]))), "a SHA-256"),
    ],
)
def test_a_damaged_set_is_said_in_one_line_and_nothing_is_saved(tradein, desk, sent, said):
    refused = tradein("calibration", "import", "-", stdin=sent)
    assert refused.status == 2
    assert said in refused.line
    assert desk.calibration_sets() == ()


def test_a_set_of_another_checklist_version_is_taken_where_every_answer_has_its_place(tradein, desk):
    older = broken(lambda rows: [row.update(checklist_version="0") for row in rows])
    taken = tradein("calibration", "import", "-", stdin=document(references=older))
    assert taken.status == 0
    assert "another version of the checklist (phone-1 0): PRACTICE-01" in taken.line
    older[0]["answers"]["paint"] = "gone_since"
    refused = tradein("calibration", "import", "-", stdin=document(references=older))
    assert "made with version 0 of the checklist phone-1" in refused.line


def test_personal_data_in_a_file_are_left_out_and_said(tradein, desk):
    rows = broken(lambda each: each[0]["reading"]["identity"].update(imei="490154203237518", serial="F2LX"))
    taken = tradein("calibration", "import", "-", stdin=document(references=rows))
    assert "left out of: PRACTICE-01" in taken.line
    assert "490154203237518" not in tradein("calibration", "export", "Practice").out


def test_a_closed_inspection_is_taken(tradein, desk):
    record = desk.take_in(a_reading(), actor=THE_PERSON)
    desk.answer(record.id, CLEAR, actor=THE_PERSON)
    refused = tradein("calibration", "take", record.id, "--set", "Ours", "--code", "A-1")
    assert "still open" in refused.line
    desk.decline(record.id, actor=THE_PERSON)
    assert (
        "A-1 is iPhone 13" in tradein("calibration", "take", record.id, "--set", "Ours", "--code", "A-1").out
    )


def test_agreement_in_words_as_json_and_as_csv(tradein, desk):
    assert "No round is finished" in tradein("calibration", "agreement").out
    desk.import_practice_calibration(actor=THE_PERSON)
    for number in range(6):
        begun = desk.begin_round("PRACTICE-01", "=Ana" if number else "Ben", actor=THE_PERSON)
        different = {"paint": "visible"} if number < 4 else {}
        desk.answer_round(begun.id, answers_of(0) | different, actor=THE_PERSON)
        desk.finish_round(begun.id, actor=THE_PERSON)
    words = tradein("calibration", "agreement").out
    assert words.index("paint") < words.index("safety")
    assert "33.3 %" in words
    report = tradein("calibration", "agreement", "--json", "--by", "week").document
    first = report["questions"][0]
    assert (first["question"], first["n"], first["agreed"], first["agreed_percent"]) == ("paint", 6, 2, 33.3)
    assert first["periods"][0]["period"].startswith("2026-W")
    lines = tradein("calibration", "agreement", "--csv").out.splitlines()
    assert "phone-1,paint,2026-11,'=Ana,5,2,2" in lines
    assert tradein("calibration", "agreement", "--by", "year").status == 2


def test_a_set_that_is_not_there_is_said(tradein, desk):
    assert "no calibration set called Nowhere" in tradein("calibration", "export", "Nowhere").line
