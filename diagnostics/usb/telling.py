"""Puts into a reading what the bus tells of a phone: who made it, which it is, and what to do next."""

from __future__ import annotations

from diagnostics.building import ReadingBuilder
from diagnostics.imei import is_imei
from diagnostics.model import Quality
from diagnostics.usb.apple_boot import AppleBoot, apple_boot
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.modes import APPLE, maker_of, maker_quality, mode_of

_STRING = "USB serial string"


def identifier(device: UsbDevice) -> str:
    """Return what a phone is called on the bench: its UDID or serial where it tells it, else where it is plugged in.

    An iPhone in recovery or DFU with a chip from the A12 on has the id under which usbmux shows it otherwise.
    """
    if device.vid == APPLE and device.serial:
        boot = apple_boot(device.serial)
        return boot.udid or boot.serial or _ecid(boot) or device.serial
    return device.serial or f"usb:{device.slot}"


def identify(builder: ReadingBuilder, device: UsbDevice) -> None:
    """Put in what the descriptors say of a phone, and the next step."""
    identify_who(builder, device)
    put_link(builder, device)
    mode = mode_of(device)
    if mode and mode.problem:
        builder.problem("", mode.problem)
        if mode.opened and device.openable is False:
            builder.problem("", "no_permission")


def identify_who(builder: ReadingBuilder, device: UsbDevice) -> None:
    """Put in which phone it is, as far as its descriptors say."""
    if maker := maker_of(device):
        raw, quality = f"{device.vid}:{device.pid}", maker_quality(device)
        builder.put("identity.manufacturer", maker, "USB vendor id", raw=raw, quality=quality)
    if device.serial and device.vid == APPLE:
        _identify_apple(builder, apple_boot(device.serial), device.serial)
    elif device.serial:
        source = device.serial_source or _STRING
        builder.put("identity.serial", device.serial, source, raw=device.serial)


def put_link(builder: ReadingBuilder, device: UsbDevice) -> None:
    """Put in the mode that the phone is in, and the speed that the cable gives."""
    if mode := mode_of(device):
        quality = Quality.EXACT if mode.sure == "high" else Quality.ESTIMATE
        raw = " ".join((f"{device.vid}:{device.pid}", *sorted(device.interfaces)))
        builder.put("usb.mode", mode.name, "USB ids and interfaces", raw=raw, quality=quality)
    if device.speed is not None:
        builder.put(
            "usb.speed_mbps", max(1, int(device.speed)), "USB negotiated speed", raw=f"{device.speed:g}"
        )


def _identify_apple(builder: ReadingBuilder, boot: AppleBoot, raw: str) -> None:
    if boot.serial:
        builder.put("identity.serial", boot.serial, f"{_STRING}, SRNM", raw=raw)
    if code := boot.product_type:
        told = f"CPID:{boot.chip:04X} BDID:{boot.board:02X}"
        builder.put("identity.model_code", code, f"{_STRING}, CPID and BDID", raw=told)
        if boot.model:
            builder.put("identity.model", boot.model, f"{_STRING}, CPID and BDID", raw=told)
    if boot.ecid is not None:
        # The one number that is told in every mode, and that no repair changes but that of the chip.
        builder.witness("identity.serial", "ecid", f"{_STRING}, ECID", raw=_ecid(boot), quality=Quality.EXACT)
    if boot.imei and is_imei(boot.imei):
        builder.put("identity.imei", boot.imei, f"{_STRING}, IMEI", raw=boot.imei)
    elif boot.imei:
        builder.reject("identity.imei", f"{_STRING}, IMEI", raw=boot.imei, code="bad_check_digit")


def _ecid(boot: AppleBoot) -> str | None:
    return None if boot.ecid is None else f"{boot.ecid:016X}"
