"""The card is a hint, and nothing more."""

from __future__ import annotations

import pytest

from diagnostics.apple.sim import read_sim
from diagnostics.messages import value_words
from diagnostics.model import LockState, Quality
from resources.opening import load_toml
from tests.unit.apple.builders import builder, codes

PREFIX = "kCTSIMSupportSIMStatus"


@pytest.mark.parametrize(
    ("raw", "word", "lock"),
    [
        ("Ready", "ready", LockState.UNKNOWN),
        ("NotInserted", "not_inserted", LockState.UNKNOWN),
        ("PINLocked", "pin_locked", LockState.UNKNOWN),
        ("OperatorLocked", "operator_locked", LockState.ON),
        ("NetworkLocked", "operator_locked", LockState.ON),
    ],
)
def test_each_status_has_its_word_and_only_a_lock_is_a_sign_of_one(raw, word, lock):
    made = builder()
    read_sim({"SIMStatus": PREFIX + raw, "DeviceClass": "iPhone"}, made)
    reading = made.partial()
    assert (reading.sim.status, reading.locks.sim) == (word, lock)
    assert reading.evidence["sim.status"].quality is Quality.HINT
    assert reading.evidence["sim.status"].raw == PREFIX + raw
    assert ("locks.sim" in reading.evidence) is (lock is LockState.ON)


@pytest.mark.parametrize("raw", ["kCTSIMSupportSIMStatusAbducted", "", 7, b"\xff", [], True])
def test_another_status_is_unknown_and_shown_as_it_is(raw):
    made = builder()
    read_sim({"SIMStatus": raw, "DeviceClass": "iPhone"}, made)
    assert (made.partial().sim.status, made.partial().locks.sim) == (None, LockState.UNKNOWN)
    assert codes(made, "sim.status") == ["unknown_answer"]
    assert codes(made, "locks.sim") == ["not_readable"]


def test_a_phone_that_does_not_say_is_absent():
    made = builder()
    read_sim({"DeviceClass": "iPhone"}, made)
    assert codes(made, "sim.status") == ["absent"]


def test_every_word_has_words_in_both_languages():
    for row in load_toml("apple/sim.toml")["status"].values():
        for language in ("en", "fr"):
            assert value_words("sim.status", row["word"], language) != row["word"]
