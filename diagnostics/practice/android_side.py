"""The bench's Android phones, seen as one of its sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from diagnostics.errors import BadInput
from diagnostics.practice.records import PracticePhoneInfo
from diagnostics.practice.side import Command

if TYPE_CHECKING:
    from diagnostics.practice.android.phone import PracticeAndroid

TRUST = {"device": "trusted", "unauthorized": "untrusted", "authorizing": "asked"}


class AndroidSide:
    """The practice Android phones and their adb server; made and used in one asyncio loop."""

    name = "adb"

    def __init__(self, count: int) -> None:
        from diagnostics.practice.android.server import PracticeAdbServer, load_androids

        self.server = PracticeAdbServer(load_androids(count))
        self.port = 0
        self._denied: set[str] = set()
        self._commands: dict[Command, Callable[[PracticeAndroid], None]] = {
            Command.PLUG: lambda phone: self.server.plug(phone.id),
            Command.UNPLUG: lambda phone: self.server.unplug(phone.id),
            Command.TRUST: lambda phone: self.server.allow(phone.id),
            Command.DENY: self._deny,
            Command.REVOKE: lambda phone: self.server.revoke(phone.id),
            Command.LOCK: lambda phone: _lock(phone, on=True),
            Command.UNLOCK: lambda phone: _lock(phone, on=False),
            Command.HANG: lambda phone: setattr(phone, "hang", True),
            Command.WAKE: _wake,
            Command.DROP: lambda phone: setattr(phone, "drop", True),
        }

    async def start(self, port: int = 0) -> None:
        """Start the adb server, by default on the port that it had before.

        Raises:
            OSError: The port is taken.
        """
        await self.server.start(port or self.port)
        self.port = self.server.port

    async def stop(self) -> None:
        """Stop the adb server; the port is kept for the next start."""
        await self.server.stop()

    def infos(self) -> Sequence[PracticePhoneInfo]:
        """Return what a trainer sees of each phone."""
        return [self._info(phone) for phone in self.server.phones]

    def do(self, command: Command, phone_id: str) -> None:
        """Do something to a phone, by its id on the bench or its serial.

        Raises:
            KeyError: There is no such phone.
        """
        phone = self.server.phone(phone_id)
        if command is not Command.DENY:
            self._denied.discard(phone.id)
        self._commands[command](phone)

    def fault(self, target: str, fault_id: str, step: str, times: int) -> None:  # noqa: ARG002  a side's signature
        """Refuse: only iPhones learn faults.

        Raises:
            KeyError: There is nothing with this name.
            BadInput: There is.
        """
        if target != self.name:
            self.server.phone(target)
        raise BadInput(
            "Practice Android phones learn no faults.", "Use hang, drop, lock, deny or unplug.", "no_faults"
        )

    def clear(self, target: str) -> None:
        """Do nothing: there is no fault.

        Raises:
            KeyError: There is nothing with this name.
        """
        if target != self.name:
            self.server.phone(target)

    def daemon_fault(self) -> str:
        """Return nothing: the adb server has no faults."""
        return ""

    def requests(self) -> Sequence[Any]:
        """Return everything that was asked, oldest first."""
        return self.server.requests

    def _deny(self, phone: PracticeAndroid) -> None:
        self._denied.add(phone.id)
        self.server.revoke(phone.id)

    def _info(self, phone: PracticeAndroid) -> PracticePhoneInfo:
        trust = "denied" if phone.id in self._denied else TRUST.get(str(phone.state), "untrusted")
        titles = phone.character.title
        return PracticePhoneInfo(
            phone.id,
            "android",
            titles["en"],
            phone.plugged,
            trust,
            phone.id,
            titles,
            phone.usb,
            phone.character.locks.locked,
        )


def _lock(phone: PracticeAndroid, *, on: bool) -> None:
    phone.character = replace(phone.character, locks=replace(phone.character.locks, locked=on))


def _wake(phone: PracticeAndroid) -> None:
    phone.hang, phone.drop = False, False
