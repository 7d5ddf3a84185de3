"""A lock that is not proved off is unknown, and says why."""

from __future__ import annotations

import pytest

from diagnostics.apple.findmy import Sign, sign_of_fmip, signs_of_nvram, yes_or_no
from diagnostics.apple.jailbreak import sign_of_apps, sign_of_service
from diagnostics.apple.locks import (
    explain_owner,
    explain_root,
    read_activation,
    read_bootloader,
    read_owner,
    read_root,
    read_screen,
)
from diagnostics.apple.sim import read_sim
from diagnostics.model import LockState, Quality
from tests.unit.apple.builders import builder, codes

ON, OFF, UNKNOWN = LockState.ON, LockState.OFF, LockState.UNKNOWN


def signs(fmip: object = None, nvram: object = None) -> list[Sign]:
    asked = [] if fmip is None else [sign_of_fmip(fmip)]
    return [*asked, *signs_of_nvram(nvram, "IORegistry options")]


@pytest.mark.parametrize("state", ["Activated", "FactoryActivated", "WildcardActivated"])
def test_an_activated_phone_is_proved_off(state):
    made = builder()
    read_activation({"ActivationState": state, "BrickState": False}, made)
    reading = made.partial()
    assert reading.locks.activation is OFF
    assert (reading.evidence["locks.activation"].source, reading.evidence["locks.activation"].raw) == (
        "lockdown ActivationState",
        state,
    )


def test_unactivated_alone_does_not_mean_locked():
    made = builder()
    read_activation({"ActivationState": "Unactivated", "BrickState": True}, made)
    assert made.partial().locks.activation is UNKNOWN
    assert codes(made, "locks.activation") == ["unactivated"]


def test_activated_and_bricked_at_once_is_not_believed():
    made = builder()
    read_activation({"ActivationState": "Activated", "BrickState": True}, made)
    assert made.partial().locks.activation is UNKNOWN
    assert codes(made, "locks.activation") == ["implausible"]


@pytest.mark.parametrize("raw", ["MismatchedICCID", 1, None, b"\xff"])
def test_other_words_are_unknown(raw):
    made = builder()
    read_activation({"ActivationState": raw}, made)
    assert made.partial().locks.activation is UNKNOWN
    assert codes(made, "locks.activation") == ["unknown_answer"]


def test_an_empty_state_is_no_answer():
    made = builder()
    read_activation({"ActivationState": ""}, made)
    assert codes(made, "locks.activation") == []
    assert made.build("needs_trust").locks.activation is UNKNOWN


@pytest.mark.parametrize("fmip", [True, 1, "YES", b"YES\0", "WUVT", b"WUVT"])
def test_any_yes_turns_find_my_and_the_account_on(fmip):
    made = builder()
    read_owner(signs(fmip, {"fm-spstatus": b"NO"}), {"ActivationState": "Activated"}, made)
    locks = made.partial().locks
    assert (locks.find_my, locks.account) == (ON, ON)


def test_all_no_is_unknown_with_the_reason():
    made = builder()
    read_owner(signs(False, {"fm-spstatus": b"NO", "fm-activation-locked": "Tk8="}), {}, made)
    explain_owner(made)
    assert made.partial().locks.find_my is UNKNOWN
    assert made.partial().locks.account is UNKNOWN
    assert codes(made, "locks.find_my") == ["not_proved_off"]
    assert codes(made, "locks.account") == ["not_readable"]


def test_a_phone_in_setup_assistant_says_no_but_its_nvram_tells():
    made = builder()
    values = {"ActivationState": "Unactivated"}
    read_activation(values, made)
    read_owner(signs(False, {"fm-activation-locked": b"YES"}), values, made)
    reading = made.partial()
    assert (reading.locks.find_my, reading.locks.activation) == (ON, ON)
    assert reading.evidence["locks.activation"].quality is Quality.HINT
    assert codes(made, "locks.activation") == []


def test_a_masked_account_is_a_sign_of_an_account():
    made = builder()
    read_owner(signs(nvram={"fm-account-masked": b"s***@gmail.com\0"}), {}, made)
    assert made.partial().locks.account is ON
    assert made.partial().evidence["locks.account"].raw == "s***@gmail.com"


def test_a_reason_that_was_found_already_is_kept():
    made = builder()
    made.problem("locks.find_my", "timeout")
    read_owner([], {}, made)
    explain_owner(made)
    assert codes(made, "locks.find_my") == ["timeout"]


@pytest.mark.parametrize("value", ["maybe", 2, -1, 1.0, [], {}, b"", "", None, "////"])
def test_what_is_neither_yes_nor_no_is_neither(value):
    assert yes_or_no(value) is None


def test_only_a_true_password_protected_is_information():
    locked, unlocked = builder(), builder()
    read_screen({"PasswordProtected": True}, locked)
    read_screen({"PasswordProtected": False}, unlocked)
    assert locked.partial().locks.screen is ON
    assert unlocked.partial().locks.screen is UNKNOWN
    assert codes(unlocked, "locks.screen") == ["not_proved_off"]


def test_a_turned_down_card_is_a_hint_at_a_carrier_lock_on_phones_only():
    phone, tablet, fine = builder(), builder(), builder()
    turned_down = {"SIMStatus": "kCTSIMSupportSIMStatusOperatorLocked"}
    read_sim({**turned_down, "DeviceClass": "iPhone"}, phone)
    read_sim({**turned_down, "DeviceClass": "iPad"}, tablet)
    read_sim({"SIMStatus": "kCTSIMSupportSIMStatusReady", "DeviceClass": "iPhone"}, fine)
    assert phone.partial().locks.sim is ON
    assert phone.partial().evidence["locks.sim"].quality is Quality.HINT
    assert tablet.partial().locks.sim is UNKNOWN
    assert codes(fine, "locks.sim") == ["not_readable"]


def test_signs_of_a_jailbreak_are_hints_and_their_absence_proves_nothing():
    jailbroken, clean = builder(), builder()
    read_root({"afc2": sign_of_service(True)}, jailbroken)
    read_root({"afc2": sign_of_service(False), "apps": sign_of_apps(())}, clean)
    explain_root(clean)
    assert jailbroken.partial().locks.root is ON
    assert jailbroken.partial().evidence["locks.root"].quality is Quality.HINT
    assert clean.partial().locks.root is UNKNOWN
    assert codes(clean, "locks.root") == ["not_proved_off"]


@pytest.mark.parametrize("order", [["afc2", "apps"], ["apps", "afc2"]])
def test_two_signs_of_a_jailbreak_stand_side_by_side_whichever_came_first(order):
    made = builder()
    signs = {"afc2": sign_of_service(True), "apps": sign_of_apps(("com.saurik.Cydia", "kjc.loader"))}
    read_root({order[0]: signs[order[0]]}, made)
    read_root(signs, made)
    evidence = made.partial().evidence
    assert (evidence["locks.root"].source, evidence["locks.root"].raw) == (
        "lockdown StartService com.apple.afc2",
        "started",
    )
    assert evidence["locks.root@apps"].raw == "com.saurik.Cydia, kjc.loader"


def test_the_boot_chain_cannot_be_read():
    made = builder()
    read_bootloader(made)
    assert codes(made, "locks.bootloader") == ["not_readable"]


@pytest.mark.parametrize("brick", [True, 1, "true", "no", 1.0, 0.0, [], ""])
def test_an_activated_phone_that_may_be_a_brick_is_not_proved_off(brick):
    made = builder()
    read_activation({"ActivationState": "Activated", "BrickState": brick}, made)
    assert made.partial().locks.activation is UNKNOWN
    assert codes(made, "locks.activation") == ["implausible"]
