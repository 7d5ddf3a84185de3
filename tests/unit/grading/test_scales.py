"""Labels of several scales: CTIA's digit and letter, R2's F and C, the buyback's bucket."""

from __future__ import annotations

import pytest

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.comparing import compare
from diagnostics.grading.engine import grade
from diagnostics.grading.result import SEVERITY
from diagnostics.grading.standards import load_standard
from tests.fakes.gradable import flawless

SCALED = ("ctia", "r2", "backmarket-buyback")

# Written by hand from what is published of the three; "-" is no label.
EXPECTED = [
    ({}, "0A", "F6 C6", "FUNCTIONAL_FLAWLESS"),
    ({"back_scratches": "not_at_20cm"}, "0A", "F6 C5", "FUNCTIONAL_FLAWLESS"),
    ({"back_scratches": "not_at_50cm"}, "0B", "F6 C4", "FUNCTIONAL_GOOD"),
    ({"frame_dents": "few_small"}, "0C", "F6 C3", "FUNCTIONAL_USED"),
    ({"screen_scratches": "nail_catches"}, "0D", "F6 C3", "FUNCTIONAL_USED"),
    ({"front_crack": "hairline"}, "0D", "F6 C1", "FUNCTIONAL_CRACKED"),
    ({"back_damage": "crack"}, "0D", "F6 C1", "FUNCTIONAL_CRACKED"),
    ({"straight": "bent"}, "0D", "F6 C1", "FUNCTIONAL_USED"),
    ({"buttons": "worn_but_work"}, "1C", "F5 C3", "FUNCTIONAL_USED"),
    ({"display_fit": "compatible_flush"}, "1A", "F5 C6", "FUNCTIONAL_FLAWLESS"),
    ({"parts_history": "genuine_used"}, "0A", "F6 C6", "FUNCTIONAL_FLAWLESS"),
    ({"parts_history": "not_checked"}, "1A", "F5 C6", "FUNCTIONAL_FLAWLESS"),
    ({"pixels": "dead"}, "2A", "F3 C6", "NOT_FUNCTIONAL_USED"),
    ({"display_fit": "lcd_for_oled"}, "2A", "F3 C6", "FUNCTIONAL_USED"),
    ({"ports": "loose_or_missing"}, "2C", "F3 C2", "NOT_FUNCTIONAL_USED"),
    ({"camera_glass": "crack"}, "2D", "F3 C1", "NOT_FUNCTIONAL_CRACKED"),
    ({"sound": "fail"}, "3A", "- C6", "NOT_FUNCTIONAL_USED"),
    ({"liquid": "tripped", "front_crack": "shattered"}, "3D", "- C1", "NOT_FUNCTIONAL_CRACKED"),
    ({"health": 79}, "2A", "F3 C6", "FUNCTIONAL_FLAWLESS"),
    ({"health": None}, "1A", "F5 C6", "FUNCTIONAL_FLAWLESS"),
    ({"wiped": "no"}, "-", "F4 C6", "FUNCTIONAL_FLAWLESS"),
    ({"wiped": None}, "-", "F4 C6", "FUNCTIONAL_FLAWLESS"),
    ({"sound": None}, "-", "- C6", "-"),
    ({"paint": None}, "0B", "F6 C5", "FUNCTIONAL_GOOD"),
    ({"clean": "protector_stuck"}, "-", "F6 C0", "-"),
    ({"locks": {"mdm": "on"}}, "-", "F6 C6", "FUNCTIONAL_FLAWLESS"),
    ({"locks": {"account": "unknown"}}, "-", "F6 C6", "FUNCTIONAL_FLAWLESS"),
    ({"locks": {"blacklist": "on"}}, "-", "- -", "-"),
    ({"safety": "swollen"}, "-", "- -", "-"),
]


@pytest.mark.parametrize(("said", "ctia", "r2", "bucket"), EXPECTED, ids=[str(row[0]) for row in EXPECTED])
def test_one_inspection_has_its_label_on_each_scale(said, ctia, r2, bucket):
    entries = grade(flawless(**said), SCALED).standards
    assert (entries["ctia"]["grade"] or "-") == ctia
    assert " ".join(str(word or "-") for word in entries["r2"].values()) == r2
    assert list(entries["r2"]) == ["functional", "cosmetic"]
    assert (entries["backmarket-buyback"]["grade"] or "-") == bucket


def test_the_letter_follows_the_look_of_back_market():
    letters = {"premium": "A", "excellent": "A", "good": "B", "fair": "C", "repair": "D"}
    look, rules = load_standard("ctia").scales["letter"], load_standard("backmarket-2025")
    # Wear alone: what does not work any more is on the digit, and for the look as bad as visible wear at least.
    beyond = {("ports", "loose_or_missing"), ("buttons", "fail"), ("camera_glass", "in_photo")}
    for question, answers in look.answers.items():
        for answer, rule in answers.items():
            if question != "clean":
                expected = letters[rules.answers[question][answer].cap]
                assert rule.cap == ("C" if (question, answer) in beyond else expected)


def test_without_a_look_there_is_no_letter_and_no_category():
    looked = load_standard("ctia").scales["letter"].answers
    entries = grade(flawless(**dict.fromkeys(looked)), SCALED).standards
    assert entries["ctia"]["grade"] is None
    assert entries["r2"] == {"functional": None, "cosmetic": "C0"}


@pytest.mark.parametrize("standard", [load_standard(name) for name in SCALED], ids=SCALED)
def test_on_each_scale_a_worse_answer_never_has_a_better_word(standard):
    for scale in standard.scales.values():
        assert [SEVERITY[means] for means in scale.words.values()] == sorted(
            SEVERITY[means] for means in scale.words.values()
        )
        for question in load_checklist().questions:
            rules = scale.answers.get(question.id, {})
            rated = [answer.id for answer in question.answers if answer.sign != "?"]
            places = [scale.order[rules[a].cap] if a in rules else 0 for a in rated]
            assert places == sorted(places)


def test_each_scale_has_its_own_reasons():
    (row,) = compare(flawless(pixels="dead", paint="visible", back_scratches="not_at_50cm"), ["ctia"])
    assert row.label == "2C"
    assert [(g.scale, g.cap.question, g.word, g.decides) for g in row.grounds] == [
        ("digit", "pixels", "2", True),
        ("letter", "back_scratches", "B", False),
        ("letter", "paint", "C", True),
    ]


def test_a_locked_phone_is_on_hold_and_the_lock_is_the_reason():
    (row,) = compare(flawless(locks={"find_my": "on"}), ["ctia"])
    assert (row.label, row.disposition) == ("", "hold")
    assert [(g.cap.reading, g.mark) for g in row.deciding] == [("locks.find_my", "public")]
