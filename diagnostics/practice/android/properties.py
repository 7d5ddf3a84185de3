"""The system properties of a practice phone, as ``getprop`` prints them."""

from __future__ import annotations

from diagnostics.practice.android.phone import PracticeAndroid

_LONGEST = 91  # PROP_VALUE_MAX - 1; only ro. properties may be longer, since Android 8


def properties(phone: PracticeAndroid) -> dict[str, str]:
    """Return all properties by name, sorted as the phone prints them."""
    named = {**_system(phone), **_own(phone)}
    if phone.booted:
        named["sys.boot_completed"] = "1"
    return dict(sorted((name, value) for name, value in named.items() if _fits(name, value)))


def _fits(name: str, value: str) -> bool:
    return name.startswith("ro.") or len(value.encode()) <= _LONGEST


def _own(phone: PracticeAndroid) -> dict[str, str]:
    imeis = (*phone.imeis, "", "")
    given = {"{serial}": phone.serial, "{imei}": imeis[0], "{imei2}": imeis[1]}
    named = dict(phone.character.properties)
    for name, value in named.items():
        for mark, text in given.items():
            value = value.replace(mark, text)  # noqa: PLW2901 - each mark in turn
        named[name] = value
    return named


def _system(phone: PracticeAndroid) -> dict[str, str]:
    build = phone.character.build
    names = f"{build.brand}/{build.product}/{build.codename}"
    fingerprint = f"{names}:{build.android}/{build.id}/{build.incremental}:user/release-keys"
    return {
        **{f"ro.product.{key}": value for key, value in _product(phone).items()},
        "init.svc.adbd": "running",
        "persist.sys.locale": "fr-FR",
        "ro.adb.secure": "1",
        "ro.board.platform": build.platform,
        "ro.boot.serialno": phone.serial,
        "ro.build.characteristics": "phone",
        "ro.build.display.id": f"{build.id}.{build.incremental}",
        "ro.build.fingerprint": fingerprint,
        "ro.build.id": build.id,
        "ro.build.product": build.codename,
        "ro.build.tags": "release-keys",
        "ro.build.type": "user",
        "ro.build.version.incremental": build.incremental,
        "ro.build.version.release": build.android,
        "ro.build.version.sdk": str(build.sdk),
        "ro.build.version.security_patch": build.patch,
        "ro.crypto.state": "encrypted",
        "ro.debuggable": "0",
        "ro.secure": "1",
        "ro.serialno": phone.serial,
    }


def _product(phone: PracticeAndroid) -> dict[str, str]:
    build = phone.character.build
    return {
        "board": build.platform,
        "brand": build.brand,
        "cpu.abi": "arm64-v8a",
        "device": build.codename,
        "locale": "fr-FR",
        "manufacturer": build.manufacturer,
        "model": build.model,
        "name": build.product,
    }
