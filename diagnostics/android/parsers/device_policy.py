"""Who manages the phone: ``dpm list-owners`` (Android 11 and later), else ``dumpsys device_policy``."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COUNT = re.compile(r"^(\d{1,4}) owners?:[ \t]*$", re.MULTILINE)
_OWNER = re.compile(r"^User +(\d+): admin=([^,\s]+)(.*)$", re.MULTILINE)
_SECTION = re.compile(r"^\s*(Device Owner|Profile Owner)(?: \(User \d+\))?:\s*$")
_ADMIN = re.compile(r"^\s*admin=ComponentInfo\{([^}]+)\}")
_NAME = re.compile(r"^\s*name=(.{1,200})")
_TYPE = re.compile(r"^\s*Device Owner Type: (-?\d{1,6})\s*$")
_COMPANY = re.compile(r"^\s*isOrganizationOwnedDevice=true\s*$")

_BEHIND_OWNERS = re.compile(r"^[ \t]*(?:Enabled Device Admins \(User|Device Owner Type:)", re.MULTILINE)
"""What AOSP's DevicePolicyManagerService prints after the owners, so that a dump that has it has them all."""


@dataclass(frozen=True, slots=True)
class Owners:
    """Who manages the phone.

    Attributes:
        told: Whether the phone gave its whole list, so that nobody in it means nobody.
        device: The package that owns the device; ``""`` for an owner without a name.
        profiles: The packages that own a profile: an employer's, or one that the phone's owner made for himself.
        company: The one among them whose organisation owns the phone, too (Android 11 and later).
        name: What the owner of the device calls itself.
        others: Owners of a kind that nobody knows: they may own the device.
    """

    told: bool = False
    device: str | None = None
    profiles: tuple[str, ...] = ()
    company: str | None = None
    name: str = ""
    others: tuple[str, ...] = ()


def parse_list(text: str) -> Owners:
    """Read ``dpm list-owners``: ``no owners``, or a count and one line for each (AOSP DevicePolicyManager shell).

    It is the whole list where every line is understood, and as many came as were counted.
    """
    lines = _OWNER.findall(text)
    device = next((admin for _, admin, kind in lines if "DeviceOwner" in kind), None)
    profiles = tuple(admin for _, admin, kind in lines if "ProfileOwner" in kind)
    others = tuple(admin for _, admin, kind in lines if not ("DeviceOwner" in kind or "ProfileOwner" in kind))
    counted = sum(map(int, _COUNT.findall(text)))
    nobody = re.search(r"^no owners\s*$", text, re.MULTILINE) is not None
    told = (counted > 0 or nobody) and counted == len(lines) and not others
    return Owners(told=told, device=device, profiles=profiles, others=others)


def parse_dump(text: str) -> Owners:
    """Read ``dumpsys device_policy``.

    A phone without an owner prints ``Device Owner:`` and ``Device Owner Type: -1`` all the same: only an ``admin=``
    line below it, or a type of 0 or more, is an owner.
    """
    found: dict[str, str] = {}
    profiles: list[str] = []
    section = ""
    for line in text.splitlines():
        if not line.strip():
            section = ""
            continue
        section = _entered(line, section)
        admin = _ADMIN.match(line)
        if admin and section == "Profile Owner":
            profiles.append(admin[1])
        elif admin:
            found.setdefault(section, admin[1])
        elif (kind := _TYPE.match(line)) and int(kind[1]) >= 0:
            found.setdefault("Device Owner", "")
        elif profiles and section == "Profile Owner" and _COMPANY.match(line):
            found.setdefault("company", profiles[-1])
        elif section == "Device Owner" and (name := _NAME.match(line)):
            found.setdefault("name", name[1].strip())
    told = "Current Device Policy Manager state" in text and _BEHIND_OWNERS.search(text) is not None
    owner, company = found.get("Device Owner"), found.get("company")
    return Owners(told, owner, tuple(profiles), company, found.get("name", ""))


def _entered(line: str, section: str) -> str:
    if header := _SECTION.match(line):
        return header[1]
    return "" if line.rstrip().endswith(":") else section
