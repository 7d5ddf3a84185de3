"""A backroom with a place of its own, and an ear that notes what it tells."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from diagnostics.bench import BenchEvent, Phone
from tradein_app.backroom.desk import RemoteDesk
from tradein_app.backroom.process import Backroom
from tradein_app.config import Config
from tradein_app.errors import CrashReport, ErrorElsewhere

PATIENCE = 30.0


def a_config(folder: Path, usbmuxd: str | None = None, adb_port: int = 1) -> Config:
    """Return a configuration whose data lie in a folder, and whose buses show nothing unless told."""
    url = f"sqlite:///{folder / 'shop.sqlite3'}"
    return Config(folder, url, usbmuxd or str(folder / "no-usbmuxd"), adb_port, "en")


class HeardBackroom:
    """Notes every phone as it was told last, and every report of a crash."""

    def __init__(self, config: Config) -> None:
        self.phones: dict[str, Phone] = {}
        self.reports: list[CrashReport] = []
        self.backroom = Backroom(config, self._hear)
        self.desk = RemoteDesk(self.backroom)
        self._before = sys.excepthook

    def start(self) -> None:
        sys.excepthook = self._on_exception
        self.backroom.start()

    def stop(self) -> None:
        self.backroom.stop()
        sys.excepthook = self._before

    @property
    def pid(self) -> int:
        process = self.backroom._process
        assert process is not None
        assert process.pid is not None
        return process.pid

    def kill(self) -> None:
        """Have the process die as if libusb had crashed it, and wait until another one has taken its place."""
        before = self.pid
        os.kill(before, signal.SIGKILL)
        until(lambda: self.pid != before)

    def ready(self) -> int:
        """Return how many phones are plugged in and read."""
        return sum(phone.present and phone.reading.state == "ready" for phone in self.phones.values())

    def _hear(self, event: BenchEvent) -> None:
        if event.phone is not None:
            self.phones[event.phone.key] = event.phone

    def _on_exception(self, kind: type[BaseException], error: BaseException, _trace: object) -> None:
        assert isinstance(error, ErrorElsewhere), error
        self.reports.append(error.report)


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that happens in another process."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
