"""What the two sides of the bench have in common: a daemon that can fall, and faults for it and for its phones."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import Any, Protocol

from diagnostics.practice.catalogue import BUS, PHONE, Catalogue
from diagnostics.practice.falling import Falling
from diagnostics.practice.troubles import Troubles


class Daemon(Protocol):
    """usbmuxd, or the adb server."""

    troubles: Any

    @property
    def port(self) -> int:
        """Where it listens; 0 while it does not."""
        ...

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1."""
        ...

    async def stop(self) -> None:
        """Stop listening and end every connection."""
        ...


class DaemonSide(ABC):
    """A side of the bench, without what its phones are.

    Args:
        name: The daemon's name.
        server: The daemon.
        faults: What can be wrong with its phones and itself.
        troubles: Those of each phone.

    Attributes:
        port: Where the daemon listens, or did last.
    """

    def __init__(
        self, name: str, server: Daemon, faults: Catalogue[Any, Any], troubles: Iterable[Troubles[Any, Any]]
    ) -> None:
        self.name = name
        self.port = 0
        self._daemon = server
        self._faults = faults
        self._falling = Falling(server.stop, self._start_again)
        for each in (server.troubles, *troubles):
            each.fall = self._fall

    async def start(self, port: int = 0) -> None:
        """Start the daemon, by default on the port that it had before.

        Raises:
            OSError: The port is taken.
        """
        await self._falling.end()
        await self._daemon.start(port or self.port)
        self.port = self._daemon.port

    async def stop(self) -> None:
        """Stop the daemon, as if it were not installed; the port is kept for the next start."""
        await self._falling.end()
        await self._daemon.stop()

    def fault(self, target: str, fault_id: str, step: str, times: int) -> None:
        """Give a phone, or the daemon, a fault; see `diagnostics.practice.side.Side`.

        Raises:
            KeyError: There is nothing with this name.
            BadInput: There is no such fault or step, or it cannot be put there.
        """
        bus = target == self.name
        phone = None if bus else self.phone(target)
        fault, where = self._faults.choose(fault_id, step, BUS if bus else PHONE)
        if not bus:
            self.put(phone, fault, where, times)
            return
        troubles = self._daemon.troubles
        troubles.put(fault, where, times)
        if fault.state.down:
            self._falling.fall(partial(_wait, troubles.active.cleared))

    def clear(self, target: str) -> None:
        """Take a fault away; see `diagnostics.practice.side.Side`.

        Raises:
            KeyError: There is nothing with this name.
        """
        if target == self.name:
            self._daemon.troubles.clear()
        else:
            self.take_off(self.phone(target))

    def daemon_fault(self) -> str:
        """Return the id of the daemon's own fault, empty for none."""
        active = self._daemon.troubles.active
        return "" if active is None else str(active.fault.id)

    @abstractmethod
    def phone(self, phone_id: str) -> Any:
        """Return a phone.

        Raises:
            KeyError: There is no such phone.
        """

    @abstractmethod
    def put(self, phone: Any, fault: Any, step: Any, times: int) -> None:
        """Give a phone a fault."""

    @abstractmethod
    def take_off(self, phone: Any) -> None:
        """Take a phone's fault away."""

    def _fall(self, seconds: float, cleared: asyncio.Event) -> None:
        self._falling.fall(partial(_wait, cleared, seconds))

    async def _start_again(self) -> None:
        await self._daemon.start(self.port)


async def _wait(cleared: asyncio.Event, seconds: float | None = None) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(cleared.wait(), seconds)
