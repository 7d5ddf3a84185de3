"""What the bus tells of a phone beside what its protocol tells: mode, speed, maker, serial, and how its cable is."""

from __future__ import annotations

from collections.abc import Iterable

from diagnostics.apple.udid import normal_udid
from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, Platform, Reading, State, Transport
from diagnostics.ports import Clock, Sighting
from diagnostics.usb.apple_boot import apple_boot
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.health import Verdict
from diagnostics.usb.modes import APPLE, Mode, maker_of, names_a_phone
from diagnostics.usb.telling import identifier, identify_who, put_link

USBMUX, ADB = "usbmux", "adb"
"""The sources that speak to phones as they usually are."""


def sighting_of(device: UsbDevice, mode: Mode) -> Sighting:
    """Return a phone as the bare bus shows it.

    What usbmux or adb speaks to is ``connecting`` here, and says which of them serves it.
    """
    apple = device.vid == APPLE
    served = "" if mode.state else USBMUX if apple else ADB
    name = normal_udid(device.serial) if apple and served and device.serial else identifier(device)
    return Sighting(
        device.key,
        DeviceId(name),
        Platform.IOS if apple else Platform.ANDROID,
        Transport.USB,
        device.slot,
        mode.state or State.CONNECTING,
        served,
        tuple(sorted(_names(device).items())),
    )


def stumbled(device: UsbDevice) -> Sighting:
    """Return a device that this program fails to make sense of: nothing is said of it but where it is."""
    place = DeviceId(f"usb:{device.slot}")
    return Sighting(device.key, place, Platform.UNKNOWN, Transport.USB, device.slot, State.ERROR)


def facts_of(device: UsbDevice, sighting: Sighting, verdicts: Iterable[Verdict], clock: Clock) -> Reading:
    """Return what the descriptors tell of a phone, and what is wrong with its cable or port."""
    builder = ReadingBuilder(sighting, clock)
    identify_who(builder, device)
    put_link(builder, device)
    for verdict in verdicts:
        builder.problem("", verdict.code, **verdict.params)
    return builder.partial()


def _names(device: UsbDevice) -> dict[str, str]:
    found: dict[str, str] = {}
    if (maker := maker_of(device)) and names_a_phone(device):
        found["maker"] = maker
    if device.vid == APPLE and device.serial:
        boot = apple_boot(device.serial)
        found |= {"serial": boot.serial} if boot.serial else {}
        found |= {"ecid": f"{boot.ecid:016X}"} if boot.ecid is not None else {}
    return found
