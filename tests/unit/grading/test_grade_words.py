"""Everything that a grade may say has words in both languages."""

from __future__ import annotations

import pytest

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.engine import grade
from diagnostics.grading.result import SEVERITY, UNKNOWN, Cap, Disposition
from diagnostics.grading.standards import load_standard, standard_ids
from diagnostics.grading.words import (
    entry_words,
    question_words,
    reading_words,
    result_words,
    subject_words,
    value_words,
)
from diagnostics.model import LockState
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


@pytest.mark.parametrize("standard_id", standard_ids())
def test_everything_a_rule_set_looks_at_and_says_has_words(standard_id):
    standard = load_standard(standard_id)
    assert all(reading_words(rule.field) != rule.field for rule in standard.readings)
    entry = grade(flawless(health=None), [standard_id]).standards[standard_id]
    assert "_" not in entry_words(entry)


@pytest.mark.parametrize("state", list(LockState))
def test_every_lock_state_has_words(state):
    assert value_words(state)


def test_what_caps_is_said_in_the_persons_language():
    checklist = load_checklist()
    chosen = Cap("frame_scratches", None, "visible", "fair")
    assert subject_words(checklist, chosen, "fr") == ("Des rayures sur le cadre ?", "Visibles à bout de bras")
    assert subject_words(checklist, Cap("battery_settings", None, "79", "repair"))[1] == "79 %"
    read = Cap(None, "battery.health_percent", UNKNOWN, "good")
    assert subject_words(checklist, read, "fr") == ("État de la batterie", "inconnu")
    assert question_words(checklist, "straight") == "Is the body straight?"


def test_what_stands_beside_a_label_may_be_unknown():
    assert entry_words({"grade": "good", "battery_ok": None}) == "battery good enough: not known"
    assert entry_words({"grade": "good", "battery_ok": True}, "fr") == "batterie suffisante: oui"
