"""Follows a bench until every phone on it is read; the customer's taps are given where a phone waits for them."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable

from diagnostics.bench import BenchEvent, Phone
from diagnostics.errors import UserError
from diagnostics.model import State

WAITS_FOR_TRUST = frozenset({State.NEEDS_TRUST, State.UNAUTHORIZED})
_TAP_AFTER = 1.0
"""Seconds that a customer takes to tap."""

Tell = Callable[[Phone], None]


class Watcher:
    """Collects what a bench says, from its thread, and follows it in the caller's.

    Args:
        tap_trust: Does what the customer does on the phone with this id: tap Trust, or Allow.
        tell: Called with each phone whose reading ended, also one that still waits for trust.
    """

    def __init__(self, tap_trust: Callable[[str], None], tell: Tell) -> None:
        self._events: queue.SimpleQueue[BenchEvent] = queue.SimpleQueue()
        self._tap_trust = tap_trust
        self._tell = tell
        self._taps: dict[str, float] = {}
        self.phones: dict[str, Phone] = {}
        self.errors: dict[str, UserError] = {}

    def listen(self, event: BenchEvent) -> None:
        """Take an event; callable from any thread."""
        self._events.put(event)

    def follow(self, expected: int, patience: float) -> tuple[Phone, ...]:
        """Return the phones by port, when ``expected`` are read or after ``patience`` seconds."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and not self._settled(expected):
            self._take_next()
            self._tap_where_it_is_time()
        return tuple(sorted(self.phones.values(), key=lambda phone: phone.sighting.slot or ""))

    def _settled(self, expected: int) -> bool:
        done = [p for p in self.phones.values() if not p.busy and p.reading.state not in WAITS_FOR_TRUST]
        return len(done) >= expected

    def _take_next(self) -> None:
        try:
            event = self._events.get(timeout=0.1)
        except queue.Empty:
            return
        if event.error is not None:
            self.errors[event.source] = event.error
        if event.phone is not None:
            self._take(event.phone)

    def _take(self, phone: Phone) -> None:
        before = self.phones.get(phone.key)
        self.phones[phone.key] = phone
        if (
            phone.busy
            or phone.started is None
            or (before and not before.busy and before.reading.state is phone.reading.state)
        ):
            return
        self._tell(phone)
        if phone.reading.state in WAITS_FOR_TRUST:
            self._taps.setdefault(phone.sighting.id, time.monotonic() + _TAP_AFTER)

    def _tap_where_it_is_time(self) -> None:
        now = time.monotonic()
        for phone_id in [phone_id for phone_id, due in self._taps.items() if due <= now]:
            # Never due again: a customer taps once.
            self._taps[phone_id] = float("inf")
            self._tap_trust(phone_id)
