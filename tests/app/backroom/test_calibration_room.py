"""Calibration through the pipe: everything crosses it whole, nothing before its time, and twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

import pytest

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.calibration_compare import Gap
from tests.fakes.backrooms import HeardBackroom, a_config
from tradein_app.services.calibration_practice import practice_set
from tradein_app.services.records import THE_PERSON


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[HeardBackroom]:
    made = HeardBackroom(a_config(tmp_path))
    made.start()
    yield made
    made.stop()


def truth() -> dict[str, str | int]:
    rows = practice_set()["references"][0]["answers"]
    return {question: row["answer"] for question, row in rows.items()}


def test_a_round_crosses_the_pipe_whole_and_outlives_the_backroom(heard: HeardBackroom):
    desk = heard.desk
    assert len(desk.import_practice_calibration("fr", actor=THE_PERSON).added) == 5
    begun = desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON)
    assert begun.note.startswith("Sous la lampe")
    desk.answer_round(begun.id, {**truth(), "paint": "visible"}, actor=THE_PERSON)
    with pytest.raises(BadInput, match="paint"):
        desk.answer_round(begun.id, {"paint": "purple"}, actor=THE_PERSON)
    heard.kill()
    again = desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON)
    assert (again.id, again.answers["paint"]) == (begun.id, "visible")
    done = desk.finish_round(begun.id, actor=THE_PERSON)
    assert done.comparison is not None
    assert {each.question: each.gap for each in done.comparison.findings}["paint"] is Gap.MORE
    assert desk.calibration_agreement("week").questions[0].total.few
    assert desk.calibration_lines()[0][0] == "checklist"


def test_notes_and_refusals_cross_it_with_their_codes(heard: HeardBackroom):
    document = practice_set()
    document["references"][0]["reading"]["identity"]["imei"] = "490154203237518"
    (note,) = heard.desk.import_calibration(document, actor=THE_PERSON).notes
    assert isinstance(note, UserError)
    assert (note.code, note.params["phones"]) == ("calibration_personal", "PRACTICE-01")
    begun = heard.desk.begin_round("PRACTICE-02", "Ana", actor=THE_PERSON)
    with pytest.raises(UserError) as caught:
        heard.desk.finish_round(begun.id, actor=THE_PERSON)
    assert caught.value.code == "calibration_open_questions"


def test_what_crosses_before_the_end_holds_no_answer_of_the_reference(heard: HeardBackroom):
    heard.desk.import_practice_calibration(actor=THE_PERSON)
    begun = heard.desk.begin_round("PRACTICE-04", "Ana", actor=THE_PERSON)
    for sent in (begun, heard.desk.calibration_sets()):
        assert b"unknown_part" not in bytes(ForkingPickler.dumps(sent))
    assert b"unknown_part" in bytes(
        ForkingPickler.dumps(heard.desk.finish_round(begun.id, actor=THE_PERSON, as_it_is=True))
    )
