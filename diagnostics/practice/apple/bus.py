"""What usbmuxd knows: which phones are plugged in, under which number, and the pair records of this computer."""

from __future__ import annotations

import asyncio
import plistlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from diagnostics.practice.apple.certificates import HostKeys, new_key_in_thread
from diagnostics.practice.apple.lockdown import Ports
from diagnostics.practice.apple.phone import PracticeIphone

HIGH_SPEED = 480_000_000
IPHONE_PRODUCT_ID = 0x12A8
NETWORK_ADDRESS = b"\x10\x02\0\0\xa9\xfe\x07\x09" + bytes(8)
"""A sockaddr_in of 16 bytes, as macOS writes it; the address is one of those that nobody routes."""

Listener = Callable[[dict[str, Any]], None]


@dataclass(slots=True)
class Plugged:
    """A phone in its port, from plug to unplug."""

    device_id: int
    phone: PracticeIphone
    ports: Ports = field(default_factory=Ports)
    connections: set[asyncio.Task[None]] = field(default_factory=set)
    network: bool = False

    def row(self) -> dict[str, Any]:
        """Return the Attached event, which is also its row in the list of devices."""
        place = self._network() if self.network else self._usb()
        properties = {"SerialNumber": self.phone.udid, **place, "DeviceID": self.device_id}
        return {"MessageType": "Attached", "DeviceID": self.device_id, "Properties": properties}

    def _usb(self) -> dict[str, Any]:
        return {
            "ConnectionSpeed": HIGH_SPEED,
            "ConnectionType": "USB",
            "LocationID": location_id(self.phone.port_chain),
            "ProductID": IPHONE_PRODUCT_ID,
        }

    def _network(self) -> dict[str, Any]:
        phone = self.phone
        place = {
            "ConnectionType": "Network",
            "EscapedFullServiceName": f"{phone.ids.wifi}@fe80::1._apple-mobdev2._tcp.local.",
            "NetworkAddress": NETWORK_ADDRESS,
        }
        undashed = {"SerialNumber": phone.udid.replace("-", "")}
        return {**place, **undashed} if phone.troubles.state.undashed else place


class Bus:
    """The phones that are plugged in, and who wants to know of it."""

    def __init__(self) -> None:
        self.buid = str(uuid.uuid4()).upper()
        self.host_id = str(uuid.uuid4()).upper()
        self._plugged: dict[int, Plugged] = {}
        self._listeners: list[Listener] = []
        self._records: dict[str, bytes] = {}
        self._hidden: dict[str, bytes] = {}
        self._next_id = 1
        self._keys: HostKeys | None = None
        self._making = asyncio.Lock()

    def plugged(self) -> tuple[Plugged, ...]:
        """Return the phones in their ports, in the order in which they came."""
        return tuple(self._plugged.values())

    def find(self, device_id: object) -> Plugged | None:
        """Return the phone with this number, while it is plugged in."""
        return self._plugged.get(device_id) if isinstance(device_id, int) else None

    def of(self, phone: PracticeIphone, *, network: bool = False) -> Plugged | None:
        """Return a phone's place on a cable, or its other one on the network, while it has it."""
        places = (place for place in self._plugged.values() if place.phone is phone)
        return next((place for place in places if place.network is network), None)

    def plug(self, phone: PracticeIphone) -> None:
        """Plug a phone in; it gets a number that was not there before."""
        phone.pulled = False
        self._show(phone, network=False)

    def unplug(self, phone: PracticeIphone) -> None:
        """Pull a phone's cable: every connection over it breaks."""
        if self._hide(phone, network=False):
            phone.unplugged()

    def settle(self, phone: PracticeIphone) -> None:
        """Let the bus and the records be as the phone's fault wants them, or as they were before it."""
        self._settle_record(phone)
        if phone.troubles.state.twice:
            self._show(phone, network=True)
        else:
            self._hide(phone, network=True)
        if phone.pulled and phone.troubles.active is None:
            self.plug(phone)

    def _settle_record(self, phone: PracticeIphone) -> None:
        source, target = self._hidden, self._records
        if phone.troubles.state.unknown:
            source, target = target, source
        if phone.udid in source:
            target.setdefault(phone.udid, source.pop(phone.udid))

    def _show(self, phone: PracticeIphone, *, network: bool) -> None:
        if self.of(phone, network=network) is not None:
            return
        place = Plugged(self._next_id, phone, network=network)
        self._next_id += 1
        self._plugged[place.device_id] = place
        self._tell(place.row())

    def _hide(self, phone: PracticeIphone, *, network: bool) -> bool:
        place = self.of(phone, network=network)
        if place is None:
            return False
        del self._plugged[place.device_id]
        for connection in place.connections - {_current()}:
            connection.cancel()
        self._tell({"MessageType": "Detached", "DeviceID": place.device_id})
        return True

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call back with every event from now on; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, event: dict[str, Any]) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    async def read_record(self, udid: str, phones: Iterable[PracticeIphone]) -> bytes | None:
        """Return a phone's pair record, as this computer keeps it."""
        phone = next((phone for phone in phones if phone.udid == udid), None)
        async with self._making:
            if udid not in self._records and phone is not None:
                await self._trust_from_the_start(phone)
        return self._records.get(udid)

    async def _trust_from_the_start(self, phone: PracticeIphone) -> None:
        record = await phone.record_for_this_computer(await self._host_keys(), self.host_id, self.buid)
        if record is not None:
            self._records[phone.udid] = plistlib.dumps(record)

    def save_record(self, udid: str, record: bytes, device_id: object) -> None:
        """Keep a pair record, and tell the listeners that the phone is paired now."""
        self._records[udid] = record
        if self.find(device_id) is not None:
            self._tell({"MessageType": "Paired", "DeviceID": device_id})

    def delete_record(self, udid: str) -> bool:
        """Forget a pair record; say whether there was one."""
        return self._records.pop(udid, None) is not None

    async def _host_keys(self) -> HostKeys:
        if self._keys is None:
            self._keys = HostKeys(await new_key_in_thread(), await new_key_in_thread())
        return self._keys


def _current() -> asyncio.Task[None] | None:
    """Return the running task: the connection in whose answer the cable is pulled ends by itself."""
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def location_id(port_chain: str) -> int:
    """Return a port chain as macOS's LocationID: ``1-2.3`` is 0x01230000.

    The bus is the top byte, then comes one nibble for each hub port on the way. It tells the slot by itself; Linux's
    usbmuxd gives (bus << 16) | address instead, which means nothing without the computer's own list of devices.
    """
    bus, _, chain = port_chain.partition("-")
    ports = [int(port) for port in chain.split(".")]
    return int(bus) << 24 | sum(port << (20 - 4 * depth) for depth, port in enumerate(ports))


def port_chains(count: int) -> Sequence[str]:
    """Return the port chains of a bench with hubs of seven ports: ``1-1.1`` to ``1-1.7``, then ``1-2.1``."""
    return [f"1-{1 + index // 7}.{1 + index % 7}" for index in range(count)]
