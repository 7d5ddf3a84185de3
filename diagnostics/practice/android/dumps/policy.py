"""``dumpsys device_policy`` (AOSP DevicePolicyManagerService.dump): who manages the phone."""

from __future__ import annotations

from diagnostics.practice.android.phone import Locks, PracticeAndroid

_NEW_FORM = 30
_CACHE = 31


def policy_dump(phone: PracticeAndroid) -> str:
    """Return the policy service's state; also an unowned phone prints "Device Owner:" and a type of -1."""
    locks, sdk = phone.character.locks, phone.character.sdk
    lines = ["Current Device Policy Manager state:"]
    if sdk >= _CACHE:
        lines += [
            "  Immutable state:",
            "    mHasFeature=true",
            "    mIsWatch=false",
            "    mHasTelephonyFeature=true",
        ]
    if locks.owner or sdk >= _NEW_FORM:
        lines += ["  Device Owner: ", *_owner(locks), f"  Device Owner Type: {0 if locks.owner else -1}"]
    if locks.work_profile:
        lines += ["", "  Profile Owner (User 10): ", *_component(locks.work_profile, "Work")]
    lines += ["", "  Enabled Device Admins (User 0, provisioningState: 0):", *_admins(locks)]
    lines += ["", "  mPasswordOwner=-1", "  Encryption Status: per-user", ""]
    if sdk >= _CACHE:
        lines += [
            "  Device policy cache:",
            "    Screen capture disallowed users: {}",
            "    Password quality: {0=0}",
        ]
        lines += ["", "  Device state cache:", "    Device provisioned: true"]
        lines += [f"    Device Owner Type: {0 if locks.owner else -1}", "    Has PO:"]
    return "\n".join(lines) + "\n"


def _owner(locks: Locks) -> list[str]:
    return [*_component(locks.owner, locks.owner_name), "    User ID=0"] if locks.owner else []


def _component(component: str, name: str) -> list[str]:
    package = component.split("/", maxsplit=1)[0]
    return [f"    admin=ComponentInfo{{{component}}}", f"    name={name}", f"    package={package}"]


def _admins(locks: Locks) -> list[str]:
    admins = ["com.google.android.gms/.mdm.receivers.MdmDeviceAdminReceiver"] if locks.accounts else []
    admins += [locks.owner] if locks.owner else []
    rows = (
        "    uid=10153",
        "    testOnlyAdmin=false",
        "    policies:",
        "      wipe-data",
        "      force-lock",
    )
    return [line for admin in admins for line in (f"  {admin}:", *rows)]
