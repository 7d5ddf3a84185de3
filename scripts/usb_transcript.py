"""Writes docs/usb-transcript.md: phones on the USB bench (umockdev), as lsusb, mtp-detect, gphoto2 and we see them.

.venv/bin/python scripts/usb_transcript.py

Everything in it is what a program printed: it runs itself once more under the bench, plugs, asks, and writes it down.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.usb_bench.client import UsbBench, under_bench  # noqa: E402
from tests.usb_bench.devices import MTP_PIPES, PIPES, Device, Interface, hub  # noqa: E402

TARGET = ROOT / "docs" / "usb-transcript.md"
_INSIDE = "--inside"
_FILES, _FASTBOOT_PIPES = Interface("06/01/01", "MTP", MTP_PIPES), Interface("ff/42/03", "fastboot", PIPES)
_BOOT = "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0C ECID:{} IBFL:3C"
_HEAD = """# A run on the USB bench

Written by `scripts/usb_transcript.py`: each block is what a program printed whose libusb, udev and sysfs see only the
bench (umockdev). The devices answer at their pipes; lsusb, mtp-detect and gphoto2 are Debian's, unchanged. usbmuxd and
adb run nowhere, so that every phone is told by the bare bus.
"""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done at the bench, and what is asked then.

    Attributes:
        title: What happens.
        plugged: What is plugged in, in place of what is at its port.
        asked: Programs with the lines of them that are kept; no pattern keeps all.
    """

    title: str
    plugged: tuple[Device, ...]
    asked: tuple[tuple[str, str], ...]


def _galaxy(**changes: object) -> Device:
    whole = Device(
        "1-2.3",
        "04e8",
        "6860",
        (_FILES,),
        "SAMSUNG",
        "SAMSUNG_Android",
        "R58N12ABCDE",
        responder="tests.usb_bench.mtp_phone:MtpPhone",
    )
    return Device(**{**vars(whole), **changes})  # type: ignore[arg-type]


def _apple(port: str, product: str, serial: str, *interfaces: str) -> Device:
    return Device(
        port, "05ac", product, tuple(map(Interface, interfaces)), "Apple Inc.", "Apple Mobile Device", serial
    )


_DOWNLOAD = Device("1-2.3", "04e8", "685d", (Interface("02/02/01"), Interface("0a/00/00")))
_FASTBOOT = Device(
    "1-2.4",
    "18d1",
    "4ee0",
    (_FASTBOOT_PIPES,),
    "Google",
    "Android",
    "1A051FDF6000ZZ",
    responder="tests.usb_bench.fastboot_phone:FastbootPhone",
)
_MTP_DETECT = (
    r"^(   (Manufacturer|Model|Serial number|Device version):"
    r"|   +(StorageDescription|MaxCapacity|FreeSpaceInBytes):|.*Battery level)"
)
_GPHOTO2 = r"^(Manufacturer|Model|\s+Serial Number|store_|\t(Storage Description|Maximum))"
_OURS = ("tradein devices", "")
STEPS = (
    Step(
        "A Galaxy whose debugging is off, behind a hub",
        (hub("1-2"), _galaxy()),
        (
            ("lsusb -t", ""),
            ("mtp-detect", _MTP_DETECT),
            ("gphoto2 --port usb: --summary", _GPHOTO2),
            _OURS,
            ("tradein read", ""),
        ),
    ),
    Step("The same one in Samsung's download mode: it tells no name", (_DOWNLOAD,), (("lsusb", ""), _OURS)),
    Step(
        "An iPhone in recovery, one in DFU, one phone in EDL and one in fastboot",
        (
            _apple("1-3", "1281", f"{_BOOT.format('001A2C3E0A42801E')} SRNM:[F17XK0AAHG7F]", "fe/01/00", "ff/ff/51"),
            _apple("1-4", "1227", _BOOT.format("000D1C4A21F0001E"), "fe/01/00"),
            Device("1-2.1", "05c6", "9008", (Interface("ff/ff/ff"),), "Qualcomm CDMA Technologies MSM", "QUSB_BULK"),
            _FASTBOOT,
        ),
        (_OURS,),
    ),
    Step(
        "The Galaxy is back, over a cable that gives 12 Mbit/s",
        (hub("1-2"), _galaxy(speed="12")),
        (("tradein read", r" · port |usb\.|^- phone"),),
    ),
)  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Write the page, or print it under the bench."""
    if _INSIDE in words:
        print(text())
        return 0
    TARGET.write_text(run(), encoding="utf-8")
    return 0


def run() -> str:
    """Return the page, made on a bench of its own."""
    command = under_bench(sys.executable, str(Path(__file__)), _INSIDE)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def text() -> str:
    """Return what happens, step by step; only under the bench."""
    with UsbBench() as bench, tempfile.TemporaryDirectory() as home:
        return "\n".join([_HEAD, *(line for step in STEPS for line in _took(step, bench, home))])


def _took(step: Step, bench: UsbBench, home: str) -> Iterable[str]:
    yield f"## {step.title}\n"
    for device in step.plugged:
        bench.plug(device)
    for command, kept in step.asked:
        yield f"```console\n$ {command}\n{_printed(command, kept, home)}\n```\n"


def _printed(command: str, kept: str, home: str) -> str:
    words = command.split()
    if words[0] == "tradein":
        words = [sys.executable, "-m", "tradein_app", *words[1:]]
    done = subprocess.run(
        words, cwd=ROOT, env=_environment(home), capture_output=True, text=True, check=False
    )
    said = done.stdout + (done.stderr if words[0] == sys.executable else "")
    lines = (line.rstrip() for line in said.replace(home, "~").strip().splitlines())
    return "\n".join(line for line in lines if not kept or re.search(kept, line))


def _environment(home: str) -> dict[str, str]:
    nowhere = {"USBMUXD_SOCKET_ADDRESS": f"{home}/no-usbmuxd", "ANDROID_ADB_SERVER_PORT": "1"}
    plain = {"LC_ALL": "C.UTF-8", "COLUMNS": "160", "TRADEIN_LANG": "en", "TRADEIN_HOME": home}
    return {**os.environ, **nowhere, **plain}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
