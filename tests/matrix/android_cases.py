"""What is tried with Android phones: each fault at each step, and which values a fault makes true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle

from diagnostics.model import LockState
from diagnostics.practice.android.faults import FAULTS, matrix
from diagnostics.practice.android.steps import Step

CHARACTERS = (
    "worn-battery", "signed-in", "fresh-battery", "reset-protection", "supervised", "carrier-locked", "old-system",
    "imei-told", "unlocked-bootloader", "no-exit-codes", "one-ui-4", "android-7", "own-key", "hyperos-3", "oppo",
    "vivo", "no-google", "work-profile", "nothing", "barred",
)  # fmt: skip
TELLING = {
    # The phone of which a lost answer could make "off", or another number.
    Step.ACCOUNTS: "signed-in",
    Step.POLICY: "supervised",
    Step.OWNERS: "supervised",
    Step.RESET_PROTECTION: "reset-protection",
    Step.SETTINGS: "reset-protection",
    Step.SCREEN_LOCK: "signed-in",
    Step.BATTERY_FILES: "fresh-battery",
    Step.BATTERY_STATISTICS: "unlocked-bootloader",
    Step.HEALTH_HAL: "imei-told",
    Step.HEALTH_HIDL: "one-ui-4",
    Step.IMEI: "old-system",
    Step.ROOT: "unlocked-bootloader",
    Step.PACKAGES: "unlocked-bootloader",
}
_SHOWN_BY = {
    "imei-check-digit": "imei-told",
    "imei-nonsense": "imei-told",
    "reset-protection": "fresh-battery",
}
ON, OFF, UNKNOWN = LockState.ON, LockState.OFF, LockState.UNKNOWN
ANY = object()
"""Whatever is told: it is what the phone says now."""

_BATTERY = (
    "level_percent",
    "health_percent",
    "cycle_count",
    "full_mah",
    "design_mah",
    "manufactured_on",
    "first_used_on",
)
_SAYS_CAPACITIES = {f"battery.{name}": ANY for name in ("full_mah", "design_mah", "health_percent")}
_NAMES = (
    "model",
    "manufacturer",
    "model_code",
    "os_version",
    "os_build",
    "serial",
    "part_number",
    "sold_as",
    "region",
)
_SAYS_NAMES: Mapping[str, object] = {f"identity.{name}": ANY for name in _NAMES}
_OTHER_NAMES = (
    "name-html", "name-formula", "name-control", "name-backwards", "name-long", "name-empty", "model-unknown",
    "system-nonsense", "version-missing",
)  # fmt: skip
TRUE_OF_FAULT: Mapping[str, Mapping[str, object]] = {
    "screen-locked": {"locks.screen": ON},
    "signed-in": {"locks.account": ON},
    "signed-in-everywhere": {"locks.account": ON},
    "reset-protection": {"locks.activation": ON, "locks.account": OFF},
    "company-phone": {"locks.mdm": ON, "management.organisation": "Exemple Logistique", "management.supervised": True},
    "bootloader-unlocked": {"locks.bootloader": OFF, "locks.root": ON},
    "own-key": {"locks.root": ON},
    "carrier-locked": {"locks.sim": ON, "sim.status": ANY},
    "carrier-sold": {"identity.region": ANY},
    "rooted": {"locks.root": ON},
    "another-fingerprint": {"locks.root": ON},
    "debug-build": {"locks.root": ON},
    "knox-blown": {"locks.root": ON},
    "battery-zero": {"battery.level_percent": 0, "battery.temperature_c": 0.0},
    # The numbers that the phone tells, in the unit that their size shows; 300 % of a design are no health.
    **dict.fromkeys(("battery-milliampere", "battery-two-units", "battery-too-good"), _SAYS_CAPACITIES),
    "financed": {"locks.mdm": ON},
    "storage-odd": {"storage.total_bytes": ANY, "storage.free_bytes": ANY, "storage.capacity_gb": ANY},
    "name-brackets": {"identity.model": ANY},
    "same-serial": {"identity.serial": ANY},
    **dict.fromkeys(_OTHER_NAMES, _SAYS_NAMES),
}  # fmt: skip
"""Values that a fault makes true, by field; all others of its phone are as without it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One fault at one step.

    Attributes:
        fault: Its id.
        step: Where it is put; ``None`` for its usual steps.
        character: The practice phone that has it.
        target: ``phone``, or ``bus`` for a fault of the adb server.
    """

    fault: str
    step: Step | None
    character: str
    target: str = "phone"

    @property
    def alone(self) -> bool:
        """Whether it takes the whole server down, and so the other phones along."""
        return self.target == "bus" or self.fault == "service-restarts"

    def __str__(self) -> str:
        return f"{self.fault} at {self.step or 'its usual steps'} ({self.character})"


def all_cases() -> tuple[Case, ...]:
    """Return the whole matrix, phones' and the adb server's, and the movable faults at their usual steps, too."""
    turns = cycle(CHARACTERS)
    phone = [Case(fault, step, _character(fault, step, next(turns))) for fault, step in matrix() if step]
    bus = [Case(fault, step, next(turns), "bus") for fault, step in matrix("bus")]
    return (*usual_cases(), *phone, *bus)


def usual_cases() -> tuple[Case, ...]:
    """Return each phone's fault once, at its usual steps."""
    turns = cycle(CHARACTERS)
    faults = [fault for fault in FAULTS.values() if fault.target == "phone"]
    return tuple(Case(fault.id, None, _character(fault.id, None, next(turns))) for fault in faults)


def sample(kinds: Sequence[str], cases: Iterable[Case]) -> tuple[Case, ...]:
    """Return each step with one of a few kinds, in turn, so that every step and every kind is met."""
    steps: dict[Step, list[Case]] = {}
    for case in cases:
        if case.step is not None and case.fault in kinds:
            steps.setdefault(case.step, []).append(case)
    return tuple(found[turn % len(found)] for turn, found in enumerate(steps.values()))


def _character(fault: str, step: Step | None, otherwise: str) -> str:
    return _SHOWN_BY.get(fault) or (TELLING.get(step, otherwise) if step else otherwise)


FIELDS_OF: Mapping[Step, tuple[str, ...]] = {
    Step.BATTERY: ("battery.",),
    Step.DISK: ("storage.",),
    Step.MEMORY: ("storage.ram_gb",),
    Step.SCREEN: (),
    Step.HEALTH_HAL: ("battery.",),
    Step.HEALTH_HIDL: ("battery.",),
    Step.BATTERY_FILES: ("battery.",),
    Step.ACCOUNTS: ("locks.account",),
    Step.OWNERS: ("locks.mdm",),
    Step.POLICY: ("locks.mdm",),
    Step.SCREEN_LOCK: ("locks.screen",),
    Step.TRUST: ("locks.screen",),
    Step.SETTINGS: ("locks.activation",),
    Step.RESET_PROTECTION: ("locks.activation",),
    Step.ROOT: ("locks.root",),
    Step.PACKAGES: ("locks.root",),
    Step.IMEI: (),
    Step.BATTERY_STATISTICS: ("battery.",),
}
"""By the step of one command, how those fields begin that may be lost with its answer, and no other."""
