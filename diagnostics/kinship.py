"""Whether two things that buses show are one phone, by what they call themselves; never by more than that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from diagnostics.model import Platform, Reading
from diagnostics.ports import Sighting
from resources.opening import load_toml

Names = Mapping[str, str]
"""What a phone is called, by the kind of the name: ``udid``, ``ecid``, ``serial``, ``platform``, ``maker``."""

_UDID = re.compile(r"[0-9A-F]{8}-([0-9A-F]{16})|[0-9a-fA-F]{40}")
_OVER_AIR = re.compile(r"adb-(.+)-[A-Za-z0-9]{6}\._adb-tls-connect\._tcp\.?")
_ADDRESS = re.compile(r"[^\s:]+:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}")
_EMULATOR = re.compile(r"emulator-\d+")
_SERVICE_NAME = re.compile(r".+\._adb(-tls-connect)?\._tcp\.?")
_ONES_OWN = ("udid", "ecid", "serial")
"""Kinds of names that only one phone should have; the others tell phones apart, and never that they are the same."""


class Kinship(StrEnum):
    """What two sets of names say of each other."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


def names_of(sighting: Sighting, reading: Reading | None = None) -> Names:
    """Return what a phone is called on its bus, and what it said of itself when it was read."""
    found = {"platform": str(sighting.platform)} if sighting.platform is not Platform.UNKNOWN else {}
    found |= _by_id(sighting) | dict(sighting.names)
    if reading is not None:
        found |= _told(reading)
    return MappingProxyType(found)


def kinship(one: Names, other: Names) -> Kinship:
    """Return whether two sets of names are one phone's.

    One name that both have in common proves it; without such a one, a single kind in which they differ proves the
    opposite. A phone's own name outweighs its maker's: fastboot and Odin speak for many makers. A serial that many
    phones carry proves nothing where both have it.
    """
    shared = one.keys() & other.keys()
    own = [kind for kind in _ONES_OWN if kind in shared]
    equal = [kind for kind in own if _is_equal(one[kind], other[kind])]
    if any(kind != "serial" or not is_shared_serial(one[kind]) for kind in equal):
        return Kinship.SAME
    if (own and not equal) or ("platform" in shared and one["platform"] != other["platform"]):
        return Kinship.OTHER
    if "maker" in shared and _family(one["maker"]) != _family(other["maker"]):
        return Kinship.OTHER
    return Kinship.UNKNOWN


def are_named_apart(one: Names, other: Names) -> bool:
    """Return whether two phones' own names differ, whatever their makers are."""
    own = [kind for kind in _ONES_OWN if kind in one and kind in other]
    return bool(own) and not any(_is_equal(one[kind], other[kind]) for kind in own)


def is_shared_serial(serial: str) -> bool:
    """Return whether a serial is one that many phones carry, because their maker never set one."""
    return re.fullmatch(load_toml("usb/serials.toml")["shared"], serial, re.IGNORECASE) is not None


def is_by_cable(sighting: Sighting) -> bool:
    """Return whether a service reaches a phone by cable, so that it hangs on the bus; an emulator does not."""
    name = str(sighting.id)
    apart = (_ADDRESS, _SERVICE_NAME, _EMULATOR)
    by_adb = sighting.platform is not Platform.IOS
    return not sighting.by_air and not (by_adb and any(form.fullmatch(name) for form in apart))


def is_named(names: Names) -> bool:
    """Return whether a phone tells any name of its own."""
    return any(kind in names for kind in _ONES_OWN)


def over_air(sighting: Sighting) -> str | None:
    """Return the serial of a phone that adb reaches over the network, where its name holds it."""
    found = _OVER_AIR.fullmatch(sighting.id)
    return found[1] if found and sighting.slot is None else None


def _is_equal(one: str, other: str) -> bool:
    """Return whether two names are equal; Windows may tell them in other cases."""
    return one.casefold() == other.casefold()


def _by_id(sighting: Sighting) -> dict[str, str]:
    name = str(sighting.id)
    if name.startswith("usb:"):  # it is called by its place
        return {}
    if sighting.platform is Platform.IOS:
        found = _UDID.fullmatch(name)
        ecid = {"ecid": found[1]} if found and found[1] else {}
        return {"udid": name, **ecid} if found or not sighting.names else {}
    if serial := over_air(sighting):
        return {"serial": serial}
    # "????????????" is what adb calls a phone that it may not open.
    known = not _ADDRESS.fullmatch(name) and bool(name.strip("? "))
    return {"serial": name} if known and "no serial" not in name else {}


def _told(reading: Reading) -> dict[str, str]:
    maker = reading.identity.manufacturer
    found = {"maker": maker} if maker else {}
    # An Android phone may tell another serial than the one that its bus shows; an iPhone's has one only.
    if reading.platform is Platform.IOS and reading.identity.serial:
        found["serial"] = reading.identity.serial
    return found


def _family(maker: str) -> str:
    wanted = maker.casefold()
    families: Mapping[str, list[str]] = load_toml("usb/families.toml")["families"]
    return next((name for name, makers in families.items() if wanted in makers), wanted)
