"""The bench's iPhones, seen as one of its sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diagnostics.practice.apple.casting import make_server
from diagnostics.practice.apple.mux import UsbmuxServer
from diagnostics.practice.apple.pairing import Tap
from diagnostics.practice.apple.phone import PracticeIphone
from diagnostics.practice.records import PracticePhoneInfo, Request
from diagnostics.practice.side import Command


class IphoneSide:
    """The practice iPhones and their usbmuxd; made and used in one asyncio loop.

    Attributes:
        server: The usbmuxd.
    """

    name = "usbmuxd"

    def __init__(self, count: int, *, seed: int) -> None:
        self.server: UsbmuxServer = make_server(count, seed=seed)
        self.port = 0
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

    async def start(self, port: int = 0) -> None:
        """Start usbmuxd, by default on the port that it had before.

        Raises:
            OSError: The port is taken.
        """
        await self.server.start(port or self.port)
        self.port = self.server.port

    async def stop(self) -> None:
        """Stop usbmuxd, as if it were not installed; the port is kept for the next start."""
        await self.server.stop()

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

    def phone(self, phone_id: str) -> PracticeIphone:
        """Return a phone by UDID or name.

        Raises:
            KeyError: There is no such phone.
        """
        for phone in self.server.phones:
            if phone_id in (phone.udid, phone.name):
                return phone
        raise KeyError(phone_id)

    def requests(self) -> Sequence[Request]:
        """Return everything that was asked, oldest first."""
        return tuple(self.server.requests)
