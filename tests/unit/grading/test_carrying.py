"""Answers that were stored under an older checklist: what fits is kept, and what does not is listed."""

from __future__ import annotations

import pytest

from diagnostics.errors import BadInput
from diagnostics.grading.carrying import (
    REMOVED,
    Changes,
    Left,
    carry,
    left_words,
    load_changes,
    refuse_unknown,
)
from diagnostics.grading.checklist import checklist_ids, load_checklist

CHECKLIST = load_checklist()
CHANGES = Changes(
    {"bends": "straight", "warp": "bends", "stickers": REMOVED},
    {"frame_dents": {"one_little": "one_tiny", "engraved": REMOVED}},
)


def test_what_fits_is_kept_and_the_rest_is_listed():
    stored: dict[str, str | int] = {
        "paint": "visible",
        "antenna": "worn",
        "ports": "dusty",
        "battery_settings": 300,
        "wiped": "yes",
    }
    carried = carry(CHECKLIST, stored, CHANGES)
    assert carried.answers == {"paint": "visible", "wiped": "yes"}
    assert carried.left == (
        Left("antenna", "worn", "question"),
        Left("ports", "dusty", "answer"),
        Left("battery_settings", 300, "answer"),
    )
    assert left_words(carried.left, len(carried.answers)) == (
        "Given under an older checklist, and no longer asked: antenna = 'worn', ports = 'dusty', "
        "battery_settings = 300. The other 2 answers are kept; answer what is open again."
    )
    assert left_words(carried.left, len(carried.answers), "fr").startswith("Données sous une ancienne liste")


def test_what_was_renamed_has_its_name_of_today():
    carried = carry(CHECKLIST, {"warp": "bent", "frame_dents": "one_little"}, CHANGES)
    assert carried.answers == {"straight": "bent", "frame_dents": "one_tiny"}
    assert carried.renamed == ("frame_dents.one_little", "warp")
    assert left_words(carried.left, len(carried.answers)) == ""


def test_what_is_asked_no_more_is_left():
    carried = carry(CHECKLIST, {"stickers": "many", "frame_dents": "engraved"}, CHANGES)
    assert carried.answers == {}
    assert [each.why for each in carried.left] == ["question", "answer"]


def test_an_answer_under_a_name_of_today_counts_more():
    assert carry(CHECKLIST, {"bends": "yes", "straight": "bent"}, CHANGES).answers == {"straight": "bent"}


def test_names_that_lead_in_a_circle_lead_nowhere():
    circle = Changes({"a": "b", "b": "a"}, {})
    assert carry(CHECKLIST, {"a": "x"}, circle).left == (Left("a", "x", "question"),)


def test_only_what_no_checklist_ever_knew_is_refused():
    refuse_unknown(CHECKLIST, {"stickers": "many", "frame_dents": "engraved", "warp": "bent"}, CHANGES)
    refused: list[tuple[dict[str, str | int], str]] = [
        ({"antenna": "worn"}, "unknown_question"),
        ({"frame_dents": "a_lot"}, "unknown_answer"),
        ({"warp": "a_bit"}, "unknown_answer"),
    ]
    for answers, code in refused:
        with pytest.raises(BadInput) as caught:
            refuse_unknown(CHECKLIST, answers, CHANGES)
        assert caught.value.code == code


@pytest.mark.parametrize("checklist_id", checklist_ids())
def test_an_id_that_was_given_up_is_never_used_again(checklist_id):
    checklist, changes = load_checklist(checklist_id), load_changes(checklist_id)
    assert not set(changes.questions) & set(checklist.by_id)
    for question, names in changes.answers.items():
        assert not set(names) & {answer.id for answer in checklist.question(question).answers}
        assert set(names.values()) <= {
            REMOVED,
            *(answer.id for answer in checklist.question(question).answers),
        }
