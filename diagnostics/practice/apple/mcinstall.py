"""com.apple.mobile.MCInstall: supervision and configuration profiles, read only."""

from __future__ import annotations

from typing import Any

from diagnostics.practice.apple import steps
from diagnostics.practice.apple.channel import Channel
from diagnostics.practice.apple.phone import PracticeIphone

READS = frozenset({"GetCloudConfiguration", "GetProfileList", "HelloHostIdentifier", "Flush"})
ACKNOWLEDGED = {"Status": "Acknowledged"}
NEVER_MANAGED = {
    "AllowPairing": True,
    "CloudConfigurationUIComplete": True,
    "ConfigurationSource": 0,
    "ConfigurationWasApplied": True,
    "IsMDMUnremovable": False,
    "IsMandatory": False,
    "IsMultiUser": False,
    "IsSupervised": False,
    "PostInstallProfileWasInstalled": True,
}
"""What a phone says that no organisation ever managed (shape of go-ios #655)."""


async def talk(phone: PracticeIphone, channel: Channel, name: str) -> None:
    """Answer requests until the connection ends."""
    while True:
        request = await channel.receive()
        verb = str(request.get("RequestType"))
        phone.note(name, verb, changes=verb not in READS)
        step = steps.of_mcinstall(verb)
        word = phone.troubles.refusal(step)
        answer = _answer(phone, verb) if word is None else _refused(word)
        await phone.say(channel, answer, step)


def _answer(phone: PracticeIphone, verb: str) -> dict[str, Any]:
    if verb not in READS:
        return _refused(f"{verb} is not permitted.")
    if verb == "GetCloudConfiguration":
        return {**ACKNOWLEDGED, "CloudConfiguration": _cloud(phone)}
    if verb == "GetProfileList":
        return {**ACKNOWLEDGED, **_profiles(phone)}
    return dict(ACKNOWLEDGED)


def _cloud(phone: PracticeIphone) -> dict[str, Any]:
    if phone.character.owner["activation"] != "Activated":
        return {}  # a phone in Setup Assistant has not fetched its configuration yet
    return dict(phone.character.cloud) or dict(NEVER_MANAGED)


def _profiles(phone: PracticeIphone) -> dict[str, Any]:
    profiles = phone.character.profiles
    metadata = {
        name: {k: v for k, v in table.items() if k != "identifier"} for name, table in profiles.items()
    }
    manifest = {
        name: {"Description": table["PayloadDisplayName"], "IsActive": True}
        for name, table in profiles.items()
    }
    return {"OrderedIdentifiers": list(profiles), "ProfileManifest": manifest, "ProfileMetadata": metadata}


def _refused(why: str) -> dict[str, Any]:
    error = {
        "ErrorCode": 4001,
        "ErrorDomain": "MCInstallationErrorDomain",
        "LocalizedDescription": why,
        "USEnglishDescription": why,
    }
    return {"Status": "Error", "ErrorChain": [error]}
