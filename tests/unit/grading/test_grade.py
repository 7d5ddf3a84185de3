"""Examples of each disposition, of evidence from people, and of the reasons that are given."""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, datetime

import pytest

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.engine import Cap, Disposition, Grade, Lift, grade, rank
from diagnostics.grading.facts import believed
from diagnostics.grading.inspection import parse_inspection
from diagnostics.grading.result import AtBest
from diagnostics.model import Evidence, Quality
from tests.fakes.gradable import answered, document, flawless

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def test_a_flawless_phone_is_premium_and_nothing_caps_it():
    result = grade(flawless())
    assert (result.grade, result.disposition) == (Grade.PREMIUM, Disposition.SELLABLE)
    assert (result.capped_by, result.lifts, result.unanswered, result.unverified) == ((), (), (), ())


def test_grades_stand_best_first():
    assert [rank(grade) for grade in Grade] == [0, 1, 2, 3]


def test_the_lowest_cap_wins_and_every_answer_that_equals_it_is_named():
    result = grade(
        flawless(frame_scratches="not_at_50cm", paint="not_at_50cm", ports="light_wear", health=88)
    )
    assert result.grade == Grade.GOOD
    assert result.capped_by == (
        Cap("frame_scratches", None, "not_at_50cm", "good"),
        Cap("paint", None, "not_at_50cm", "good"),
    )
    assert result.lifts == ()


def test_a_worn_battery_alone_needs_a_repair_first():
    result = grade(flawless(health=79))
    assert (result.grade, result.disposition) == (None, Disposition.REPAIR)
    assert result.capped_by == (Cap(None, "battery.health_percent", "79", "repair"),)
    assert result.lifts == (Lift(None, "battery.health_percent", "80", "excellent", "premium"),)


@pytest.mark.parametrize(
    ("faults", "locks", "expected"),
    [
        ({"front_crack": "hairline"}, {}, "repair"),
        ({"front_crack": "hairline", "clean": "protector_stuck"}, {}, "repair"),
        ({"front_crack": "hairline", "wiped": "no"}, {}, "hold"),
        ({"front_crack": "hairline", "wiped": "no"}, {"blacklist": "on"}, "reject"),
        ({"safety": "swollen", "wiped": "no"}, {"blacklist": "on", "mdm": "on"}, "stop"),
    ],
)
def test_the_worst_disposition_wins_and_leaves_no_grade(faults, locks, expected):
    result = grade(flawless(locks=locks, **faults))
    assert (result.grade, result.disposition) == (None, expected)
    assert expected in {cap.cap for cap in result.capped_by}


def test_a_phone_on_hold_keeps_its_grade_and_says_what_caps_it():
    result = grade(flawless(locks={"activation": "on"}, back_scratches="visible"))
    assert (result.grade, result.disposition) == (Grade.FAIR, Disposition.HOLD)
    assert result.capped_by == (
        Cap(None, "locks.activation", "on", "hold"),
        Cap("back_scratches", None, "visible", "fair"),
    )
    assert result.lifts == (
        Lift(None, "locks.activation", "off", "sellable", "sellable"),
        Lift("back_scratches", None, "not_at_50cm", "good", "premium"),
    )


def test_a_lift_names_what_stands_in_the_way_next():
    result = grade(flawless(safety="swollen", front_crack="shattered"))
    assert result.lifts == (Lift("safety", None, "ok", "repair", "repair"),)


def test_two_holds_lift_nothing_alone():
    assert grade(flawless(wiped="no", locks={"mdm": "on"})).lifts == ()


def test_a_stuck_protector_cannot_be_graded():
    result = grade(flawless(clean="protector_stuck"))
    assert (result.grade, result.disposition) == (None, Disposition.INCOMPLETE)
    assert result.lifts == (Lift("clean", None, "yes", "premium", "premium"),)


def test_without_safety_crack_and_screen_there_is_no_grade():
    result = grade(answered(back_scratches="none", sound="pass", wiped="yes"))
    assert (result.grade, result.disposition) == (None, Disposition.INCOMPLETE)
    assert "safety" in result.unanswered


@pytest.mark.parametrize(
    "question", ["safety", "front_crack", "screen_scratches", "screen_lit", "screen_edge_chips"]
)
def test_one_such_answer_is_enough_for_a_grade(question):
    best = load_checklist().question(question).answers[0].id
    result = grade(answered(**{question: best}))
    assert (result.grade, result.disposition) == (Grade.EXCELLENT, Disposition.SELLABLE)
    assert question not in result.unanswered
    assert result.capped_by == ()


def test_nothing_answered_lists_all_questions_but_the_optional_ones():
    result = grade(answered())
    assert result.disposition == Disposition.INCOMPLETE
    assert result.unanswered == tuple(q.id for q in load_checklist().questions if not q.optional)
    assert set(load_checklist().by_id) - set(result.unanswered) == {
        "owner_lock",
        "sim_lock",
        "battery_settings",
    }


def test_the_count_of_scratches_is_asked_only_where_some_are_seen():
    assert grade(flawless(screen_scratches="tilt_only")).unanswered == ()
    assert grade(flawless(screen_scratches="at_20cm")).unanswered == ("screen_scratch_count",)


def test_an_answer_to_a_question_that_need_not_be_asked_still_counts():
    assert (
        grade(flawless(screen_scratches="none", screen_scratch_count="more")).disposition
        == Disposition.REPAIR
    )


def test_a_typed_percent_overrides_the_reading_and_both_are_kept():
    inspection = flawless(health=95, battery_settings=84)
    result = grade(inspection)
    assert result.grade == Grade.EXCELLENT
    assert result.capped_by == (Cap("battery_settings", None, "84", "excellent"),)
    assert result.lifts == (Lift("battery_settings", None, "90", "premium", "premium"),)
    assert inspection.reading.battery.health_percent == 95


def test_a_typed_percent_verifies_a_battery_that_could_not_be_read():
    assert grade(flawless(health=None, battery_settings=93)).unverified == ()


def test_an_owner_seen_off_is_evidence_for_find_my_and_account():
    locks = {"find_my": "unknown", "account": "unknown"}
    assert grade(flawless(locks=locks)).unverified == ("locks.account", "locks.find_my")
    seen = flawless(locks=locks, owner_lock="seen_off")
    assert grade(seen).unverified == ()
    assert believed(seen)["locks.find_my"].value == "off"
    assert believed(seen)["locks.find_my"].question == "owner_lock"


def test_a_sim_seen_unlocked_is_evidence_for_sim():
    assert grade(flawless(locks={"sim": "unknown"}, sim_lock="unlocked")).unverified == ()


def test_a_lock_read_as_on_holds_although_a_person_saw_it_off():
    result = grade(flawless(locks={"find_my": "on"}, owner_lock="seen_off"))
    assert result.disposition == Disposition.HOLD
    assert result.capped_by == (Cap(None, "locks.find_my", "on", "hold"),)


def test_an_owner_seen_on_holds_although_the_cable_says_off():
    result = grade(flawless(owner_lock="seen_on"))
    assert result.disposition == Disposition.HOLD
    assert result.lifts == (Lift("owner_lock", None, "seen_off", "sellable", "sellable"),)


def test_an_unknown_standard_is_said_with_those_that_there_are():
    with pytest.raises(BadInput, match=r"one of amazon-renewed, backmarket-2025, .* not 'common'") as caught:
        grade(flawless(), ["common"])
    assert caught.value.code == "unknown_standard"


def test_no_standard_at_all_is_said():
    with pytest.raises(BadInput, match="No standard"):
        grade(flawless(), [])


def test_answers_from_another_checklist_are_said_not_ignored():
    inspection = dataclasses.replace(flawless(), answers={"screen_smell": "none"})
    with pytest.raises(BadInput, match="'screen_smell' is not a question"):
        grade(inspection)


def test_a_grade_takes_less_than_a_millisecond():
    inspection = flawless(wiped="no", screen_scratches="nail_catches", health=82)
    grade(inspection)
    times = []
    for _ in range(50):
        start = time.perf_counter()
        grade(inspection)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.001


def hinting(**answers):
    """Return a phone without a fault whose card was turned down."""
    inspection = flawless(locks={"sim": "on"}, **answers)
    row = Evidence("lockdown SIMStatus", Quality.HINT, "kCTSIMSupportSIMStatusOperatorLocked", NOW)
    reading = dataclasses.replace(inspection.reading, evidence={"locks.sim": row})
    return dataclasses.replace(inspection, reading=reading)


def test_a_hint_at_a_carrier_lock_holds_nothing_until_a_person_looked():
    result = grade(hinting(sim_lock="not_checked"))
    assert (result.grade, result.disposition) == (Grade.PREMIUM, Disposition.SELLABLE)
    assert result.unverified == ("locks.sim",)
    assert grade(hinting(sim_lock="unlocked")).unverified == ()
    assert grade(hinting(sim_lock="locked")).disposition == Disposition.HOLD


def test_a_hint_at_any_other_lock_holds_the_phone():
    inspection = flawless(locks={"find_my": "on"})
    row = Evidence("lockdown fm-account-masked", Quality.HINT, "a***@b.c", NOW)
    reading = dataclasses.replace(inspection.reading, evidence={"locks.find_my": row})
    assert grade(dataclasses.replace(inspection, reading=reading)).disposition == Disposition.HOLD


def unfinished(health, **answers):
    return parse_inspection(document(answers, health=health))


@pytest.mark.parametrize("health", [95, 92, None])
def test_with_only_the_best_answers_the_best_grade_stays_reachable_to_the_end(health):
    given: dict[str, str] = {}
    for question in load_checklist().questions:
        assert grade(unfinished(health, **given)).at_best == AtBest("premium", ())
        if not question.optional and not question.only_if:
            given[question.id] = question.answers[0].id


def test_what_keeps_an_unfinished_phone_from_the_best_grade_is_named():
    assert grade(unfinished(84, safety="ok")).at_best == AtBest(
        "excellent", (Cap(None, "battery.health_percent", "84", "excellent"),)
    )
    scratched = grade(unfinished(84, back_scratches="visible")).at_best
    assert scratched == AtBest("fair", (Cap("back_scratches", None, "visible", "fair"),))
    cracked = Cap("front_crack", None, "hairline", "repair")
    assert grade(answered(front_crack="hairline")).at_best == AtBest("repair", (cracked,))


def test_a_finished_phone_can_become_what_it_is():
    for inspection in (flawless(), flawless(health=None, battery_settings=84), flawless(paint="visible")):
        result = grade(inspection)
        assert result.at_best == AtBest(str(result.grade), result.capped_by)
