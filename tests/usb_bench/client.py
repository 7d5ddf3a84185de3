"""The hands of a test at the USB bench."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from tests.usb_bench.devices import Device

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
_ASK = "import gi; gi.require_version('UMockdev', '1.0'); from gi.repository import UMockdev"


def missing() -> str:
    """Return why no bench can run here; ``""`` where one can."""
    if not sys.platform.startswith("linux"):
        return "umockdev is for Linux"
    if not shutil.which("umockdev-wrapper"):
        return "umockdev is not installed; scripts/setup test installs it"
    asked = subprocess.run([SYSTEM_PYTHON, "-c", _ASK], capture_output=True, check=False)
    return "python3-gi or gir1.2-umockdev-1.0 is not installed" if asked.returncode else ""


def under_bench(*program: str) -> Sequence[str]:
    """Return the words that run a program on a USB bench of its own."""
    return ("umockdev-wrapper", SYSTEM_PYTHON, "-m", "tests.usb_bench.server", "--", *program)


class UsbBench:
    """Plugs and unplugs on the bench that this process runs under (``USB_BENCH``); a context manager."""

    def __init__(self, address: str | None = None) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(address or os.environ["USB_BENCH"])
        self._file = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()
        self._file.close()
        self._socket.close()

    def plug(self, device: Device) -> int:
        """Plug a device in, in place of what is at its port, and return its address on the bus."""
        return int(self._ask("plug", device=device.to_json()))

    def unplug(self, port: str) -> None:
        """Pull a device out, with all that hangs on it."""
        self._ask("unplug", port=port)

    def clear(self) -> None:
        """Pull everything out."""
        self._ask("clear")

    def set(self, port: str, attribute: str, value: str) -> None:
        """Change what sysfs says of a device."""
        self._ask("set", port=port, attribute=attribute, value=value)

    def _ask(self, command: str, **words: Any) -> Any:
        self._socket.sendall(json.dumps({"do": command, **words}).encode() + b"\n")
        answer = json.loads(self._file.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]
