"""One phone from the first hello to the finished reading. Imported lazily: it needs pymobiledevice3.

The state follows lockdownd: what it says of trust and of the screen, and whether it answers at all. A service beside it
that is silent or talks rubbish is a problem of its values, and the phone stays ready.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from diagnostics.apple import questions as q
from diagnostics.apple.address import Address
from diagnostics.apple.asking import Conversation, Limits, ask
from diagnostics.apple.attached import Attached
from diagnostics.apple.connection import Lockdown, open_lockdown
from diagnostics.apple.errors import (
    CHANGED,
    CUT,
    DENIED,
    FORBIDDEN,
    GONE,
    KEYS_WRONG,
    LOCKED,
    NEEDS_TRUST,
    PAIRING_LOST,
    RECOVERY,
    SERVICE_LOST,
    Trouble,
    misunderstood,
)
from diagnostics.apple.findings import Findings
from diagnostics.apple.identity import ENCLOSURE
from diagnostics.apple.memory import Memory
from diagnostics.apple.missing import iphone_on_bus, starts_with_a_phone
from diagnostics.apple.mux import listed
from diagnostics.apple.names import NamesFile
from diagnostics.apple.pairing import Offer, Workshop, make_offer, propose, public_key
from diagnostics.apple.reading import TrustedReading
from diagnostics.apple.records import Record, find_record, save_record
from diagnostics.apple.values import mapping
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality, Reading, State
from diagnostics.ports import Progress, Publish

_PRESENCE_PAUSE = 0.2
_LOST = (PAIRING_LOST, KEYS_WRONG)
_UNTRUSTED = (NEEDS_TRUST, *_LOST, DENIED, FORBIDDEN, LOCKED)
"""Troubles of a phone that answers, but not everything."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """How a phone was in a session.

    Attributes:
        record: The pair record that it took.
        certificate: What it presented, and has the key of; ``None`` where there was no TLS.
    """

    record: Record
    certificate: bytes | None


@dataclass(slots=True)
class Settings:
    """What every reading of one source shares.

    Attributes:
        address: usbmuxd's, or ``None`` for its usual place.
        records: The folder of our own pair records.
        limits: How long a phone may take.
        names: The shop's own names of models and colours.
        offers: What phones were asked to trust, by a sighting's key, until they answer.
        trusted: How phones were in a session last, by a sighting's key, since they were plugged in.
        paired: The phones, by a sighting's key, that were paired since they were plugged in, or a person asked anew.
        workshop: Where offers are made.
    """

    address: str | None
    records: Path
    limits: Limits
    names: NamesFile = field(default_factory=lambda: NamesFile(None))
    offers: dict[str, Offer] = field(default_factory=dict)
    trusted: dict[str, Trusted] = field(default_factory=dict)
    paired: set[str] = field(default_factory=set)
    workshop: Workshop = field(default_factory=Workshop)


class Session:
    """Reads one phone once.

    Args:
        row: The way to the phone.
        builder: What is filled.
        publish: Called with what is known so far.
        settings: What all readings share.
        memory: What the phone answered before, if the reading is to go on where the last one stopped.
    """

    def __init__(
        self, row: Attached, builder: ReadingBuilder, publish: Publish, settings: Settings, memory: Memory
    ) -> None:
        self._row = row
        self._builder = builder
        self._publish = publish
        self._settings = settings
        self._memory = memory
        self._record: Record | None = None

    async def read(self, *, ask_trust: bool) -> Reading:
        """Return the reading; nothing that a phone does makes this raise."""
        findings = Findings(self._builder, self._memory, await self._settings.names.look())
        findings.take_all()
        trouble = await self._talk_it_through(findings, ask_trust=ask_trust)
        findings.drop_old_locks(_gap(trouble) if trouble else "not_read")
        return self._conclude(trouble)

    async def _talk_it_through(self, findings: Findings, *, ask_trust: bool) -> Trouble | None:
        lockdown = await self._open()
        if isinstance(lockdown, Trouble):
            return await self._explained(lockdown)
        talk = Conversation(lockdown, self._settings.limits, self._memory, self._reopen)
        try:
            return await self._explained(await self._read(talk, findings, ask_trust=ask_trust))
        finally:
            await talk.close()

    async def _read(self, talk: Conversation, findings: Findings, *, ask_trust: bool) -> Trouble | None:
        values = await ask(talk.lockdown.values(), self._settings.limits.open)
        if isinstance(values, Trouble):
            return values
        talk.keep(q.VALUES, values)
        findings.take(q.VALUES)
        # What it says to strangers is shown; no step is done, for nothing is read on before it trusts this computer.
        self._done("")
        trouble = await self._begin(talk, ask_trust=ask_trust)
        trouble = trouble or _unsound(talk.lockdown.all_values)
        if trouble is None:
            # It waits for nobody any more, whatever was shown until now.
            self._builder.state = State.CONNECTING
            talk.keep(q.VALUES_IN_SESSION, talk.lockdown.all_values)
            self._take(findings, q.VALUES_IN_SESSION)
        if trouble is None or trouble in _UNTRUSTED:
            await self._look_at_colour(talk, findings)
        if trouble is not None:
            return trouble
        await TrustedReading(talk, findings, self._builder, self._done).run()
        return talk.ended or (LOCKED if talk.locked else None)

    def _take(self, findings: Findings, question: str) -> None:
        findings.take(question)
        self._done("identity")

    async def _look_at_colour(self, talk: Conversation, findings: Findings) -> None:
        if self._builder.has("identity.colour"):
            return
        told = await talk.ask_lockdown(q.ENCLOSURE, lambda lockdown: lockdown.get_value("", ENCLOSURE))
        if not isinstance(told, Trouble):
            findings.take(q.ENCLOSURE)
            self._done("identity" if self._record else "")

    async def _open(self) -> Lockdown | Trouble:
        settings = self._settings
        return await ask(open_lockdown(self._row, settings.address, settings.records), settings.limits.open)

    async def _reopen(self) -> Lockdown | Trouble:
        """Call lockdownd anew, in a session if there was one."""
        lockdown = await self._open()
        if isinstance(lockdown, Trouble):
            return lockdown
        values = self._memory.get(q.VALUES)
        lockdown.all_values = dict(mapping(values and values.value))
        try:
            trouble = await self._greet(lockdown)
        except asyncio.CancelledError:
            # Nobody else knows of it yet.
            await lockdown.close()
            raise
        if trouble is None:
            return lockdown
        await ask(lockdown.close(), self._settings.limits.open)
        return trouble

    async def _greet(self, lockdown: Lockdown) -> Trouble | None:
        if self._record is None:
            return await ask(lockdown.confirm(), self._settings.limits.query)
        return await self._validate(lockdown, self._record)

    async def _begin(self, talk: Conversation, *, ask_trust: bool) -> Trouble | None:
        """Begin a session with the pair record that there is, or ask for trust."""
        settings, limit = self._settings, self._settings.limits.query
        record = await ask(find_record(self._row, settings.records, settings.address, limit), limit)
        if isinstance(record, Trouble):
            return record
        if record is None:
            asked = await self._pair(talk) if ask_trust else NEEDS_TRUST
            # It trusted us a moment ago, on this very cable, whoever took the record away.
            return PAIRING_LOST if asked == NEEDS_TRUST and self._row.key in settings.trusted else asked
        trouble = await self._validate(talk.lockdown, record)
        if trouble == KEYS_WRONG:
            # A bad cable looks the same, once.
            await talk.renew()
            trouble = talk.ended or await self._validate(talk.lockdown, record)
        if trouble not in _LOST or not ask_trust:
            return trouble
        if self._was_paired_anew(trouble):
            return CUT
        asked = await self._pair_anew(talk)
        # While the person has not answered, why they are asked again says more than that they are.
        return trouble if asked == NEEDS_TRUST else asked

    def _was_paired_anew(self, trouble: Trouble) -> bool:
        """Return whether the phone got new keys, and turned those down, too: nobody is to look for its question."""
        return trouble == KEYS_WRONG and self._row.key in self._settings.paired

    async def _pair_anew(self, talk: Conversation) -> Trouble | None:
        """Ask for trust over a new connection: what is left of the refused session may be on the old one."""
        await talk.renew()
        return talk.ended or await self._pair(talk)

    async def _validate(self, lockdown: Lockdown, record: Record) -> Trouble | None:
        if not self._builder.has("identity.os_version"):
            # pymobiledevice3 chooses the protocol by this version and fails on one that is none.
            lockdown.all_values = {**mapping(lockdown.all_values), "ProductVersion": "12.0"}
        lockdown.pair_record = record
        valid = await ask(lockdown.validate_pairing(), self._settings.limits.open)
        if isinstance(valid, Trouble):
            return valid
        self._record = record
        self._settings.trusted[self._row.key] = Trusted(record, lockdown.presented)
        return None

    async def _pair(self, talk: Conversation) -> Trouble | None:
        lockdown, offers = talk.lockdown, self._settings.offers
        if self._row.key not in offers:
            made = await self._offer(lockdown)
            if isinstance(made, Trouble):
                return made
            offers[self._row.key] = made
        record = await ask(propose(lockdown, offers[self._row.key]), self._settings.limits.query)
        if record in (NEEDS_TRUST, LOCKED):
            return record
        del offers[self._row.key]
        if isinstance(record, Trouble):
            return record
        self._settings.paired.add(self._row.key)
        await save_record(record, self._row, self._settings.records, self._settings.address)
        trouble = await self._validate(lockdown, record)
        # New keys cannot be wrong: it is the phone, or the cable, and nobody is asked for trust again and again.
        return CUT if trouble == KEYS_WRONG else trouble

    async def _offer(self, lockdown: Lockdown) -> Offer | Trouble:
        key = await ask(public_key(lockdown), self._settings.limits.query)
        if isinstance(key, Trouble):
            return key
        # No limit of the phone's: it is this computer that works here, for many phones in turn.
        return await ask(make_offer(lockdown, key, self._settings.workshop), None)

    async def _explained(self, trouble: Trouble | None) -> Trouble | None:
        """Return a trouble, or the one behind it: what cannot be reached may not be there."""
        if trouble is None or not trouble.ends or trouble in (PAIRING_LOST, CHANGED):
            return trouble
        return await self._why_gone() or trouble

    def _conclude(self, trouble: Trouble | None) -> Reading:
        if trouble is None:
            self._builder.state = State.READY
            return self._builder.build("absent")
        self._builder.state = trouble.state
        self._builder.problem("", trouble.code, **trouble.params)
        if trouble == FORBIDDEN:
            self._builder.put(
                "locks.mdm", LockState.ON, "lockdown Pair", raw="MCProtected", quality=Quality.HINT
            )
        return self._builder.build(_gap(trouble))

    async def _why_gone(self) -> Trouble | None:
        """Return why the phone cannot be reached any more, and nothing if usbmuxd shows it still."""
        for pause in (0.0, _PRESENCE_PAUSE):
            await asyncio.sleep(pause)
            rows = await ask(listed(self._settings.address), self._settings.limits.open)
            if isinstance(rows, Trouble):
                return GONE if await self._ended_with_its_phone(rows) else SERVICE_LOST
            if (self._row.number, self._row.serial) not in {(row.number, row.serial) for row in rows}:
                return GONE
        return None

    async def _ended_with_its_phone(self, trouble: Trouble) -> bool:
        """Return whether usbmuxd is not there because the last iPhone was unplugged, as on Linux."""
        place = Address(self._settings.address)
        if trouble != SERVICE_LOST or not starts_with_a_phone(place):
            return False
        return not await asyncio.to_thread(iphone_on_bus)

    def _done(self, step: str) -> None:
        self._publish(Progress(self._builder.partial(), step))


def _unsound(values: object) -> Trouble | None:
    """Return the trouble of a phone that trusts us and does not say what it is, so that it must not look ready."""
    return None if mapping(values) else misunderstood("GetValue without values", ends=False)


def _gap(trouble: Trouble) -> str:
    """Return the reason for what was not asked any more; one that needs parameters is said for the phone only."""
    if trouble in (*_LOST, DENIED, FORBIDDEN):
        return NEEDS_TRUST.code
    if trouble == RECOVERY:
        return str(trouble.state)
    return "not_read" if trouble.params else trouble.code
