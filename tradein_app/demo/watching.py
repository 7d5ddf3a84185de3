"""Follows a bench until every phone on it is read, and does meanwhile what people do: tap Trust, and ask once more."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable

from diagnostics.bench import FAILED, BenchEvent, Phone
from diagnostics.errors import UserError
from diagnostics.model import State

WAITS_FOR_TRUST = frozenset({State.NEEDS_TRUST, State.UNAUTHORIZED})
_TAP_AFTER = 1.0
"""Seconds that a customer takes to tap."""
_TAP_AGAIN = 10.0
"""Seconds until a customer taps once more whose phone still asks."""

Tell = Callable[[Phone], None]


class Watcher:
    """Collects what a bench says, from its thread, and follows it in the caller's.

    Args:
        tap_trust: Does what the customer does on the phone with this id: tap Trust, or Allow.
        read_again: Does what a person does for the phone with this key that fell silent on a busy machine, once the
            bench has given up asking it by itself.
        tell: Called with each phone whose reading ended, also one that still waits for trust.
    """

    def __init__(
        self, tap_trust: Callable[[str], None], read_again: Callable[[str], object], tell: Tell
    ) -> None:
        self._events: queue.SimpleQueue[BenchEvent] = queue.SimpleQueue()
        self._tap_trust = tap_trust
        self._read_again = read_again
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
        while time.monotonic() < deadline and len(self.settled()) < expected:
            self._take_next()
            self._tap_where_it_is_time()
        return tuple(sorted(self.phones.values(), key=lambda phone: phone.sighting.slot or ""))

    def settled(self) -> tuple[Phone, ...]:
        """Return the phones whose reading is over: nobody need do anything, and no retry is to come."""
        return tuple(
            phone
            for phone in self.phones.values()
            if not phone.busy
            and phone.again is None
            and phone.reading.state not in WAITS_FOR_TRUST | FAILED | {State.CONNECTING}
        )

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
        if phone.reading.state in FAILED and phone.again is None:
            self._read_again(phone.key)

    def _tap_where_it_is_time(self) -> None:
        now = time.monotonic()
        for phone in self.phones.values():
            if phone.reading.state not in WAITS_FOR_TRUST:
                continue
            due = self._taps.setdefault(phone.sighting.id, now + _TAP_AFTER)
            if due <= now:
                self._taps[phone.sighting.id] = now + _TAP_AGAIN
                self._tap_trust(phone.sighting.id)
