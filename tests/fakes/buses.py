"""A bench of physical phones, and what each of three buses would show of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from diagnostics.errors import ServiceMissing
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.ports import Sighting, Snapshot

SLOTS_AND_SERIALS, SERIALS_ONLY, NOTHING = "slots and serials", "serials, no slots", "neither"
"""What systems tell: Linux everything; others serials, and no slot by usbmux and adb; some not even serials."""
BOOTED, RECOVERY, NAMELESS = "booted", "recovery", "nameless"
SERVICES = {"usbmux": Platform.IOS, "adb": Platform.ANDROID}


@dataclass(slots=True)
class Physical:
    """A phone in somebody's hand."""

    serial: str
    platform: Platform
    mode: str = BOOTED

    @property
    def service(self) -> str:
        return "usbmux" if self.platform is Platform.IOS else "adb"


@dataclass(slots=True)
class World:
    """What hangs on the cables, which service runs, and which phones it does not notice."""

    slots: dict[str, tuple[Physical, int]] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    style: str = SLOTS_AND_SERIALS
    deaf: set[str] = field(default_factory=set)
    numbers: count[int] = field(default_factory=lambda: count(5))

    def plug(self, slot: str, phone: Physical) -> None:
        self.slots[slot] = (phone, next(self.numbers))

    def unplug(self, slot: str) -> None:
        self.slots.pop(slot, None)

    def mode(self, slot: str, mode: str) -> None:
        if slot in self.slots:
            phone = self.slots[slot][0]
            self.plug(slot, Physical(phone.serial, phone.platform, mode))

    def picture(self, source: str) -> Snapshot:
        if source in self.down:
            return Snapshot(error=ServiceMissing(f"{source} is down."))
        if source == "usb":
            tells = self.style != NOTHING
            return Snapshot(tuple(on_bus(slot, *what, serial=tells) for slot, what in self.slots.items()))
        tells = self.style == SLOTS_AND_SERIALS
        return Snapshot(
            tuple(
                by_service(slot if tells else None, phone, number)
                for slot, (phone, number) in self.slots.items()
                if phone.service == source and phone.mode == BOOTED and slot not in self.deaf
            )
        )


def by_service(slot: str | None, phone: Physical, number: int) -> Sighting:
    transport = Transport(phone.service)
    key = f"{phone.serial}/{number}"
    return Sighting(key, DeviceId(phone.serial), phone.platform, transport, slot, State.CONNECTING)


def on_bus(slot: str, phone: Physical, number: int, *, serial: bool = True) -> Sighting:
    booted = phone.mode == BOOTED
    state = {BOOTED: State.CONNECTING, RECOVERY: State.RECOVERY, NAMELESS: State.EDL}[phone.mode]
    name = phone.serial if serial and phone.mode != NAMELESS else f"usb:{slot}"
    return Sighting(
        f"{slot}@{number}",
        DeviceId(name),
        phone.platform,
        Transport.USB,
        slot,
        state,
        served=phone.service if booted else "",
    )
