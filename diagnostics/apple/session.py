"""One phone from the first hello to the finished reading. Imported lazily: it needs pymobiledevice3."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from diagnostics.apple.asking import Conversation, Limits, ask
from diagnostics.apple.attached import Attached
from diagnostics.apple.connection import Lockdown, open_lockdown
from diagnostics.apple.errors import DENIED, FORBIDDEN, GONE, LOCKED, NEEDS_TRUST, PAIRING_LOST, Trouble
from diagnostics.apple.identity import ENCLOSURE, read_identity
from diagnostics.apple.locks import read_activation
from diagnostics.apple.mux import listed
from diagnostics.apple.pairing import Offer, make_offer, propose
from diagnostics.apple.reading import TrustedReading
from diagnostics.apple.records import find_record, save_record
from diagnostics.apple.values import mapping
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality, Reading, State
from diagnostics.ports import Progress, Publish

PAIRINGS_AT_ONCE = 2
_PRESENCE_PAUSE = 0.2
_WORST_FIRST = ("unplugged", "pairing_lost", "timeout", "screen_locked", "protocol_error")
"""Troubles of single questions that say something of the phone as a whole."""


@dataclass(slots=True)
class Settings:
    """What every reading of one source shares.

    Attributes:
        address: usbmuxd's, or ``None`` for its usual place.
        records: The folder of our own pair records.
        limits: How long a phone may take.
        offers: What phones were asked to trust, by a sighting's key, until they answer.
        slots: How many pairings are prepared at a time: that is work for the processor.
    """

    address: str | None
    records: Path
    limits: Limits
    offers: dict[str, Offer] = field(default_factory=dict)
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PAIRINGS_AT_ONCE))


class Session:
    """Reads one phone once."""

    def __init__(self, row: Attached, builder: ReadingBuilder, publish: Publish, settings: Settings) -> None:
        self._row = row
        self._builder = builder
        self._publish = publish
        self._settings = settings
        self._talk: Conversation | None = None

    async def read(self, *, ask_trust: bool) -> Reading:
        """Return the reading; nothing that a phone does makes this raise."""
        lockdown = await ask(
            open_lockdown(self._row, self._settings.address, self._settings.records),
            self._settings.limits.open,
        )
        if isinstance(lockdown, Trouble):
            return await self._conclude(lockdown)
        self._talk = Conversation(lockdown, self._settings.limits)
        try:
            trouble = await self._read(lockdown, self._talk, ask_trust=ask_trust)
            return await self._conclude(trouble)
        finally:
            await self._talk.close()

    async def _read(self, lockdown: Lockdown, talk: Conversation, *, ask_trust: bool) -> Trouble | None:
        values = await ask(lockdown.values(), self._settings.limits.open)
        if isinstance(values, Trouble):
            return values
        self._identify(values)
        trouble = await self._begin(lockdown, ask_trust=ask_trust)
        values = values if trouble else lockdown.all_values
        if trouble is None:
            self._builder.state = (
                State.CONNECTING
            )  # it waits for nobody any more, whatever was shown until now
        self._identify(values)
        if trouble is None or trouble in (NEEDS_TRUST, PAIRING_LOST, DENIED, FORBIDDEN, LOCKED):
            await self._look_at_colour(lockdown, talk, values)
        if trouble is not None:
            return trouble
        await TrustedReading(lockdown, talk, values, self._builder, self._done).run()
        return _worst(talk.troubles)

    def _identify(self, values: object) -> None:
        read_identity(values, self._builder)
        read_activation(values, self._builder)
        self._done("identity")

    async def _look_at_colour(self, lockdown: Lockdown, talk: Conversation, values: object) -> None:
        if self._builder.has("identity.colour"):
            return
        enclosure = await talk.ask_lockdown(lambda: lockdown.get_value("", ENCLOSURE))
        if enclosure is not None and not isinstance(enclosure, Trouble):
            read_identity(values, self._builder, enclosure=enclosure)
            self._done("identity")

    async def _begin(self, lockdown: Lockdown, *, ask_trust: bool) -> Trouble | None:
        """Begin a session with the pair record that there is, or ask for trust."""
        settings, limit = self._settings, self._settings.limits.query
        record = await ask(find_record(self._row, settings.records, settings.address, limit), limit)
        if isinstance(record, Trouble):
            return record
        if record is None:
            return await self._pair(lockdown) if ask_trust else NEEDS_TRUST
        trouble = await self._validate(lockdown, record)
        if trouble == PAIRING_LOST and ask_trust:
            return await self._pair(lockdown)
        return trouble

    async def _validate(self, lockdown: Lockdown, record: dict[str, Any]) -> Trouble | None:
        if not self._builder.has("identity.os_version"):
            # pymobiledevice3 chooses the protocol by this version and fails on one that is none.
            lockdown.all_values = {**mapping(lockdown.all_values), "ProductVersion": "12.0"}
        lockdown.pair_record = record
        valid = await ask(lockdown.validate_pairing(), self._settings.limits.open)
        if isinstance(valid, Trouble):
            return valid
        return None if valid else PAIRING_LOST

    async def _pair(self, lockdown: Lockdown) -> Trouble | None:
        limits, offers = self._settings.limits, self._settings.offers
        if self._row.key not in offers:
            made = await ask(make_offer(lockdown, self._settings.slots), limits.query)
            if isinstance(made, Trouble):
                return made
            offers[self._row.key] = made
        record = await ask(propose(lockdown, offers[self._row.key]), limits.query)
        if record in (NEEDS_TRUST, LOCKED):
            return record
        del offers[self._row.key]
        if isinstance(record, Trouble):
            return record
        await save_record(record, self._row, self._settings.records, self._settings.address)
        return await self._validate(lockdown, record)

    async def _conclude(self, trouble: Trouble | None) -> Reading:
        if trouble is not None and trouble.ends and trouble != PAIRING_LOST and await self._has_gone():
            trouble = GONE
        if trouble is None:
            self._builder.state = State.READY
            return self._builder.build()
        self._builder.state = trouble.state
        self._builder.problem("", trouble.code, **trouble.params)
        if trouble == FORBIDDEN:
            self._builder.put(
                "locks.mdm", LockState.ON, "lockdown Pair", raw="MCProtected", quality=Quality.HINT
            )
        return self._builder.build(_gap(trouble))

    async def _has_gone(self) -> bool:
        for pause in (0.0, _PRESENCE_PAUSE):
            await asyncio.sleep(pause)
            rows = await ask(listed(self._settings.address), self._settings.limits.open)
            if isinstance(rows, Trouble) or self._row.number not in {row.number for row in rows}:
                return True
        return False

    def _done(self, step: str) -> None:
        self._publish(Progress(self._builder.partial(), step))


def _worst(troubles: list[Trouble]) -> Trouble | None:
    """Return the trouble that says most of the phone as a whole; a value that is not offered says nothing of it."""
    found = {trouble.code: trouble for trouble in reversed(troubles)}
    return next((found[code] for code in _WORST_FIRST if code in found), None)


def _gap(trouble: Trouble) -> str:
    """Return the reason for what was not asked any more; one that needs parameters is said for the phone only."""
    if trouble in (PAIRING_LOST, DENIED, FORBIDDEN):
        return NEEDS_TRUST.code
    return "not_read" if trouble.params else trouble.code
