"""Which lines a reading has, in which order, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.grading.words import reading_words
from diagnostics.model import Platform
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from collections.abc import Collection

    from diagnostics.model import Reading

Line = tuple[str, str]
"""A value's dotted name, and its label."""

DEVICE_ID = "id"
"""The line of what the phone calls itself on its cable: an iPhone's UDID."""
PARTS = "asked.parts_history"
"""The line of what only a person can see: the phone's own list of parts that were changed."""
NEVER_OVER_USB = frozenset({"locks.blacklist", PARTS})
"""What no cable tells, so that nothing is waited for."""
_ONLY_IF_THERE = frozenset(
    {
        "identity.imei2",
        "identity.part_number",
        "identity.region",
        "identity.a_number",
        "identity.sold_as",
        "identity.os_build",
        "battery.temperature_c",
        "battery.manufactured_on",
        "battery.first_used_on",
        "storage.ram_gb",
        "sim.status",
    }
)
NO_NETWORK = "no_network"
"""A device of Wi-Fi alone says so itself: what only a mobile network gives it is no line at all."""
_RARE = frozenset({"battery.manufactured_on", "battery.first_used_on"})
_ONLY_KNOWN = frozenset({"management.organisation", "management.supervised"})
"""Lines beside the one of MDM, which says already why nothing is known."""
_ONLY_ON = {
    DEVICE_ID: Platform.IOS,
    PARTS: Platform.IOS,
    "locks.find_my": Platform.IOS,
    "locks.account": Platform.ANDROID,
    "locks.bootloader": Platform.ANDROID,
}


def is_rare(name: str, code: str) -> bool:
    """Return whether a gap is nothing to tell of: most phones do not offer it, no iPhone does, or it has no network."""
    return code in {"not_offered", NO_NETWORK} or (code == "absent" and name in _RARE)


def applies(name: str, reading: Reading, *, known: bool, explained: Collection[str]) -> bool:
    """Return whether a phone has a line: one that only some phones have needs a value, or a reason why it has none.

    Args:
        name: The line's.
        reading: The phone's.
        known: There is a value.
        explained: The fields of which a problem says why they have none.
    """
    if known:
        return True
    if name in _ONLY_KNOWN:
        return False
    other = reading.platform not in {_ONLY_ON.get(name, reading.platform), Platform.UNKNOWN}
    return not other and (name not in _ONLY_IF_THERE or name in explained)


def phone_lines() -> tuple[Line, ...]:
    """Return the lines of what the phone is: first what tells it apart, last what few ask for."""
    return (
        ("identity.manufacturer", translate("facts", "Maker")),
        ("identity.model", translate("facts", "Model")),
        ("identity.model_code", translate("facts", "Model code")),
        ("identity.a_number", translate("facts", "A-number")),
        ("identity.part_number", translate("facts", "Part number")),
        ("identity.sold_as", translate("facts", "Sold as")),
        ("identity.region", translate("facts", "Region")),
        ("identity.colour", translate("facts", "Colour")),
        ("identity.imei", translate("facts", "IMEI")),
        ("identity.imei2", translate("facts", "IMEI 2")),
        ("identity.serial", translate("facts", "Serial number")),
        (DEVICE_ID, translate("facts", "UDID")),
        ("identity.os_version", translate("facts", "System")),
        ("identity.os_build", translate("facts", "Build")),
        (PARTS, translate("facts", "Parts history")),
    )


def storage_lines() -> tuple[Line, ...]:
    """Return the lines of the storage."""
    return (
        ("storage.capacity_gb", translate("facts", "Size on the box")),
        ("storage.free_bytes", translate("facts", "Free, about")),
        ("storage.ram_gb", translate("facts", "Memory (RAM)")),
    )


def battery_lines() -> tuple[Line, ...]:
    """Return the lines of the battery."""
    return (
        ("battery.health_percent", translate("facts", "Health")),
        ("battery.cycle_count", translate("facts", "Charge cycles")),
        ("battery.full_mah", translate("facts", "Full capacity")),
        ("battery.design_mah", translate("facts", "Design capacity")),
        ("battery.level_percent", translate("facts", "Charge level")),
        ("battery.temperature_c", translate("facts", "Temperature")),
        ("battery.manufactured_on", translate("facts", "Made on")),
        ("battery.first_used_on", translate("facts", "First used on")),
    )


def lock_lines(reading: Reading, language: str) -> tuple[Line, ...]:
    """Return the lines of what may bind the phone to somebody."""

    def lock(name: str) -> Line:
        field = f"locks.{name}"
        return field, reading_words(field, language, reading.platform)

    return (
        lock("activation"),
        lock("find_my"),
        lock("account"),
        lock("mdm"),
        ("management.organisation", translate("facts", "Managed by")),
        ("management.supervised", translate("facts", "Supervised")),
        lock("sim"),
        ("sim.status", translate("facts", "SIM card")),
        lock("blacklist"),
        lock("screen"),
        lock("bootloader"),
        lock("root"),
    )
