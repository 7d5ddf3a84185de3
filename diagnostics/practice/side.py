"""What the bench asks of each of its sides, iPhones and Android phones alike."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Protocol

from diagnostics.practice.records import PracticePhoneInfo, Request, UsbFacts


class Command(StrEnum):
    """What can be done to a practice phone while it runs."""

    PLUG = "plug"
    """Put its cable in."""
    UNPLUG = "unplug"
    """Pull its cable."""
    TRUST = "trust"
    """Tap "Trust This Computer" or "Allow USB debugging": on the dialog that is up, or else on the next one."""
    DENY = "deny"
    """Tap "Don't Trust", or refuse USB debugging."""
    REVOKE = "revoke"
    """Make the phone forget the computers that it trusts."""
    LOCK = "lock"
    """Lock its screen."""
    UNLOCK = "unlock"
    """Unlock its screen."""
    HANG = "hang"
    """Let it take requests and never answer."""
    WAKE = "wake"
    """Let it answer again, first what was asked meanwhile."""
    DROP = "drop"
    """Break its next answer off in the middle; an iPhone's cable is pulled then."""


class Side(Protocol):
    """The phones of one platform, and the daemon in front of them."""

    name: str
    port: int

    async def start(self, port: int = 0) -> None:
        """Start the daemon on 127.0.0.1."""
        ...

    async def stop(self) -> None:
        """Stop the daemon; the phones stay as they are."""
        ...

    def infos(self) -> Sequence[PracticePhoneInfo]:
        """Return what a trainer sees of each phone."""
        ...

    def usb(self, phone_id: str) -> UsbFacts:
        """Return what the USB bus shows of a phone in any mode.

        Raises:
            KeyError: There is no phone with this id or name.
        """
        ...

    def do(self, command: Command, phone_id: str) -> None:
        """Do something to a phone.

        Raises:
            KeyError: There is no phone with this id or name.
        """
        ...

    def fault(self, target: str, fault_id: str, step: str, times: int) -> None:
        """Give a phone, or the daemon by its own name, a fault.

        Args:
            target: A phone's id or name, or the side's name.
            fault_id: An id of the side's catalogue.
            step: Where it happens; empty for its usual steps.
            times: After how many exchanges it ends by itself; 0 for never.

        Raises:
            KeyError: There is nothing with this name here.
            BadInput: There is no such fault or step, or it cannot be put there.
        """
        ...

    def clear(self, target: str) -> None:
        """Take the fault of a phone or of the daemon away; it works at once again.

        Raises:
            KeyError: There is nothing with this name here.
        """
        ...

    def daemon_fault(self) -> str:
        """Return the id of the daemon's own fault, empty for none."""
        ...

    def requests(self) -> Sequence[Any]:
        """Return everything that was asked, oldest first."""
        ...

    def log(self) -> Sequence[Request]:
        """Return the same in one form for phones of every platform."""
        ...
