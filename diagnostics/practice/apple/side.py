"""The bench's iPhones, seen as one of its sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diagnostics.practice.apple.casting import make_server
from diagnostics.practice.apple.faults import CATALOGUE, Fault
from diagnostics.practice.apple.mux import UsbmuxServer
from diagnostics.practice.apple.pairing import Tap
from diagnostics.practice.apple.phone import PracticeIphone
from diagnostics.practice.apple.steps import Step
from diagnostics.practice.daemon_side import DaemonSide
from diagnostics.practice.records import PracticePhoneInfo, Request, UsbFacts
from diagnostics.practice.side import Command


class IphoneSide(DaemonSide):
    """The practice iPhones and their usbmuxd; made and used in one asyncio loop.

    Attributes:
        server: The usbmuxd.
    """

    def __init__(self, count: int, *, seed: int) -> None:
        self.server: UsbmuxServer = make_server(count, seed=seed)
        super().__init__("usbmuxd", self.server, CATALOGUE, (p.troubles for p in self.server.phones))
        bus = self.server.bus
        self._commands: dict[Command, Callable[[PracticeIphone], None]] = {
            Command.PLUG: bus.plug,
            Command.UNPLUG: bus.unplug,
            Command.TRUST: lambda phone: phone.tap(Tap.TRUST),
            Command.DENY: lambda phone: phone.tap(Tap.DENY),
            Command.REVOKE: lambda phone: phone.revoke(),
            Command.LOCK: lambda phone: phone.lock(on=True),
            Command.UNLOCK: lambda phone: phone.lock(on=False),
            Command.HANG: lambda phone: phone.hang(on=True),
            Command.WAKE: lambda phone: phone.hang(on=False),
            Command.DROP: lambda phone: phone.drop(),
        }

    def infos(self) -> Sequence[PracticePhoneInfo]:
        """Return what a trainer sees of each phone."""
        bus = self.server.bus
        return [phone.info(plugged=bus.of(phone) is not None) for phone in self.server.phones]

    def do(self, command: Command, phone_id: str) -> None:
        """Do something to a phone, by UDID or name.

        Raises:
            KeyError: There is no such phone.
        """
        self._commands[command](self.phone(phone_id))

    def put(self, phone: PracticeIphone, fault: Fault, step: Step | None, times: int) -> None:
        """Give a phone a fault."""
        phone.fault(fault, step, times)

    def take_off(self, phone: PracticeIphone) -> None:
        """Take a phone's fault away."""
        phone.clear()

    def phone(self, phone_id: str) -> PracticeIphone:
        """Return a phone by UDID or name, else by serial.

        Raises:
            KeyError: There is no such phone.
        """
        for phone in self.server.phones:
            if phone_id in (phone.udid, phone.name):
                return phone
        for phone in self.server.phones:
            if phone_id in (phone.ids.serial, phone.ids.udid.replace("-", "")):
                return phone
        raise KeyError(phone_id)

    def usb(self, phone_id: str) -> UsbFacts:
        """Return what the USB bus shows of a phone, by UDID or name.

        Raises:
            KeyError: There is no such phone.
        """
        phone = self.phone(phone_id)
        model, ids = phone.character.model, phone.ids
        chip = f"CPID:{model['chip_id']:04X} CPRV:11 CPFM:03 SCEP:01 BDID:{model['board_id']:02X}"
        boot = f"{chip} ECID:{ids.ecid:016X} IBFL:3C SRNM:[{ids.serial}]"
        return UsbFacts(ids.udid.replace("-", ""), "Apple", phone.character.device_class, boot, ids.serial)

    def requests(self) -> Sequence[Request]:
        """Return everything that was asked, oldest first."""
        return tuple(self.server.requests)

    def log(self) -> Sequence[Request]:
        """Return everything that was asked, oldest first."""
        return self.requests()
