"""How the demo follows a bench: it waits for retries, taps and asks like a person, and knows who is still to come."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

from diagnostics.bench import BenchEvent, Phone
from diagnostics.building import concluded, unread
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.phone import EventKind
from diagnostics.ports import Sighting
from tradein_app.demo.watching import Watcher


class Hall:
    """A bench of one phone, whose states are told one after the other; keeps what was done for it."""

    def __init__(self) -> None:
        sighting = Sighting("1", DeviceId("A"), Platform.IOS, Transport.USBMUX, "1-1", State.CONNECTING)
        self.phone = Phone("1", sighting, unread(sighting), started=datetime(2026, 11, 22, tzinfo=UTC))
        self.told: list[State] = []
        self.taps: list[str] = []
        self.asked: list[str] = []
        self.watcher = Watcher(
            self.taps.append, self.asked.append, lambda phone: self.told.append(phone.reading.state)
        )

    def tell(self, state: State, *, busy: bool = False, again: float | None = None) -> None:
        reading = concluded(self.phone.reading, state, "timeout")
        self.phone = dataclasses.replace(self.phone, reading=reading, busy=busy, again=again)
        self.watcher.listen(BenchEvent(EventKind.CHANGED, self.phone))

    def follow(self, seconds: float = 0.3) -> int:
        """Return how many phones are settled after at most so long."""
        self.watcher.follow(1, seconds)
        return len(self.watcher.settled())


def test_a_phone_that_is_asked_again_by_itself_is_waited_for():
    hall = Hall()
    hall.tell(State.TIMEOUT, again=5.0)
    assert hall.follow() == 0
    hall.tell(State.READY)
    assert hall.follow(60.0) == 1
    assert hall.told == [State.TIMEOUT, State.READY]
    assert hall.asked == []


def test_one_that_the_bench_has_given_up_is_asked_once_more_as_a_person_would():
    hall = Hall()
    hall.tell(State.TIMEOUT)
    assert hall.follow() == 0
    assert hall.asked == ["1"]
    hall.tell(State.CONNECTING, busy=True)
    hall.tell(State.TIMEOUT)
    assert hall.follow() == 0
    assert hall.asked == ["1", "1"]
    hall.tell(State.READY, busy=True)
    assert hall.follow() == 0
    hall.tell(State.READY)
    assert hall.follow(60.0) == 1


def test_a_phone_that_waits_for_trust_is_tapped_after_a_moment_and_not_with_each_news():
    hall = Hall()
    hall.tell(State.NEEDS_TRUST, again=1.0)
    assert hall.follow() == 0
    assert hall.taps == []
    hall.tell(State.NEEDS_TRUST, again=1.0)
    assert hall.follow(1.5) == 0
    assert hall.taps == ["A"]
    hall.tell(State.READY)
    assert hall.follow(60.0) == 1
    assert hall.told == [State.NEEDS_TRUST, State.READY]
