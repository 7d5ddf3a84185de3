"""The bench's iPhones, seen as one of its sides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from diagnostics.practice.apple import faults
from diagnostics.practice.apple.casting import make_server
from diagnostics.practice.apple.mux import UsbmuxServer
from diagnostics.practice.apple.pairing import Tap
from diagnostics.practice.apple.phone import PracticeIphone
from diagnostics.practice.falling import Falling
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

        self.server.troubles.fall = self._fall
        for phone in self.server.phones:
            phone.troubles.fall = self._fall
        self._falling = Falling(self.server.stop, self._start_again)

    async def start(self, port: int = 0) -> None:
        """Start usbmuxd, by default on the port that it had before.

        Raises:
            OSError: The port is taken.
        """
        await self._falling.end()
        await self.server.start(port or self.port)
        self.port = self.server.port

    async def stop(self) -> None:
        """Stop usbmuxd, as if it were not installed; the port is kept for the next start."""
        await self._falling.end()
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

    def fault(self, target: str, fault_id: str, step: str, times: int) -> None:
        """Give a phone, or usbmuxd, a fault; see `diagnostics.practice.side.Side`.

        Raises:
            KeyError: There is nothing with this name.
            BadInput: There is no such fault or step, or it cannot be put there.
        """
        bus = target == self.name
        phone = None if bus else self.phone(target)
        fault, where = faults.choose(fault_id, step, faults.BUS if bus else faults.PHONE)
        if phone is not None:
            phone.fault(fault, where, times)
            return
        self.server.troubles.put(fault, where, times)
        active = self.server.troubles.active
        if fault.state.down and active is not None:
            self._falling.fall(partial(_wait, active.cleared))

    def clear(self, target: str) -> None:
        """Take a fault away; see `diagnostics.practice.side.Side`.

        Raises:
            KeyError: There is nothing with this name.
        """
        if target == self.name:
            self.server.troubles.clear()
        else:
            self.phone(target).clear()

    def daemon_fault(self) -> str:
        """Return the id of usbmuxd's own fault, empty for none."""
        active = self.server.troubles.active
        return "" if active is None else active.fault.id

    def _fall(self, seconds: float, cleared: asyncio.Event) -> None:
        self._falling.fall(partial(_wait, cleared, seconds))

    async def _start_again(self) -> None:
        await self.server.start(self.port)

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


async def _wait(cleared: asyncio.Event, seconds: float | None = None) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(cleared.wait(), seconds)
