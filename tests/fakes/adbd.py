"""The adbd of a practice phone on the network, for adb servers that nobody here wrote (AOSP adb/protocol.txt)."""

from __future__ import annotations

import asyncio
import base64
import secrets
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA1

from diagnostics.practice.android.bus import Link, Refused
from diagnostics.practice.android.device import Session
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.wires import ChannelClosed

_HEADER = struct.Struct("<6I")
_VERSION, _MOST = 0x01000000, 256 * 1024
_TOKEN, _SIGNATURE, _PUBLIC_KEY = 1, 2, 3
_MODULUS = 256


class _Answer:
    """Where a service of the phone prints: all but the status that the adb server itself says."""

    def __init__(self, send: Callable[[bytes], Awaitable[None]]) -> None:
        self._send = send
        self._pending = bytearray()
        self._status_left = 4

    def write(self, data: bytes) -> None:
        cut = min(self._status_left, len(data))
        self._status_left -= cut
        self._pending += data[cut:]

    async def drain(self) -> None:
        data, self._pending = bytes(self._pending), bytearray()
        for start in range(0, len(data), _MOST):
            await self._send(data[start : start + _MOST])


class _Stream:
    """One service that runs; ``theirs`` is the server's number of it."""

    def __init__(self, theirs: int) -> None:
        self.theirs = theirs
        self.acknowledged = asyncio.Event()
        self.reader = asyncio.StreamReader()
        self.task: asyncio.Task[None] | None = None


class Adbd:
    """A phone that an adb server connects to.

    Args:
        phone: The practice phone.
        asks: Whether the person is asked for a computer's key that is not known yet.

    Attributes:
        phone: What its shell answers; may be changed between two readings.
        questions: How often "Allow USB debugging?" was shown.
        services: What was opened on it.
    """

    def __init__(self, phone: PracticeAndroid, *, asks: bool = False) -> None:
        self.phone = phone
        self._asks = asks
        self._keys: list[RSAPublicKey] = []
        self._offered = b""
        self._asked = asyncio.Event()
        self._server: asyncio.Server | None = None
        self._connections: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self.questions = 0
        self.services: list[str] = []
        self.port = 0

    async def start(self, port: int = 0) -> None:
        """Listen on this computer."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Go out of reach, as a phone does that leaves the network."""
        assert self._server is not None
        self._server.close()
        # A server tries to reconnect by itself: what was just accepted gets into its handler, and is ended there.
        await asyncio.sleep(0.02)
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    async def allow(self) -> None:
        """Tap "Always allow from this computer" on the question, once it is shown."""
        await self._asked.wait()
        self._keys.append(_key(self._offered))
        for writer in self._connections.values():
            await _Talk(self, writer).greet()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections[task] = writer
        try:
            await self._converse(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the server left, or this phone does
        finally:
            del self._connections[task]

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = _Talk(self, writer)
        try:
            await talk.run(reader)
        finally:
            writer.close()
            await talk.end()
            with suppress(ConnectionError):
                await writer.wait_closed()

    def knows(self, token: bytes, signature: bytes) -> bool:
        """Return whether a computer's key was allowed for good."""
        return any(_verifies(key, token, signature) for key in self._keys)

    def show_question(self, public_key: bytes) -> None:
        """Ask the person."""
        self._offered = public_key
        self._asked.set()
        self.questions += 1

    @property
    def asks(self) -> bool:
        """Whether a computer has to prove itself."""
        return self._asks

    @property
    def banner(self) -> bytes:
        """What it says of itself."""
        build, features = self.phone.character.build, ",".join(self.phone.features)
        names = f"ro.product.name={build.product};ro.product.model={build.model};ro.product.device={build.codename}"
        return f"device::{names};features={features}".encode()

    def link(self) -> Link:
        """Return the phone as a practice bench has it."""
        return Link(self.phone, 1)


class _Talk:
    """One connection of an adb server."""

    def __init__(self, adbd: Adbd, writer: asyncio.StreamWriter) -> None:
        self._adbd = adbd
        self._writer = writer
        self._streams: dict[int, _Stream] = {}
        self._token = secrets.token_bytes(20)

    async def run(self, reader: asyncio.StreamReader) -> None:
        """Serve until the server leaves."""
        handlers: dict[bytes, Callable[[int, int, bytes], Awaitable[None]]] = {
            b"CNXN": self._connect,
            b"AUTH": self._authenticate,
            b"OPEN": self._open,
            b"OKAY": self._acknowledge,
            b"WRTE": self._take,
            b"CLSE": self._close,
        }
        while True:
            command, first, second, length, _, _ = _HEADER.unpack(await reader.readexactly(_HEADER.size))
            data = await reader.readexactly(length)
            await handlers[command.to_bytes(4, "little")](first, second, data)

    async def greet(self) -> None:
        """Say that the computer may go on."""
        await self._say(b"CNXN", _VERSION, _MOST, self._adbd.banner)

    async def end(self) -> None:
        """End all that runs."""
        tasks = [stream.task for stream in self._streams.values() if stream.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connect(self, _version: int, _most: int, _banner: bytes) -> None:
        if self._adbd.asks:
            await self._say(b"AUTH", _TOKEN, 0, self._token)
        else:
            await self.greet()

    async def _authenticate(self, kind: int, _: int, data: bytes) -> None:
        if kind == _SIGNATURE and self._adbd.knows(self._token, data):
            await self.greet()
        elif kind == _SIGNATURE:
            await self._say(b"AUTH", _TOKEN, 0, self._token)
        elif kind == _PUBLIC_KEY:
            self._adbd.show_question(data)

    async def _open(self, theirs: int, _: int, data: bytes) -> None:
        service = data.rstrip(b"\0").decode()
        self._adbd.services.append(service)
        ours = len(self._adbd.services)
        stream = self._streams[ours] = _Stream(theirs)
        stream.task = asyncio.create_task(self._serve(service, ours, stream))

    async def _serve(self, service: str, ours: int, stream: _Stream) -> None:
        opened = False

        async def send(data: bytes) -> None:
            nonlocal opened
            if not opened:
                opened = True
                await self._say(b"OKAY", ours, stream.theirs)
            stream.acknowledged.clear()
            await self._say(b"WRTE", ours, stream.theirs, data)
            await stream.acknowledged.wait()

        answer: Any = _Answer(send)
        try:
            await Session(self._adbd.link(), stream.reader, answer).serve(service)
            await answer.drain()
        except (Refused, ChannelClosed, ConnectionError):
            pass  # a phone tells no reason: it closes what it does not open
        self._streams.pop(ours, None)
        await self._say(b"CLSE", ours if opened else 0, stream.theirs)

    async def _acknowledge(self, _theirs: int, ours: int, _data: bytes) -> None:
        if stream := self._streams.get(ours):
            stream.acknowledged.set()

    async def _take(self, theirs: int, ours: int, data: bytes) -> None:
        if stream := self._streams.get(ours):
            stream.reader.feed_data(data)
            await self._say(b"OKAY", ours, theirs)

    async def _close(self, _theirs: int, ours: int, _data: bytes) -> None:
        stream = self._streams.pop(ours, None)
        if stream and stream.task:
            stream.task.cancel()

    async def _say(self, command: bytes, first: int, second: int, data: bytes = b"") -> None:
        number = int.from_bytes(command, "little")
        header = _HEADER.pack(number, first, second, len(data), sum(data) & 0xFFFFFFFF, number ^ 0xFFFFFFFF)
        self._writer.write(header + data)
        await self._writer.drain()


def _key(offered: bytes) -> RSAPublicKey:
    """Return a key that was sent in Android's form (AOSP libcrypto_utils, android_pubkey.h)."""
    raw = base64.b64decode(offered.split(b" ")[0].rstrip(b"\0"))
    modulus = int.from_bytes(raw[8 : 8 + _MODULUS], "little")
    exponent = int.from_bytes(raw[-4:], "little")
    return RSAPublicNumbers(exponent, modulus).public_key()


def _verifies(key: RSAPublicKey, token: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, token, PKCS1v15(), Prehashed(SHA1()))
    except InvalidSignature:
        return False
    return True
