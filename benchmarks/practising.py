"""A practice bench in a process of its own: what it needs of the processor is then not the reader's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from typing import Self

from diagnostics.practice.control import PracticeClient
from diagnostics.practice.records import PracticePhoneInfo


class PracticeApart:
    """Starts the bench when entered and ends it when left.

    Args:
        iphones: How many; they come in the order of the practice bench's characters.
        androids: How many.
    """

    def __init__(self, iphones: int, androids: int) -> None:
        self._command = [sys.executable, "-m", "benchmarks.runners.practice", str(iphones), str(androids)]
        self._process: subprocess.Popen[str] | None = None
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.environment = json.loads(self._process.stdout.readline())
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.communicate("")

    @property
    def usbmuxd(self) -> str:
        """usbmuxd's address."""
        return self.environment["USBMUXD_SOCKET_ADDRESS"]

    @property
    def adb_port(self) -> int:
        """The adb server's port; 0 where there is no Android phone."""
        return int(self.environment.get("ANDROID_ADB_SERVER_PORT", "0"))

    def phones(self) -> tuple[PracticePhoneInfo, ...]:
        """Return all phones as they are now."""
        return self._client().phones()

    def tell_all(self, command: str) -> None:
        """Do something to every phone."""
        self.tell(command, [phone.id for phone in self.phones()])

    def tell(self, command: str, ids: Iterable[str]) -> None:
        """Do something to some phones."""
        for each in ids:
            self._client().send(command, each)

    def forget_all(self) -> None:
        """Have no iPhone trust this computer, and tap "Trust" on each beforehand."""
        self.tell_all("revoke")
        self.tell_all("trust")

    def plug_all(self) -> None:
        """Put all cables in, and tap "Trust" on the phones that will ask."""
        self.tell_all("plug")
        for phone in self.phones():
            if phone.trust != "trusted":
                self._client().send("trust", phone.id)

    def _client(self) -> PracticeClient:
        return PracticeClient(self.environment["TRADEIN_PRACTICE"])
