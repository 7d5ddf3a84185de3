"""A server of the practice bench: listens on 127.0.0.1, and leaves no connection open when it stops."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod

from diagnostics.practice.stopping import stop_serving


class Listening(ABC):
    """Listens, and knows who is being answered; what is answered is its heirs' matter."""

    def __init__(self) -> None:
        self._server: asyncio.Server | None = None
        self._handlers: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """The TCP port on 127.0.0.1; 0 while it does not run."""
        sockets = () if self._server is None else self._server.sockets
        return int(sockets[0].getsockname()[1]) if sockets else 0

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1; port 0 takes a free one.

        Raises:
            OSError: The port is taken.
        """
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port)

    async def stop(self) -> None:
        """Stop listening and end every connection, as a daemon that dies."""
        server, self._server = self._server, None
        await stop_serving(server, self._handlers)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._handlers.add(task)
        try:
            await self._serve(reader, writer)
        finally:
            self._handlers.discard(task)

    @abstractmethod
    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client until it leaves or this is cancelled, and close its connection; nothing gets out."""
