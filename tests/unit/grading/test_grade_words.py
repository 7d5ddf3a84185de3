"""Everything that a grade may say has words in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.engine import grade
from diagnostics.grading.library import program
from diagnostics.grading.result import SEVERITY, UNKNOWN, Cap, Disposition
from diagnostics.grading.standards import load_standard
from diagnostics.grading.words import (
    answer_statement,
    entry_words,
    question_words,
    reading_words,
    result_words,
    short_words,
    statement,
    subject_words,
    value_words,
)
from diagnostics.model import Locks, LockState, Platform
from resources.opening import load_toml
from tests.fakes.gradable import flawless

LANGUAGES = ("en", "fr")


def test_every_text_is_there_in_both_languages():
    rows = [texts for group in load_toml("messages/grade.toml").values() for texts in group.values()]
    assert all(set(texts) == set(LANGUAGES) and all(texts.values()) for texts in rows)


@pytest.mark.parametrize("result", [*SEVERITY, Disposition.SELLABLE])
def test_every_result_has_words(result):
    assert result_words(result)
    assert "_" not in result_words(result)


@pytest.mark.parametrize("standard_id", program().ids)
def test_everything_a_rule_set_looks_at_and_says_has_words(standard_id):
    standard = load_standard(standard_id)
    assert all(reading_words(rule.field) != rule.field for rule in standard.readings)
    empty = replace(flawless(health=None), checklist=standard.checklist, answers={})
    entry = grade(empty, [standard_id]).standards[standard_id]
    assert "_" not in entry_words(entry)


@pytest.mark.parametrize("state", list(LockState))
def test_every_lock_state_has_words(state):
    assert value_words(state)


def test_what_caps_is_said_in_the_persons_language():
    checklist = load_checklist()
    chosen = Cap("frame_scratches", None, "visible", "fair")
    assert subject_words(checklist, chosen, "fr") == ("Rayures sur le cadre", "Visibles à bout de bras")
    assert subject_words(checklist, Cap("battery_settings", None, "79", "repair"))[1] == "79 %"
    read = Cap(None, "battery.health_percent", UNKNOWN, "good")
    assert subject_words(checklist, read, "fr") == ("État de la batterie", "inconnu")
    assert question_words(checklist, "straight") == "Is the body straight?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_makes_a_short_statement(language):
    for question in load_checklist().questions:
        for answer in question.answers:
            said = answer_statement(question, answer.id, language)
            assert said.count(":") == 1
            assert "?" not in said


def test_statements_read_as_a_person_would_say_them():
    checklist = load_checklist()
    back = Cap("back_scratches", None, "not_at_50cm", "good")
    assert statement(checklist, back) == "Scratches on the back: light, not seen at 50\u00a0cm"
    assert statement(checklist, back, "fr") == "Rayures au dos\u00a0: légères, invisibles à 50\u00a0cm"
    lcd = Cap("display_fit", None, "lcd_for_oled", "fair")
    assert statement(checklist, lcd) == "Fitted screen: LCD in place of OLED"
    battery = Cap(None, "battery.health_percent", "86", "excellent")
    assert statement(checklist, battery, "fr") == "État de la batterie\u00a0: 86 %"


def test_an_activated_iphone_is_not_said_to_be_free_of_a_lock():
    assert reading_words("locks.activation", "en", Platform.IOS) == "Activation"
    assert value_words("off", "en", "locks.activation", Platform.IOS) == "activated"
    assert value_words("off", "fr", "locks.activation", Platform.IOS) == "effectuée"
    assert value_words("on", "en", "locks.activation", Platform.IOS) == "locked"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", [f"locks.{name}" for name in Locks.__slots__])
def test_frp_is_a_word_of_android_and_of_one_lock(field, language):
    said = {platform: reading_words(field, language, platform) for platform in Platform}
    assert ("FRP" in said[Platform.ANDROID]) == (field == "locks.activation")
    assert "FRP" not in said[Platform.IOS] + said[Platform.UNKNOWN]
    for platform in Platform:
        assert "FRP" not in value_words("on", language, field, platform)
    assert "_" not in said[Platform.UNKNOWN]


def test_a_small_tile_has_short_words():
    assert short_words("locks.activation", "en", Platform.ANDROID) == "FRP"
    assert short_words("locks.activation", "en", Platform.IOS) == "activation lock"


def test_what_stands_beside_a_label_may_be_unknown():
    assert entry_words({"grade": "good", "battery_ok": None}) == "battery good enough: not known"
    assert entry_words({"grade": "good", "battery_ok": True}, "fr") == "batterie suffisante: oui"
