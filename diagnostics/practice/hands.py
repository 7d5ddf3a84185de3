"""What a trainer's hands do to a practice phone."""

from __future__ import annotations

from abc import ABC, abstractmethod

from diagnostics.practice.side import Command


class Hands(ABC):
    """What a trainer's hands do to a phone, in words; whoever has them says how with `do`."""

    @abstractmethod
    def do(self, command: str, phone_id: str) -> None:
        """Do something to a phone.

        Args:
            command: One of `Command`.
            phone_id: Its UDID, serial or name.
        """

    @abstractmethod
    def fault(self, target: str, fault: str, step: str | None = None, times: int = 0) -> None:
        """Give a phone, ``usbmuxd`` or ``adb`` a fault in place of the one that it has.

        Args:
            target: A phone's id or name, ``usbmuxd`` or ``adb``.
            fault: An id of its platform's catalogue, ``resources/practice/*faults.toml``.
            step: Where it happens; ``None`` for its usual steps.
            times: After how many spoiled exchanges it ends by itself; 0 for never.

        Raises:
            BadInput: There is no such phone, fault or step.
        """

    @abstractmethod
    def clear(self, target: str) -> None:
        """Take a fault away: everything is as before it, and works at once.

        Args:
            target: A phone's id or name, ``usbmuxd`` or ``adb``.

        Raises:
            BadInput: There is no such phone.
        """

    @abstractmethod
    def mode(self, phone_id: str, mode: str) -> None:
        """Put a phone in another mode, such as ``dfu`` or ``charging``; ``normal`` starts it again.

        Args:
            phone_id: Its UDID, serial or name.
            mode: One of those of its kind in ``resources/practice/usb.toml``.

        Raises:
            BadInput: There is no such phone or mode.
        """

    def plug(self, phone_id: str) -> None:
        """Put a phone's cable in."""
        self.do(Command.PLUG, phone_id)

    def unplug(self, phone_id: str) -> None:
        """Pull a phone's cable."""
        self.do(Command.UNPLUG, phone_id)

    def trust(self, phone_id: str) -> None:
        """Tap "Trust This Computer" or "Allow USB debugging"."""
        self.do(Command.TRUST, phone_id)

    def deny(self, phone_id: str) -> None:
        """Tap "Don't Trust", or refuse USB debugging."""
        self.do(Command.DENY, phone_id)

    def lock(self, phone_id: str) -> None:
        """Lock a phone's screen."""
        self.do(Command.LOCK, phone_id)

    def unlock(self, phone_id: str) -> None:
        """Unlock a phone's screen."""
        self.do(Command.UNLOCK, phone_id)
