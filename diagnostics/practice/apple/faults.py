"""What can be wrong with a practice iPhone: the catalogue, from ``resources/practice/faults.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from diagnostics.practice import catalogue
from diagnostics.practice.apple.steps import BUS as BUS_STEPS
from diagnostics.practice.apple.steps import STEPS, Step, group

DATA = "practice/faults.toml"


@dataclass(frozen=True, slots=True)
class PhoneState:
    """What a fault makes of the phone as a whole, until it is cleared.

    Attributes:
        locked: Its screen is locked.
        forgets: It forgets the computers that it trusted.
        tap: What the person does with every dialog: ``deny``, or nothing when empty.
        twice: It is listed over the network, too.
        undashed: There its UDID has no dash.
        unknown: This computer has no pair record of it.
        down: The whole service is not running.
        character: Tables that replace those of its character, key by key.
    """

    locked: bool = False
    forgets: bool = False
    tap: str = ""
    twice: bool = False
    undashed: bool = False
    unknown: bool = False
    down: bool = False
    character: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


Fault: TypeAlias = catalogue.Fault[Step, PhoneState]

CATALOGUE = catalogue.Catalogue(DATA, catalogue.Places(STEPS, group, BUS_STEPS, "usbmuxd"), PhoneState)
FAULTS = CATALOGUE.faults
"""All faults by id, in the catalogue's order."""

fault_steps = CATALOGUE.steps
fault_groups = CATALOGUE.groups
matrix = CATALOGUE.matrix
