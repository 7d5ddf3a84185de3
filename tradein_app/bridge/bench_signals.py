"""Brings what happens on the bench from the device thread to the window, at a pace that a window can paint."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from tradein_app.bridge.pacing import Pacer

if TYPE_CHECKING:
    from diagnostics.bench import BenchEvent, Phone
    from diagnostics.errors import UserError

INTERVAL_MS = 100
"""A slot changes on the screen at most ten times a second; what happens in between is joined."""


class BenchSignals(QObject):
    """Collects events by phone and hands them on, the newest of each, at most every `INTERVAL_MS`.

    Args:
        pacer: The window's, so that news and what shows them take turns.
        parent: Lives as long.
    """

    phones_changed = Signal(object)
    """A tuple of one `Phone`; several come in the order in which they first changed, one in each pass of the loop."""
    source_changed = Signal(str, object)
    """A bus's name, and the `UserError` that says why it cannot be seen, or ``None``."""
    _poked = Signal()

    def __init__(self, pacer: Pacer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._phones: dict[str, Phone] = {}
        self._sources: dict[str, UserError | None] = {}
        self._waiting = False
        self._since = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._flush)
        self._pacer = pacer
        self._poked.connect(self._on_poked, Qt.ConnectionType.QueuedConnection)

    def on_event(self, event: BenchEvent) -> None:
        """Take an event; called in the device thread."""
        with self._lock:
            self._keep(event)
            poke, self._waiting = not self._waiting, True
        if poke:
            self._poked.emit()

    def _keep(self, event: BenchEvent) -> None:
        if event.kind == "source":
            self._sources[event.source] = event.error
        elif event.phone is not None:
            self._phones[event.phone.key] = event.phone

    @Slot()
    def _on_poked(self) -> None:
        passed = self._since.elapsed() if self._since.isValid() else INTERVAL_MS
        self._timer.start(max(0, INTERVAL_MS - passed))

    @Slot()
    def _flush(self) -> None:
        self._since.start()
        phones, sources = self._take()
        for name, error in sources.items():
            self.source_changed.emit(name, error)
        for phone in phones.values():
            self._pacer.ask(partial(self.phones_changed.emit, (phone,)))

    def _take(self) -> tuple[Mapping[str, Phone], Mapping[str, UserError | None]]:
        with self._lock:
            phones, self._phones = self._phones, {}
            sources, self._sources = self._sources, {}
            self._waiting = False
        return phones, sources
