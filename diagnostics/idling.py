"""Looks at the phones that nobody reads: what was true when a phone was read may not be true any more.

A look is cheap, changes nothing on the phone and shows nothing. Only what it finds changed is told; a phone that has to
be heard as a whole again is read anew by the bench.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from diagnostics.guarding import look_guarded
from diagnostics.model import Reading, State
from diagnostics.ports import DeviceSource, Sighting

LOOK_EVERY = 10.0
"""Seconds between two looks at one phone."""
LONGEST = 300.0
"""Seconds between two looks at a phone that is read anew again and again without being as it was read."""
LOOK_LIMIT = 4.0
"""Seconds that one look may take; a phone answers in some milliseconds."""
APART = 0.025
"""Seconds between the beginnings of two looks: so long one takes, and a phone that hangs holds up no other."""
SILENCES = 2
"""How many looks in a row a phone may leave unanswered before it is read anew, which says what is wrong with it."""
SOONER = 0.3
"""The part of a pause after which a phone that left a look unanswered is looked at again: somebody waits for it."""
_SPREAD = 0.618034
"""The golden section: the phases of however many phones lie as far apart as they can."""


class Rounds:
    """Gives all idle phones of a bench their turns: spread over time, and never two at one moment.

    Args:
        every: Seconds between two looks at one phone.
    """

    def __init__(self, every: float = LOOK_EVERY) -> None:
        self.every = every
        self._phase = 0.0
        self._free = 0.0

    def phase(self) -> float:
        """Return another part of a round each time: 0 to 1."""
        self._phase = (self._phase + _SPREAD) % 1
        return self._phase

    async def turn(self, pause: float) -> None:
        """Wait so many seconds, and then until no other look has just begun."""
        await asyncio.sleep(pause)
        loop = asyncio.get_running_loop()
        begins = max(loop.time(), self._free)
        self._free = begins + APART
        await asyncio.sleep(begins - loop.time())


class Idle:
    """One phone between its readings.

    Args:
        rounds: Whose turns it takes.
        source: The bus that shows it.
        sighting: The phone.
        now: The time, UTC.
    """

    def __init__(
        self, rounds: Rounds, source: DeviceSource, sighting: Sighting, now: Callable[[], datetime]
    ) -> None:
        self._rounds = rounds
        self._source = source
        self._sighting = sighting
        self._pause = rounds.every
        self._now = now
        self.heard: datetime | None = None
        """When the phone last answered a reading or a look."""

    def note(self, reading: Reading) -> None:
        """Note that the phone answered, if it did: one that failed or fell silent said nothing of use."""
        if reading.state is State.READY:
            self.heard = self._now()

    async def until_changed(
        self, reading: Reading, tell: Callable[[Reading], None], wanted: Callable[[], bool]
    ) -> bool:
        """Look at the phone until it has to be read anew.

        Args:
            reading: What was read last.
            tell: Called with a reading in which what a look found changed is said anew.
            wanted: Whether looks are still wanted: a cancellation may be lost in one (see `Bench`).

        Returns:
            Whether it has to be read anew; false where it is looked at no more, because of that or of a bug of ours.
        """
        pause, silent = self._pause * (0.5 + self._rounds.phase()), 0
        while True:
            await self._rounds.turn(pause)
            glance = await look_guarded(self._source, self._sighting, reading, timeout=LOOK_LIMIT)
            if glance is None or not wanted():
                return False
            silent = 0 if glance.answered else silent + 1
            if glance.reading is None or silent == SILENCES:
                # If reading it does not help, it is done more and more seldom: each reading is saved.
                self._pause = min(LONGEST, self._pause * 2)
                return True
            if glance.answered:
                self.note(glance.reading)
                self._pause = self._rounds.every
            if glance.reading is not reading:
                tell(glance.reading)
            reading, pause = glance.reading, self._pause * (SOONER if silent else 1)
