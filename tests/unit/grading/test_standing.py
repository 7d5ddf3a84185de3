"""Whose word stands: the worse of a person's and the marks', and none that is better than what the cable proved."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.building import ReadingBuilder
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.defects import Mark, load_defects
from diagnostics.grading.prefilling import is_better, told_answers
from diagnostics.grading.standing import standing
from diagnostics.model import DeviceId, LockState, Platform, Quality, State, Transport
from diagnostics.ports import Sighting
from tests.fakes.sources import FixedClock
from tradein_app.services.shop import new_id

ON, OFF = LockState.ON, LockState.OFF
CHECKLIST = load_checklist()
_MARKED = load_defects(CHECKLIST.id)
assert _MARKED is not None
DEFECTS = _MARKED
DENT = Mark("1", "left", 0.5, 0.5, "dent", "dent", 1.0)


def reading(platform=Platform.IOS, health=None, quality=Quality.EXACT, **locks):
    seen = Sighting("A", DeviceId("A"), platform, Transport.USBMUX, "1-1", State.CONNECTING)
    builder = ReadingBuilder(seen, FixedClock())
    builder.state = State.READY
    for name, value in locks.items():
        builder.put(f"locks.{name}", value, "a source", raw=str(value))
    if health is not None:
        builder.put("battery.health_percent", health, "a source", raw=str(health), quality=quality)
    return builder.build()


def told(phone):
    return {name: each.answer for name, each in told_answers(CHECKLIST, phone).items()}


@pytest.mark.parametrize(
    ("phone", "answers"),
    [
        (reading(), {}),
        (reading(find_my=ON, account=ON), {"owner_lock": "seen_on"}),
        (reading(find_my=OFF), {}),
        (reading(find_my=OFF, account=OFF), {"owner_lock": "seen_off"}),
        (reading(activation=OFF), {}),
        (reading(activation=ON), {"owner_lock": "seen_on"}),
        (reading(Platform.ANDROID, find_my=OFF, account=OFF), {}),
        (reading(Platform.ANDROID, find_my=OFF, account=OFF, activation=OFF), {"owner_lock": "seen_off"}),
        (reading(sim=OFF), {"sim_lock": "unlocked"}),
        (reading(sim=ON), {"sim_lock": "locked"}),
        (reading(health=88), {"battery_settings": 88}),
        (reading(health=88, quality=Quality.ESTIMATE), {}),
    ],
)
def test_only_what_a_reading_proves_stands_there_before_anybody_looked(phone, answers):
    assert told(phone) == answers


def test_a_mere_hint_of_a_carrier_lock_proves_nothing():
    seen = Sighting("A", DeviceId("A"), Platform.IOS, Transport.USBMUX, "1-1", State.CONNECTING)
    builder = ReadingBuilder(seen, FixedClock())
    builder.state = State.READY
    builder.put("locks.sim", ON, "a source", raw="x", quality=Quality.HINT)
    assert told(builder.build()) == {}


def test_what_the_cable_proved_names_its_value_and_time():
    proved = told_answers(CHECKLIST, reading(sim=OFF))["sim_lock"]
    assert proved.field == "locks.sim"
    assert proved.at is not None
    assert proved.at <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("question", "proved", "answer", "better"),
    [
        ("owner_lock", reading(find_my=ON, account=ON), "seen_off", True),
        ("owner_lock", reading(find_my=ON, account=ON), "not_checked", True),
        ("owner_lock", reading(find_my=ON, account=ON), "seen_on", False),
        ("owner_lock", reading(find_my=OFF, account=OFF), "seen_on", False),
        ("battery_settings", reading(health=88), 89, True),
        ("battery_settings", reading(health=88), 80, False),
    ],
)
def test_an_answer_may_only_be_made_worse(question, proved, answer, better):
    found = told_answers(CHECKLIST, proved)[question]
    assert is_better(CHECKLIST.question(question), answer, found.answer) is better


def test_a_mark_counts_against_a_better_answer_and_its_removal_brings_that_back():
    found = standing(CHECKLIST, {"frame_dents": "none"}, [DENT], {})
    assert found.graded == found.shown == {"frame_dents": "one_tiny"}
    assert found.origin("frame_dents") == "marks"
    assert found.against("frame_dents") == ("person", "none")
    without = standing(CHECKLIST, {"frame_dents": "none"}, [], {})
    assert without.graded == {"frame_dents": "none"}
    assert (without.origin("frame_dents"), without.against("frame_dents")) == ("person", None)


def test_an_answer_that_is_worse_than_the_marks_stands():
    found = standing(CHECKLIST, {"frame_dents": "more"}, [DENT], {})
    assert found.graded == {"frame_dents": "more"}
    assert found.origin("frame_dents") == "person"
    assert found.against("frame_dents") is None


@given(
    data=st.data(),
    marks=st.lists(
        st.builds(
            lambda kind, size: Mark(new_id(), kind[0], 0.5, 0.5, kind[1], kind[2], size),
            st.sampled_from(
                [
                    (kind.faces[0], kind.id, severity.id)
                    for kind in DEFECTS.kinds
                    for severity in kind.severities
                ]
            ),
            st.none() | st.sampled_from(DEFECTS.sizes),
        ),
        max_size=4,
    ),
)
def test_whatever_is_marked_and_answered_the_worse_of_both_counts(data, marks):
    marked = DEFECTS.answers(marks)
    said = {
        question.id: data.draw(st.sampled_from(question.answers)).id
        for question in CHECKLIST.questions
        if question.answers and data.draw(st.booleans())
    }
    found = standing(CHECKLIST, said, marks, {}).graded
    assert found.keys() == said.keys() | marked.keys()
    for name, stands in found.items():
        ids = [answer.id for answer in CHECKLIST.question(name).answers if answer.id != "not_checked"]
        words = [word[name] for word in (said, marked) if name in word and word[name] in ids]
        assert stands == (max(words, key=ids.index) if words else "not_checked")


def test_a_mark_answers_what_nobody_did_and_its_removal_takes_the_answer_back():
    found = standing(CHECKLIST, {}, [DENT], {})
    assert found.graded == {"frame_dents": "one_tiny"}
    assert found.origin("frame_dents") == "marks"
    assert found.against("frame_dents") is None
    assert standing(CHECKLIST, {}, [], {}).graded == {}


def test_the_cables_proof_is_shown_and_not_graded_twice():
    found = standing(CHECKLIST, {}, [], told_answers(CHECKLIST, reading(find_my=ON, account=ON)))
    assert found.shown == {"owner_lock": "seen_on"}
    assert found.graded == {}
    assert found.origin("owner_lock") == "cable"


def test_an_answer_from_before_the_cable_proved_worse_does_not_stand_and_is_told():
    proved = told_answers(CHECKLIST, reading(find_my=ON, account=ON, health=80))
    found = standing(CHECKLIST, {"owner_lock": "seen_off", "battery_settings": 95}, [], proved)
    assert found.shown == {"owner_lock": "seen_on", "battery_settings": 80}
    assert found.against("owner_lock") == ("person", "seen_off")
    assert "battery_settings" not in found.graded
    # A lock that was read as on and seen off is for people to resolve: the grade is told of both.
    assert found.graded["owner_lock"] == "seen_off"


def test_a_person_may_make_it_worse():
    proved = told_answers(CHECKLIST, reading(find_my=OFF, account=OFF))
    found = standing(CHECKLIST, {"owner_lock": "seen_on"}, [], proved)
    assert found.graded == found.shown == {"owner_lock": "seen_on"}
    assert found.against("owner_lock") is None
