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
import tempfile
import time
import tty
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.usb_bench.responding import Responder

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


class Program:
    """A running uMTP-Responder.

    Args:
        folder: For its files; what it stores on is in there, too.

    Attributes:
        into: A file descriptor: what is written there comes to its OUT endpoint.
        out: A file descriptor: what it writes to its IN endpoint can be read there.
    """

    def __init__(self, folder: Path) -> None:
        self._log = folder / "log"
        self._ends = [os.openpty() for _ in range(4)]
        for _, theirs in self._ends:
            tty.setraw(theirs)
        self._control, self.out, self.into = (ours for ours, _ in self._ends[:3])
        self._process = self._started(folder)
        self._wait_for_descriptors()
        os.write(self._control, _ENABLE)

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        for end in self._ends:
            for one in end:
                os.close(one)

    def _started(self, folder: Path) -> subprocess.Popen[bytes]:
        storage, program = folder / "storage", folder / "umtprd"
        storage.mkdir()
        names = [os.ttyname(theirs) for _, theirs in self._ends]
        (folder / "umtprd.conf").write_text(_CONFIGURATION.format(*names, storage=storage))
        program.write_bytes(_with_relative_path(Path(PROGRAM or "").read_bytes()))
        program.chmod(0o755)
        with self._log.open("wb") as log:
            return subprocess.Popen([program], cwd=folder, stdout=log, stderr=log)

    def _wait_for_descriptors(self) -> None:
        """Wait until it has written what a kernel would be told: its descriptors, then its strings."""
        told, until = b"", time.monotonic() + 10
        while b"MTP\0" not in told:
            assert time.monotonic() < until, self._log.read_text()
            if select.select([self._control], [], [], 0.1)[0]:
                told += os.read(self._control, 4096)


class UmtprdPhone(Responder):
    """It, as a phone on the USB bench."""

    def __init__(self, descriptors: bytes, strings: Sequence[str], **options: Any) -> None:
        super().__init__(descriptors, strings, **options)
        folder = Path(tempfile.mkdtemp(prefix="umtprd-"))
        self._program = Program(folder)
        weakref.finalize(self, _cleaned_up, self._program, folder)

    def bulk_out(self, endpoint: int, data: bytes) -> None:
        """Pass it on."""
        os.write(self._program.into, data)

    def bulk_in(self, endpoint: int, length: int) -> bytes | None:
        """Pass on what it said."""
        if endpoint != 0x81 or not select.select([self._program.out], [], [], 0)[0]:
            return None
        return os.read(self._program.out, length)


def _cleaned_up(program: Program, folder: Path) -> None:
    program.end()
    shutil.rmtree(folder, ignore_errors=True)


def _with_relative_path(program: bytes) -> bytes:
    assert program.count(_PATH) == 1, "this version keeps its configuration elsewhere"
    return program.replace(_PATH, b"umtprd.conf".ljust(len(_PATH), b"\0"))
