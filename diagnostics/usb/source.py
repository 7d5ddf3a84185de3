"""Shows the phones that only the bus knows: no usbmux and no adb will ever answer for them as they are.

What usbmux or adb serves is left to them, so that no phone is shown twice. The bus is polled, because hot-plug events
of libusb are missing on Windows before 1.0.30 and unreliable where no udev runs. A look is made in a thread: forty
phones cost it some milliseconds, and the first sight of each its strings.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable

from diagnostics.building import ReadingBuilder
from diagnostics.errors import UserError
from diagnostics.model import DeviceId, Platform, Reading, State, Transport
from diagnostics.ports import Clock, Glance, Progress, Publish, Sighting, Snapshot
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.enumeration import list_devices
from diagnostics.usb.health import PortHealth, Verdict
from diagnostics.usb.modes import APPLE, Mode, mode_of
from diagnostics.usb.pipe_asking import Asker
from diagnostics.usb.telling import identifier, identify

POLL = 0.5


class UsbSource:
    """A `DeviceSource` over the bare bus.

    Args:
        clock: What readings are dated by.
        enumerate_bus: Lists the bus; blocking, called in a thread.
        poll: Seconds between two looks.
        settle: How many times as long as its mode says a phone must be there before it is shown.
        asker: Asks phones for what they tell in their present mode; without one nothing is ever sent to a phone.
    """

    name = "usb"

    def __init__(
        self,
        clock: Clock,
        enumerate_bus: Callable[[], tuple[UsbDevice, ...]] = list_devices,
        *,
        poll: float = POLL,
        settle: float = 1.0,
        asker: Asker | None = None,
    ) -> None:
        self._clock = clock
        self._enumerate = enumerate_bus
        self._poll = poll
        self._settle = settle
        self._asker = asker
        self._devices: dict[str, UsbDevice] = {}
        self._health = PortHealth()
        self.bus: tuple[UsbDevice, ...] = ()
        """Everything that was on the bus at the last look, also what usbmux and adb show."""
        self.verdicts: tuple[Verdict, ...] = ()
        """What is wrong with cables and ports, as of the last look."""

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
        """Return what the descriptors say, and what the phone tells in its mode; nothing is changed on it."""
        builder = ReadingBuilder(sighting, self._clock)
        device = self._devices.get(sighting.key)
        if device:
            identify(builder, device)
            for verdict in self.verdicts:
                if verdict.slot == device.slot:
                    builder.problem("", verdict.code, **verdict.params)
        else:
            builder.problem("", sighting.state.value)
        publish(Progress(builder.partial(), "identity"))
        if device and self._asker:
            await self._asker.fill(builder, device)
            publish(Progress(builder.partial(), "storage"))
        return builder.build(builder.state.value)

    async def look(self, sighting: Sighting, reading: Reading) -> Glance:
        """Notice that a phone was unlocked which showed no storages; every other is left be.

        The bus itself is polled all the time, and being unlocked is no change on it.
        """
        device = self._devices.get(sighting.key)
        locked = reading.state is State.CHARGING_ONLY is not sighting.state
        if not (device and self._asker and locked):
            return Glance(reading)
        opened = await self._asker.has_opened(device)
        return Glance(None if opened else reading, answered=opened is not None)

    async def _look(self, seen_since: dict[str, float], now: float, *, first: bool) -> Snapshot:
        try:
            devices = await asyncio.to_thread(self._enumerate)
        except UserError as error:
            self.bus, self.verdicts = (), ()
            return Snapshot(error=error)
        self.bus, self.verdicts = devices, self._health.see(devices, now)
        settling = {device.key: (device, mode.settle) for device in devices if (mode := _alone(device))}
        for key in set(seen_since) - set(settling):
            del seen_since[key]
        for key, (_, wanted) in settling.items():
            # What was there before us has been there long enough.
            seen_since.setdefault(key, now - wanted * self._settle if first else now)
        self._devices = {
            key: device
            for key, (device, wanted) in settling.items()
            if now - seen_since[key] >= wanted * self._settle
        }
        return Snapshot(tuple(_sighting(device) for device in self._devices.values()))


def _alone(device: UsbDevice) -> Mode | None:
    """Return the mode of a phone that neither usbmux nor adb shows."""
    mode = mode_of(device)
    return mode if mode and mode.state else None


def _sighting(device: UsbDevice) -> Sighting:
    mode = _alone(device)
    assert mode is not None and mode.state is not None, "only phones are shown"  # noqa: PT018
    platform = Platform.IOS if device.vid == APPLE else Platform.ANDROID
    return Sighting(
        device.key, DeviceId(identifier(device)), platform, Transport.USB, device.slot, mode.state
    )
