"""Asking a phone with a time limit on every question; pymobiledevice3 has none of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from diagnostics.apple.errors import LOCKED, TIMEOUT, Trouble, explain, misunderstood
from diagnostics.apple.values import whole

if TYPE_CHECKING:
    from diagnostics.apple.connection import Lockdown

T = TypeVar("T")
Question = Callable[[], Coroutine[Any, Any, Any]]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a phone may take.

    Attributes:
        open: To connect, and to begin a session.
        query: To answer one question.
    """

    open: float = 5.0
    query: float = 10.0


async def ask(question: Coroutine[Any, Any, T], limit: float) -> T | Trouble:
    """Return the answer, or why there is none; only cancellation gets out."""
    try:
        async with asyncio.timeout(limit):
            return await question
    except TimeoutError:
        return TIMEOUT
    except Exception as error:  # noqa: BLE001  raw parser errors come through, too; `explain` names what each means
        trouble = explain(error)
        log.debug("no answer: %s: %s (%s)", type(error).__name__, error, trouble.code)
        return trouble


class Conversation:
    """All connections to one phone: lockdownd and the services that it starts.

    Lockdownd is asked one thing at a time, so that it is reconnected at most once at a time; services run beside it. A
    connection that ended or fell silent is not asked again.

    Args:
        lockdown: In a session.
        limits: How long the phone may take.
    """

    def __init__(self, lockdown: Lockdown, limits: Limits) -> None:
        self._lockdown = lockdown
        self._limits = limits
        self._turn = asyncio.Lock()
        self._ended: Trouble | None = None
        self._services: list[Any] = []
        self.troubles: list[Trouble] = []

    async def ask_lockdown(self, question: Question) -> Any | Trouble:
        """Return lockdownd's answer."""
        async with self._turn:
            if self._ended is not None:
                return self._ended
            answer = self.note(await ask(question(), self._limits.query))
            if isinstance(answer, Trouble) and answer.ends:
                self._ended = answer
            return answer

    async def ask_service(self, question: Coroutine[Any, Any, Any]) -> Any | Trouble:
        """Return a service's answer; after a trouble that ``ends``, do not ask that service again."""
        return self.note(await ask(question, self._limits.query))

    async def start(self, name: str) -> Any | Trouble:
        """Return a connection to a service of the phone; it is closed with the conversation.

        A locked screen refuses most services, unless the escrow bag of the pair record comes along.
        """
        attributes = await self._attributes(name, escrow=False)
        if attributes == LOCKED and "EscrowBag" in (self._lockdown.pair_record or {}):
            opened = await self._attributes(name, escrow=True)
            if not isinstance(opened, Trouble):
                self.troubles.remove(LOCKED)
                attributes = opened
        if isinstance(attributes, Trouble):
            return attributes
        if not isinstance(attributes, dict) or whole(attributes.get("Port"), 1, 65_535) is None:
            return self.note(misunderstood("StartService without a port", ends=False))
        service = self.note(await ask(self._lockdown.connect_service(attributes), self._limits.open))
        if not isinstance(service, Trouble):
            self._services.append(service)
        return service

    async def starts(self, name: str) -> bool | Trouble:
        """Return whether lockdownd offers a service, without connecting to it."""
        answer = await self.ask_lockdown(lambda: self._lockdown.get_service_connection_attributes(name))
        if isinstance(answer, Trouble):
            return False if answer.code == "not_readable" else answer
        return True

    async def close(self) -> None:
        """Close every connection, side by side."""
        closing = (connection.close() for connection in (*self._services, self._lockdown))
        await asyncio.gather(*closing, return_exceptions=True)

    def note(self, answer: Any) -> Any:
        """Remember an answer that is a trouble, and return it."""
        if isinstance(answer, Trouble):
            self.troubles.append(answer)
        return answer

    async def _attributes(self, name: str, *, escrow: bool) -> Any | Trouble:
        return await self.ask_lockdown(
            lambda: self._lockdown.get_service_connection_attributes(name, include_escrow_bag=escrow)
        )
