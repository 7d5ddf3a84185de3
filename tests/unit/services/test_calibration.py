"""Graders re-grade reference phones blind, and the desk keeps every step of it."""

from __future__ import annotations

import copy
import json
import re

import pytest

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.calibration_compare import Gap
from diagnostics.grading.checklist import load_checklist
from tests.fakes.shops import IMEI, UDID, PaperShop, a_reading
from tests.fakes.windows import CLEAR
from tradein_app.services.calibration_practice import practice_set
from tradein_app.services.photo_records import PhotoSource, Picture
from tradein_app.services.records import THE_PERSON, Actor
from tradein_app.store.opening import verify_store
from tradein_app.viewmodels.language import error_words

ANA = Actor("7", "Ana")


@pytest.fixture
def desk(shop: PaperShop):
    shop.desk.import_practice_calibration(actor=THE_PERSON)
    return shop.desk


def truth(code):
    rows = {row["code"]: row["answers"] for row in practice_set()["references"]}
    return {question: answer["answer"] for question, answer in rows[code].items()}


def grade_all(desk, code, grader, **different):
    begun = desk.begin_round(code, grader, actor=THE_PERSON)
    desk.answer_round(begun.id, {**truth(code), **different}, actor=THE_PERSON)
    return desk.finish_round(begun.id, actor=THE_PERSON)


def test_a_set_is_kept_and_says_nothing_of_its_answers(desk):
    (kept,) = desk.calibration_sets()
    assert kept.name == "Practice"
    assert [each.code for each in kept.references][:2] == ["PRACTICE-01", "PRACTICE-02"]
    assert "tilt_only" not in repr(kept)


def test_a_round_is_blind_until_it_is_finished(desk):
    grade_all(desk, "PRACTICE-02", "Ana")
    begun = desk.begin_round("practice-02", "Ben", actor=THE_PERSON)
    assert (begun.comparison, dict(begun.answers)) == (None, {})
    answered = desk.answer_round(begun.id, {"screen_scratches": "none"}, actor=ANA)
    assert answered.comparison is None
    assert dict(answered.answers) == {"screen_scratches": "none"}
    assert answered.answered["screen_scratches"].by == ANA


def test_promised_against_found_with_how_far_and_what_it_changes(desk):
    done = grade_all(
        desk, "PRACTICE-02", "Ana", screen_scratches="at_20cm", screen_scratch_count="more", paint="visible"
    )
    findings = {each.question: each for each in done.comparison.findings}
    scratches = findings["screen_scratches"]
    assert (scratches.promised, scratches.found) == ("tilt_only", "at_20cm")
    assert (scratches.gap, scratches.worse, scratches.changes_grade) == (Gap.ONE_STEP, True, True)
    assert findings["paint"].gap is Gap.MORE
    assert findings["safety"].gap is Gap.SAME
    assert done.comparison.rule_set.startswith("backmarket-2025@")
    assert done.comparison.agreed == len(done.comparison.compared) - 2


def test_an_answer_that_differs_without_changing_the_grade_says_so(desk):
    done = grade_all(desk, "PRACTICE-04", "Ana", ports="light_wear")
    (differs,) = [each for each in done.comparison.compared if each.gap is not Gap.SAME]
    assert (differs.question, differs.changes_grade) == ("ports", False)


def test_a_question_that_a_wrong_answer_takes_away_is_not_counted_twice(desk):
    begun = desk.begin_round("PRACTICE-03", "Ana", actor=THE_PERSON)
    given = {**truth("PRACTICE-03"), "screen_scratches": "none"}
    del given["screen_scratch_count"]
    desk.answer_round(begun.id, given, actor=THE_PERSON)
    done = desk.finish_round(begun.id, actor=THE_PERSON)
    gaps = {each.question: each.gap for each in done.comparison.findings}
    assert gaps["screen_scratches"] is Gap.MORE
    assert gaps["screen_scratch_count"] is Gap.NOT_ASKED
    assert "screen_scratch_count" not in {each.question for each in done.comparison.compared}


def test_a_round_left_half_is_gone_on_with(desk):
    begun = desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON)
    desk.answer_round(begun.id, {"safety": "ok"}, actor=THE_PERSON)
    (kept,) = desk.calibration_sets()
    assert dict(kept.references[0].half_done) == {"Ana": 1}
    again = desk.begin_round("PRACTICE-01", " ana ", actor=THE_PERSON)
    assert (again.id, dict(again.answers)) == (begun.id, {"safety": "ok"})


def test_a_long_name_is_refused_before_two_of_them_become_one_person(desk):
    longest = "A" * 80
    assert desk.begin_round("PRACTICE-01", longest, actor=THE_PERSON).grader == longest
    for name in (longest + "B", longest + "C"):
        with pytest.raises(BadInput) as caught:
            desk.begin_round("PRACTICE-01", name, actor=THE_PERSON)
        assert "has 81 characters; it can have 80" in str(caught.value)
        assert "81 caractères ; il peut en avoir 80" in error_words(caught.value, "fr")[0]


def test_two_graders_at_once_do_not_disturb_each_other(desk):
    ana = desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON)
    ben = desk.begin_round("PRACTICE-01", "Ben", actor=THE_PERSON)
    desk.answer_round(ana.id, {"paint": "visible"}, actor=THE_PERSON)
    desk.answer_round(ben.id, {"paint": "none"}, actor=THE_PERSON)
    assert desk.calibration_round(ana.id).answers["paint"] == "visible"
    assert desk.calibration_round(ben.id).answers["paint"] == "none"


def test_a_round_is_not_finished_by_mistake_with_questions_open(desk):
    begun = desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON)
    desk.answer_round(begun.id, {"safety": "ok"}, actor=THE_PERSON)
    with pytest.raises(UserError, match="open still") as caught:
        desk.finish_round(begun.id, actor=THE_PERSON)
    assert caught.value.code == "calibration_open_questions"
    done = desk.finish_round(begun.id, actor=THE_PERSON, as_it_is=True)
    assert [each.question for each in done.comparison.compared] == ["safety"]


def test_a_finished_round_stays_as_it_is(desk):
    done = grade_all(desk, "PRACTICE-01", "Ana")
    with pytest.raises(UserError, match="finished"):
        desk.answer_round(done.id, {"paint": "visible"}, actor=THE_PERSON)
    assert desk.finish_round(done.id, actor=THE_PERSON) == done
    assert desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON).id != done.id


def test_a_round_is_held_against_the_version_that_it_began_with(desk):
    begun = desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON)
    revised = practice_set()
    revised["references"][0]["answers"]["paint"] = "visible"
    said = desk.import_calibration(revised, actor=THE_PERSON)
    assert (said.revised, len(said.unchanged)) == (("PRACTICE-01",), 4)
    desk.answer_round(begun.id, truth("PRACTICE-01"), actor=THE_PERSON)
    done = desk.finish_round(begun.id, actor=THE_PERSON)
    assert (done.revised, done.version) == (True, 1)
    assert done.comparison.agreed == len(done.comparison.compared)
    newer = grade_all(desk, "PRACTICE-01", "Ben")
    assert (newer.version, newer.revised) == (2, False)
    assert newer.comparison.agreed == len(newer.comparison.compared) - 1


def test_the_same_set_twice_changes_nothing(desk):
    said = desk.import_practice_calibration(actor=THE_PERSON)
    assert (said.added, said.revised, len(said.unchanged)) == ((), (), 5)
    assert desk.calibration_sets()[0].references[0].version == 1


def test_a_set_goes_to_another_shop_whole(desk):
    sent = json.loads(json.dumps(desk.export_calibration("practice")))
    other = PaperShop()
    said = other.desk.import_calibration(sent, actor=THE_PERSON)
    assert (len(said.added), said.notes) == (5, ())
    assert other.desk.export_calibration("Practice") == sent
    other.close()


def test_a_code_of_another_set_is_refused_and_nothing_is_saved(desk):
    other = practice_set() | {"name": "Ours"}
    other["references"][0]["code"] = "OURS-01"
    with pytest.raises(BadInput, match=r"PRACTICE-02 is on a phone of the set Practice already"):
        desk.import_calibration(other, actor=THE_PERSON)
    assert [each.name for each in desk.calibration_sets()] == ["Practice"]


@pytest.mark.parametrize("code", ["", "NOBODY", "x" * 500])
def test_a_code_that_no_phone_has_is_said(desk, code):
    with pytest.raises(BadInput, match="No reference phone has the code"):
        desk.begin_round(code, "Ana", actor=THE_PERSON)


def test_a_round_needs_a_name(desk):
    with pytest.raises(BadInput, match="no grader"):
        desk.begin_round("PRACTICE-01", "  ", actor=THE_PERSON)


def test_a_wrong_answer_keeps_all_from_being_saved(desk):
    begun = desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON)
    with pytest.raises(BadInput, match="paint"):
        desk.answer_round(begun.id, {"safety": "ok", "paint": "purple"}, actor=THE_PERSON)
    assert dict(desk.calibration_round(begun.id).answers) == {}


def test_a_closed_inspection_becomes_a_reference_without_personal_data(shop):
    record = shop.desk.take_in(a_reading(battery=88), actor=THE_PERSON)
    shop.desk.answer(record.id, CLEAR, actor=ANA)
    with pytest.raises(UserError, match="still open"):
        shop.desk.take_reference(record.id, "Ours", "OURS-01", actor=THE_PERSON)
    shop.desk.decline(record.id, actor=THE_PERSON)
    taken = shop.desk.take_reference(record.id, "Ours", "OURS-01", actor=THE_PERSON)
    assert (taken.model, taken.version, taken.questions) == ("iPhone 13", 1, len(CLEAR))
    shared = shop.desk.export_calibration("Ours")
    for personal in (IMEI, UDID, "F2LXXXXXXX"):
        assert personal not in json.dumps(shared)
    assert shared["references"][0]["answers"]["paint"]["by"] == "Ana"
    assert shared["references"][0]["reading"]["battery"]["health_percent"] == 88
    assert shop.desk.take_reference(record.id, "ours", "ours-01".upper(), actor=THE_PERSON).id == taken.id


def test_two_long_names_that_begin_alike_are_not_one_set(shop):
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    shop.desk.answer(record.id, CLEAR, actor=THE_PERSON)
    shop.desk.decline(record.id, actor=THE_PERSON)
    with pytest.raises(BadInput, match="81 characters; it can have 80"):
        shop.desk.take_reference(record.id, "x" * 80 + "y", "OURS-01", actor=THE_PERSON)
    shop.desk.take_reference(record.id, "x" * 80, "OURS-01", actor=THE_PERSON)
    assert [each.name for each in shop.desk.calibration_sets()] == ["x" * 80]


def test_a_reference_refers_to_its_photos_by_their_digests(shop):
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    shop.desk.answer(record.id, CLEAR, actor=THE_PERSON)
    picture = Picture("ab" * 32, "cd" * 32, 1000, 640, 480)
    shop.desk.add_photo(record.id, "paint", picture, source=PhotoSource.FILE, actor=THE_PERSON)
    shop.desk.decline(record.id, actor=THE_PERSON)
    assert shop.desk.take_reference(record.id, "Ours", "OURS-01", actor=THE_PERSON).photos == 1
    assert shop.desk.export_calibration("Ours")["references"][0]["photos"] == ["ab" * 32]


def test_a_sticker_is_given_to_one_phone_only(shop):
    for device, level in (("A" * 25, 90), ("B" * 25, 80)):
        record = shop.desk.take_in(a_reading(device=device, serial=device, imei=None), actor=THE_PERSON)
        shop.desk.answer(record.id, CLEAR | {"battery_settings": level}, actor=THE_PERSON)
        shop.desk.decline(record.id, actor=THE_PERSON)
        if level == 90:
            shop.desk.take_reference(record.id, "Ours", "OURS-01", actor=THE_PERSON)
            continue
        with pytest.raises(BadInput, match="already"):
            shop.desk.take_reference(record.id, "Ours", "ours-01", actor=THE_PERSON)


def test_agreement_counts_what_was_finished(desk, shop):
    for number in range(5):
        grade_all(desk, "PRACTICE-01", f"Grader {number}", paint="visible" if number else "none")
        shop.clock.pass_days(7)
    desk.begin_round("PRACTICE-01", "Half", actor=THE_PERSON)
    report = desk.calibration_agreement("week")
    first = report.questions[0]
    assert (first.name, first.total.n, first.total.agreed, first.total.few) == ("paint", 5, 1, False)
    assert (report.rounds, len(report.periods), len(report.graders)) == (5, 5, 5)
    assert desk.calibration_lines("month")[0][:4] == ["checklist", "question", "month", "grader"]
    with pytest.raises(BadInput, match="month or week"):
        desk.calibration_agreement("year")


def test_nothing_of_it_is_mixed_with_deals(desk):
    grade_all(desk, "PRACTICE-01", "Ana")
    assert desk.open_inspections() == ()


def test_every_row_is_vouched_for(tmp_path):
    shop = PaperShop(tmp_path / "shop.sqlite3")
    shop.desk.import_practice_calibration(actor=THE_PERSON)
    grade_all(shop.desk, "PRACTICE-01", "Ana")
    shop.close()
    assert all(check.ok for check in verify_store(shop.url)), verify_store(shop.url)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            "UPDATE calibration_answer SET value = '\"visible\"' WHERE question = 'paint'",
            "calibration_answer",
        ),
        ("UPDATE calibration_round SET grader = 'Eve', grader_folded = 'eve'", "calibration_round"),
        ("UPDATE calibration_round SET grader_folded = 'eve'", "calibration_round"),
        ("DELETE FROM calibration_result", "is gone"),
        ("DELETE FROM calibration_answer WHERE question = 'paint'", "paint is gone"),
    ],
)
def test_what_somebody_changed_in_the_database_is_found(tmp_path, change, found):
    import sqlite3

    shop = PaperShop(tmp_path / "shop.sqlite3")
    shop.desk.import_practice_calibration(actor=THE_PERSON)
    grade_all(shop.desk, "PRACTICE-01", "Ana")
    shop.close()
    connection = sqlite3.connect(tmp_path / "shop.sqlite3")
    connection.execute(change)
    connection.commit()
    connection.close()
    documents = next(check for check in verify_store(shop.url) if check.name == "documents")
    assert not documents.ok
    assert found in documents.detail


def test_the_document_of_the_program_is_not_changed_by_using_it(desk):
    before = copy.deepcopy(practice_set("fr"))
    assert before["references"][0]["note"].startswith("Sous la lampe")
    assert practice_set("fr") == before


def a_set(**answers):
    phone = {
        "code": "OURS-07",
        "model": "iPhone 13",
        "checklist": "phone-1",
        "checklist_version": "1",
        "answers": {**truth("PRACTICE-01"), **answers},
        "note": "dent on the left: few_small",
    }
    return {"schema": "tradein/calibration-1", "name": "Ours", "references": [phone]}


def test_what_a_set_says_of_a_phone_is_told_when_its_round_is_finished(desk):
    desk.import_calibration(a_set(), actor=THE_PERSON)
    begun = desk.begin_round("OURS-07", "Ana", actor=THE_PERSON)
    assert begun.note == ""
    assert desk.answer_round(begun.id, {"safety": "ok"}, actor=THE_PERSON).note == ""
    done = desk.finish_round(begun.id, actor=THE_PERSON, as_it_is=True)
    assert done.note == desk.calibration_round(begun.id).note == "dent on the left: few_small"
    practice = desk.begin_round("PRACTICE-01", "Ana", actor=THE_PERSON)
    assert practice.note, "of a practice phone there is nothing else"


def test_an_answer_to_a_question_that_is_not_asked_is_said_when_a_set_is_imported(desk):
    said = desk.import_calibration(a_set(screen_scratch_count="more"), actor=THE_PERSON)
    (note,) = said.notes
    assert note.code == "calibration_not_asked"
    assert "OURS-07 (screen_scratch_count)" in note.message
    assert desk.import_calibration(a_set(), actor=THE_PERSON).notes == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_practice_phone_is_described_by_what_is_seen_and_not_by_its_answers(language: str):
    for phone in practice_set(language)["references"]:
        note = phone["note"].casefold()
        questions = load_checklist(phone["checklist"]).by_id
        for question, given in phone["answers"].items():
            asked = questions[question]
            settings = question == "parts_history"  # the phone itself uses these words
            if settings or asked.number or given["answer"] == asked.answers[0].id:
                continue
            said = asked.answer(given["answer"]).text[language].casefold()
            assert said not in note, (phone["code"], said)
        assert not re.search(r"\b(20|50) cm\b", note), "the distance that decides is for the grader to apply"
