"""How often a slot lost its phone: one count for the list of slots and for the sentence about a loose contact."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from diagnostics.building import unread
from diagnostics.slots.slot import Slot
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.health import PortHealth
from diagnostics.watchdog import Watchdog
from tests.fakes.sources import NOON, sighting

SLOT = Slot("pci", "2.3")


@dataclass
class MovingClock:
    """A clock that a test moves."""

    seconds: float = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)


@dataclass
class Place:
    """One slot whose phone comes and goes, with the bus's judge and the slot's watchdog."""

    clock: MovingClock = field(default_factory=MovingClock)
    health: PortHealth = field(default_factory=PortHealth)
    address: int = 10

    def __post_init__(self) -> None:
        self.watchdog = Watchdog(self.clock)
        self.said = ""

    def comes(self, after: float, *, counted: bool = False) -> int:
        """Let the phone come back; ``counted``: within the time that its seat waits, as `Seating` counts it."""
        self.clock.seconds += after
        self.address += 1
        self.health.see([], self.clock.seconds)
        device = UsbDevice("04e8", "6860", frozenset({"06/01/01"}), "1-2.3", self.address, speed=480.0)
        verdicts = self.health.see([replace(device, configuration=1)], self.clock.seconds)
        if counted:
            self.watchdog.was_lost(SLOT)
        problems = tuple(verdict.problem for verdict in verdicts)
        self.said = next((p.params["times"] for p in problems if p.code == "usb_churn"), "")
        self.watchdog.shows(SLOT, replace(unread(sighting("A")), problems=problems))
        return self.watchdog.day(SLOT).lost


def test_what_the_sentence_counts_is_counted_as_lost():
    place = Place()
    assert [place.comes(4.0) for _ in range(4)] == [0, 0, 0, 0], "a person may do that"
    assert (place.comes(4.0), place.said) == (4, "4")
    assert (place.comes(4.0), place.said) == (5, "5")


@pytest.mark.parametrize("counted", [{1, 3}, {2}, {1, 2, 3, 4, 5, 6}, set(), {5}])
def test_no_return_is_counted_twice(counted: set[int]):
    place = Place()
    for at in range(7):
        lost = place.comes(3.0, counted=at in counted)
    assert lost == 6


def test_a_contact_that_stays_loose_is_counted_on_beyond_its_window():
    place = Place()
    for _ in range(5):
        place.comes(7.0)
    for _ in range(5):
        lost = place.comes(7.0)
    assert (lost, place.said) == (9, "5")
    assert place.comes(60.0) == 9
    assert place.said == "", "a minute later it is a person again"
    assert [place.comes(4.0) for _ in range(4)][-1] == 9 + 5
