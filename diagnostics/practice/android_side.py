"""The bench's Android phones, seen as one of its sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from diagnostics.practice.android.afflicting import Afflictions
from diagnostics.practice.android.faults import CATALOGUE, Fault
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.server import PracticeAdbServer, load_androids
from diagnostics.practice.android.steps import Step
from diagnostics.practice.daemon_side import DaemonSide
from diagnostics.practice.records import PracticePhoneInfo, Request, UsbFacts
from diagnostics.practice.side import Command

TRUST = {"device": "trusted", "unauthorized": "untrusted", "authorizing": "asked"}


class AndroidSide(DaemonSide):
    """The practice Android phones and their adb server; made and used in one asyncio loop."""

    def __init__(self, count: int) -> None:
        self.server = PracticeAdbServer(load_androids(count))
        super().__init__("adb", self.server, CATALOGUE, (p.troubles for p in self.server.phones))
        self._afflictions = Afflictions(self.server.bus)
        self._denied: set[str] = set()
        self._commands: dict[Command, Callable[[PracticeAndroid], None]] = {
            Command.PLUG: lambda phone: self.server.plug(phone.id),
            Command.UNPLUG: lambda phone: self.server.unplug(phone.id),
            Command.TRUST: self._allow,
            Command.DENY: self._deny,
            Command.REVOKE: lambda phone: self.server.revoke(phone.id),
            Command.LOCK: lambda phone: _lock(phone, on=True),
            Command.UNLOCK: lambda phone: _lock(phone, on=False),
            Command.HANG: _hang,
            Command.WAKE: _wake,
            Command.DROP: _drop,
        }

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

    def phone(self, phone_id: str) -> PracticeAndroid:
        """Return a phone by its id on the bench or its serial.

        Raises:
            KeyError: There is no such phone.
        """
        return self.server.phone(phone_id)

    def usb(self, phone_id: str) -> UsbFacts:
        """Return what the USB bus shows of a phone, by its id on the bench or its serial.

        Raises:
            KeyError: There is no such phone.
        """
        phone = self.phone(phone_id)
        build = phone.character.build
        return UsbFacts(phone.serial, build.manufacturer, build.model)

    def put(self, phone: PracticeAndroid, fault: Fault, step: Step | None, times: int) -> None:
        """Give a phone a fault."""
        self._denied.discard(phone.id)
        self._afflictions.put(phone, fault, step, times)
        if fault.state.tap == "deny":
            self._denied.add(phone.id)

    def take_off(self, phone: PracticeAndroid) -> None:
        """Take a phone's fault away."""
        self._denied.discard(phone.id)
        self._afflictions.clear(phone)

    def log(self) -> Sequence[Request]:
        """Return everything that was asked, each command of a shell call by itself, oldest first."""
        return tuple(self.server.log)

    def requests(self) -> Sequence[Any]:
        """Return everything that was asked, oldest first."""
        return self.server.requests

    def _allow(self, phone: PracticeAndroid) -> None:
        """Tap Allow, but for a fault's person who always refuses."""
        if phone.troubles.state.tap == "deny":
            self._denied.add(phone.id)
        else:
            self.server.allow(phone.id)

    def _deny(self, phone: PracticeAndroid) -> None:
        self._denied.add(phone.id)
        self.server.revoke(phone.id)

    def _info(self, phone: PracticeAndroid) -> PracticePhoneInfo:
        trust = "denied" if phone.id in self._denied else TRUST.get(str(phone.state), "untrusted")
        titles, active = phone.character.title, phone.troubles.active
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
            "" if active is None else active.fault.id,
            "" if active is None or active.step is None else active.step,
        )


def _lock(phone: PracticeAndroid, *, on: bool) -> None:
    phone.character = replace(phone.character, locks=replace(phone.character.locks, locked=on))


def _hang(phone: PracticeAndroid) -> None:
    phone.hang = True


def _drop(phone: PracticeAndroid) -> None:
    phone.drop = True


def _wake(phone: PracticeAndroid) -> None:
    phone.hang, phone.drop = False, False
