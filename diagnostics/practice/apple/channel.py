"""One connection to a practice iPhone: bytes in the clear or in TLS, both on the same socket.

TLS runs over memory buffers and is fed one record at a time, so that nothing behind its last record is consumed and
the connection can go back to plain after StopSession, as lockdownd allows. asyncio's own TLS cannot go back.
"""

from __future__ import annotations

import asyncio
import plistlib
import ssl
import struct
from collections.abc import Awaitable, Callable
from typing import Any

from diagnostics.practice.wires import ChannelClosed

__all__ = ["BadFrame", "Channel", "ChannelClosed", "TlsRefused", "as_dict"]

RECORD_HEADER = 5
LARGEST_FRAME = 16 * 1024 * 1024

SendFirst = Callable[[bytes], Awaitable[None]]


class TlsRefused(ChannelClosed):
    """The TLS handshake failed: no certificate, or not one of the paired computer's."""


class BadFrame(Exception):
    """What came is not a property list in a frame."""


class Channel:
    """A stream with an optional TLS layer and lockdown's framing (u32 big-endian length, then a property list)."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._tls: ssl.SSLObject | None = None
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._first: SendFirst | None = None

    @property
    def writer(self) -> asyncio.StreamWriter:
        """The connection itself, for what a fault does to it."""
        return self._writer

    @property
    def secured(self) -> bool:
        """Whether TLS is on."""
        return self._tls is not None

    async def receive(self) -> dict[str, Any]:
        """Return the next frame's dict.

        Raises:
            ChannelClosed: Nothing more comes.
            BadFrame: The frame is too long, not a property list, or not a dict.
        """
        (length,) = struct.unpack(">I", await self._read(4))
        if length > LARGEST_FRAME:
            raise BadFrame(f"a frame of {length} bytes")
        return as_dict(await self._read(length))

    async def write(self, data: bytes) -> None:
        """Send bytes, through TLS when it is on.

        Raises:
            ChannelClosed: The other end went away.
        """
        if self._tls is None:
            await self.write_plain(data)
            return
        self._tls.write(data)
        await self._flush()

    async def write_plain(self, data: bytes) -> None:
        """Send bytes as they are.

        Raises:
            ChannelClosed: The other end went away.
        """
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError as error:
            raise ChannelClosed("the other end closed") from error

    async def secure(self, context: ssl.SSLContext, send_first: SendFirst | None = None) -> bytes:
        """Do the phone's (server's) side of a TLS handshake.

        Args:
            context: The phone's side.
            send_first: Sends the phone's first words in place of the channel.

        Returns:
            The certificate that the computer presented, DER.

        Raises:
            TlsRefused: The handshake failed.
        """
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._first = send_first
        tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        try:
            await self._handshake(tls)
        except ssl.SSLError as error:
            await self._flush()
            raise TlsRefused(str(error)) from error
        self._tls = tls
        return tls.getpeercert(binary_form=True) or b""

    async def relax(self) -> None:
        """Take TLS off again, after the other end's closing word."""
        tls = self._tls
        if tls is None:
            return
        try:
            await self._until_done(tls.unwrap)
        except ssl.SSLError as error:
            raise ChannelClosed(str(error)) from error
        await self._flush()
        self._tls = None

    def abort(self) -> None:
        """Cut the connection, without a closing word."""
        self._writer.transport.abort()

    async def _handshake(self, tls: ssl.SSLObject) -> None:
        await self._until_done(tls.do_handshake)
        await self._flush()

    async def _until_done(self, step: Any) -> Any:
        while True:
            try:
                return step()
            except ssl.SSLWantReadError:
                await self._flush()
                await self._feed()

    async def _read(self, size: int) -> bytes:
        tls = self._tls
        if tls is None:
            return await self._read_plain(size)
        data = b""
        while len(data) < size:
            data += await self._read_some(tls, size - len(data))
        return data

    async def _read_some(self, tls: ssl.SSLObject, size: int) -> bytes:
        try:
            chunk: bytes = await self._until_done(lambda: tls.read(size))
        except ssl.SSLError as error:
            raise ChannelClosed(str(error)) from error
        if not chunk:
            raise ChannelClosed("the other end closed")
        return chunk

    async def _read_plain(self, size: int) -> bytes:
        try:
            return await self._reader.readexactly(size)
        except (asyncio.IncompleteReadError, OSError) as error:
            raise ChannelClosed("the other end closed") from error

    async def _feed(self) -> None:
        header = await self._read_plain(RECORD_HEADER)
        (length,) = struct.unpack(">H", header[3:])
        self._incoming.write(header + await self._read_plain(length))

    async def _flush(self) -> None:
        if not (pending := self._outgoing.read()):
            return
        send, self._first = self._first or self.write_plain, None
        await send(pending)


def as_dict(body: bytes) -> dict[str, Any]:
    """Return the dict in a property list, XML or binary.

    Raises:
        BadFrame: It is not a property list, or not a dict.
    """
    try:
        value = plistlib.loads(body)
    except Exception as error:  # plistlib lets a dozen kinds of parser errors through
        raise BadFrame(f"not a property list: {error}") from error
    if not isinstance(value, dict):
        raise BadFrame("not a dict")
    return value
