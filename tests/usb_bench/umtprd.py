"""uMTP-Responder, which nobody here wrote, behind pseudo terminals in place of its kernel's endpoints.

Its FunctionFS files are opened for reading and writing, written to and read from, and nothing more: raw pseudo
terminals do for that. Its configuration's path is fixed, so a copy of the program is made whose path is relative; not
one other byte of it is changed. No privileges, no mounts and no gadget are needed.
"""

from __future__ import annotations

import os
import select
import shutil
import struct
import subprocess
import time
import tty
from pathlib import Path
from types import TracebackType
from typing import Self

from diagnostics.usb.pipe import PipeLost, PipeSilent

PROGRAM = shutil.which("umtprd")
_PATH = b"/etc/umtprd/umtprd.conf\0"
_ENABLE = struct.pack("<8xB3x", 2)
"""The kernel's ``FUNCTIONFS_ENABLE``: the host has set the phone up."""
_CONFIGURATION = """
loop_on_disconnect 0
storage "{storage}" "Internal storage" "rw"
manufacturer "Fairphone"
product "FP4"
serial "0a1b2c3d"
interface "MTP"
usb_vendor_id 0x2AE5
usb_product_id 0x4EE1
usb_class 0x6
usb_subclass 0x1
usb_protocol 0x1
usb_functionfs_mode 0x1
usb_dev_path   "{0}"
usb_epin_path  "{1}"
usb_epout_path "{2}"
usb_epint_path "{3}"
usb_max_packet_size 0x200
"""


class Umtprd:
    """A running uMTP-Responder, and a `diagnostics.usb.pipe.Pipe` to it; a context manager.

    Args:
        folder: For its files; what it stores on is in there, too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ends = [os.openpty() for _ in range(4)]
        for _, theirs in self._ends:
            tty.setraw(theirs)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        storage = self._folder / "storage"
        storage.mkdir()
        names = [os.ttyname(theirs) for _, theirs in self._ends]
        (self._folder / "umtprd.conf").write_text(_CONFIGURATION.format(*names, storage=storage))
        program = self._folder / "umtprd"
        program.write_bytes(_with_relative_path(Path(PROGRAM or "").read_bytes()))
        program.chmod(0o755)
        log = (self._folder / "log").open("wb")
        self._process = subprocess.Popen([program], cwd=self._folder, stdout=log, stderr=log)
        log.close()
        self._wait_for_descriptors()
        os.write(self._ends[0][0], _ENABLE)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        for end in self._ends:
            for one in end:
                os.close(one)

    def write(self, data: bytes, timeout: float) -> None:
        """Send to its OUT endpoint."""
        assert self._process is not None
        if self._process.poll() is not None:
            raise PipeLost
        os.write(self._ends[2][0], data)

    def read(self, length: int, timeout: float) -> bytes:
        """Return what came from its IN endpoint."""
        ready, _, _ = select.select([self._ends[1][0]], [], [], timeout)
        if not ready:
            raise PipeSilent
        return os.read(self._ends[1][0], length)

    def close(self) -> None:
        """Leave it running: another host may ask it."""

    def _wait_for_descriptors(self) -> None:
        """Wait until it has written what a kernel would be told: its descriptors, then its strings."""
        told, until = b"", time.monotonic() + 10
        while b"MTP\0" not in told:
            assert time.monotonic() < until, (self._folder / "log").read_text()
            if select.select([self._ends[0][0]], [], [], 0.1)[0]:
                told += os.read(self._ends[0][0], 4096)


def _with_relative_path(program: bytes) -> bytes:
    assert program.count(_PATH) == 1, "this version keeps its configuration elsewhere"
    return program.replace(_PATH, b"umtprd.conf".ljust(len(_PATH), b"\0"))
