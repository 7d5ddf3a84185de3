"""A server that speaks adb's smart-socket protocol for practice phones; real adb clients work against it unchanged."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Coroutine, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from typing import Any

from diagnostics.practice.android.bus import Bus, Link, Refused
from diagnostics.practice.android.changes import Said
from diagnostics.practice.android.device import Session
from diagnostics.practice.android.host import HostServices
from diagnostics.practice.android.loading import load_androids
from diagnostics.practice.android.phone import Connection, PracticeAndroid
from diagnostics.practice.android.playing import bare_frame, until_left
from diagnostics.practice.android.steps import Step, of_host
from diagnostics.practice.android.troubles import Troubles
from diagnostics.practice.android.wire import OKAY, fail, read_request
from diagnostics.practice.frames import Frame
from diagnostics.practice.listening import Listening
from diagnostics.practice.records import Request as Asked
from diagnostics.practice.wires import ChannelClosed, Line

__all__ = ["PracticeAdbServer", "Request", "load_androids"]

_LOG_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class Request:
    """One request that came in.

    Attributes:
        serial: The phone's serial; empty for a request to the server itself.
        phone_id: The phone's id on the bench, which tells phones with one serial apart; empty for the server.
        service: ``host`` for a request to the server; else ``shell``, ``shell,v2``, ``exec``, ``sync``, ``reboot``…
        command: What was asked for, such as ``host:devices-l`` or the shell script.
    """

    serial: str
    phone_id: str
    service: str
    command: str


class PracticeAdbServer(Listening):
    """The practice bench's Android side; every method is called in the loop that started it.

    ``host:kill`` is answered OKAY, and the server stays. `plug`, `unplug`, `allow` and the others take a phone's id or
    serial; who watches with ``host:track-devices`` hears of a change in the same turn of the loop.

    Args:
        phones: All phones, also those that are plugged in later.

    Attributes:
        requests: Every request that came in, oldest first.
        log: The same as the bench tells it: each command of a shell call by itself.
        troubles: The fault that the server itself has now.
        bus: The phones.
    """

    def __init__(self, phones: Sequence[PracticeAndroid]) -> None:
        super().__init__()
        self.requests: list[Request] = []
        self.log: deque[Asked] = deque(maxlen=_LOG_LIMIT)
        self.troubles = Troubles()
        self.bus = self._bus = Bus(phones)
        for phone in phones:
            phone.note = self.log.append
        self._host = HostServices(self._bus)

    @property
    def phones(self) -> tuple[PracticeAndroid, ...]:
        """Return all phones, plugged in or not."""
        return tuple(self._bus.phones.values())

    def phone(self, phone_id: str) -> PracticeAndroid:
        """Return a phone by id or serial.

        Raises:
            KeyError: There is no such phone.
        """
        return self._bus.find(phone_id)

    def plug(self, phone_id: str) -> None:
        """Put a phone's cable in."""
        self._bus.plug(phone_id)

    def unplug(self, phone_id: str) -> None:
        """Pull a phone's cable."""
        self._bus.unplug(phone_id)

    def allow(self, phone_id: str) -> None:
        """Press "Allow USB debugging" on a phone."""
        self._bus.set_state(phone_id, Connection.DEVICE)

    def revoke(self, phone_id: str) -> None:
        """Revoke USB debugging authorisations on a phone."""
        self._bus.set_state(phone_id, Connection.UNAUTHORIZED)

    def set_state(self, phone_id: str, state: Connection | str) -> None:
        """Let the server say something else of a phone: ``offline``, ``recovery``, ``no permissions``."""
        self._bus.set_state(phone_id, Connection(state))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if self._server is not None:
                await self._converse(reader, writer)
        except (ConnectionError, ChannelClosed, asyncio.CancelledError):
            pass  # the client left, a fault ended the connection, or the bench is being stopped
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        if request is None:
            return
        self._log(None, request)
        try:
            await self._host_request(request, reader, writer)
        except Refused as refusal:
            writer.write(fail(str(refusal)))
        await writer.drain()

    async def _host_request(
        self, request: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        line = _HostLine(self._troubles(request), of_host(request), reader, writer)
        line.demand()
        opened = self._host.transport(request)
        if opened is not None:
            await line.say_bare(opened.answer)
            await self._phone_request(opened.link, reader, writer)
        elif (blocks := self._host.tracking(request)) is not None:
            await _first_of(_pour(blocks, replace(line, reader=None)), _left(reader))
        elif "wait-for-" in request:
            await _first_of(self._wait(request, replace(line, reader=None)), _left(reader))
        else:
            await line.say(self._host.answer(request))

    def _troubles(self, request: str) -> Troubles:
        """Return who can spoil the answer: the phone that it is about, or the server itself."""
        link = self._host.phone_of(request)
        return self.troubles if link is None else link.phone.troubles

    async def _wait(self, request: str, line: _HostLine) -> None:
        await line.say_bare(OKAY)
        await self._host.wait(request)
        await line.say_bare(OKAY)

    async def _phone_request(
        self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Serve one request on a phone until it is done, the cable is pulled, or the client leaves."""
        service = await read_request(reader)
        if service is None:
            return
        self._log(link.phone, service)
        await _first_of(Session(link, reader, writer).serve(service), _pulled(link.gone))

    def _log(self, phone: PracticeAndroid | None, text: str) -> None:
        service, _, command = text.partition(":")
        if phone is None:
            self.requests.append(Request("", "", "host", text))
            self.log.append(Asked("", "host", text.removeprefix("host:").split(":")[0], {"request": text}))
        else:
            self.requests.append(Request(phone.serial, phone.id, service, command))
        del self.requests[:-_LOG_LIMIT]


async def _first_of(*steps: Coroutine[Any, Any, None]) -> None:
    """Run several things side by side until one of them ends, and end the others; what the first raises is raised."""
    tasks = [asyncio.create_task(step) for step in steps]
    try:
        done, _pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pour(blocks: AsyncGenerator[bytes, None], line: _HostLine) -> None:
    async with aclosing(blocks):
        await line.say_bare(await anext(blocks))
        async for data in blocks:
            await line.say(data)


@dataclass(frozen=True, slots=True)
class _HostLine:
    """Where the server's answers to one request go, and what a fault makes of them.

    Without a reader somebody else sees to it that the client may leave.
    """

    troubles: Troubles
    step: Step
    reader: asyncio.StreamReader | None
    writer: asyncio.StreamWriter

    def demand(self) -> None:
        if word := self.troubles.refusal(self.step):
            raise Refused(word)

    async def say(self, answer: bytes) -> None:
        """Send an answer, or one block of it, as the fault changes it."""
        status = OKAY if answer.startswith(OKAY) else b""
        text = answer[len(status) + 4 :]
        if not answer[len(status) :]:
            await self.say_bare(answer)
            return
        said = self.troubles.change(self.step, Said((str(self.step),), text)).data[:0xFFFF]
        await self._send(Frame(lambda size: status + b"%04x" % min(size, 0xFFFF), said, len(said)))

    async def say_bare(self, data: bytes) -> None:
        """Send bytes without a length."""
        await self._send(bare_frame(data))

    async def _send(self, frame: Frame) -> None:
        if not self.troubles.wired_at(self.step):
            await self._write(frame.whole())
            return
        line = Line(self._write, self.writer)
        sending = self.troubles.send(self.step, frame, line)
        await (until_left(sending, self.reader) if self.reader else sending)

    async def _write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


async def _left(reader: asyncio.StreamReader) -> None:
    """Return when the client has left."""
    while await reader.read(1024):
        pass


async def _pulled(gone: asyncio.Event) -> None:
    await gone.wait()
