"""Shows the phones that only the bus knows: no usbmux and no adb will ever answer for them as they are.

What usbmux or adb serves is left to them, so that no phone is shown twice. The bus is polled, because hot-plug events
of libusb are missing on Windows before 1.0.30 and unreliable where no udev runs; a poll costs about 1 ms.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from diagnostics.building import ReadingBuilder
from diagnostics.errors import UserError
from diagnostics.model import DeviceId, Platform, Reading, Transport
from diagnostics.ports import Clock, Glance, Progress, Publish, Sighting, Snapshot
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.enumeration import list_devices
from diagnostics.usb.modes import apple_tags, maker_of, state_of

POLL = 0.5
SETTLE = 1.0
"""Seconds that a device must stay: a switched-off MediaTek phone shows its preloader for 1-3 s and leaves."""


class UsbSource:
    """A `DeviceSource` over the bare bus.

    Args:
        clock: What readings are dated by.
        enumerate_bus: Lists the bus; blocking, called in a thread.
        poll: Seconds between two looks.
        settle: Seconds that a device must be there before it is shown.
    """

    name = "usb"

    def __init__(
        self,
        clock: Clock,
        enumerate_bus: Callable[[], tuple[UsbDevice, ...]] = list_devices,
        *,
        poll: float = POLL,
        settle: float = SETTLE,
    ) -> None:
        self._clock = clock
        self._enumerate = enumerate_bus
        self._poll = poll
        self._settle = settle
        self._devices: dict[str, UsbDevice] = {}

    async def watch(self) -> AsyncGenerator[Snapshot, None]:
        """Yield the phones that only the bus knows, at once and after each change, for ever."""
        loop = asyncio.get_running_loop()
        seen_since: dict[str, float] = {}
        shown: Snapshot | None = None
        while True:
            snapshot = await self._look(seen_since, loop.time(), first=shown is None)
            if snapshot != shown:
                shown = snapshot
                yield snapshot
            await asyncio.sleep(self._poll)

    async def read(
        self,
        sighting: Sighting,
        publish: Publish,
        *,
        ask_trust: bool,  # noqa: ARG002
        resume: bool = False,  # noqa: ARG002
    ) -> Reading:
        """Return what the descriptors say; nothing is sent to the phone."""
        builder = ReadingBuilder(sighting, self._clock)
        if device := self._devices.get(sighting.key):
            _identify(builder, device)
        builder.problem("", sighting.state.value)
        publish(Progress(builder.partial(), "identity"))
        return builder.build(sighting.state.value)

    async def look(self, sighting: Sighting, reading: Reading) -> Glance:  # noqa: ARG002
        """Leave the phone be: the bus is polled all the time, and nothing else is known of it."""
        return Glance(reading)

    async def _look(self, seen_since: dict[str, float], now: float, *, first: bool) -> Snapshot:
        try:
            devices = await asyncio.to_thread(self._enumerate)
        except UserError as error:
            return Snapshot(error=error)
        phones = {_key(device): device for device in devices if state_of(device)}
        for key in set(seen_since) - set(phones):
            del seen_since[key]
        for key in phones:
            seen_since.setdefault(key, now - self._settle if first else now)
        self._devices = {key: d for key, d in phones.items() if now - seen_since[key] >= self._settle}
        return Snapshot(tuple(_sighting(key, device) for key, device in self._devices.items()))


def _key(device: UsbDevice) -> str:
    return f"{device.slot}@{device.address}:{device.vid}:{device.pid}"


def _sighting(key: str, device: UsbDevice) -> Sighting:
    state = state_of(device)
    assert state is not None, "only phones are shown"
    platform = Platform.IOS if device.vid == "05ac" else Platform.ANDROID
    identifier = DeviceId(device.serial or f"usb:{device.slot}")
    return Sighting(key, identifier, platform, Transport.USB, device.slot, state)


def _identify(builder: ReadingBuilder, device: UsbDevice) -> None:
    raw = f"{device.vid}:{device.pid}"
    if maker := maker_of(device):
        builder.put("identity.manufacturer", maker, "USB vendor id", raw=raw)
    if device.serial is None:
        return
    serial = apple_tags(device.serial).get("SRNM") if device.vid == "05ac" else device.serial
    if serial:
        builder.put("identity.serial", serial, "USB serial string", raw=device.serial)
