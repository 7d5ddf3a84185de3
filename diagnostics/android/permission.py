"""The udev rule by which Linux lets a person open Android phones, and how it is put in its place."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from diagnostics.errors import BadInput, UserError
from resources.opening import read_bytes

FILE = "70-tradein.rules"
FOLDER = Path("/etc/udev/rules.d")
# The second part is for phones that are plugged in already.
_APPLY = "udevadm control --reload-rules && udevadm trigger --subsystem-match=usb --action=add"
_NOT_TAKEN = 64
"""Our own exit status of the command below: the rule is written, but udev did not take it."""
_INSTALL = f'install -m 0644 -- "$1" "$2" || exit 1; {{ {_APPLY}; }} || exit {_NOT_TAKEN}'
_CANCELLED = 126
"""pkexec's exit status when the person dismissed its dialog."""

Run = Callable[[Sequence[str]], int]
"""Runs a program and returns its exit status."""


def rule() -> str:
    """Return the rule's text."""
    return read_bytes(f"udev/{FILE}").decode()


def install(folder: Path = FOLDER, run: Run | None = None) -> Path:
    """Write the rule into a folder, asking for the administrator's password where that is needed; blocks.

    Args:
        folder: Where rules are; in the system's own, udev is told at once.
        run: What runs programs.

    Returns:
        The file.

    Raises:
        BadInput: There is no such folder, or this is no Linux.
        UserError: ``udev``: it may not be written. ``udev_not_taken``: it is written, but has no effect yet.
    """
    if not sys.platform.startswith("linux"):
        raise BadInput("udev rules are for Linux; here the phone's driver does it.", code="no_udev")
    if not folder.is_dir():
        raise BadInput(
            f"There is no folder {folder}.", "Name another one with --to.", "no_folder", folder=str(folder)
        )
    target, started = folder / FILE, run or _run
    if folder != FOLDER and os.access(folder, os.W_OK):
        target.write_text(rule(), encoding="utf-8")
        return target
    with _temporary() as source:
        status = started([*_elevated(), "sh", "-c", _INSTALL, "sh", str(source), str(target)])
    if status == _NOT_TAKEN:
        raise UserError(
            f"{target} is written, but udev did not reload its rules.",
            f"Restart the computer, or run as an administrator: {_APPLY}",
            "udev_not_taken",
            file=str(target),
            command=_APPLY,
        )
    if status:
        cancelled = status == _CANCELLED
        message = "The password was not given." if cancelled else f"{target} could not be written."
        raise UserError(
            message, f"As an administrator, write what “tradein udev” prints to {target}.", "udev"
        )
    return target


def _elevated() -> list[str]:
    """Return what goes before a command to run it as an administrator: sudo asks in a terminal, pkexec in a window."""
    if os.geteuid() == 0:
        return []
    wanted = ("sudo", "pkexec") if sys.stdin is not None and sys.stdin.isatty() else ("pkexec", "sudo")
    found = next((program for program in wanted if shutil.which(program)), None)
    return [found] if found else []


@contextlib.contextmanager
def _temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tradein-") as folder:
        source = Path(folder) / FILE
        source.write_text(rule(), encoding="utf-8")
        yield source


def _run(words: Sequence[str]) -> int:
    try:
        return subprocess.run(words, check=False, stdout=subprocess.DEVNULL).returncode  # noqa: S603 - fixed words
    except OSError:
        return 127
