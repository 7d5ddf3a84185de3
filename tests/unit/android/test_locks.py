"""Accounts, management, screen lock and reset protection: off is proved, or it is not off."""

from __future__ import annotations

import pytest

from diagnostics.android import locks
from diagnostics.model import LockState
from tests.fakes import android_texts as texts
from tests.fakes.android import answers, builder


def _locks(properties=None, **given):
    made = builder()
    locks.fill(made, properties or {}, answers(**given))
    return made.build()


def _code(reading, field):
    return next((p.code for p in reading.problems if p.field == field), None)


@pytest.mark.parametrize(
    ("text", "state", "code"),
    [
        (texts.ACCOUNTS_TWO, LockState.ON, None),
        (texts.ACCOUNTS_NONE, LockState.OFF, None),
        (texts.ACCOUNTS_HARMLESS, LockState.OFF, None),
        (texts.ACCOUNTS_UNKNOWN_KIND, LockState.UNKNOWN, "not_proved_off"),
        ("  Accounts: 2\n    Account {name=x, type=com.whatsapp}\n", LockState.UNKNOWN, "not_proved_off"),
        ("Permission Denial: can't dump\n", LockState.UNKNOWN, "refused"),
        ("", LockState.UNKNOWN, "absent"),
        (texts.ACCOUNTS_NONE + texts.BROKE_OFF, LockState.UNKNOWN, "protocol_error"),
        (texts.ACCOUNTS_TWO + texts.BROKE_OFF, LockState.ON, None),
    ],
)
def test_account(text, state, code):
    reading = _locks(account=text)
    assert reading.locks.account is state
    assert _code(reading, "locks.account") == code


_SECURE_FOLDER = (
    "1 owner:\nUser 150: admin=com.samsung.knox.securefolder/"
    "com.samsung.knox.securefolder.containeragent.detector.KnoxDeviceAdminReceiver,ProfileOwner\n"
)
_UNKNOWN_OWNER = "1 owner:\nUser  0: admin=com.example/.Admin,Affiliated\n"
_WORK_PROFILE = "1 owner:\nUser 10: admin=com.work/.Admin,ProfileOwner,ManagedProfileOwner(parentUserId=0)\n"


@pytest.mark.parametrize(
    ("properties", "given", "state", "code"),
    [
        ({}, {"owners": "no owners\n", "policy": texts.POLICY_UNOWNED}, LockState.OFF, None),
        ({}, {"policy": texts.POLICY_UNOWNED}, LockState.OFF, None),
        ({}, {"policy": texts.POLICY_OWNED}, LockState.ON, None),
        ({}, {"owners": "1 owner:\nUser  0: admin=a/.B,DeviceOwner\n"}, LockState.ON, None),
        ({}, {"policy": texts.POLICY_WORK_PROFILE}, LockState.UNKNOWN, "work_profile"),
        ({"knox.kg.state": "Locked"}, {"owners": "no owners\n"}, LockState.ON, None),
        ({"knox.kg.state": "active"}, {"owners": "no owners\n"}, LockState.ON, None),
        ({"knox.kg.state": "Checking"}, {"owners": "no owners\n"}, LockState.OFF, None),
        ({"knox.kg.state": "Completed"}, {"owners": "no owners\n"}, LockState.OFF, None),
        ({"knox.kg.state": ""}, {"owners": "no owners\n"}, LockState.OFF, None),
        ({"knox.kg.state": "Zebra"}, {"owners": "no owners\n"}, LockState.UNKNOWN, "unknown_finance"),
        (
            {"knox.kg.state": "Checking", "ro.boot.kg.bit": "01"},
            {"owners": "no owners\n"},
            LockState.UNKNOWN,
            "finance_fuse",
        ),
        ({"ro.boot.kg.bit": "1"}, {"owners": "no owners\n"}, LockState.UNKNOWN, "finance_fuse"),
        (
            {"knox.kg.state": "Completed", "ro.boot.kg.bit": "01"},
            {"owners": "no owners\n"},
            LockState.OFF,
            None,
        ),
        (
            {"knox.kg.state": "Checking", "ro.boot.kg.bit": "00"},
            {"owners": "no owners\n"},
            LockState.OFF,
            None,
        ),
        ({"knox.kg.state": "Normal", "ro.boot.kg.bit": "FF"}, {"owners": "no owners\n"}, LockState.OFF, None),
        ({"knox.kg.state": "Active", "ro.boot.kg.bit": "01"}, {"owners": "no owners\n"}, LockState.ON, None),
        ({"knox.kg.state": "Zebra"}, {"policy": texts.POLICY_OWNED}, LockState.ON, None),
        (
            {},
            {"owners": "no owners\n", "policy": texts.POLICY_WORK_PROFILE},
            LockState.UNKNOWN,
            "work_profile",
        ),
        ({}, {"owners": _WORK_PROFILE}, LockState.UNKNOWN, "work_profile"),
        ({}, {"policy": "Permission Denial\n"}, LockState.UNKNOWN, "refused"),
        ({}, {"policy": "Current Device Policy Manager state:\n"}, LockState.UNKNOWN, "absent"),
        ({}, {"policy": texts.POLICY_UNOWNED + texts.BROKE_OFF}, LockState.UNKNOWN, "protocol_error"),
        ({}, {"policy": texts.POLICY_OWNED + texts.BROKE_OFF}, LockState.ON, None),
        ({}, {"owners": _WORK_PROFILE, "policy": texts.POLICY_COMPANY_PHONE}, LockState.ON, None),
        ({"ro.organization_owned": "true"}, {"owners": _WORK_PROFILE}, LockState.ON, None),
        ({"ro.organization_owned": "false"}, {"owners": "no owners\n"}, LockState.OFF, None),
        ({}, {"owners": _SECURE_FOLDER, "policy": texts.POLICY_SECURE_FOLDER}, LockState.OFF, None),
        ({}, {"policy": texts.POLICY_SECURE_FOLDER}, LockState.OFF, None),
        ({}, {"owners": _SECURE_FOLDER + _WORK_PROFILE}, LockState.UNKNOWN, "work_profile"),
        ({}, {"owners": _UNKNOWN_OWNER}, LockState.UNKNOWN, "unknown_answer"),
        ({}, {"owners": _UNKNOWN_OWNER, "policy": texts.POLICY_UNOWNED}, LockState.UNKNOWN, "unknown_answer"),
        ({}, {"owners": _UNKNOWN_OWNER, "policy": texts.POLICY_OWNED}, LockState.ON, None),
        ({}, {"owners": _SECURE_FOLDER.replace("1 owner:", "2 owners:")}, LockState.UNKNOWN, "absent"),
    ],
)
def test_management(properties, given, state, code):
    reading = _locks(properties, **given)
    assert reading.locks.mdm is state
    assert _code(reading, "locks.mdm") == code


@pytest.mark.parametrize(
    ("given", "state", "code"),
    [
        ({"lock_settings": texts.LOCK_SETTINGS.format(kind="Pin")}, LockState.ON, None),
        ({"lock_settings": texts.LOCK_SETTINGS.format(kind="None")}, LockState.OFF, None),
        ({"lock_settings": texts.LOCK_SETTINGS.format(kind="None"), "trust": texts.TRUST.format(locked=1)},
         LockState.ON, None),
        ({"trust": texts.TRUST.format(locked=0)}, LockState.UNKNOWN, "not_proved_off"),
        ({}, LockState.UNKNOWN, "absent"),
    ],
)  # fmt: skip
def test_screen(given, state, code):
    reading = _locks(**given)
    assert reading.locks.screen is state
    assert _code(reading, "locks.screen") == code


@pytest.mark.parametrize(
    ("frp", "setup", "state", "code"),
    [
        (texts.RESET_PROTECTION.format(enforced="true", active="true"), "1", LockState.ON, None),
        (texts.RESET_PROTECTION.format(enforced="true", active="false"), "1", LockState.OFF, None),
        (
            texts.RESET_PROTECTION.format(enforced="false", active="false"),
            "1",
            LockState.UNKNOWN,
            "frp_not_proved",
        ),
        (
            texts.RESET_PROTECTION.format(enforced="true", active="false"),
            "0",
            LockState.UNKNOWN,
            "setup_unfinished",
        ),
        ("", "1", LockState.UNKNOWN, "frp_not_proved"),
        ("mIsWritable: true\nFRP state: true\n", "1", LockState.ON, None),
        ("mIsWritable: true\nFRP state: false\n", "1", LockState.UNKNOWN, "frp_not_proved"),
    ],
)
def test_activation(frp, setup, state, code):
    reading = _locks(frp=frp, setup=f"{setup}\n", provisioned="1\n")
    assert reading.locks.activation is state
    assert _code(reading, "locks.activation") == code


def test_who_manages_a_phone_is_said_by_its_name():
    reading = _locks({}, policy=texts.POLICY_OWNED)
    assert reading.locks.mdm is LockState.ON
    assert reading.management.organisation == "Exemple Logistique"


@pytest.mark.parametrize(("locked", "state"), [(1, LockState.ON), (0, LockState.UNKNOWN)])
def test_a_phone_before_android_10_shows_no_more_than_whether_it_is_locked_now(locked, state):
    assert _locks({}, trust=texts.TRUST.format(locked=locked)).locks.screen is state
