"""Shows every phone that hangs on the bus, whatever mode it is in; what speaks to none is read here.

What usbmux or adb serves is shown, too, and read by them: the bench joins both. The bus is polled, because
hot-plug events of libusb are missing on Windows before 1.0.30 and unreliable where no udev runs. A look is made in a
thread: forty phones cost it some milliseconds, and the first sight of each its strings.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, replace

from diagnostics.building import ReadingBuilder, concluded, unread
from diagnostics.errors import UserError
from diagnostics.model import Reading, State
from diagnostics.ports import Clock, Glance, Progress, Publish, Sighting, Snapshot
from diagnostics.usb.containing import Contained
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.enumeration import list_devices
from diagnostics.usb.facts import facts_of, sighting_of, stumbled
from diagnostics.usb.health import PortHealth, Verdict
from diagnostics.usb.modes import mode_of
from diagnostics.usb.pipe import PipeLost
from diagnostics.usb.pipe_asking import Asker
from diagnostics.usb.telling import identify
from diagnostics.watchdog import hung

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
        self._contained = Contained()
        self._health = PortHealth()
        self._told: dict[str, _Told] = {}
        self._again: set[str] = set()
        self.bus: tuple[UsbDevice, ...] = ()
        """Everything that was on the bus at the last look, also what usbmux and adb show."""
        self.verdicts: tuple[Verdict, ...] = ()
        """What is wrong with cables and ports, as of the last look."""

    async def watch(self) -> AsyncGenerator[Snapshot, None]:
        """Yield the phones on the bus, at once and after each change, for ever."""
        loop = asyncio.get_running_loop()
        seen_since: dict[str, float] = {}
        shown: tuple[Snapshot, ...] = ()
        while True:
            snapshot = await self._look(seen_since, loop.time(), first=not shown)
            if not shown or snapshot != shown[0] or _facts(snapshot) != _facts(shown[0]):
                shown = (snapshot,)
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
        if device and (failed := self._contained.failed.get(device.key)):
            return concluded(unread(sighting), State.ERROR, "internal_error", detail=failed)
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
            await self._see_it_go(builder.partial())
        return builder.build(builder.state.value)

    async def _see_it_go(self, reading: Reading) -> None:
        """Wait where a talk was cut until the bus was looked at anew: a phone that was pulled out goes while read.

        So it is the same whether its pipe failed at once or fell silent; the bench ends a reading whose phone went.
        """
        if any(problem.code == PipeLost.code for problem in reading.problems):
            # A look that was under way may still show it.
            await asyncio.sleep(2 * self._poll)

    async def look(self, sighting: Sighting, reading: Reading) -> Glance:
        """Notice that a phone was unlocked which showed no storages, and try one that hung once more.

        Every other is left be: the bus itself is polled all the time, and being unlocked is no change on it.
        """
        device = self._devices.get(sighting.key)
        if device and self._asker and self._is_tried_again(device, reading):
            return Glance(None)
        locked = reading.state is State.CHARGING_ONLY is not sighting.state
        if not (device and self._asker and locked):
            return Glance(reading)
        opened = await self._asker.has_opened(device)
        return Glance(None if opened else reading, answered=opened is not None)

    def _is_tried_again(self, device: UsbDevice, reading: Reading) -> bool:
        """Return whether a phone hung in its talk for the first time since it was plugged in; asked once."""
        first = hung(reading) and device.key not in self._again
        self._again &= self._devices.keys()
        if first:
            self._again.add(device.key)
        return first

    async def _look(self, seen_since: dict[str, float], now: float, *, first: bool) -> Snapshot:
        try:
            devices = await asyncio.to_thread(self._enumerate)
        except UserError as error:
            self.bus, self.verdicts = (), ()
            return Snapshot(error=error)
        self._contained.only(devices)
        self.bus, self.verdicts = devices, self._health.see(devices, now)
        settling = {
            device.key: (device, wait) for device in devices if (wait := self._wait(device)) is not None
        }
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
        self._told = {key: self._tell(device) for key, device in self._devices.items()}
        return Snapshot(tuple(told.sighting for told in self._told.values()))

    def _wait(self, device: UsbDevice) -> float | None:
        """Return how many seconds a phone must last before it is shown; ``None`` for what is no phone.

        What this program stumbles over is shown: it may be a phone, and a person is told.
        """

        def wait() -> float | None:
            mode = mode_of(device)
            return mode.settle if mode else None

        at_once: float | None = 0.0
        return self._contained.run(device, wait, at_once)

    def _tell(self, device: UsbDevice) -> _Told:
        """Return a phone with what the bus tells of it; what did not change keeps its times."""
        its = tuple(verdict for verdict in self.verdicts if verdict.slot == device.slot)
        known = self._told.get(device.key)
        if known and (known.device, known.verdicts) == (device, its):
            return known
        beyond = _Told(device, its, stumbled(device))
        return self._contained.run(device, lambda: self._told_of(device, its), beyond)

    def _told_of(self, device: UsbDevice, its: tuple[Verdict, ...]) -> _Told:
        mode = mode_of(device)
        assert mode is not None, "only phones are shown"
        sighting = sighting_of(device, mode)
        return _Told(device, its, replace(sighting, facts=facts_of(device, sighting, its, self._clock)))


@dataclass(frozen=True, slots=True)
class _Told:
    """A phone as it was shown last, and why so."""

    device: UsbDevice
    verdicts: tuple[Verdict, ...]
    sighting: Sighting


def _facts(snapshot: Snapshot) -> tuple[Reading | None, ...]:
    return tuple(sighting.facts for sighting in snapshot.sightings)
