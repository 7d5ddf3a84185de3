"""Faults that happen to the bytes of an answer: late, in drops, broken off, never, or not what they say."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from diagnostics.practice.frames import Frame

Params = Mapping[str, Any]

_SEED = 7
_NOISE = 512
_MEGABYTE = 1024 * 1024
_PIECE = 32 * 1024


class ChannelClosed(Exception):
    """The connection ended: by the other end, the cable or a fault."""


@dataclass(slots=True)
class Line:
    """Where an answer goes, and what can become of the connection.

    Attributes:
        write: Sends bytes, through TLS where it is on.
        writer: The connection itself.
        pull: Pulls the phone's cable.
        fall: Stops the whole service, for so many seconds or until the fault is cleared.
        cleared: Set when the fault is over: what waits for it goes on at once.
    """

    write: Callable[[bytes], Awaitable[None]]
    writer: asyncio.StreamWriter
    pull: Callable[[], None] = lambda: None
    fall: Callable[[float], None] = lambda _seconds: None
    cleared: asyncio.Event = field(default_factory=asyncio.Event)

    async def pause(self, seconds: float) -> None:
        """Wait, but no longer than the fault lasts."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.cleared.wait(), seconds)


async def hang(frame: Frame, line: Line, params: Params) -> None:
    """Send the first ``part``, and the rest when the fault is cleared."""
    first = frame.part(params.get("part", 0.0))
    await line.write(first)
    await line.cleared.wait()
    await line.write(frame.whole()[len(first) :])


async def slow(frame: Frame, line: Line, params: Params) -> None:
    """Answer after so many ``seconds``."""
    await line.pause(params["seconds"])
    await line.write(frame.whole())


async def drip(frame: Frame, line: Line, params: Params) -> None:
    """Send so many ``bytes`` every so many ``seconds``."""
    data, size = frame.whole(), params["bytes"]
    for start in range(0, len(data), size):
        await line.write(data[start : start + size])
        await line.pause(params["seconds"])


async def cut(frame: Frame, line: Line, params: Params) -> None:
    """End the connection after the first ``part``; with ``reset`` by a TCP reset."""
    await line.write(frame.part(params.get("part", 0.0)))
    if params.get("reset"):
        _linger_not(line.writer)
    raise ChannelClosed("a fault cut the connection")


async def pull(frame: Frame, line: Line, params: Params) -> None:
    """Pull the cable after the first ``part``."""
    await line.write(frame.part(params.get("part", 0.0)))
    line.pull()
    raise ChannelClosed("the cable was pulled in the middle of an answer")


async def fall(frame: Frame, line: Line, params: Params) -> None:
    """Let the whole service fall over after the first ``part``, for so many ``seconds``."""
    await line.write(frame.part(params.get("part", 0.0)))
    line.fall(params["seconds"])
    await line.cleared.wait()  # the service takes this connection along; it does not end before
    raise ChannelClosed("the service fell over")


async def claim(frame: Frame, line: Line, params: Params) -> None:
    """Tell another ``length`` in the header."""
    await line.write(frame.claiming(params["length"]))


async def short(frame: Frame, line: Line, params: Params) -> None:
    """Send a good frame around the first ``part`` of the body only."""
    await line.write(frame.holding(frame.body[: int(len(frame.body) * params["part"])]))


async def garble(frame: Frame, line: Line, params: Params) -> None:
    """Send a good frame around ``text``, or around bytes that mean nothing."""
    await line.write(frame.holding(params["text"].encode() if "text" in params else _noise()))


async def noise(_: Frame, line: Line, params: Params) -> None:  # noqa: ARG001  all have one signature
    """Send bytes that mean nothing, without any frame."""
    await line.write(_noise())


async def flood(frame: Frame, line: Line, params: Params) -> None:
    """Say the answer again and again, in good frames, until so many ``megabytes`` are said."""
    piece = frame.body * (1 + _PIECE // max(1, len(frame.body))) if frame.body else b"flood\n" * (_PIECE // 6)
    for start in range(0, params["megabytes"] * _MEGABYTE, _PIECE):
        if line.cleared.is_set():
            break
        at = start % len(piece)
        await line.write(frame.holding((piece[at:] + piece)[:_PIECE]))
    await line.write(frame.whole())


def _noise() -> bytes:
    return random.Random(_SEED).randbytes(_NOISE)  # noqa: S311  the same each time, no secret


def _linger_not(writer: asyncio.StreamWriter) -> None:
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


WIRES: Mapping[str, Callable[[Frame, Line, Params], Awaitable[None]]] = {
    "hang": hang,
    "slow": slow,
    "drip": drip,
    "cut": cut,
    "pull": pull,
    "fall": fall,
    "claim": claim,
    "short": short,
    "garble": garble,
    "noise": noise,
    "flood": flood,
}
"""By a rule's kind."""
