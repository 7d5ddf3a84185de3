"""A look at an iPhone that nobody reads: whether it is still as it was read. Imported lazily, like the session.

One connection, one session with the pair record, one question or two: what lockdownd says of the screen, and of the
activation. Nothing is written, no service is started, and nobody is asked for trust.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Coroutine, Mapping
from types import MappingProxyType
from typing import Any

from diagnostics.apple import questions as q
from diagnostics.apple.asking import ask
from diagnostics.apple.attached import Attached
from diagnostics.apple.connection import Lockdown, open_lockdown
from diagnostics.apple.errors import (
    ABSENT,
    CHANGED,
    DENIED,
    FORBIDDEN,
    LOCKED,
    NEEDS_TRUST,
    PAIRING_LOST,
    Trouble,
)
from diagnostics.apple.locks import activated, read_screen
from diagnostics.apple.memory import Memory
from diagnostics.apple.records import find_record
from diagnostics.apple.session import Settings, Trusted
from diagnostics.apple.values import mapping
from diagnostics.building import ReadingBuilder
from diagnostics.model import FieldName, LockState, Reading, State
from diagnostics.ports import Clock, Glance, Sighting

LOOKED_AT = frozenset({State.READY, State.TRUST_DENIED, State.ERROR, State.TIMEOUT, State.RECOVERY})
"""States that can pass without the bus telling it, and in which the bench leaves a phone alone."""
_SAID = (PAIRING_LOST, NEEDS_TRUST, DENIED, FORBIDDEN, LOCKED, CHANGED)
"""What only a phone says that is not as it was read. Other troubles may be the cable's: keys that do not fit, too."""
_SCREEN: FieldName = "locks.screen"
_LOCKED_NOW, _ACTIVATION = "PasswordProtected", "ActivationState"


class Look:
    """Looks at one phone once.

    Args:
        row: The way to the phone.
        sighting: The same as the bench has it.
        settings: What all readings share.
        memory: What the phone answered when it was read.
        clock: What is told anew is dated by.
    """

    def __init__(
        self, row: Attached, sighting: Sighting, settings: Settings, memory: Memory, clock: Clock
    ) -> None:
        self._row = row
        self._sighting = sighting
        self._settings = settings
        self._memory = memory
        self._clock = clock

    async def look(self, reading: Reading) -> Glance:
        """Return whether the phone is still as it was read; nothing that a phone does makes this raise.

        A ready phone that gives no answer is not known to have changed. One that trusts this computer by now, or
        answers again, has: it is in `LOOKED_AT` because it did not.
        """
        if reading.state is State.READY:
            return await self._ready(reading)
        recovered = self._trusts() if reading.state is State.TRUST_DENIED else self._answers()
        return Glance(None if await recovered else reading)

    async def _ready(self, reading: Reading) -> Glance:
        trusted = self._settings.trusted.get(self._row.key)
        told = await self._told(trusted) if trusted else NEEDS_TRUST
        if isinstance(told, Trouble):
            return Glance(None) if told in _SAID else Glance(reading, answered=False)
        return self._compared(reading, told)

    async def _trusts(self) -> bool:
        """Return whether a phone that refused trust gives it by now: who asks for it may be another program."""
        record = await self._record()
        return isinstance(record, Trusted) and not isinstance(await self._told(record), Trouble)

    async def _answers(self) -> bool:
        """Return whether a phone that failed or fell silent says anything of use by now, and be it a no."""
        record = await self._record()
        if record is None:
            return not isinstance(await self._connected(lambda lockdown: lockdown.values()), Trouble)
        told = record if isinstance(record, Trouble) else await self._told(record)
        return not isinstance(told, Trouble) or told in _SAID

    async def _record(self) -> Trusted | Trouble | None:
        """Return the pair record that there is by now of a phone that did not take one, or had none."""
        settings, limit = self._settings, self._settings.limits.query
        found = await ask(find_record(self._row, settings.records, settings.address, limit), limit)
        return found if found is None or isinstance(found, Trouble) else Trusted(found, None)

    async def _told(self, trusted: Trusted) -> Mapping[str, Any] | Trouble:
        """Return what the phone says of itself in a session, or why it does not."""
        return await self._connected(lambda lockdown: self._in_session(lockdown, trusted))

    async def _connected(self, talk: Callable[[Lockdown], Coroutine[Any, Any, Any]]) -> Any | Trouble:
        """Return what comes of a talk with the phone's lockdownd, or why there is none."""
        lockdown = await self._asked(open_lockdown(self._row, self._settings.address, self._settings.records))
        if isinstance(lockdown, Trouble):
            return lockdown
        try:
            return await self._asked(talk(lockdown))
        finally:
            await self._asked(lockdown.close())

    async def _in_session(self, lockdown: Lockdown, trusted: Trusted) -> Mapping[str, Any] | Trouble:
        """Ask for what may have changed, by its name: all values are a hundred, and cost more than the rest.

        A phone that is activated stays so until it is erased, which unplugs it; one that is not is set up on the bench.
        """
        lockdown.pair_record = trusted.record
        screen = await self._asked(lockdown.begin(_LOCKED_NOW))
        if isinstance(screen, Trouble):
            return screen
        other = await self._asked(lockdown.confirm_as(trusted.certificate))
        if isinstance(other, Trouble):
            return other
        if activated(self._before):
            return {_LOCKED_NOW: screen}
        activation = await self._asked(lockdown.get_value("", _ACTIVATION))
        return (
            activation if isinstance(activation, Trouble) else {_LOCKED_NOW: screen, _ACTIVATION: activation}
        )

    async def _asked(self, question: Any) -> Any | Trouble:
        """Return the answer, or why there is none; nothing where the phone has no such value."""
        answer = await ask(question, self._settings.limits.open)
        return None if answer == ABSENT else answer

    @property
    def _before(self) -> Mapping[str, Any]:
        """What the phone said of itself when it was read."""
        known = self._memory.get(q.VALUES_IN_SESSION)
        return mapping(known and known.value)

    def _compared(self, reading: Reading, told: Mapping[str, Any]) -> Glance:
        if _ACTIVATION in told and told[_ACTIVATION] != self._before.get(_ACTIVATION):
            return Glance(None)
        builder = ReadingBuilder(self._sighting, self._clock)
        read_screen(told, builder)
        screen = builder.partial()
        same = (screen.locks.screen is LockState.ON) == (reading.locks.screen is LockState.ON)
        return Glance(reading if same else _with_screen(reading, screen))


def _with_screen(reading: Reading, told: Reading) -> Reading:
    """Return a reading with what was told of the screen just now: nothing else of it depends on that."""
    evidence = {name: row for name, row in reading.evidence.items() if name.partition("@")[0] != _SCREEN}
    problems = tuple(problem for problem in reading.problems if problem.field != _SCREEN)
    return dataclasses.replace(
        reading,
        locks=dataclasses.replace(reading.locks, screen=told.locks.screen),
        evidence=MappingProxyType(evidence | dict(told.evidence)),
        problems=(*problems, *told.problems),
    )
