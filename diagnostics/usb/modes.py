"""Decides a phone's mode from its USB ids and interfaces, by the rules in ``resources/usb/modes.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from diagnostics.model import Quality, State
from diagnostics.usb.device import UsbDevice
from resources.opening import load_toml

FILE = "usb/modes.toml"
APPLE, FASTBOOT, ADB, MTP = "05ac", "ff/42/03", "ff/42/01", "06/01/01"
_GOOGLE = "18d1"
_OF_A_SYSTEM = frozenset({FASTBOOT, ADB, MTP})
"""Interfaces that no boot mode has: the id is used by a phone that runs."""
UNREADABLE = "usb_unreadable"
"""The problem of a phone whose descriptors make no sense."""
_OF_RUNNING = frozenset({"mtp", "ptp", "adb", "midi", "charging"})
"""Modes of a phone whose system runs: by its product id more may be known of them."""
_BRIEF = 1.0
_STEPS = ("boot", "interface", "vendor")


@dataclass(frozen=True, slots=True)
class Mode:
    """What a phone is doing, as far as the bus tells.

    Attributes:
        name: A key of the table's ``modes``, such as ``recovery``, ``preloader``, ``mtp``.
        sure: ``high``, ``medium`` or ``low``.
        source: Where the rule comes from.
        state: The reading's state; ``None`` where usbmux or adb speaks to the phone.
        problem: The code of what to do next, a key of ``messages/problems.toml``; ``""`` where nothing needs saying.
        adb: Whether USB debugging is on; ``None`` where the phone has none or its interfaces are unknown.
        settle: Seconds that it must last before it means anything.
        opened: Whether more could be asked if this computer may open the device.
        full_speed: Whether it runs at 12 Mbit/s by itself, with nothing wrong with the cable.
    """

    name: str
    sure: str
    source: str
    state: State | None
    problem: str
    adb: bool | None
    settle: float
    opened: bool
    full_speed: bool = False


@lru_cache(maxsize=512)
def mode_of(device: UsbDevice) -> Mode | None:
    """Return what a phone is doing; ``None`` where the device is no phone, as far as the bus tells."""
    if device.vid == APPLE:
        rule = _first("apple", device)
        return _mode(rule, adb=None) if rule else None
    rule = next((found for step in _STEPS if (found := _first(step, device))), None)
    function = _first("function", device)
    if rule is None and function is not None:
        # A phone by its product id, though none of its interfaces is one of a phone's.
        rule = _rules()["vendor"][0]
    if rule is None:
        return None
    return _running(device, rule, function) if rule["mode"] in _OF_RUNNING else _mode(rule, adb=None)


def state_of(device: UsbDevice) -> State | None:
    """Return the mode of a phone that only the bus knows, or ``None``: no phone, or one that usbmux or adb shows."""
    mode = mode_of(device)
    return mode.state if mode else None


def maker_of(device: UsbDevice) -> str | None:
    """Return the maker that the vendor id stands for; a chip maker's id (EDL, boot ROM) names no phone maker."""
    vendor = load_toml(FILE)["vendors"].get(device.vid)
    # Google's id is Android's own, which makers of phones keep: it names none, in whatever mode.
    if vendor is None or device.vid == _GOOGLE:
        return None
    return vendor["maker"] or None


def maker_quality(device: UsbDevice) -> Quality:
    """Return how good the maker by the vendor id is: but a hint where phones of other makers carry the id, too."""
    vendor = load_toml(FILE)["vendors"][device.vid]
    if vendor.get("shared"):
        return Quality.HINT
    return Quality.EXACT if vendor["sure"] == "high" else Quality.ESTIMATE


def names_a_phone(device: UsbDevice) -> bool:
    """Return whether a phone of another maker than the vendor id's is another phone.

    Not so for Google, whose ids are Android's own, nor for those who make mostly other things: phones with their ids
    are sold under many names.
    """
    return device.vid == APPLE or (device.vid != _GOOGLE and load_toml(FILE)["vendors"][device.vid]["phone"])


def fits(rule: Mapping[str, Any], device: UsbDevice) -> bool:
    """Return whether a device is what a rule of the table asks for."""
    if "told" in rule or rule.get("vid", device.vid) != device.vid or not _pid_fits(rule, device.pid):
        return False
    if rule.get("interface", "") not in {"", *device.interfaces} or not _name_fits(rule, device):
        return False
    if rule["step"] == "boot":
        return not device.interfaces & _OF_A_SYSTEM
    return "phone" not in rule or _is_phone(rule, device)


def _running(device: UsbDevice, rule: Mapping[str, Any], function: Mapping[str, Any] | None) -> Mode:
    """Return the mode of a phone whose system runs: what it was set to do, and whether debugging is on."""
    told_by_id = bool(function and function.get("adb"))
    adb = ADB in device.interfaces if device.interfaces else told_by_id
    if not device.interfaces and not told_by_id:
        # Its descriptors make no sense: nobody knows what it offers, and whether debugging is off.
        return Mode(
            rule["mode"], "low", rule["source"], State.OFFLINE, UNREADABLE, None, _BRIEF, opened=False
        )
    chosen = function if function and _says_more(device, function, rule, adb=adb) else rule
    mode = _mode(chosen, adb=adb)
    if not adb:
        return mode
    return Mode(mode.name, mode.sure, mode.source, None, "", adb=True, settle=0.0, opened=False)


def _says_more(device: UsbDevice, function: Mapping[str, Any], rule: Mapping[str, Any], *, adb: bool) -> bool:
    """Return whether the product id says more than the interfaces: files that no interface offers, it does not."""
    if rule["mode"] in {"charging", "midi"}:
        return adb or function["mode"] not in {"mtp", "ptp"}
    if rule["mode"] in {"mtp", "ptp"}:
        # Files, pictures and accessories have one kind of interface, and only its name tells them apart.
        return device.name_of(rule["interface"]) is None
    return bool(rule["mode"] == "adb")


def _mode(rule: Mapping[str, Any], *, adb: bool | None) -> Mode:
    means = load_toml(FILE)["modes"][rule["mode"]]
    state = State(means["state"]) if means["state"] else None
    return Mode(
        rule["mode"],
        rule["sure"],
        rule["source"],
        state,
        means.get("problem", ""),
        adb,
        means.get("settle", 0.0),
        means.get("opened", False),
        means.get("full_speed", False),
    )


def _first(step: str, device: UsbDevice) -> Mapping[str, Any] | None:
    return next((rule for rule in _rules()[step] if fits(rule, device)), None)


@cache
def _rules() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    rules = load_toml(FILE)["rules"]
    return {step: tuple(_of(step, rules)) for step in ("apple", "function", *_STEPS)}


def _of(step: str, rules: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (rule for rule in rules if rule["step"] == step)


def _pid_fits(entry: Mapping[str, Any], pid: str) -> bool:
    if "pids" not in entry:
        return True
    spans = (span.partition("-") for span in entry["pids"])
    return any(int(low, 16) <= int(pid, 16) <= int(high or low, 16) for low, _, high in spans)


def _name_fits(rule: Mapping[str, Any], device: UsbDevice) -> bool:
    """Return whether the interface is called what the rule wants; where no names are known, it may be."""
    wanted = rule.get("named")
    return wanted is None or not device.named or device.name_of(rule["interface"]) == wanted


def _is_phone(rule: Mapping[str, Any], device: UsbDevice) -> bool:
    """Return whether a device is one of those that a rule means by ``phone``.

    A phone that offers files may offer anything else beside them: a CD-ROM with its maker's program, MIDI, a webcam.
    Without files whatever another kind of device would show speaks against it.
    """
    table = load_toml(FILE)
    classes, vendor = {i[:2] for i in device.interfaces}, table["vendors"].get(device.vid, {})
    if device.vid in table["others"] or classes & set(table["never_classes"]):
        return False
    if "named" in rule and device.name_of(rule["interface"]) == rule["named"]:
        return True
    if rule["phone"] == "files":
        return bool(vendor.get("phone") or vendor.get("files"))
    alone = not classes & set(table["other_classes"]) - {rule.get("interface", "")[:2]}
    return bool(vendor.get("phone")) and _pid_fits(vendor, device.pid) and alone
