"""Supervision: off only with everything that off needs."""

from __future__ import annotations

from typing import Any

import pytest

from diagnostics.apple.mdm import read_mdm
from diagnostics.model import LockState, Quality
from tests.unit.apple.builders import builder, codes

NEVER_MANAGED = {"AllowPairing": True, "IsSupervised": False, "IsMandatory": False, "IsMDMUnremovable": False}
NO_PROFILES: dict[str, Any] = {"OrderedIdentifiers": [], "ProfileManifest": {}, "ProfileMetadata": {}}


def profiles(**table: object) -> dict[str, Any]:
    return {"OrderedIdentifiers": ["p"], "ProfileMetadata": {"p": table}}


def test_an_activated_phone_that_says_it_is_not_managed_is_off():
    made = builder()
    read_mdm(NEVER_MANAGED, NO_PROFILES, made, activated=True)
    assert made.partial().locks.mdm is LockState.OFF


@pytest.mark.parametrize("key", ["IsSupervised", "IsMandatory", "IsMDMUnremovable"])
@pytest.mark.parametrize("yes", [True, 1])
def test_each_sure_sign_is_on_with_the_organisation_in_the_evidence(key, yes):
    made = builder()
    read_mdm(
        {**NEVER_MANAGED, key: yes, "OrganizationName": "Example Org"}, NO_PROFILES, made, activated=True
    )
    evidence = made.partial().evidence["locks.mdm"]
    assert made.partial().locks.mdm is LockState.ON
    assert "Example Org" in evidence.raw
    assert evidence.quality is Quality.EXACT


@pytest.mark.parametrize(
    "key", ["OrganizationName", "OrganizationMagic", "OrganizationEmail", "ConfigurationURL"]
)
def test_whatever_names_an_organisation_is_a_sign_of_it(key):
    made = builder()
    read_mdm({**NEVER_MANAGED, key: "it@example.org"}, NO_PROFILES, made, activated=True)
    evidence = made.partial().evidence["locks.mdm"]
    assert (made.partial().locks.mdm, evidence.quality) == (LockState.ON, Quality.HINT)
    assert f"{key}=it@example.org" in evidence.raw


def test_a_profile_that_cannot_be_removed_is_on():
    made = builder()
    read_mdm(NEVER_MANAGED, profiles(PayloadRemovalDisallowed=True), made, activated=True)
    assert made.partial().locks.mdm is LockState.ON


def test_a_profile_that_is_called_management_is_a_hint():
    made = builder()
    read_mdm(NEVER_MANAGED, profiles(PayloadDisplayName="Acme MDM Enrolment"), made, activated=True)
    assert made.partial().locks.mdm is LockState.ON
    assert made.partial().evidence["locks.mdm"].quality is Quality.HINT


@pytest.mark.parametrize(
    ("cloud", "listed", "activated"),
    [
        (NEVER_MANAGED, NO_PROFILES, False),
        (None, NO_PROFILES, True),
        ({}, NO_PROFILES, True),
        (NEVER_MANAGED, None, True),
        (NEVER_MANAGED, {}, True),
        (NEVER_MANAGED, {"ProfileMetadata": {}, "OrderedIdentifiers": ["p"]}, True),
        (NEVER_MANAGED, profiles(PayloadDisplayName="Hotel Wi-Fi"), True),
        ("no dict", ["no dict"], True),
    ],
)
def test_anything_less_is_unknown(cloud, listed, activated):
    made = builder()
    read_mdm(cloud, listed, made, activated=activated)
    assert made.partial().locks.mdm is LockState.UNKNOWN
    assert codes(made, "locks.mdm") == ["not_proved_off"]


@pytest.mark.parametrize(
    "odd",
    [
        {"IsSupervised": "no"},
        {"IsMandatory": "true"},
        {"IsMandatory": 1.0},
        {"IsMandatory": 2**64 - 1},
        {"IsMDMUnremovable": "YES"},
        {"OrganizationName": ["Example Org"]},
        {"ConfigurationURL": {"URL": "https://example.org"}},
    ],
)
def test_an_answer_of_the_wrong_type_proves_nothing_and_is_shown(odd):
    made = builder()
    read_mdm({**NEVER_MANAGED, **odd}, NO_PROFILES, made, activated=True)
    assert made.partial().locks.mdm is LockState.UNKNOWN
    assert codes(made, "locks.mdm") == ["unknown_answer"]
    assert next(iter(odd)) in made.partial().evidence["locks.mdm"].raw


@pytest.mark.parametrize(
    "empty",
    [{"IsMandatory": 0}, {"OrganizationName": ""}, {"OrganizationEmail": " "}, {"ConfigurationURL": " "}],
)
def test_a_plain_no_and_an_empty_name_are_no_signs(empty):
    made = builder()
    read_mdm({**NEVER_MANAGED, **empty}, NO_PROFILES, made, activated=True)
    assert made.partial().locks.mdm is LockState.OFF
