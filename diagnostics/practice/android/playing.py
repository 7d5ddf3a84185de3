"""How a practice phone's output becomes bytes on a connection."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Coroutine, Sequence
from typing import Any

from diagnostics.practice.android.shell.interpreter import Event, Output
from diagnostics.practice.android.wire import CHUNK, Packet
from diagnostics.practice.frames import Frame
from diagnostics.practice.wires import ChannelClosed


async def until_left(sending: Coroutine[Any, Any, None], reader: asyncio.StreamReader) -> None:
    """Send, but stop when the client leaves.

    Raises:
        ChannelClosed: It did, or what was sent says so.
    """
    tasks = [asyncio.create_task(sending), asyncio.create_task(_left(reader))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if not tasks[0].done():
            raise ChannelClosed("the client left")
        await tasks[0]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _left(reader: asyncio.StreamReader) -> None:
    while await reader.read(CHUNK):
        pass


def bare_frame(data: bytes) -> Frame:
    """Return bytes that tell no length."""
    return Frame(lambda _length: b"", data, len(data))


def packet_frame(data: bytes) -> Frame:
    """Return output as one packet of the shell protocol."""
    return Frame(lambda size: struct.pack("<BI", Packet.STDOUT, size), data, len(data))


def as_terminal(data: bytes) -> bytes:
    """Return output as a terminal passes it on: every line end becomes CR LF."""
    return data.replace(b"\n", b"\r\n")


def length(events: Sequence[Event]) -> int:
    """Return how many bytes are printed."""
    return sum(len(event.data) for event in events if isinstance(event, Output))


def trimmed(events: Sequence[Event], count: int) -> Sequence[Event]:
    """Return the events without the last bytes that are printed."""
    if not count:
        return events
    kept: list[Event] = []
    left = length(events) - count
    for event in events:
        if isinstance(event, Output):
            kept.append(Output(event.fd, event.data[: max(0, left)]))
            left -= len(event.data)
            if left <= 0:
                break
        else:
            kept.append(event)
    return kept
