"""The dumps that tell of the screen lock and of factory-reset protection."""

from __future__ import annotations

from diagnostics.practice.android.phone import PracticeAndroid

_CREDENTIAL_TYPE = 30  # Android 10 and older print no CredentialType
_TRUST_STATE = 33
_FRP_STATE = 35


def lock_settings_dump(phone: PracticeAndroid) -> str:
    """Return the lock settings (AOSP LockSettingsService.dump)."""
    locks, sdk = phone.character.locks, phone.character.sdk
    if sdk < _CREDENTIAL_TYPE:
        sid = "0" if not locks.secured else "1fc43bc3354180e9"
        return (
            "Current lock settings service state:\nSP Enabled = true\n    User 0\n"
            f"        SP Handle = 46820d46306cd90d\n        SID = {sid}\n"
        )
    return (
        "Current lock settings service state:\n\nUser State:\n  User 0\n    SP Handle: 5f0ef3437a85f55\n"
        "    Last changed: 2025-07-28 20:22:36 (b8212446331f2358)\n    SID: 0\n    Quality: 0\n"
        f"    CredentialType: {locks.credential}\n    SeparateChallenge: true\n    Metrics: none\n\n"
        "Storage:\n  User 0 [/data/system_de/0/spblob]:\n      72 2025-07-28 20:22:36 05f0ef3437a85f55.metrics\n\n"
        "StrongAuth:\n  PrimaryAuthFlags state:\n    userId=0, primaryAuthFlags=0\n\n"
    )


def trust_dump(phone: PracticeAndroid) -> str:
    """Return the trust state (AOSP TrustManagerService.dump): ``deviceLocked=1`` is locked now."""
    trusted = "trustState=UNTRUSTED" if phone.character.sdk >= _TRUST_STATE else "trusted=0"
    locked = int(phone.character.locks.locked)
    return (
        f'Trust manager state:\n User "Owner" (id=0, flags=0x4c13) (current): {trusted}, trustManaged=0, '
        f"deviceLocked={locked}, strongAuthRequired=0x0\n   Enabled agents:\n   Events:\n"
    )


def window_dump(phone: PracticeAndroid) -> str:
    """Return the window policy's part on the keyguard (AOSP PhoneWindowManager.dump)."""
    showing = str(phone.character.locks.locked).lower()
    return (
        "WINDOW MANAGER POLICY STATE (dumpsys window policy)\n"
        "    mSafeMode=false mSystemReady=true mSystemBooted=true\n"
        "    mCameraLensCoverState=CAMERA_LENS_COVER_ABSENT\n    KeyguardServiceDelegate\n"
        f"      showing={showing}\n      inputRestricted={showing}\n      occluded=false\n"
        f"      secure={str(phone.character.locks.secured).lower()}\n      dreaming=false\n"
    )


def data_block_dump(phone: PracticeAndroid) -> str | None:
    """Return the state of factory-reset protection (AOSP PersistentDataBlockService, Android 15 on)."""
    frp = phone.character.locks.frp
    if frp == "absent":
        return None
    if frp == "refused" or phone.character.sdk < _FRP_STATE:
        return "Security exception: uid 2000 is not allowed to access the PST partition\n"
    return (
        f"FRP state\n=========\nEnforcement enabled: true\nFRP state: {str(frp == 'on').lower()}\n"
        "FRP secret in PDB: <redacted>\nOEM unlock state: false\nBootloader lock state: 1\n"
        f"Verified boot state: green\nHas FRP credential handle: {str(frp == 'on').lower()}\n"
        "FRP challenge block size: 129\n"
    )
