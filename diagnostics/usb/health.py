"""Judges cables and ports by what the bus shows, without any protocol; pure: listings in, verdicts out.

The thresholds are ours, and nobody has measured them on many cables: a verdict says what to try, never what is broken.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType

from diagnostics.model import Problem
from diagnostics.usb.containing import Contained
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.modes import APPLE, UNREADABLE, mode_of

CHURN, CHURN_WINDOW = 3, 30.0
"""More arrivals than this at one place in so many seconds, without a change of mode, is no person's doing."""
LOOP, LOOP_WINDOW = 8, 180.0
"""More changes of mode than this in so many seconds: the phone restarts by itself. Who leads one through recovery and
fastboot makes three or four."""
UNCONFIGURED_AFTER = 10.0
"""Seconds; usbmuxd takes an iPhone's configuration away and sets another one within one or two."""
FULL_SPEED, HIGH_SPEED = 12.0, 480.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a cable or a port, as far as the bus shows.

    Attributes:
        place: `UsbDevice.place`.
        slot: Bus and port chain now.
        code: A key of ``messages/problems.toml``.
        params: What its words are filled with.
    """

    place: str
    slot: str
    code: str
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def problem(self) -> Problem:
        """It as a problem of the phone as a whole, for `diagnostics.messages.message`."""
        return Problem("", self.code, self.params)


def speed_verdict(device: UsbDevice) -> Verdict | None:
    """Judge the negotiated speed against what both ends can do.

    A USB 2 phone on USB 2 wires is as it should be; so is a USB 3 phone in a USB 2 port. Only where both could do more
    is the cable in between to blame.
    """
    mode = mode_of(device)
    if device.speed is None or mode is None:
        return None
    if device.speed <= FULL_SPEED and not mode.full_speed:
        return _verdict(device, "usb_full_speed", speed=f"{device.speed:g}")
    if device.speed <= HIGH_SPEED and device.superspeed and device.port_superspeed:
        return _verdict(device, "usb_slow", speed=f"{device.speed:g}")
    return None


@dataclass(slots=True)
class _Place:
    """What one place was seen to do."""

    arrivals: deque[float] = field(default_factory=deque)
    changes: deque[float] = field(default_factory=deque)
    returns: int = 0
    present: set[str] = field(default_factory=set)
    was: tuple[str, str] | None = None
    serials: dict[tuple[str, str], str] = field(default_factory=dict)
    unconfigured_since: float | None = None
    over_currents: int | None = None
    tripped: int = 0


class PortHealth:
    """Follows listings, and says which places are unwell now; one for a bench, used by one thread."""

    def __init__(self) -> None:
        self._contained = Contained()
        self._places: dict[str, _Place] = {}

    def see(self, devices: Iterable[UsbDevice], now: float) -> tuple[Verdict, ...]:
        """Take in one listing, and return every verdict that holds now, in the order of the ports.

        Args:
            devices: All devices on the bus.
            now: Seconds of a clock that never goes back.
        """
        phones = [device for device in devices if not device.is_hub]
        keys = {device.key for device in phones}
        self._contained.only(tuple(phones))
        for place in self._places.values():
            place.present &= keys
        found: list[Verdict] = []
        for device in phones:
            place = self._places.setdefault(device.place, _Place())
            self._arrived(place, device, now)
            found += self._contained.run(device, partial(_verdicts, place, device, now), [])
        return tuple(found)

    def churning(self, now: float) -> tuple[str, ...]:
        """Return the places that churn now, also those whose phone is away at this moment."""
        return tuple(name for name, place in self._places.items() if _churns(place, now))

    def _arrived(self, place: _Place, device: UsbDevice, now: float) -> None:
        if device.key in place.present:
            return
        place.present.add(device.key)
        if _is_another(place, device):
            for kept in (place.arrivals, place.changes, place.serials):
                kept.clear()
        # A restart and a change of mode come back as something else; what comes back as the same is a bad contact.
        elif place.was == (device.vid, device.pid):
            place.arrivals.append(now)
            place.returns += 1
        elif place.was is not None:
            place.changes.append(now)
        place.was = (device.vid, device.pid)
        if device.serial:
            place.serials[place.was] = device.serial
        place.unconfigured_since = None
        if device.over_currents is not None:
            before = device.over_currents if place.over_currents is None else place.over_currents
            # A port that stays on for the next phone is well: the counter is the system's, and never goes back.
            place.tripped = max(0, device.over_currents - before)
            place.over_currents = device.over_currents


def _verdicts(place: _Place, device: UsbDevice, now: float) -> list[Verdict]:
    return [verdict for verdict in _judged(place, device, now) if verdict]


def _judged(place: _Place, device: UsbDevice, now: float) -> Iterable[Verdict | None]:
    """Give what is wrong with a place that has this phone now."""
    if place.tripped:
        yield _verdict(device, "usb_over_current", times=str(place.tripped))
    if _churns(place, now):
        times, returns = str(len(place.arrivals)), str(place.returns)
        yield _verdict(device, "usb_churn", times=times, seconds=f"{CHURN_WINDOW:g}", returns=returns)
    if _count(place.changes, now, LOOP_WINDOW) > LOOP:
        yield _verdict(device, "usb_boot_loop", times=str(len(place.changes)), seconds=f"{LOOP_WINDOW:g}")
    yield _unconfigured(place, device, now)
    yield speed_verdict(device)
    mode = mode_of(device)
    if mode is not None and mode.problem == UNREADABLE:
        yield _verdict(device, UNREADABLE)


def _unconfigured(place: _Place, device: UsbDevice, now: float) -> Verdict | None:
    if device.configuration != 0:
        place.unconfigured_since = None
        return None
    if place.unconfigured_since is None:
        place.unconfigured_since = now
    waited = now - place.unconfigured_since
    # Without usbmuxd an iPhone in its usual mode stays as usbmuxd's rule leaves it: then usbmuxd is what is missing.
    mode = mode_of(device)
    served = device.vid == APPLE and mode is not None and mode.state is None
    if waited < UNCONFIGURED_AFTER or served:
        return None
    return _verdict(device, "usb_unconfigured", seconds=f"{UNCONFIGURED_AFTER:g}")


def _is_another(place: _Place, device: UsbDevice) -> bool:
    """Return whether a person plugged in another phone than the one that was there last, by both phones' word.

    Only serials of one mode are comparable: an iPhone tells its UDID in one, and its chip's numbers in another.
    """
    known = place.serials.get((device.vid, device.pid))
    return bool(known and device.serial) and known != device.serial


def _churns(place: _Place, now: float) -> bool:
    return _count(place.arrivals, now, CHURN_WINDOW) > CHURN


def _count(times: deque[float], now: float, window: float) -> int:
    """Forget what is longer ago than the window, and return how often it was since."""
    while times and now - times[0] > window:
        times.popleft()
    return len(times)


def _verdict(device: UsbDevice, code: str, **params: str) -> Verdict:
    return Verdict(device.place, device.slot, code, MappingProxyType(params))
