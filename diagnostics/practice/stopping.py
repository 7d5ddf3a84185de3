"""Stops a server without leaving a connection open that was accepted in the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress

_TURNS_TO_A_HANDLER = 6
"""Turns of the loop between accepting a connection and its handler's first step, and some to spare.

A handler that is cancelled before its first step never gets to close its connection, and a connection whose server is
closed between its accepting and its transport is lost by asyncio itself (``Server._attach`` fails, Python 3.11).
"""


async def stop_serving(server: asyncio.Server | None, handlers: Collection[asyncio.Task[None]]) -> None:
    """Stop listening, cancel the handlers and return when all connections are closed.

    Args:
        server: What listens; ``None`` when it was not started.
        handlers: Kept up to date by the handlers themselves.
    """
    if server is not None:
        _accept_no_more(server)
    for _ in range(_TURNS_TO_A_HANDLER):
        await asyncio.sleep(0)
    if server is not None:
        server.close()
    running = tuple(handlers)
    for handler in running:
        handler.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    if server is not None:
        await server.wait_closed()


def _accept_no_more(server: asyncio.Server) -> None:
    loop = asyncio.get_running_loop()
    for listening in server.sockets:
        # Windows' own loop waits for connections in another way.
        with suppress(NotImplementedError):
            loop.remove_reader(listening.fileno())
