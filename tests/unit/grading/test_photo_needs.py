"""A photo is asked for where an answer sets the grade, and for all that is fair or worse; a clean phone needs none."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.engine import grade
from diagnostics.grading.photo_needs import Because, photo_needs
from tests.fakes.gradable import flawless
from tests.fakes.inspections import an_inspection

SETS, LOW = Because.SETS_GRADE, Because.LOW


def needs(**answers):
    inspection = flawless(**answers)
    result = grade(inspection)
    found = photo_needs(result, inspection.answers, load_checklist(inspection.checklist))
    return [(need.question, need.because) for need in found]


def test_a_flawless_phone_needs_no_photo():
    assert needs() == []


def test_the_answer_that_sets_the_grade_needs_one_at_every_grade():
    assert needs(screen_scratches="tilt_only") == [("screen_scratches", SETS)]
    assert needs(back_scratches="not_at_50cm", screen_scratches="tilt_only") == [("back_scratches", SETS)]


def test_answers_that_set_it_together_each_need_one_in_the_order_of_the_checklist():
    assert needs(frame_scratches="not_at_50cm", back_scratches="not_at_50cm") == [
        ("back_scratches", SETS),
        ("frame_scratches", SETS),
    ]


def test_at_repair_what_is_only_fair_needs_one_too_and_what_is_better_does_not():
    found = needs(front_crack="hairline", frame_dents="one_tiny", back_scratches="not_at_50cm")
    assert found == [("front_crack", SETS), ("frame_dents", LOW)]


def test_what_is_heard_or_a_lock_or_dangerous_needs_none():
    assert needs(sound="fail") == []
    assert needs(owner_lock="seen_on") == []
    assert needs(safety="swollen") == []


def test_a_percent_that_a_person_typed_needs_the_settings_on_a_photo_where_it_sets_the_grade():
    assert needs(battery_settings=82) == [("battery_settings", SETS)]
    assert needs(battery_settings=99) == []


def test_a_grade_under_rules_that_are_gone_still_tells_what_set_it():
    inspection = an_inspection(front_crack="hairline", frame_dents="one_tiny")
    result = dataclasses.replace(grade(inspection), rule_set="forgotten@1")
    found = photo_needs(result, inspection.answers, load_checklist())
    assert [need.question for need in found] == ["front_crack"]


@pytest.mark.parametrize("question", [q.id for page in load_checklist().pages for q in page.questions])
def test_whatever_is_answered_worst_a_need_is_an_answered_question(question):
    asked = load_checklist().question(question)
    if asked.answers and not asked.only_if:
        assert set(needs(**{question: asked.answers[-1].id})) <= {(question, SETS)}


@pytest.mark.parametrize("answer", [{"back_scratches": "visible"}, {"frame_scratches": "visible"}])
def test_an_answer_that_allows_fair_at_best_needs_one_before_anything_else_is_answered(answer):
    inspection = dataclasses.replace(flawless(), answers=answer)
    result = grade(inspection)
    assert result.disposition == "incomplete"
    found = photo_needs(result, inspection.answers, load_checklist(inspection.checklist))
    assert [(need.question, need.because) for need in found] == [(next(iter(answer)), LOW)]


def _answers_of_fair():
    checklist = load_checklist()
    for question in checklist.questions:
        for answer in question.answers[1:]:
            asked: dict[str, Any] = {name: allowed[-1] for name, allowed in question.only_if.items()}
            if grade(flawless(**{**asked, question.id: answer.id})).grade == "fair":
                yield question.id, {**asked, question.id: answer.id}


@pytest.mark.parametrize(("question", "answers"), tuple(_answers_of_fair()), ids=str)
def test_whichever_answer_brings_a_phone_to_fair_has_to_be_photographed(question, answers):
    assert question in dict(needs(**answers))
