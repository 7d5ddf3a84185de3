"""What is tried: each fault at each step, each with the practice phone that would show a wrong answer best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle

from diagnostics.practice.apple.faults import FAULTS, matrix
from diagnostics.practice.apple.steps import Step

CHARACTERS = (
    "worn-battery", "fresh", "activation-locked", "signed-in", "supervised", "carrier", "old-system",
    "everyday", "other-driver", "not-trusted",
)  # fmt: skip
_TELLING = {
    # A phone that is managed, or signed in, is the one of which a lost answer could make "off".
    Step.CLOUD_CONFIGURATION: "supervised",
    Step.PROFILE_LIST: "supervised",
    Step.START_MCINSTALL: "supervised",
    Step.FIND_MY: "signed-in",
    Step.RELAY_OPTIONS: "activation-locked",
}
PAIRING = frozenset({Step.PAIR, Step.PUBLIC_KEY, Step.SAVE_RECORD, Step.READ_BUID})
"""Steps that only a phone that is being paired comes to."""
_FALLS = "service-restarts"


@dataclass(frozen=True, slots=True)
class Case:
    """One fault at one step.

    Attributes:
        fault: Its id.
        step: Where it is put; ``None`` for its usual steps.
        character: The practice phone that has it.
        target: ``phone``, or ``bus`` for a fault of usbmuxd.
    """

    fault: str
    step: Step | None
    character: str
    target: str = "phone"

    @property
    def pairs(self) -> bool:
        """Whether the phone must be paired anew to come to the step."""
        return self.step in PAIRING

    @property
    def alone(self) -> bool:
        """Whether it takes the whole service down, and so the other phones along."""
        return self.target == "bus" or self.fault == _FALLS

    def __str__(self) -> str:
        return f"{self.fault} at {self.step or 'its usual steps'} ({self.character})"


def all_cases() -> tuple[Case, ...]:
    """Return the whole matrix, phones' and usbmuxd's, and the movable faults at their usual steps, too."""
    turns = cycle(CHARACTERS)
    phone = [Case(fault, step, _character(fault, step, next(turns))) for fault, step in matrix()]
    bus = [Case(fault, step, next(turns), "bus") for fault, step in matrix("bus")]
    usual = [case for case in usual_cases() if FAULTS[case.fault].movable]
    return (*phone, *bus, *usual)


def usual_cases() -> tuple[Case, ...]:
    """Return each phone's fault once, at its usual steps."""
    turns = cycle(CHARACTERS)
    faults = [fault for fault in FAULTS.values() if fault.target == "phone"]
    return tuple(Case(fault.id, None, _character(fault.id, None, next(turns))) for fault in faults)


def sample(kinds: Sequence[str], cases: Iterable[Case]) -> tuple[Case, ...]:
    """Return each step with one of a few kinds of faults, in turn, so that every step and every kind is met."""
    at: dict[Step, dict[str, Case]] = {}
    for case in cases:
        if case.step is not None and case.fault in kinds:
            at.setdefault(case.step, {})[case.fault] = case
    turns = cycle(kinds)
    return tuple(next(there[kind] for kind in turns if kind in there) for there in at.values())


def _character(fault: str, step: Step | None, otherwise: str) -> str:
    if FAULTS[fault].group == "identity" and fault.startswith("name-"):
        return "supervised"  # the one with a name in its reading: its organisation's
    return _TELLING.get(step, otherwise) if step else otherwise
