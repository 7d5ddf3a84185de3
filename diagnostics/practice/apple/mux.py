"""usbmuxd: the daemon in front of the practice iPhones, on TCP, speaking XML property lists (version 1)."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from diagnostics.practice.apple import lockdown, packets, steps
from diagnostics.practice.apple.bus import Bus, Plugged
from diagnostics.practice.apple.channel import BadFrame, Channel, ChannelClosed, as_dict
from diagnostics.practice.apple.lockdown import Lockdown
from diagnostics.practice.apple.packets import Result
from diagnostics.practice.apple.phone import PracticeIphone
from diagnostics.practice.apple.services import SERVICES
from diagnostics.practice.apple.steps import Step
from diagnostics.practice.apple.troubles import Troubles
from diagnostics.practice.listening import Listening
from diagnostics.practice.records import Request
from diagnostics.practice.wires import Line

NAME = "usbmux"

_STEPS = {
    "ListDevices": Step.LIST_DEVICES,
    "ReadBUID": Step.READ_BUID,
    "ReadPairRecord": Step.READ_RECORD,
    "SavePairRecord": Step.SAVE_RECORD,
}
_ABOUT_A_PHONE = frozenset({"ReadPairRecord", "SavePairRecord", "DeletePairRecord"})

Message = dict[str, Any]


class UsbmuxServer(Listening):
    """A usbmuxd with practice iPhones behind it. It must be made and used in one asyncio loop.

    Attributes:
        bus: What is plugged in.
        troubles: The fault of the bus as a whole.
        requests: Everything that clients asked of the bus and of the phones, oldest first; very old ones are dropped.
    """

    def __init__(self, phones: Sequence[PracticeIphone], requests: deque[Request]) -> None:
        super().__init__()
        self.phones = tuple(phones)
        self.requests = requests
        self.troubles = Troubles()
        self.bus = Bus()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await Client(self, reader, writer).serve()
        except (ChannelClosed, BadFrame, asyncio.CancelledError):
            pass  # the client went away, sent nonsense, or the cable was pulled: all end this connection only
        finally:
            writer.transport.abort()

    def note(self, verb: str, *, udid: str = "", changes: bool = False, **details: Any) -> None:
        """Write down a request to the bus."""
        self.requests.append(Request(udid, NAME, verb, details, changes))


class Client:
    """One connection to usbmuxd, until it becomes a phone's port or ends."""

    def __init__(
        self, server: UsbmuxServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._server = server
        self._bus = server.bus
        self._reader = reader
        self._writer = writer
        self._stop_listening: Callable[[], None] | None = None
        self._messages: dict[str, Callable[[Message], Awaitable[Message]]] = {
            "ListDevices": self._list_devices,
            "ListListeners": self._list_listeners,
            "ReadBUID": self._read_buid,
            "ReadPairRecord": self._read_record,
            "SavePairRecord": self._save_record,
            "DeletePairRecord": self._delete_record,
        }

    async def serve(self) -> None:
        """Answer until the client goes, or talk as a phone once it is connected to one."""
        try:
            while (target := await self._next()) is None:
                pass
        finally:
            if self._stop_listening is not None:
                self._stop_listening()
        await _talk(*target, Channel(self._reader, self._writer))

    async def _next(self) -> tuple[Plugged, int] | None:
        """Answer one packet; return the phone and its port after a good Connect."""
        packet = await packets.read(self._reader)
        if (packet.version, packet.message) != (packets.PLIST_VERSION, packets.PLIST_MESSAGE):
            await self._send(packets.binary_result(Result.BAD_VERSION, packet.tag))
            return None
        message = as_dict(packet.body)
        verb = str(message.get("MessageType"))
        if verb == "Connect":
            return await self._connect(message, packet.tag)
        if verb == "Listen":
            await self._listen(packet.tag)
            return None
        handler = self._messages.get(verb, self._unknown)
        answer = await handler(message)
        await self._say(_step(verb), self._troubles(verb, message), answer, packet.tag)
        return None

    def _troubles(self, verb: str, message: Message) -> Troubles:
        """Return whose faults a message meets: a phone's, where it is about one."""
        if verb not in _ABOUT_A_PHONE:
            return self._server.troubles
        udid = message.get("PairRecordID")
        found = (phone.troubles for phone in self._server.phones if phone.udid == udid)
        return next(found, self._server.troubles)

    async def _send(self, data: bytes) -> None:
        try:
            self._writer.write(data)
            await self._writer.drain()
        except OSError as error:
            raise ChannelClosed("the client went away") from error

    async def _say(self, step: Step | None, troubles: Troubles, answer: Message, tag: int) -> bool:
        """Send an answer, as the faults at its step have it; say whether it went out as it was."""
        if step is None:
            await self._send(packets.plist(answer, tag).whole())
            return True
        word = troubles.refusal(step)
        said = answer if word is None else {"MessageType": "Result", "Number": int(word)}
        frame = packets.plist(troubles.change(step, said), tag)
        await troubles.send(step, frame, Line(self._send, self._writer))
        return word is None

    async def _connect(self, message: Message, tag: int) -> tuple[Plugged, int] | None:
        place = self._bus.find(message.get("DeviceID"))
        port = _port(message.get("PortNumber"))
        self._server.note("Connect", udid=place.phone.udid if place else "", port=port)
        outcome = _outcome(place, port)
        troubles = self._server.troubles if place is None else place.phone.troubles
        good = await self._say(_step_of_port(place, port), troubles, _result(outcome), tag)
        return (place, port) if place is not None and good and outcome is Result.OK else None

    async def _listen(self, tag: int) -> None:
        self._server.note("Listen")
        await self._say(Step.LISTEN, self._server.troubles, _result(Result.OK), tag)
        for place in self._bus.plugged():
            self._event(place.row())
        self._stop_listening = self._stop_listening or self._bus.listen(self._event)

    def _event(self, event: Message) -> None:
        if not self._writer.is_closing():
            said = self._server.troubles.change(Step.LIST_DEVICES, event)
            self._writer.write(packets.plist(said, 0).whole())

    async def _unknown(self, message: Message) -> Message:
        self._server.note(str(message.get("MessageType")), changes=True)
        return _result(Result.BAD_COMMAND)

    async def _list_devices(self, _: Message) -> Message:
        self._server.note("ListDevices")
        return {"DeviceList": [place.row() for place in self._bus.plugged()]}

    async def _list_listeners(self, _: Message) -> Message:
        self._server.note("ListListeners")
        return {"ListenerList": []}

    async def _read_buid(self, _: Message) -> Message:
        self._server.note("ReadBUID")
        return {"BUID": self._bus.buid}

    async def _read_record(self, message: Message) -> Message:
        udid = str(message.get("PairRecordID"))
        self._server.note("ReadPairRecord", udid=udid)
        record = await self._bus.read_record(udid, self._server.phones)
        return _result(Result.BAD_DEVICE) if record is None else {"PairRecordData": record}

    async def _save_record(self, message: Message) -> Message:
        udid, record = str(message.get("PairRecordID")), message.get("PairRecordData")
        self._server.note("SavePairRecord", udid=udid, changes=True)
        if not isinstance(record, bytes):
            return _result(Result.BAD_COMMAND)
        self._bus.save_record(udid, record, message.get("DeviceID"))
        return _result(Result.OK)

    async def _delete_record(self, message: Message) -> Message:
        udid = str(message.get("PairRecordID"))
        self._server.note("DeletePairRecord", udid=udid, changes=True)
        return _result(Result.OK if self._bus.delete_record(udid) else Result.BAD_DEVICE)


def _step(verb: str) -> Step | None:
    return _STEPS.get(verb)


def _port(number: object) -> int:
    return socket.ntohs(number & 0xFFFF) if isinstance(number, int) else 0


def _step_of_port(place: Plugged | None, port: int) -> Step | None:
    if place is None or port == lockdown.PORT:
        return Step.CONNECT
    return steps.of_service("connect", place.ports.behind(port)) if place.ports.waits(port) else None


def _result(number: Result) -> Message:
    return {"MessageType": "Result", "Number": int(number)}


def _outcome(place: Plugged | None, port: int) -> Result:
    if place is None:
        return Result.BAD_DEVICE
    return Result.OK if port == lockdown.PORT or place.ports.waits(port) else Result.REFUSED


async def _talk(place: Plugged, port: int, channel: Channel) -> None:
    """Be the phone's port, until either side ends it or the cable is pulled."""
    task = asyncio.current_task()
    assert task is not None
    place.connections.add(task)
    try:
        await _be_port(place, port, channel)
    finally:
        place.connections.discard(task)


async def _be_port(place: Plugged, port: int, channel: Channel) -> None:
    if port == lockdown.PORT:
        await Lockdown(place.phone, channel, place.ports).serve()
        return
    name, known = place.ports.take(port)
    if known is not None:
        await lockdown.demand(channel, place.phone, known, steps.of_tls(name))
    await SERVICES[name].talk(place.phone, channel, name)
