"""What can be wrong with a practice iPhone: the catalogue, from ``resources/practice/faults.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Any

from diagnostics.errors import BadInput
from diagnostics.practice.apple.steps import BUS as BUS_STEPS
from diagnostics.practice.apple.steps import STEPS, Step, group
from resources.opening import load_toml

DATA = "practice/faults.toml"
PHONE, BUS = "phone", "bus"
"""What a fault can be put on."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a fault does to an exchange.

    Attributes:
        kind: A name of `changes.CHANGES` or `wires.WIRES`, ``refuse`` or ``stranger``.
        at: The steps where it always happens; none when it happens where the fault is put.
        params: What its kind needs.
    """

    kind: str
    at: frozenset[Step]
    params: Mapping[str, Any]


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


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the catalogue.

    Attributes:
        id: A short word, such as ``falls-silent``.
        group: Where a trainer looks for it.
        words: What a trainer reads, by language.
        target: ``phone`` or ``bus``: what it can be put on.
        default: Where its rules without steps of their own happen when nobody names a step.
        movable: Where they may be put instead; empty for a fault that is what it is.
        rules: What it does to exchanges.
        state: What it makes of the phone.
    """

    id: str
    group: str
    words: Mapping[str, str]
    target: str
    default: frozenset[Step]
    movable: frozenset[Step]
    rules: tuple[Rule, ...]
    state: PhoneState


def find_fault(fault_id: str) -> Fault:
    """Return a fault.

    Raises:
        BadInput: There is none with this id.
    """
    if fault_id not in FAULTS:
        raise BadInput(
            f"There is no fault {fault_id!r}.", f"Use one of: {', '.join(FAULTS)}.", "unknown_fault"
        )
    return FAULTS[fault_id]


def choose(fault_id: str, step: str, target: str) -> tuple[Fault, Step | None]:
    """Return a fault and the step at which it is put, ``None`` for its usual ones.

    Args:
        fault_id: An id of the catalogue.
        step: A step's word; empty for the usual ones.
        target: ``phone`` or ``bus``.

    Raises:
        BadInput: There is no such fault or step, or it cannot be put there.
    """
    fault = find_fault(fault_id)
    possible = fault_steps(fault_id, target)
    if step and step not in STEPS:
        raise BadInput(f"There is no step {step!r}.", f"Use one of: {', '.join(STEPS)}.", "unknown_step")
    if step not in possible if step else fault.target != target:
        raise BadInput(*_unfit(fault, step, target, possible))
    return fault, Step(step) if step else None


def _unfit(fault: Fault, step: str, target: str, possible: tuple[Step, ...]) -> tuple[str, str, str]:
    where = f"at {step}" if step else "there without a step"
    if possible:
        return (
            f"The fault {fault.id} does not happen {where}.",
            _list("Possible steps", possible),
            "step_unfit",
        )
    if fault.target == target:
        return f"The fault {fault.id} takes no step.", "Leave the step out.", "step_unfit"
    of = "the service as a whole: usbmuxd" if fault.target == BUS else "one phone"
    return f"The fault {fault.id} is not one of this.", f"It is a fault of {of}.", "target_unfit"


def _list(what: str, steps: tuple[Step, ...]) -> str:
    return f"{what}: {', '.join(steps)}."


def fault_steps(fault_id: str, target: str = "phone") -> tuple[Step, ...]:
    """Return the steps at which a fault can be put, in the order of a conversation; none for a fixed one.

    Args:
        fault_id: An id of the catalogue.
        target: ``phone``, or ``bus`` for the steps of usbmuxd alone.
    """
    movable = find_fault(fault_id).movable
    return tuple(step for step in STEPS if step in movable and (step in BUS_STEPS) is (target == BUS))


def fault_groups() -> Mapping[str, Mapping[str, str]]:
    """Return the groups' words by language, in the order in which a trainer sees them."""
    return {table["id"]: table["words"] for table in load_toml(DATA)["group"]}


def matrix(target: str = "phone") -> Iterator[tuple[str, Step | None]]:
    """Yield every fault with every step at which it can be put; fixed faults come once, without a step.

    Args:
        target: ``phone``, or ``bus`` for what can be put on usbmuxd.
    """
    for fault in FAULTS.values():
        steps = fault_steps(fault.id, target)
        yield from ((fault.id, step) for step in steps)
        if not fault.movable and fault.target == target:
            yield fault.id, None


def _fault(table: Mapping[str, Any]) -> Fault:
    return Fault(
        id=table["id"],
        group=table["group"],
        words=table["words"],
        target=table.get("target", "phone"),
        default=_steps(table.get("at", ())),
        movable=_steps(table.get("movable", ())),
        rules=tuple(_rule(row) for row in table.get("do", ())),
        state=PhoneState(**table.get("state", {})),
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    params = {name: value for name, value in row.items() if name not in ("kind", "at")}
    return Rule(row["kind"], _steps(row.get("at", ())), params)


def _steps(names: tuple[str, ...] | list[str]) -> frozenset[Step]:
    return frozenset(chain.from_iterable(group(name) for name in names))


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {table["id"]: _fault(table) for table in load_toml(DATA)["fault"]}
)
"""All faults by id, in the catalogue's order."""
