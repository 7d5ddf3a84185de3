"""Inspection documents from outside: what is taken, and the sentence for what is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.codec import document as reading_document
from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.inspection import parse_inspection, validate_answers
from diagnostics.model import LockState, Transport
from tests.fakes.gradable import document


def test_a_whole_document():
    inspection = parse_inspection(document({"safety": "ok", "battery_settings": 91}))
    assert inspection.checklist == "phone-1"
    assert inspection.answers == {"safety": "ok", "battery_settings": 91}
    assert inspection.reading.battery.health_percent == 95
    assert inspection.reading.locks.mdm is LockState.OFF


@pytest.mark.parametrize("reading", [None, {}, {"battery": None, "locks": {"mdm": None}, "identity": {}}])
def test_a_reading_may_be_missing_or_empty(reading):
    inspection = parse_inspection({"schema": "tradein/inspection-1", "reading": reading, "answers": None})
    assert inspection.reading.battery.health_percent is None
    assert inspection.reading.locks.mdm is LockState.UNKNOWN
    assert inspection.reading.transport is Transport.TYPED
    assert inspection.answers == {}


def test_the_output_of_read_may_be_pasted_whole_for_one_phone():
    one = parse_inspection(document()).reading
    pasted = {**document(), "reading": reading_document([one])}
    assert parse_inspection(pasted).reading == one
    with pytest.raises(BadInput, match=r"reading\.readings holds 2 phones; an inspection is of one"):
        parse_inspection({**document(), "reading": reading_document([one, one])})


def test_members_that_others_add_are_ignored():
    extra = {
        **document(),
        "note": "scratched by the cat",
        "reading": {"weather": 1, "battery": {"smell": "none"}},
    }
    assert parse_inspection(extra).reading.battery.health_percent is None


def test_an_answer_of_null_is_open_and_a_round_float_is_a_number():
    inspection = parse_inspection(document({"paint": None, "battery_settings": 91.0}))
    assert inspection.answers == {"battery_settings": 91}
    assert type(inspection.answers["battery_settings"]) is int


BAD = [
    ([], "The inspection must be a JSON object, not a list."),
    ("phone", "The inspection must be a JSON object, not 'phone'."),
    ({}, "schema must be 'tradein/inspection-1', not null."),
    ({"schema": "tradein/reading-1"}, "schema must be 'tradein/inspection-1', not 'tradein/reading-1'."),
    ({"schema": ["x"]}, "schema must be 'tradein/inspection-1', not a list."),
    (
        {"checklist": "../standards/common"},
        "checklist must be one of phone-1, tablet-1, not '../standards/common'.",
    ),
    ({"checklist": 1}, "checklist must be a text, not 1."),
    ({"answers": ["safety"]}, "answers must be a JSON object, not a list."),
    (
        {"answers": {"safety": "fine"}},
        "answers.safety must be one of ok, lifted_screen, swollen, hot_or_smell, not",
    ),
    ({"answers": {"safety": True}}, "answers.safety must be one of .*, not true."),
    ({"answers": {"safety": {}}}, "answers.safety must be one of .*, not an object."),
    (
        {"answers": {"smell": "none"}},
        "'smell' is not a question of the checklist phone-1. Its questions: safety, clean",
    ),
    (
        {"answers": {"battery_settings": 0}},
        "answers.battery_settings must be a whole number from 1 to 100, not 0.",
    ),
    ({"answers": {"battery_settings": 101}}, "whole number from 1 to 100, not 101."),
    ({"answers": {"battery_settings": 88.5}}, "whole number from 1 to 100, not 88.5."),
    ({"answers": {"battery_settings": True}}, "whole number from 1 to 100, not true."),
    ({"answers": {"battery_settings": "88"}}, "whole number from 1 to 100, not '88'."),
    ({"answers": {"battery_settings": float("nan")}}, "whole number from 1 to 100, not nan."),
    ({"answers": {"battery_settings": float("inf")}}, "whole number from 1 to 100, not inf."),
    ({"reading": "none"}, "reading must be a JSON object, not 'none'."),
    (
        {"reading": {"schema": "tradein/quote-1"}},
        "reading.schema must be 'tradein/reading-1', not 'tradein/quote-1'.",
    ),
    ({"reading": {"readings": {}}}, "reading.readings must be a list, not an object."),
    (
        {"reading": {"battery": {"health_percent": "abc"}}},
        "reading.battery.health_percent must be a whole number from 1 to 150, not 'abc'.",
    ),
    ({"reading": {"battery": {"health_percent": 0}}}, "reading.battery.health_percent must be .*, not 0."),
    (
        {"reading": {"battery": {"health_percent": 151}}},
        "reading.battery.health_percent must be .*, not 151.",
    ),
    ({"reading": {"battery": [88]}}, "reading.battery must be a JSON object, not a list."),
    (
        {"reading": {"battery": {"cycle_count": -1}}},
        "reading.battery.cycle_count must be a whole number from 0",
    ),
    ({"reading": {"storage": {"capacity_gb": False}}}, "reading.storage.capacity_gb must be .*, not false."),
    ({"reading": {"locks": {"mdm": "no"}}}, "reading.locks.mdm must be one of on, off, unknown, not 'no'."),
    ({"reading": {"locks": {"mdm": False}}}, "reading.locks.mdm must be one of on, off, unknown, not false."),
    ({"reading": {"state": "fine"}}, "reading.state must be one of ready, connecting, .*, not 'fine'."),
    ({"reading": {"identity": {"model": 13}}}, "reading.identity.model must be a text, not 13."),
    (
        {"reading": {"evidence": {"locks.mdm": {}}}},
        "reading.evidence.locks.mdm.source must be a text, not null.",
    ),
    ({"reading": {"problems": {}}}, "reading.problems must be a list, not an object."),
    ({"reading": {"problems": [7]}}, r"reading.problems\[0\] must be a JSON object, not 7."),
]


@pytest.mark.parametrize(("part", "sentence"), BAD)
def test_what_cannot_be_read_is_said_in_one_sentence(part, sentence):
    broken = {**document(), **part} if isinstance(part, dict) and part else part
    with pytest.raises(BadInput, match=sentence) as caught:
        parse_inspection(broken)
    assert caught.value.exit_status == 2
    assert "\n" not in str(caught.value)


def test_wrong_ids_have_codes_of_their_own():
    checklist_errors = [({"colour": "red"}, "unknown_question"), ({"paint": "red"}, "unknown_answer")]
    for answers, code in checklist_errors:
        with pytest.raises(BadInput) as caught:
            parse_inspection(document(answers))
        assert caught.value.code == code


def test_a_hostile_answer_is_shown_short_and_plain():
    with pytest.raises(BadInput) as caught:
        parse_inspection(document({"paint": "\x1b[31m\n<b>" + "x" * 5000}))
    assert len(str(caught.value)) < 200
    assert "\x1b" not in str(caught.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
members = st.sampled_from(["schema", "checklist", "answers", "reading"])
parts = st.sampled_from(
    ["battery", "locks", "storage", "identity", "evidence", "problems", "state", "id", "slot"]
)


def outcome(value):
    """Return what comes of a document: an inspection, or the sentence why not."""
    try:
        return parse_inspection(value)
    except BadInput as error:
        return str(error)


@given(json_values)
def test_any_json_is_taken_or_refused_in_words(value):
    with pytest.raises(BadInput):
        parse_inspection(value)


@given(members, json_values)
def test_any_member_is_taken_or_refused_in_words(member, value):
    assert outcome({**document(), member: value}) != ""


@given(parts, json_values)
def test_any_part_of_a_reading_is_taken_or_refused_in_words(part, value):
    assert outcome({**document(), "reading": {part: value}}) != ""


def test_it_reads_what_json_writes():
    assert parse_inspection(json.loads(json.dumps(document()))) == parse_inspection(document())


def test_validate_answers_accepts_every_answer_of_the_checklist():
    checklist = load_checklist()
    for question in checklist.questions:
        for answer in question.answers:
            validate_answers(checklist, {question.id: answer.id})
