"""The steps of a conversation with an Android phone, named once: where a fault can happen, and what a command is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum


class Step(StrEnum):
    """One exchange with the adb server, or one command in a phone's shell; the value is what a person types."""

    VERSION = "version"
    LIST_DEVICES = "list-devices"
    TRACK_DEVICES = "track-devices"
    """Each list that the server pushes."""
    OTHER_REQUEST = "other-request"
    FEATURES = "features"
    """What the phone's adbd can do, such as shell_v2."""
    PHONE_STATE = "phone-state"
    """get-state, get-serialno, get-devpath and wait-for."""
    TRANSPORT = "transport"
    """The request that joins a connection to the phone."""
    OPEN_SHELL = "open-shell"
    OPEN_OTHER = "open-other"
    """exec, sync, and what changes a phone."""
    ECHO = "echo"
    GETPROP = "getprop"
    BATTERY = "battery"
    DISK = "disk"
    MEMORY = "memory"
    SCREEN = "screen"
    HEALTH_HAL = "health-hal"
    HEALTH_HIDL = "health-hidl"
    """The health HAL's older form, asked through lshal."""
    BATTERY_FILES = "battery-files"
    ACCOUNTS = "accounts"
    OWNERS = "owners"
    POLICY = "policy"
    SCREEN_LOCK = "screen-lock"
    TRUST = "trust"
    SETTINGS = "settings"
    RESET_PROTECTION = "reset-protection"
    ROOT = "root"
    PACKAGES = "packages"
    IMEI = "imei"
    BATTERY_STATISTICS = "battery-statistics"
    OTHER_COMMAND = "other-command"
    SHELL_END = "shell-end"
    """The last bytes of a call's output, and the exit status."""


STEPS = tuple(Step)
BUS = frozenset({Step.VERSION, Step.LIST_DEVICES, Step.TRACK_DEVICES, Step.OTHER_REQUEST})
"""Steps of the adb server alone, before it is about one phone."""

_HOST = {
    "version": Step.VERSION,
    "devices": Step.LIST_DEVICES,
    "devices-l": Step.LIST_DEVICES,
    "track-devices": Step.TRACK_DEVICES,
    "track-devices-l": Step.TRACK_DEVICES,
}
_OF_PHONE = re.compile(r"(?:^host-.*|^host):(get-[a-z]+|wait-for-[a-z-]+|features|reconnect|list-forward)$")

_COMMANDS: Mapping[tuple[str, ...], Step] = {
    ("echo",): Step.ECHO,
    ("getprop",): Step.GETPROP,
    ("dumpsys", "battery"): Step.BATTERY,
    ("df",): Step.DISK,
    ("dumpsys", "diskstats"): Step.DISK,
    ("cat", "/proc/meminfo"): Step.MEMORY,
    ("wm",): Step.SCREEN,
    ("dumpsys", "android.hardware.health.IHealth/default"): Step.HEALTH_HAL,
    ("lshal",): Step.HEALTH_HIDL,
    ("dumpsys", "account"): Step.ACCOUNTS,
    ("dpm",): Step.OWNERS,
    ("dumpsys", "device_policy"): Step.POLICY,
    ("dumpsys", "lock_settings"): Step.SCREEN_LOCK,
    ("locksettings",): Step.SCREEN_LOCK,
    ("cmd", "lock_settings"): Step.SCREEN_LOCK,
    ("dumpsys", "trust"): Step.TRUST,
    ("dumpsys", "window"): Step.TRUST,
    ("settings",): Step.SETTINGS,
    ("dumpsys", "persistent_data_block"): Step.RESET_PROTECTION,
    ("which",): Step.ROOT,
    ("pm",): Step.PACKAGES,
    ("service", "call", "iphonesubinfo"): Step.IMEI,
    ("dumpsys", "batterystats"): Step.BATTERY_STATISTICS,
    ("dumpsys", "activity"): Step.BATTERY_STATISTICS,
}
_BATTERY_FILES = ("/sys/class/power_supply/", "/sys/class/oplus_chg/")

_READING: tuple[tuple[str, ...], ...] = (
    ("getprop",), ("df",), ("cat",), ("ls",), ("wm", "size"), ("wm", "density"), ("settings", "get"),
    ("settings", "list"), ("dpm", "list-owners"), ("pm", "list"), ("pm", "path"), ("cmd", "package", "list"),
    ("cmd", "device_policy", "list-owners"), ("service", "check"), ("service", "list"),
    ("service", "call", "iphonesubinfo"),
    ("lshal",), ("id",), ("uname",), ("whoami",), ("getenforce",), ("which",), ("toybox", "df"),
)  # fmt: skip
_DUMPED_WITH_ARGUMENTS = frozenset({"window", "package", "user", "activity", "telephony.registry"})
_WRITES_TO_DUMP = frozenset({"diskstats"})
"""Services whose dump writes: this one measures the storage with a small file."""


def of_host(request: str) -> Step:
    """Return the step of a request to the adb server."""
    plain = request.removeprefix("host:")
    if plain in _HOST:
        return _HOST[plain]
    if plain.startswith(("transport", "tport")):
        return Step.TRANSPORT
    found = _OF_PHONE.match(request)
    if found is None:
        return Step.OTHER_REQUEST
    return Step.FEATURES if found[1] == "features" else Step.PHONE_STATE


def of_service(service: str) -> Step:
    """Return the step of opening a service on a phone."""
    return Step.OPEN_SHELL if service.startswith(("shell:", "shell,")) else Step.OPEN_OTHER


def of_command(words: Sequence[str]) -> Step:
    """Return the step of a command in the shell."""
    if words[0] == "cat" and len(words) > 1 and words[1].startswith(_BATTERY_FILES):
        return Step.BATTERY_FILES
    starts = (tuple(words[:count]) for count in (3, 2, 1))
    return next((_COMMANDS[start] for start in starts if start in _COMMANDS), Step.OTHER_COMMAND)


def changes_phone(words: Sequence[str]) -> bool:
    """Tell whether a command would change a phone; one that nobody knows counts as if it did."""
    if words[0] == "dumpsys":
        return _dump_changes(words[1:])
    return not any(tuple(words[: len(start)]) == start for start in _READING)


def _dump_changes(words: Sequence[str]) -> bool:
    """Tell whether a dump does more than tell: ``dumpsys battery set level 5`` does."""
    asked = [word for word in words if not word.startswith("-")]
    if not asked or asked[0] in _WRITES_TO_DUMP:
        return bool(asked)
    return len(asked) > 1 and asked[0] not in _DUMPED_WITH_ARGUMENTS


def group(name: str) -> frozenset[Step]:
    """Return the steps that a word of the fault catalogue stands for, be it a group's or one step's.

    Raises:
        ValueError: There is no such group or step.
    """
    return _GROUPS[name] if name in _GROUPS else frozenset({Step(name)})


_SERVER = BUS | {Step.FEATURES, Step.PHONE_STATE, Step.TRANSPORT}
_OPENING = frozenset({Step.OPEN_SHELL, Step.OPEN_OTHER})
_ALL_COMMANDS = frozenset(_COMMANDS.values()) | {Step.BATTERY_FILES, Step.OTHER_COMMAND}
_SERVICES = frozenset(step for start, step in _COMMANDS.items() if start[0] == "dumpsys")
_GROUPS: Mapping[str, frozenset[Step]] = {
    "bus": BUS,
    "server": _SERVER,
    "opening": _OPENING,
    "commands": _ALL_COMMANDS - {Step.ECHO},
    "services": _SERVICES,
    "answers": _ALL_COMMANDS,
    "texts": _ALL_COMMANDS | (_SERVER - {Step.TRANSPORT}),
    "everything": frozenset(Step),
    "refusals": _SERVER | _OPENING,
}
