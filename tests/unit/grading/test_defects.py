"""What marks on the outline answer: worst of all, by size and count, and nothing where nothing was marked."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.defects import Mark, MarkChange, change_from_json, change_to_json, load_defects

DEFECTS = load_defects("phone-1")
assert DEFECTS is not None


def mark(kind, severity, size=None, face=None, key="1"):
    assert DEFECTS is not None
    return Mark(key, face or DEFECTS.kind(kind).faces[0], 0.5, 0.25, kind, severity, size)


@pytest.mark.parametrize(
    ("marks", "answers"),
    [
        ([], {}),
        ([mark("dent", "dent", 1)], {"frame_dents": "one_tiny"}),
        ([mark("dent", "dent", 2)], {"frame_dents": "few_small"}),
        ([mark("dent", "dent", 1)] * 3, {"frame_dents": "few_small"}),
        ([mark("dent", "dent", 1)] * 4, {"frame_dents": "more"}),
        ([mark("dent", "dent", 5)], {"frame_dents": "more"}),
        ([mark("dent", "dent")], {"frame_dents": "more"}),
        ([mark("edge_chip", "blunt", 1)], {"screen_edge_chips": "one_small"}),
        ([mark("edge_chip", "sharp", 0.5)], {"screen_edge_chips": "more"}),
        ([mark("edge_chip", "blunt", 1)] * 2, {"screen_edge_chips": "more"}),
        ([mark("screen_scratch", "tilt_only", 10)], {"screen_scratches": "tilt_only"}),
        (
            [mark("screen_scratch", "at_20cm", 3), mark("screen_scratch", "tilt_only", 20)],
            {"screen_scratches": "at_20cm", "screen_scratch_count": "up_to_3_short"},
        ),
        (
            [mark("screen_scratch", "at_20cm", 7)] * 10,
            {"screen_scratches": "at_20cm", "screen_scratch_count": "up_to_10"},
        ),
        (
            [mark("screen_scratch", "nail_catches", 10)],
            {"screen_scratches": "nail_catches", "screen_scratch_count": "more"},
        ),
        ([mark("back_chip", "chip", 2)], {"back_damage": "small_chip"}),
        ([mark("back_chip", "chip", 2)] * 2, {"back_damage": "crack"}),
        ([mark("back_crack", "crack")], {"back_damage": "crack"}),
        ([mark("lens_mark", "in_photo")], {"camera_glass": "in_photo"}),
        ([mark("paint_loss", "not_at_50cm"), mark("paint_loss", "visible")], {"paint": "visible"}),
    ],
)
def test_marks_answer_the_questions_that_they_are_about_and_no_others(marks, answers):
    assert DEFECTS is not None
    assert DEFECTS.answers(marks) == answers


@st.composite
def any_mark(draw):
    assert DEFECTS is not None
    kind = draw(st.sampled_from(DEFECTS.kinds))
    severity = draw(st.sampled_from(kind.severities)).id
    size = draw(st.sampled_from(DEFECTS.sizes)) if kind.sized else None
    return Mark(
        draw(st.uuids().map(str)), draw(st.sampled_from(kind.faces)), 0.1, 0.9, kind.id, severity, size
    )


@given(marks=st.lists(any_mark(), max_size=12), more=any_mark())
def test_another_defect_never_makes_an_answer_better(marks, more):
    assert DEFECTS is not None
    before, after = DEFECTS.answers(marks), DEFECTS.answers([*marks, more])
    for question, answer in before.items():
        ids = [each.id for each in load_checklist().question(question).answers]
        assert ids.index(after[question]) >= ids.index(answer)


@given(marks=st.lists(any_mark(), min_size=1, max_size=12))
def test_whatever_can_be_marked_can_be_saved_and_answers_something(marks):
    assert DEFECTS is not None
    for each in marks:
        DEFECTS.check(each)
        assert change_from_json(change_to_json(MarkChange(each))) == MarkChange(each)
    checklist = load_checklist()
    answers = DEFECTS.answers(marks)
    assert answers
    for question, answer in answers.items():
        checklist.question(question).check(answer)


def test_every_kind_has_words_in_both_languages_and_every_face_a_page():
    assert DEFECTS is not None
    pages = {page.number for page in load_checklist().pages}
    assert {face.page for face in DEFECTS.faces} <= pages
    for texts in [*(kind.text for kind in DEFECTS.kinds), *(face.text for face in DEFECTS.faces)]:
        assert set(texts) == {"en", "fr"}
    assert {face for kind in DEFECTS.kinds for face in kind.faces} == {face.id for face in DEFECTS.faces}
    assert all(len(DEFECTS.of_face(face.id)) <= 9 for face in DEFECTS.faces)


@pytest.mark.parametrize(
    "wrong",
    [
        {"face": "back"},
        {"kind": "hole"},
        {"severity": "awful"},
        {"x": 1.5},
        {"y": -0.1},
        {"size_mm": 0},
        {"size_mm": 900},
    ],
)
def test_a_mark_that_cannot_be_is_refused(wrong):
    assert DEFECTS is not None
    with pytest.raises(BadInput):
        DEFECTS.check(dataclasses.replace(mark("dent", "dent", 1), **wrong))


@pytest.mark.parametrize(
    "row", [None, {}, [], {"id": 1}, {**change_to_json(MarkChange(mark("dent", "dent"))), "x": "left"}]
)
def test_a_mark_from_outside_that_is_none_is_said(row):
    with pytest.raises(BadInput):
        change_from_json(row)


def test_a_checklist_without_an_outline_has_nothing_to_mark():
    assert load_defects("nothing-1") is None
