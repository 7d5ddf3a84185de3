"""What can be wrong with the practice phones of one platform: faults from a data file, and where they can be put."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from diagnostics.errors import BadInput
from resources.opening import load_toml

PHONE, BUS = "phone", "bus"
"""What a fault can be put on."""

StepT = TypeVar("StepT", bound=StrEnum)
StateT = TypeVar("StateT")


@dataclass(frozen=True, slots=True)
class Rule(Generic[StepT]):
    """One thing that a fault does to an exchange.

    Attributes:
        kind: What it does: a name of `diagnostics.practice.wires.WIRES`, or of its platform's changes.
        at: The steps where it always happens; none when it happens where the fault is put.
        params: What its kind needs.
    """

    kind: str
    at: frozenset[StepT]
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault(Generic[StepT, StateT]):
    """One entry of the catalogue.

    Attributes:
        id: A short word, such as ``falls-silent``.
        group: Where a trainer looks for it.
        words: What a trainer reads, by language.
        target: ``phone`` or ``bus``: what it can be put on.
        default: Where its rules without steps of their own happen when nobody names a step.
        movable: Where they may be put instead; empty for a fault that is what it is.
        rules: What it does to exchanges.
        state: What it makes of the phone as a whole, until it is cleared.
    """

    id: str
    group: str
    words: Mapping[str, str]
    target: str
    default: frozenset[StepT]
    movable: frozenset[StepT]
    rules: tuple[Rule[StepT], ...]
    state: StateT


@dataclass(frozen=True, slots=True)
class Places(Generic[StepT]):
    """Where faults of a platform can happen.

    Attributes:
        steps: All steps, in the order of a conversation.
        group: Returns the steps that a word of the data stands for, be it a group's or one step's.
        bus: The steps of the daemon alone, before it is about one phone.
        daemon: What the daemon is called, as a target and in sentences.
    """

    steps: tuple[StepT, ...]
    group: Callable[[str], frozenset[StepT]]
    bus: frozenset[StepT]
    daemon: str


class Catalogue(Generic[StepT, StateT]):
    """All faults of one platform.

    Args:
        data: The file below ``resources``.
        places: Where they can happen.
        state: Makes a phone's state from its table.

    Attributes:
        faults: By id, in the order of the data.
        places: Where they can happen.
    """

    def __init__(self, data: str, places: Places[StepT], state: Callable[..., StateT]) -> None:
        self.places = places
        self._data = data
        self._state = state
        found = (self._fault(table) for table in load_toml(data)["fault"])
        self.faults: Mapping[str, Fault[StepT, StateT]] = MappingProxyType({f.id: f for f in found})

    def find(self, fault_id: str) -> Fault[StepT, StateT]:
        """Return a fault.

        Raises:
            BadInput: There is none with this id.
        """
        if fault_id not in self.faults:
            known = ", ".join(self.faults)
            raise BadInput(f"There is no fault {fault_id!r}.", f"Use one of: {known}.", "unknown_fault")
        return self.faults[fault_id]

    def choose(self, fault_id: str, step: str, target: str) -> tuple[Fault[StepT, StateT], StepT | None]:
        """Return a fault and the step at which it is put, ``None`` for its usual ones.

        Args:
            fault_id: An id of the catalogue.
            step: A step's word; empty for the usual ones.
            target: ``phone`` or ``bus``.

        Raises:
            BadInput: There is no such fault or step, or it cannot be put there.
        """
        fault = self.find(fault_id)
        possible = self.steps(fault_id, target)
        named = next((known for known in self.places.steps if known == step), None)
        if step and named is None:
            known = ", ".join(self.places.steps)
            raise BadInput(f"There is no step {step!r}.", f"Use one of: {known}.", "unknown_step")
        if named not in possible if step else fault.target != target:
            raise BadInput(*self._unfit(fault, step, target, possible))
        return fault, named

    def _unfit(
        self, fault: Fault[StepT, StateT], step: str, target: str, possible: tuple[StepT, ...]
    ) -> tuple[str, str, str]:
        where = f"at {step}" if step else "there without a step"
        if possible:
            steps = f"Possible steps: {', '.join(possible)}."
            return f"The fault {fault.id} does not happen {where}.", steps, "step_unfit"
        if fault.target == target:
            return f"The fault {fault.id} takes no step.", "Leave the step out.", "step_unfit"
        of = f"the service as a whole: {self.places.daemon}" if fault.target == BUS else "one phone"
        return f"The fault {fault.id} is not one of this.", f"It is a fault of {of}.", "target_unfit"

    def steps(self, fault_id: str, target: str = PHONE) -> tuple[StepT, ...]:
        """Return the steps at which a fault can be put, in the order of a conversation; none for a fixed one.

        Args:
            fault_id: An id of the catalogue.
            target: ``phone``, or ``bus`` for the steps of the daemon alone.
        """
        movable, bus = self.find(fault_id).movable, self.places.bus
        return tuple(s for s in self.places.steps if s in movable and (s in bus) is (target == BUS))

    def groups(self) -> Mapping[str, Mapping[str, str]]:
        """Return the groups' words by language, in the order in which a trainer sees them."""
        return {table["id"]: table["words"] for table in load_toml(self._data)["group"]}

    def matrix(self, target: str = PHONE) -> Iterator[tuple[str, StepT | None]]:
        """Yield every fault with every step at which it can be put; fixed faults come once, without a step.

        Args:
            target: ``phone``, or ``bus`` for what can be put on the daemon.
        """
        for fault in self.faults.values():
            steps = self.steps(fault.id, target)
            yield from ((fault.id, step) for step in steps)
            if not fault.movable and fault.target == target:
                yield fault.id, None

    def _fault(self, table: Mapping[str, Any]) -> Fault[StepT, StateT]:
        return Fault(
            id=table["id"],
            group=table["group"],
            words=table["words"],
            target=table.get("target", PHONE),
            default=self._steps(table.get("at", ())),
            movable=self._steps(table.get("movable", ())),
            rules=tuple(self._rule(row) for row in table.get("do", ())),
            state=self._state(**table.get("state", {})),
        )

    def _rule(self, row: Mapping[str, Any]) -> Rule[StepT]:
        params = {name: value for name, value in row.items() if name not in ("kind", "at")}
        return Rule(row["kind"], self._steps(row.get("at", ())), params)

    def _steps(self, names: Iterable[str]) -> frozenset[StepT]:
        return frozenset(chain.from_iterable(self.places.group(name) for name in names))
