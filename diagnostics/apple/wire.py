"""A connection to one of a phone's daemons whose answers are weighed before anybody sees them.

A binary plist of 215 bytes can hold one list so often that it is eight million entries long, and anyone who writes it
out, if only for an error message, stands still for ten seconds. Imported lazily: it needs pymobiledevice3.
"""

from __future__ import annotations

import asyncio
import plistlib
from typing import Any

from pymobiledevice3.service_connection import (  # noqa: TID253  this module is imported lazily
    ServiceConnection,
    build_plist,
    parse_plist,
)

LARGEST_ANSWER = 2 * 1024 * 1024
"""Bytes; the largest real answer, a whole registry plane, has some hundred thousand."""
AT_ONCE = 64 * 1024
"""Bytes that are parsed in the loop: it takes up to 0.4 s for a megabyte of XML, so a long answer goes to a thread."""
MOST_ENTRIES = 30_000
"""Keys and values together: ten milliseconds of looking; long lists of profiles have some thousand."""
MOST_TEXT = 4 * 1024 * 1024
"""Characters and bytes of all texts together."""
DEEPEST = 64
"""Containers within each other; real answers have a dozen."""


class UnwieldyError(Exception):
    """An answer that holds more than any phone has to tell."""


class Wire(ServiceConnection):  # type: ignore[misc]  # pymobiledevice3 is not typed for us
    """A connection that takes no answer out of all proportion."""

    max_frame_size = LARGEST_ANSWER
    _handshake: asyncio.Task[Any] | None = None

    @property
    def _upgrade(self) -> asyncio.Task[Any] | None:
        return self._handshake

    @_upgrade.setter
    def _upgrade(self, handshake: asyncio.Task[Any] | None) -> None:
        # The base asks a handshake that fails in the moment in which it is given up for nothing more, and asyncio
        # would write a traceback into the log for it.
        self._handshake = handshake
        if handshake is not None:
            handshake.add_done_callback(_heard)

    @property
    def presented(self) -> bytes | None:
        """The certificate (DER) that the other end proved to have the key of; ``None`` without TLS."""
        tls = None if self.writer is None else self.writer.get_extra_info("ssl_object")
        certificate: bytes | None = None if tls is None else tls.getpeercert(binary_form=True)
        return certificate

    async def send_recv_plist(
        self, data: Any, endianity: str = ">", fmt: plistlib.PlistFormat = plistlib.FMT_XML
    ) -> Any:
        """Send a plist and return the answer.

        Raises:
            ProtocolError: It is none, or too long.
            UnwieldyError: It holds too much.
        """
        return await _understood(await self.send_recv_prefixed(build_plist(data, endianity, fmt), endianity))

    async def recv_plist(self, endianity: str = ">") -> Any:
        """Return a plist that comes by itself; raises as `send_recv_plist` does."""
        return await _understood(await self.recv_prefixed(endianity))


def _heard(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()


async def _understood(payload: bytes) -> Any:
    return understood(payload) if len(payload) <= AT_ONCE else await asyncio.to_thread(understood, payload)


def understood(payload: bytes) -> Any:
    """Return what an answer says.

    Raises:
        ProtocolError: It is no plist.
        UnwieldyError: It holds too much, counted as if it were written out: what it shares counts each time.
    """
    answer = parse_plist(payload)
    _weigh(answer)
    return answer


def _weigh(answer: Any) -> None:
    entries = text = 0
    # A stack, and a depth with each container: neither depth nor one within itself can exhaust anything.
    waiting: list[tuple[Any, int]] = [([answer], 0)]
    while waiting:
        held, depth = waiting.pop()
        values = [*held, *held.values()] if isinstance(held, dict) else held
        entries += len(values)
        if entries > MOST_ENTRIES or text > MOST_TEXT or depth > DEEPEST:
            raise UnwieldyError
        for value in values:
            kind = type(value)
            if kind is str or kind is bytes:
                text += len(value)
            elif kind is dict or kind is list:
                waiting.append((value, depth + 1))
    if text > MOST_TEXT:
        raise UnwieldyError
