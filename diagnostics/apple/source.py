"""iPhones as a bus of the bench. Light to import: pymobiledevice3 is loaded in a thread when it is first needed."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.apple.address import Address, usbmuxd_address
from diagnostics.apple.asking import Limits
from diagnostics.apple.attached import Attached, phones, sighting
from diagnostics.apple.errors import SERVICE_LOST, explain
from diagnostics.apple.memory import Memory
from diagnostics.apple.missing import (
    iphone_on_bus,
    library_broken,
    service_forbidden,
    service_missing,
    service_silent,
    service_stopped,
    starts_with_a_phone,
)
from diagnostics.apple.names import NamesFile
from diagnostics.building import ReadingBuilder, concluded, unread
from diagnostics.model import Reading, State
from diagnostics.ports import Clock, Glance, Publish, Sighting, Snapshot, SystemClock

if TYPE_CHECKING:
    from diagnostics.apple.session import Settings

RETRY = 0.4
"""Seconds until usbmuxd is looked for again after it was not there."""
RECONNECT = 0.05
"""Seconds until usbmuxd is looked for again after a connection to it broke."""
STARTS_WITHIN = 4.0
"""Seconds in which an iPhone starts a usbmuxd that is installed."""
_SESSION = "diagnostics.apple.session"
_LOOKING = "diagnostics.apple.looking"
_LOADED: set[str] = set()
_STAYING = frozenset({State.NEEDS_TRUST, State.TRUST_DENIED, State.SCREEN_LOCKED})
"""States in which a phone waits for a person: they are shown until the next reading has found another."""


class AppleSource:
    """All iPhones that usbmuxd shows.

    Args:
        address: ``/path/sock``, ``UNIX:/path/sock`` or ``host:port``; without it ``USBMUXD_SOCKET_ADDRESS`` counts,
            then the system's usual place.
        pair_records: The folder of our own pair records, made when the first phone is paired, for its user alone.
            Records that usbmuxd or the system has are used before.
        names: The shop's own file of names of models and colours (`diagnostics.apple.names`); it need not exist.
        shop_names: The one for all benches (`diagnostics.learning`), on a network drive.
        clock: What evidence is dated by.
        limits: How long a phone may take.

    Raises:
        BadInput: The address is none.
    """

    name = "usbmux"

    def __init__(
        self,
        *,
        address: str | None = None,
        pair_records: Path,
        names: Path | None = None,
        shop_names: Path | None = None,
        clock: Clock | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._address: Address = usbmuxd_address(address)
        self._records = pair_records
        self._names = NamesFile(names, shop_names)
        self._clock = clock or SystemClock()
        self._limits = limits or Limits()
        self._rows: dict[str, Attached] = {}
        self._waiting: dict[str, State] = {}
        self._memories: dict[str, Memory] = {}
        self._waited = 0.0
        self._settings: Settings | None = None

    async def watch(self) -> AsyncGenerator[Snapshot, None]:
        """Yield what is attached; see `diagnostics.ports.DeviceSource`."""
        shown: object = None
        while True:
            works = False
            try:
                await _load("diagnostics.apple.mux")
                from diagnostics.apple.mux import attached

                async with aclosing(attached(self._address.text)) as changes:
                    async for rows in changes:
                        works, snapshot = True, self._snapshot(rows)
                        if snapshot.sightings != shown:
                            shown = snapshot.sightings
                            yield snapshot
            except Exception as error:  # noqa: BLE001  whatever usbmuxd does, watching goes on
                failure = await self._failure(error)
            # A connection that broke is tried again before anything is said: usbmuxd may only have been restarted.
            if not works and shown != (said := str(failure.error)):
                shown = said
                yield failure
            await asyncio.sleep(RECONNECT if works else RETRY)

    async def read(
        self, sighting: Sighting, publish: Publish, *, ask_trust: bool, resume: bool = False
    ) -> Reading:
        """Read one phone; see `diagnostics.ports.DeviceSource`."""
        row = self._rows.get(sighting.key)
        if row is None:
            return concluded(unread(sighting), State.OFFLINE, "unplugged")
        await _load(_SESSION)
        from diagnostics.apple.session import Session

        builder = ReadingBuilder(sighting, self._clock)
        builder.state = self._waiting.get(row.key, sighting.state)
        memory, settings = self._memory(row.key, resume=resume), self._shared()
        if not resume:
            settings.paired.discard(row.key)
        reading = await Session(row, builder, publish, settings, memory).read(ask_trust=ask_trust)
        self._remember(row.key, reading.state)
        return reading

    async def look(self, sighting: Sighting, reading: Reading) -> Glance:
        """Look whether one phone is still as it was read; see `diagnostics.ports.DeviceSource`."""
        row, memory = self._rows.get(sighting.key), self._memories.get(sighting.key)
        if row is None or memory is None:
            return Glance(reading)
        await _load(_LOOKING)
        from diagnostics.apple.looking import LOOKED_AT, Look

        if reading.state not in LOOKED_AT:
            return Glance(reading)
        return await Look(row, sighting, self._shared(), memory, self._clock).look(reading)

    def _memory(self, key: str, *, resume: bool) -> Memory:
        """Return what a phone answered since it was plugged in; nothing to a person who asks anew."""
        if not resume or key not in self._memories:
            self._memories[key] = Memory(self._clock)
        return self._memories[key]

    def _snapshot(self, rows: tuple[Attached, ...]) -> Snapshot:
        self._rows = {row.key: row for row in phones(rows)}
        self._forget_others()
        return Snapshot(tuple(sighting(row) for row in self._rows.values()))

    async def _failure(self, error: Exception) -> Snapshot:
        self._rows = {}
        if isinstance(error, ImportError):
            return Snapshot(error=library_broken(error.name or str(error)))
        if isinstance(error.__cause__, PermissionError):
            return Snapshot(error=service_forbidden(self._address))
        if explain(error) != SERVICE_LOST:
            return Snapshot(error=service_silent(self._address))
        if starts_with_a_phone(self._address):
            return await self._not_started()
        return Snapshot(error=service_missing(self._address))

    async def _not_started(self) -> Snapshot:
        """Say nothing of a usbmuxd that no iPhone has started yet, but of one that an iPhone has not started."""
        if not await asyncio.to_thread(iphone_on_bus):
            self._waited = 0.0
            return Snapshot()
        self._waited += RETRY
        return Snapshot(error=service_stopped(self._address)) if self._waited > STARTS_WITHIN else Snapshot()

    def _forget_others(self) -> None:
        self._waiting = {key: state for key, state in self._waiting.items() if key in self._rows}
        self._memories = {key: memory for key, memory in self._memories.items() if key in self._rows}
        if self._settings is not None:
            self._settings.paired &= self._rows.keys()
            for kept in (self._settings.trusted, self._settings.offers):
                for key in kept.keys() - self._rows.keys():
                    del kept[key]

    def _remember(self, key: str, state: State) -> None:
        self._waiting.pop(key, None)
        if state in _STAYING:
            self._waiting[key] = state

    def _shared(self) -> Settings:
        if self._settings is None:
            from diagnostics.apple.session import Settings

            self._settings = Settings(self._address.text, self._records, self._limits, self._names)
        return self._settings


def warm_up() -> None:
    """Import pymobiledevice3, which takes half a second, before the first iPhone needs it; callable from any thread."""
    importlib.import_module(_SESSION)


async def _load(module: str) -> None:
    """Import a slow module beside the loop: 0.1 to 0.5 s once, during which phones and windows go on."""
    # Not sys.modules: a module that another phone's reading is still importing is there already, and importing it here
    # would wait for that in the loop (measured: 0.5 s).
    if module not in _LOADED:
        await asyncio.to_thread(importlib.import_module, module)
        _LOADED.add(module)
