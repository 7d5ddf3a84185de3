"""Answers are saved as they are given, all or none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.defects import Mark, MarkChange
from diagnostics.grading.engine import Grade
from tests.fakes.inspections import best_answers
from tests.fakes.shops import NOON, PaperShop, a_reading
from tradein_app.services.records import THE_PERSON, Actor, Answered, How, Stage
from tradein_app.services.shop import new_id


@pytest.fixture
def record(shop: PaperShop):
    return shop.desk.take_in(a_reading(battery=95), actor=THE_PERSON)


def answer(shop, record, **answers):
    return shop.desk.answer(record.id, answers, actor=THE_PERSON)


def test_answers_are_saved_and_graded(shop, record):
    graded = shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    assert graded.grade.grade is Grade.PREMIUM
    assert shop.desk.inspection(record.id) == graded


def test_the_last_answer_holds_and_none_clears(shop, record):
    answer(shop, record, frame_scratches="none")
    assert answer(shop, record, frame_scratches="visible").answers == {"frame_scratches": "visible"}
    assert answer(shop, record, frame_scratches=None).answers == {}


def test_one_wrong_answer_keeps_all_from_being_saved(shop, record):
    with pytest.raises(BadInput, match="frame_scratches"):
        answer(shop, record, back_scratches="none", frame_scratches="purple")
    assert shop.desk.inspection(record.id).answers == {}


def test_an_unknown_question_is_refused_also_when_it_is_cleared(shop, record):
    with pytest.raises(BadInput, match="colour_of_the_sky"):
        answer(shop, record, colour_of_the_sky=None)


def test_a_typed_percent_is_a_number(shop, record):
    assert answer(shop, record, battery_settings=84).answers == {"battery_settings": 84}


def test_an_answer_takes_the_quote_away_that_did_not_know_it(shop, record):
    shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    quoted = shop.desk.quote(record.id, actor=THE_PERSON)
    assert quoted.stage is Stage.QUOTED
    changed = answer(shop, record, frame_scratches="visible")
    assert changed.quote is None
    assert changed.stage is Stage.OPEN


def test_a_corrected_slip_brings_the_quote_back(shop, record):
    shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    quoted = shop.desk.quote(record.id, actor=THE_PERSON)
    answer(shop, record, frame_scratches="visible")
    undone = answer(shop, record, frame_scratches=best_answers()["frame_scratches"])
    assert undone.quote == quoted.quote
    assert undone.stage is Stage.QUOTED


def test_a_closed_inspection_takes_no_answers(shop, record):
    shop.desk.decline(record.id, actor=THE_PERSON)
    with pytest.raises(UserError, match="declined") as caught:
        answer(shop, record, frame_scratches="none")
    assert caught.value.code == "inspection_closed"


@pytest.mark.parametrize("name", ["", "nonsense", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_an_inspection_that_is_not_there_is_said(shop, name):
    with pytest.raises(BadInput, match="no inspection"):
        shop.desk.answer(name, {"frame_scratches": "none"}, actor=THE_PERSON)


def test_an_answer_that_comes_late_does_not_undo_a_newer_one(shop, record):
    early = shop.clock.now() - timedelta(minutes=5)
    answer(shop, record, frame_scratches="none", back_scratches=None)
    late = {"frame_scratches": "visible", "back_scratches": "visible", "paint": "none"}
    graded = shop.desk.answer(record.id, late, actor=THE_PERSON, given_at=early)
    assert graded.answers == {"frame_scratches": "none", "back_scratches": "visible", "paint": "none"}


def test_each_answer_names_who_gave_it_and_when(shop, record):
    answer(shop, record, battery_settings=95, safety="ok")
    shop.clock.pass_days(1)
    colleague = Actor("2", "A colleague")
    after = shop.desk.answer(record.id, {"battery_settings": 93}, actor=colleague)
    assert after.answered["battery_settings"] == Answered(colleague, NOON + timedelta(days=1))
    assert after.answered["safety"] == Answered(THE_PERSON, NOON)


def mark(face="left", kind="dent", severity="dent", size=3.0):
    return MarkChange(Mark(new_id(), face, 0.5, 0.5, kind, severity, size))


@pytest.fixture
def graded(shop, record):
    return shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)


def test_a_mark_counts_also_where_the_surface_was_answered_and_no_offer_is_made_over_it(shop, graded):
    shattered = mark("front", "front_crack", "shattered", None)
    marked = shop.desk.answer(graded.id, {}, actor=THE_PERSON, marks=(shattered,))
    assert marked.said == graded.said
    assert marked.answers["front_crack"] == "shattered"
    assert marked.grade.disposition == "repair"
    assert marked.grade.grade is None
    comparison = shop.desk.compare(graded.id)
    assert all("front_crack" in str(each.grounds) for each in (comparison.own, *comparison.others))
    assert shop.desk.quote(graded.id, actor=THE_PERSON).quote.decision == "repair_first"
    removed = shop.desk.answer(
        graded.id, {}, actor=THE_PERSON, marks=(MarkChange(shattered.mark, removed=True),)
    )
    assert (removed.answers, removed.grade) == (graded.answers, graded.grade)


@pytest.mark.parametrize("with_it", [False, True])
def test_an_answer_that_is_better_than_a_mark_is_refused(shop, record, with_it):
    dent = mark()
    if not with_it:
        shop.desk.answer(record.id, {}, actor=THE_PERSON, marks=(dent,))
    with pytest.raises(UserError, match="worse is marked") as caught:
        shop.desk.answer(record.id, {"frame_dents": "none"}, actor=THE_PERSON, marks=(dent,))
    assert caught.value.code == "better_than_marked"
    assert answer(shop, record, frame_dents="more").answers["frame_dents"] == "more"


def test_late_answers_to_one_question_are_taken_in_their_order(shop, record):
    times = [shop.clock.now() + timedelta(milliseconds=each) for each in range(5)]
    shop.clock.pass_days(1)
    given = [
        ({"front_crack": "none"}, How.ANSWERED),
        ({"paint": "none"}, How.ANSWERED),
        ({"front_crack": "shattered"}, How.ANSWERED),
        ({"front_crack": "hairline"}, How.ANSWERED),
        ({"paint": None}, How.UNDONE),
    ]
    # The second time over is a program that was killed before it could forget its notes.
    for answers, how, at in [(*each, at) for each, at in zip(given, times, strict=True)] * 2:
        found = shop.desk.answer(record.id, answers, actor=THE_PERSON, given_at=at, how=how)
    assert found.said == {"front_crack": "hairline"}
    assert [(step.answers, step.how) for step in found.steps] == given


def test_late_answers_of_one_window_yield_to_newer_ones_of_another(shop, record):
    at = [shop.clock.now() + timedelta(minutes=each) for each in range(3)]
    shop.clock.pass_days(1)
    # This window's answer was saved long after it was given, and late ones are held against when that was.
    live = {"paint": "visible", "front_crack": "none"}
    shop.desk.answer(record.id, live, actor=THE_PERSON, given_at=at[1], late=False)
    shop.desk.answer(record.id, {"paint": "none"}, actor=THE_PERSON, given_at=at[0])
    late = shop.desk.answer(record.id, {"front_crack": "shattered"}, actor=THE_PERSON, given_at=at[2])
    assert late.said == {"paint": "visible", "front_crack": "shattered"}


def test_a_mark_that_was_removed_does_not_come_back_by_a_late_note(shop, record):
    at, dent = shop.clock.now(), mark()
    removed = MarkChange(dent.mark, removed=True)
    put = shop.desk.answer(record.id, {}, actor=THE_PERSON, marks=(dent,), given_at=at)
    assert put.marks == (dent.mark,)
    shop.clock.pass_days(1)
    shop.desk.answer(record.id, {}, actor=THE_PERSON, marks=(removed,))
    late = shop.desk.answer(record.id, {}, actor=THE_PERSON, marks=(dent,), given_at=at)
    assert late.marks == ()
    back = shop.desk.answer(record.id, {}, actor=THE_PERSON, marks=(dent,), given_at=at + timedelta(days=2))
    assert back.marks == (dent.mark,)


def test_what_no_checklist_knows_any_more_holds_nothing_up_and_can_be_cleared(shop, record):
    answer(shop, record, paint="none", liquid="clear", ports="as_new")
    with shop.store.writing() as uow:
        entry = uow.audit.append(THE_PERSON, "inspection.answered", {}, shop.clock.now())
        uow.answers.add(record.id, {"paint": "gone_answer", "gone_question": "yes"}, entry)
        uow.commit()
    found = answer(shop, record, ports="worn")
    assert found.said == {"liquid": "clear", "ports": "worn"}
    assert {(each.question, each.why) for each in found.left} == {
        ("paint", "answer"),
        ("gone_question", "question"),
    }
    cleared = answer(shop, record, gone_question=None, paint="visible")
    assert cleared.left == ()
    assert cleared.said["paint"] == "visible"
    with pytest.raises(BadInput, match="gone_question"):
        answer(shop, record, gone_question=None)
