"""The grade's document, out and in."""

from __future__ import annotations

import json

import pytest

from diagnostics.errors import BadInput
from diagnostics.grading.codec import grade_from_json, grade_to_json
from diagnostics.grading.engine import grade
from tests.fakes.gradable import answered, flawless


def test_the_document_of_a_scratched_frame():
    assert grade_to_json(grade(flawless(health=88, frame_scratches="not_at_50cm"))) == {
        "schema": "tradein/grade-1",
        "grade": "good",
        "disposition": "sellable",
        "capped_by": [{"question": "frame_scratches", "answer": "not_at_50cm", "cap": "good"}],
        "standards": {"backmarket-2025": {"grade": "good", "battery_ok": True}},
        "lifts": [
            {"question": "frame_scratches", "answer": "not_at_20cm", "to": "excellent", "best": "excellent"}
        ],
        "unanswered": [],
        "unverified": [],
        "rule_set": "backmarket-2025@1",
        "at_best": {
            "result": "good",
            "capped_by": [{"question": "frame_scratches", "answer": "not_at_50cm", "cap": "good"}],
        },
    }


def test_a_document_of_before_tells_nothing_of_what_can_still_become():
    document = {name: value for name, value in grade_to_json(grade(flawless())).items() if name != "at_best"}
    assert grade_from_json(document).at_best is None


@pytest.mark.parametrize(
    ("inspection", "entry"),
    [
        (flawless(health=79), {"reading": "battery.health_percent", "value": 79, "cap": "repair"}),
        (flawless(health=None), {"reading": "battery.health_percent", "value": None, "cap": "good"}),
        (flawless(battery_settings=79), {"question": "battery_settings", "answer": 79, "cap": "repair"}),
        (flawless(locks={"mdm": "on"}), {"reading": "locks.mdm", "value": "on", "cap": "hold"}),
    ],
)
def test_readings_are_named_with_their_value(inspection, entry):
    result = grade(inspection)
    assert grade_to_json(result)["capped_by"] == [entry]
    assert grade_from_json(json.loads(json.dumps(grade_to_json(result)))) == result


def test_a_phone_without_a_grade_goes_through_json():
    result = grade(answered())
    assert grade_to_json(result)["grade"] is None
    assert grade_from_json(grade_to_json(result)) == result


def test_a_quote_document_holds_a_grade_too():
    result = grade(flawless())
    assert (
        grade_from_json({**grade_to_json(result), "schema": "tradein/quote-1", "decision": "offer"}) == result
    )


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ("grade", "super", "grade must be one of premium, excellent, good, fair, not 'super'"),
        ("disposition", None, "disposition must be one of sellable"),
        (
            "capped_by",
            [{"question": "paint", "answer": "visible", "cap": "bad"}],
            r"capped_by\[0\].cap must be one of",
        ),
        ("capped_by", [{"cap": "fair"}], r"capped_by\[0\].reading must be a text"),
        ("lifts", "paint", "lifts must be a list"),
        ("unanswered", [1], r"unanswered\[0\] must be a text"),
        ("rule_set", None, "rule_set must be a text"),
    ],
)
def test_a_broken_document_is_said_in_words(member, value, sentence):
    with pytest.raises(BadInput, match=sentence):
        grade_from_json({**grade_to_json(grade(flawless())), member: value})
