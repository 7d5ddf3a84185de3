"""Asks a phone a group of commands in one round trip, and again in smaller parts where that failed.

- An end marker that does not come is a dropped connection: what was answered whole is kept, the rest is asked in
  halves, then singly, so that one command that kills the connection costs only its own field.
- A shell that gives nothing in several calls in succession, or breaks off again and again, is not asked any more.
- A command that hangs, or floods, is known by the marker in front of it: it is given up, and the rest is asked anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from diagnostics.android import batch
from diagnostics.android.batch import Answer, Harvest, Outcome
from diagnostics.android.commands import Command
from diagnostics.android.errors import PhoneLost
from diagnostics.android.shell import CALL_BYTES, CALL_SECONDS, Cause, Heard
from diagnostics.model import State

READ_SECONDS = 40.0
"""After this no further call is begun: below the bench's own limit, so that what was read is handed over in order. No
less: the three files that a broken driver makes hang take 30 s by themselves, and the locks are asked beside them."""

_MOST_FRUITLESS = 4
"""Calls in succession that run into a limit of ours without an answer, after which a shell is not asked any more: one
more than the files that a broken driver can make hang in a row."""

_MOST_UNHEARD = 7
"""Calls in succession that end without one marker, after which a shell is not asked any more. One command that takes
along what was printed before it is alone in the sixth call at the latest, in groups of up to 63."""

_MOST_BROKEN = 24
"""Calls that break off in one reading, after which no more are made: three commands that break every call cost less."""

LONGEST_ANSWER = 1_000_000
"""Characters of one answer that are still taken apart."""

_BROKEN = frozenset({Cause.ENDED, Cause.CLOSED})
"""Ends that are no limit of ours, so that only a missing end marker tells a short answer from a whole one."""

_TOO_LONG = Answer("", None, Outcome.TOO_LONG)
_GIVEN_UP: Mapping[Cause, Outcome] = {
    Cause.ENDED: Outcome.GARBLED,
    Cause.CLOSED: Outcome.DROPPED,
    Cause.DEADLINE: Outcome.TIMEOUT,
    Cause.CAP: Outcome.TOO_LONG,
}

Answers = Mapping[str, Answer]
"""By command id; a command that was never asked is missing."""


class PhoneShell(Protocol):
    """What `diagnostics.android.shell.Shell` offers."""

    async def run(self, line: str, until: bytes, *, seconds: float, most: int) -> Heard:
        """Run one line and return its output, up to ``until`` where that comes."""
        ...


class Asker:
    """Asks one phone, within one time limit for the whole reading.

    Args:
        shell: The phone's shell.
        seconds: For one call.
        most: Bytes of output of one call.
        whole: Seconds for all calls together.
    """

    def __init__(
        self,
        shell: PhoneShell,
        *,
        seconds: float = CALL_SECONDS,
        most: int = CALL_BYTES,
        whole: float = READ_SECONDS,
    ) -> None:
        self._shell = shell
        self._seconds = seconds
        self._most = most
        self._until = asyncio.get_running_loop().time() + whole
        self._heard_anything = False
        self._fruitless = self._unheard = self._broken = 0
        self._mute: Outcome | None = None

    async def ask(
        self, commands: Sequence[Command], meanwhile: Callable[[Answers], None] | None = None
    ) -> dict[str, Answer]:
        """Return an answer for each command; those that could not be had say why.

        Args:
            commands: What to ask.
            meanwhile: Told what there is, each time that more calls are needed: each may take its whole limit.

        Raises:
            PhoneLost: The phone went away, or was never heard at all.
        """
        answers: dict[str, Answer] = {}
        waiting = [tuple(commands)] if commands else []
        while waiting:
            group = waiting.pop(0)
            if reason := self._mute or (Outcome.TIMEOUT if self._left() <= 0 else None):
                answers |= dict.fromkeys((c.id for c in group), Answer("", None, reason))
                continue
            harvest, cause = await self._call(group)
            answers |= {c.id: _bounded(c, harvest.answers[c.id]) for c in group if c.id in harvest.answers}
            rest = tuple(c for c in group if c.id not in harvest.answers)
            if rest:
                again, given_up = _after_failure(group, rest, harvest, cause)
                waiting[:0] = again
                answers |= {c.id: _given_up(c, harvest, cause) for c in given_up}
                if waiting and meanwhile:
                    meanwhile(answers)
        return answers

    def _left(self) -> float:
        return self._until - asyncio.get_running_loop().time()

    async def _call(self, group: Sequence[Command]) -> tuple[Harvest, Cause]:
        word = batch.new_word()
        heard = await self._shell.run(
            batch.script(group, word),
            batch.end_marker(word).encode(),
            seconds=min(self._seconds, self._left()),
            most=self._most,
        )
        self._heard_anything = self._heard_anything or bool(heard.data)
        if heard.cause is Cause.DEADLINE and not self._heard_anything:
            raise PhoneLost(State.TIMEOUT, "timeout")
        harvest = batch.harvest(heard.data, word)
        self._count(harvest, heard.cause)
        return harvest, heard.cause

    def _count(self, harvest: Harvest, cause: Cause) -> None:
        """Count what came to nothing, and note when it is enough."""
        fruitless = cause not in _BROKEN and not harvest.answers
        unheard = cause in _BROKEN and not harvest.answers and harvest.open is None
        self._fruitless = self._fruitless + 1 if fruitless else 0
        self._unheard = self._unheard + 1 if unheard and not harvest.ended else 0
        self._broken += cause in _BROKEN and not harvest.ended
        if self._fruitless >= _MOST_FRUITLESS:
            self._mute = Outcome.TIMEOUT
        elif self._unheard >= _MOST_UNHEARD or self._broken >= _MOST_BROKEN:
            self._mute = _GIVEN_UP[cause]


def _bounded(command: Command, answer: Answer) -> Answer:
    """Keep a flood away from the parsers: no honest answer is that long, but those of which the head is enough."""
    if len(answer.text) <= LONGEST_ANSWER:
        return answer
    return Answer(_head(answer.text), answer.status) if command.head_only else _TOO_LONG


def _head(text: str) -> str:
    """Return the beginning of a text, in whole lines: half a number is a wrong one."""
    cut = text[:LONGEST_ANSWER]
    return cut[: cut.rfind("\n") + 1]


def _given_up(command: Command, harvest: Harvest, cause: Cause) -> Answer:
    """Return why there is no answer; of one whose beginning is enough, that where it came before the limit."""
    if command.head_only and harvest.open == command.id and harvest.head and cause not in _BROKEN:
        return Answer(_head(harvest.head))
    return Answer("", None, _GIVEN_UP[cause])


def _after_failure(
    group: Sequence[Command], rest: tuple[Command, ...], harvest: Harvest, cause: Cause
) -> tuple[list[tuple[Command, ...]], tuple[Command, ...]]:
    """Return what to ask again, in which parts, and what to give up."""
    if cause not in _BROKEN:
        culprit = next((c for c in rest if c.id == harvest.open), rest[0])
        others = tuple(c for c in rest if c is not culprit)
        return ([others] if others else []), (culprit,)
    if len(group) == 1 or harvest.ended:
        return [], rest
    if len(rest) == 1:
        return [rest], ()
    middle = len(rest) // 2
    return [rest[:middle], rest[middle:]], ()
