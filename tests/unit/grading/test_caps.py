"""Every answer and every reading against the cap that it was agreed to have, one at a time on a flawless phone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.engine import grade
from diagnostics.grading.standards import load_standard, standard_ids
from diagnostics.model import Platform
from tests.fakes.gradable import flawless

LETTERS = {
    "P": "premium",
    "E": "excellent",
    "G": "good",
    "F": "fair",
    "R": "repair",
    "H": "hold",
    "S": "stop",
    "I": "incomplete",
    "X": "reject",
}
STANDARDS = ("backmarket-2025", "backmarket-older", "refurbed", "amazon-renewed")

# Written by hand from the published criteria, not from the rule sets: question, answers, then the caps in the order
# of STANDARDS. Amazon has no premium in Europe: its best is excellent.
EXPECTED = """
safety               | ok lifted_screen swollen hot_or_smell            | PSSS  | PSSS  | PSSS  | ESSS
clean                | yes protector_stuck                              | PI    | PI    | PI    | EI
straight             | yes bent                                         | PR    | PR    | PR    | ER
screen_scratches     | none tilt_only at_20cm nail_catches              | PEFR  | PEFR  | PEFR  | EEFR
screen_scratch_count | none up_to_3_short up_to_10 more                 | PFFR  | PFFR  | PFFR  | EFFR
screen_edge_chips    | none one_small more                              | PFR   | PFR   | PFR   | EFR
front_crack          | none hairline shattered                          | PRR   | PRR   | PRR   | ERR
screen_lit           | nothing slightly_visible disturbing              | PFR   | PRR   | PRR   | EFR
pixels               | all_good dead line_or_blotch                     | PRR   | PRR   | PRR   | ERR
burn_in              | none faint_on_grey visible                       | PFR   | PRR   | PFR   | ERR
under_glass          | none seen_off seen_on                            | PGR   | PGR   | PGR   | EGR
display_fit          | original compatible_flush gap_or_raised lcd_for_oled | PERR | PERR | PERR | ERRR
back_scratches       | none not_at_20cm not_at_50cm visible             | PEGF  | PEGF  | PEGF  | EEGF
back_damage          | none small_chip crack                            | PFR   | PFR   | PFR   | EFR
frame_scratches      | none not_at_20cm not_at_50cm visible             | PEGF  | PEGF  | PEGF  | EEGF
frame_dents          | none one_tiny few_small more                     | PFFR  | PFFR  | PFFR  | EFFR
paint                | none not_at_50cm visible                         | PGF   | PGF   | PGF   | EGF
camera_glass         | none outside_optics in_photo crack               | PFRR  | PFRR  | PFRR  | EFRR
camera_picture       | clear fault                                      | PR    | PR    | PR    | ER
ports                | as_new light_wear worn loose_or_missing          | PEFR  | PEFR  | PEFR  | EEFR
buttons              | click worn_but_work fail                         | PFR   | PFR   | PFR   | EFR
liquid               | clear tripped                                    | PR    | PR    | PR    | ER
sound                | pass fail                                        | PR    | PR    | PR    | ER
radios_sensors       | pass fail                                        | PR    | PR    | PR    | ER
parts_history        | all_genuine genuine_used not_checked unknown_part warning_message | PPEEE | PPEEE | PPEEE | EEIRR
wiped                | yes no                                           | PH    | PH    | PH    | EH
owner_lock           | seen_off seen_on not_checked                     | PHP   | PHP   | PHP   | EHE
sim_lock             | unlocked locked not_checked                      | PHP   | PHP   | PHP   | EHE
"""
BATTERY = {
    100: "PPPE",
    90: "PPPE",
    89: "EEPE",
    85: "EEPE",
    84: "ERPE",
    81: "ERPE",
    80: "ERPR",
    79: "RRRR",
    1: "RRRR",
}


def cells():
    for line in EXPECTED.strip().splitlines():
        question, answers, *columns = (cell.strip() for cell in line.split("|"))
        for standard, column in zip(STANDARDS, columns, strict=True):
            for answer, letter in zip(answers.split(), column, strict=True):
                yield standard, question, answer, letter


def outcome(result):
    """Return the letter that a result stands for."""
    if result.disposition == "sellable":
        return result.grade[0].upper()
    return next(letter for letter, word in LETTERS.items() if word == result.disposition)


def test_the_table_names_every_answer_of_the_checklist():
    asked = [(q.id, a.id) for q in load_checklist().questions for a in q.answers]
    assert sorted({(question, answer) for _, question, answer, _ in cells()}) == sorted(asked)
    graded = {name for name in standard_ids() if load_standard(name).labels}
    assert set(STANDARDS) == {name for name in graded if load_standard(name).checklist == "phone-1"}


@pytest.mark.parametrize(("standard", "question", "answer", "letter"), list(cells()))
def test_an_answer_caps_a_flawless_phone(standard, question, answer, letter):
    result = grade(flawless(**{question: answer}), [standard])
    assert outcome(result) == letter
    best = "E" if standard == "amazon-renewed" else "P"
    caps = [(cap.question, cap.answer, cap.cap) for cap in result.capped_by]
    assert caps == ([] if letter == best else [(question, answer, LETTERS[letter])])


@pytest.mark.parametrize("health", list(BATTERY))
@pytest.mark.parametrize("standard", STANDARDS)
def test_battery_health_caps_by_steps(standard, health):
    expected = BATTERY[health][STANDARDS.index(standard)]
    assert outcome(grade(flawless(health=health), [standard])) == expected
    assert outcome(grade(flawless(health=None, battery_settings=health), [standard])) == expected


@pytest.mark.parametrize(("standard", "letter"), list(zip(STANDARDS, "GGII", strict=True)))
def test_an_unknown_battery_caps_and_is_marked_unverified(standard, letter):
    result = grade(flawless(health=None), [standard])
    assert outcome(result) == letter
    assert result.unverified == ("battery.health_percent",)


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("lock", ["activation", "find_my", "account", "mdm", "sim"])
def test_a_lock_that_is_on_holds_under_every_standard(standard, lock):
    result = grade(flawless(locks={lock: "on"}), [standard])
    assert outcome(result) == "H"
    assert [cap.reading for cap in result.capped_by] == [f"locks.{lock}"]


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_blacklisted_phone_is_rejected_under_every_standard(standard):
    assert outcome(grade(flawless(locks={"blacklist": "on"}), [standard])) == "X"


@pytest.mark.parametrize("lock", ["activation", "find_my", "account", "mdm", "sim", "blacklist"])
def test_an_unknown_lock_does_not_change_the_grade_but_is_unverified(lock):
    result = grade(flawless(locks={lock: "unknown"}))
    assert result.grade == "premium"
    assert result.unverified == (f"locks.{lock}",)


@pytest.mark.parametrize(("platform", "missing"), [("ios", ("locks.find_my",)), ("android", ())])
def test_nobody_is_asked_to_verify_a_lock_that_no_phone_of_its_kind_has(platform, missing):
    inspection = flawless(locks={"find_my": "unknown"})
    phone = replace(inspection, reading=replace(inspection.reading, platform=Platform(platform)))
    assert grade(phone).unverified == missing


@pytest.mark.parametrize("lock", ["bootloader", "root", "screen"])
def test_locks_that_no_rule_names_say_nothing(lock):
    assert grade(flawless(locks={lock: "on"})) == grade(flawless())


def test_amazon_gives_no_label_until_the_sim_lock_is_known():
    unknown = {"sim": "unknown"}
    assert grade(flawless(locks=unknown), ["amazon-renewed"]).disposition == "incomplete"
    assert (
        grade(flawless(locks=unknown, sim_lock="not_checked"), ["amazon-renewed"]).disposition == "incomplete"
    )
    assert grade(flawless(locks=unknown, sim_lock="unlocked"), ["amazon-renewed"]).grade == "excellent"


def test_an_unanswered_question_never_allows_the_top_grade():
    for standard, letter in zip(STANDARDS, "EEEG", strict=True):
        result = grade(flawless(paint=None), [standard])
        assert outcome(result) == letter
        assert result.unanswered == ("paint",)


def test_one_inspection_has_an_entry_under_each_standard_in_its_own_words():
    result = grade(flawless(health=82, back_scratches="not_at_50cm"), STANDARDS)
    assert result.grade == "good"
    assert result.rule_set == "backmarket-2025@1"
    assert {name: dict(entry) for name, entry in result.standards.items()} == {
        "backmarket-2025": {"grade": "good", "battery_ok": True},
        "backmarket-older": {"grade": None, "battery_ok": False},
        "refurbed": {"grade": "B", "battery": "OPTIMAL"},
        "amazon-renewed": {"grade": "good"},
    }


def test_a_battery_that_nobody_knows_is_neither_good_nor_bad():
    entries = grade(flawless(health=None), STANDARDS).standards
    assert entries["backmarket-2025"]["battery_ok"] is None
    assert entries["refurbed"] == {"grade": None, "battery": None}
