"""What can be wrong with a practice Android phone: the catalogue, from ``resources/practice/android-faults.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from diagnostics.practice import catalogue
from diagnostics.practice.android.steps import BUS as BUS_STEPS
from diagnostics.practice.android.steps import STEPS, Step, group

DATA = "practice/android-faults.toml"


@dataclass(frozen=True, slots=True)
class PhoneState:
    """What a fault makes of the phone as a whole, until it is cleared.

    Attributes:
        connection: What the server says of it in place of ``device``; empty for nothing else.
        starting: Android is still starting: no services, and no ``sys.boot_completed``.
        locked: Its screen is locked.
        tap: What the person does with every dialog: ``deny``, or nothing when empty.
        plain: Its adbd speaks no shell v2: one stream, and no exit codes.
        carriage: Its shell ends every line with CR LF, as before Android 7.
        twin: It carries the serial of another phone on the bench.
        down: The whole adb server is not running.
        character: Tables that replace those of its character, key by key.
    """

    connection: str = ""
    starting: bool = False
    locked: bool = False
    tap: str = ""
    plain: bool = False
    carriage: bool = False
    twin: bool = False
    down: bool = False
    character: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


Fault: TypeAlias = catalogue.Fault[Step, PhoneState]

CATALOGUE = catalogue.Catalogue(DATA, catalogue.Places(STEPS, group, BUS_STEPS, "adb"), PhoneState)
FAULTS = CATALOGUE.faults
"""All faults by id, in the catalogue's order."""

fault_steps = CATALOGUE.steps
fault_groups = CATALOGUE.groups
matrix = CATALOGUE.matrix
