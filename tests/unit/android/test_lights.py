"""The traffic light: red stops, amber asks, green is proved; what is not proved off is never green."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.android.lights import Colour, light_words, lights, unproved, whole
from diagnostics.messages import problem_codes
from diagnostics.model import Locks, LockState, Problem
from resources.opening import load_toml
from tests.fakes.android import builder

_STATES = st.builds(Locks, **{f.name: st.sampled_from(LockState) for f in dataclasses.fields(Locks)})


def _reading(locks=Locks(), **codes):  # noqa: B008 - frozen
    problems = tuple(Problem(f"locks.{name}", code) for name, code in codes.items())
    return dataclasses.replace(builder().partial(), locks=locks, problems=problems)


def _colour(reading, field):
    return next(light.colour for light in lights(reading) if light.field == f"locks.{field}")


@pytest.mark.parametrize(
    ("field", "state", "colour"),
    [
        ("account", LockState.ON, Colour.RED),
        ("account", LockState.OFF, Colour.GREEN),
        ("activation", LockState.ON, Colour.RED),
        ("mdm", LockState.ON, Colour.RED),
        ("sim", LockState.ON, Colour.RED),
        ("bootloader", LockState.OFF, Colour.AMBER),
        ("bootloader", LockState.ON, Colour.GREEN),
        ("root", LockState.ON, Colour.AMBER),
        ("screen", LockState.ON, Colour.AMBER),
    ],
)
def test_what_a_lock_means(field, state, colour):
    assert _colour(_reading(Locks(**{field: state})), field) is colour


@pytest.mark.parametrize(
    ("field", "code", "colour"),
    [
        ("mdm", "work_profile", Colour.AMBER),
        ("activation", "setup_unfinished", Colour.AMBER),
        ("bootloader", "foreign_system", Colour.AMBER),
        ("account", "refused", Colour.AMBER),
        ("account", "not_proved_off", Colour.AMBER),
        ("account", "absent", Colour.AMBER),
        ("mdm", "absent", Colour.AMBER),
        ("account", "booting", Colour.UNLIT),
        ("screen", "not_proved_off", Colour.UNLIT),
        ("root", "not_proved_off", Colour.UNLIT),
        ("sim", "not_proved_off", Colour.UNLIT),
        ("blacklist", "no_check_service", Colour.UNLIT),
    ],
)
def test_what_is_not_known_has_its_reason(field, code, colour):
    reading = _reading(**{field: code})
    assert _colour(reading, field) is colour
    light = next(light for light in lights(reading) if light.field == f"locks.{field}")
    assert light_words(light, "fr") != light_words(light, "en")


def test_a_phone_that_does_not_tell_of_its_accounts_is_not_clear():
    reading = _reading(Locks(bootloader=LockState.ON, mdm=LockState.OFF), account="not_proved_off")
    assert whole(reading) is Colour.AMBER


def test_a_phone_whose_reset_lock_is_not_known_is_not_green():
    clear = Locks(account=LockState.OFF, mdm=LockState.OFF, bootloader=LockState.ON)
    reading = _reading(clear, activation="frp_not_proved")
    assert whole(reading) is Colour.UNLIT
    assert unproved(reading) == ("locks.activation",)
    proved = _reading(dataclasses.replace(clear, activation=LockState.OFF))
    assert whole(proved) is Colour.GREEN
    assert unproved(proved) == ()


@given(_STATES)
def test_green_is_only_what_has_all_that_binds_proved_off(locks):
    if whole(_reading(locks)) is Colour.GREEN:
        assert {locks.activation, locks.account, locks.mdm} == {LockState.OFF}


@given(_STATES)
def test_the_worst_comes_first_and_nothing_unknown_is_green(locks):
    found = lights(_reading(locks))
    colours = [light.colour for light in found]
    assert colours == sorted(colours, key=list(Colour).index)
    assert all(light.state is not LockState.UNKNOWN for light in found if light.colour is Colour.GREEN)
    if LockState.ON in {locks.account, locks.mdm, locks.activation, locks.sim, locks.blacklist}:
        assert whole(_reading(locks)) is Colour.RED


def test_the_codes_are_codes_and_every_sentence_has_both_languages():
    table = load_toml("messages/lights.toml")
    assert set(table["unknown"]["amber"]) <= problem_codes()
    for field, states in table.items():
        if field not in {"unknown", "whole"}:
            assert all({"colour", "en", "fr"} == set(row) for row in states.values())
