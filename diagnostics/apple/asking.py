"""Asking a phone with a time limit on every question; pymobiledevice3 has none of its own.

A question has a name, and its answer is remembered under it: see `diagnostics.apple.memory`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from diagnostics.apple.errors import CUT, LASTING, LOCKED, TIMEOUT, Trouble, explain, misunderstood
from diagnostics.apple.memory import Answer, Memory
from diagnostics.apple.values import whole

if TYPE_CHECKING:
    from diagnostics.apple.connection import Lockdown

T = TypeVar("T")
Reopen = Callable[[], Awaitable["Lockdown | Trouble"]]
REVIVALS = 2
"""How often lockdownd is called anew in one reading after it left a question unanswered."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a phone may take.

    Attributes:
        open: To connect, and to begin a session.
        query: To answer one question.
        step: To answer all of one step (the battery, the storage, …), also when each answer comes in time.
    """

    open: float = 5.0
    query: float = 10.0
    step: float = 20.0


async def ask(question: Coroutine[Any, Any, T], limit: float | None) -> T | Trouble:
    """Return the answer, or why there is none; only our own cancellation gets out.

    Args:
        question: What is asked.
        limit: Seconds; ``None`` where no phone is waited for.
    """
    stops = _stops()
    try:
        async with asyncio.timeout(limit):
            return await question
    except TimeoutError:
        return TIMEOUT
    except asyncio.CancelledError:
        # A connection whose closing took too long raises this when it is closed again, because asyncio's own waiting
        # for the end was cancelled (Python 3.11, StreamWriter.wait_closed). Nobody told us to stop, so we go on: the
        # reading would end without a word otherwise.
        if _stops() > stops:
            raise
        return CUT
    except Exception as error:  # noqa: BLE001  raw parser errors come through, too; `explain` names what each means
        trouble = explain(error)
        log.debug("no answer: %s: %s (%s)", type(error).__name__, error, trouble.code)
        return trouble


def _stops() -> int:
    """Return how often the running task was told to stop."""
    task = asyncio.current_task()
    return 0 if task is None else task.cancelling()


class Conversation:
    """Everything that one phone is asked in one reading: by lockdownd, and by the services that it starts.

    Lockdownd is asked one thing at a time; services run beside it. A question that lockdownd leaves unanswered, or
    answers with rubbish, costs its connection: it is called anew, and only a phone that does not even take that call
    (`ended`) is asked nothing more.

    Args:
        lockdown: Connected.
        limits: How long the phone may take.
        memory: What it answered before, and what it answers now.
        reopen: Calls lockdownd anew, in a session if there was one.

    Attributes:
        ended: Why lockdownd does not answer any more.
        locked: Whether a locked screen refused anything.
        doubtful: Whether a service fell silent or broke off, so that the phone may have, too.
    """

    def __init__(self, lockdown: Lockdown, limits: Limits, memory: Memory, reopen: Reopen) -> None:
        self.lockdown = lockdown
        self.limits = limits
        self.memory = memory
        self.ended: Trouble | None = None
        self.locked = False
        self.doubtful = False
        self._reopen = reopen
        self._revivals = 0
        self._turn = asyncio.Lock()
        self._connections: list[Any] = []

    async def ask_lockdown(
        self, name: str, question: Callable[[Lockdown], Coroutine[Any, Any, Any]]
    ) -> Answer | Trouble:
        """Return lockdownd's answer, or the one that is remembered."""
        if (known := self.memory.fresh(name)) is not None:
            return _as_told(known)
        async with self._turn:
            if self.ended is not None:
                return self.ended
            answer = await ask(question(self.lockdown), self.limits.query)
            if isinstance(answer, Trouble) and answer.ends:
                await self._revive()
            return self.keep(name, answer)

    async def start(self, service: str) -> Any | Trouble:
        """Return a connection to a service of the phone; it is closed with the conversation.

        A locked screen refuses most services, unless the escrow bag of the pair record comes along.
        """
        attributes = await self._attributes(service, escrow=False)
        if attributes == LOCKED and "EscrowBag" in (self.lockdown.pair_record or {}):
            attributes = await self._attributes(service, escrow=True)
        if isinstance(attributes, Trouble):
            self.locked = self.locked or attributes == LOCKED
            return attributes
        if not isinstance(attributes, dict) or whole(attributes.get("Port"), 1, 65_535) is None:
            return misunderstood("StartService without a port", ends=False)
        connection = await ask(self.lockdown.connect_service(attributes), self.limits.open)
        if isinstance(connection, Trouble):
            self.doubtful = True
        else:
            self._connections.append(connection)
        return connection

    async def starts(self, service: str) -> Answer | Trouble:
        """Return whether lockdownd offers a service, without connecting to it."""

        async def offered(lockdown: Lockdown) -> bool | Trouble:
            try:
                await lockdown.get_service_connection_attributes(service)
            except Exception as error:  # noqa: BLE001  `explain` names what each means
                trouble = explain(error)
                return False if trouble.code == "not_readable" else trouble
            return True

        return await self.ask_lockdown(f"starts {service}", offered)

    async def still_there(self) -> None:
        """See whether the phone answers at all, after a service fell silent; `ended` says if it does not."""
        if self.doubtful and self.ended is None:
            async with self._turn:
                answer = await ask(self.lockdown.query_type(), self.limits.open)
                if isinstance(answer, Trouble):
                    await self._revive()

    def keep(self, name: str, answer: Any) -> Answer | Trouble:
        """Remember an answer, and the refusals that will not change; return it."""
        if not isinstance(answer, Trouble):
            return self.memory.keep(name, answer)
        if answer in LASTING:
            self.memory.keep(name, answer)
        return answer

    async def renew(self) -> None:
        """Call lockdownd anew, on purpose."""
        async with self._turn:
            await self._call_anew()

    async def close(self) -> None:
        """Close every connection, side by side; also when whoever reads is stopped in that very moment."""
        closing = (connection.close() for connection in (*self._connections, self.lockdown))
        await asyncio.shield(asyncio.gather(*closing, return_exceptions=True))

    async def _revive(self) -> None:
        """Call lockdownd anew; what it left unanswered could come late, and be taken for the next answer."""
        if self._revivals == REVIVALS:
            self.ended = TIMEOUT
            return
        self._revivals += 1
        await self._call_anew()

    async def _call_anew(self) -> None:
        self._connections.append(self.lockdown)
        called = await self._reopen()
        if isinstance(called, Trouble):
            self.ended = called
        else:
            self.lockdown = called

    async def _attributes(self, service: str, *, escrow: bool) -> Any | Trouble:
        async with self._turn:
            if self.ended is not None:
                return self.ended
            asked = self.lockdown.get_service_connection_attributes(service, include_escrow_bag=escrow)
            answer = await ask(asked, self.limits.query)
            if isinstance(answer, Trouble) and answer.ends:
                await self._revive()
            return answer


class Service:
    """One of the phone's services, started when it is first asked what is not remembered.

    After a trouble that ``ends`` its connection it is not asked again.

    Args:
        talk: The conversation that it is part of.
        name: As lockdownd calls it.
        client: Makes a client of the service from lockdownd and the connection.
    """

    def __init__(self, talk: Conversation, name: str, client: Callable[[Lockdown, Any], Any]) -> None:
        self._talk = talk
        self._name = name
        self._make = client
        self._client: Any = None

    async def ask(self, name: str, question: Callable[[Any], Coroutine[Any, Any, Any]]) -> Answer | Trouble:
        """Return the service's answer, or the one that is remembered."""
        if (known := self._talk.memory.fresh(name)) is not None:
            return _as_told(known)
        if self._client is None:
            connection = await self._talk.start(self._name)
            failed = isinstance(connection, Trouble)
            self._client = connection if failed else self._make(self._talk.lockdown, connection)
        if isinstance(self._client, Trouble):
            return self._talk.keep(name, self._client)
        answer = await ask(question(self._client), self._talk.limits.query)
        if isinstance(answer, Trouble) and answer.ends:
            self._client, self._talk.doubtful = answer, True
        return self._talk.keep(name, answer)


def _as_told(answer: Answer) -> Answer | Trouble:
    return answer.value if isinstance(answer.value, Trouble) else answer
