"""Pair records: found where this computer keeps them, and kept where only the user can read them.

Imported lazily: it needs pymobiledevice3.
"""

from __future__ import annotations

import asyncio
import logging
import os
import plistlib
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from pymobiledevice3.exceptions import (  # noqa: TID253  this module is imported lazily
    NotPairedError,
    PyMobileDevice3Exception,
)
from pymobiledevice3.pair_records import get_itunes_pairing_record  # noqa: TID253
from pymobiledevice3.safe_paths import device_file_path  # noqa: TID253

from diagnostics.apple.attached import Attached
from diagnostics.apple.mux import mux_session
from diagnostics.apple.udid import normal_udid

log = logging.getLogger(__name__)

Record = dict[str, Any]
_NEEDED = ("HostID", "HostCertificate", "HostPrivateKey")
_DAMAGED = (ValueError, TypeError, AttributeError, LookupError, ExpatError)
"""What parsers of plists raise."""
_NOT_KEPT = (PyMobileDevice3Exception, OSError)


async def find_record(row: Attached, folder: Path, address: str | None, limit: float) -> Record | None:
    """Return this computer's pair record of a phone: usbmuxd's, else the system's, else our own.

    Our own records hold private keys: a folder or a file that others may read is made private first.

    Args:
        row: The phone.
        folder: Our own records.
        address: usbmuxd's.
        limit: Seconds that usbmuxd may take.

    Returns:
        The record; ``None`` when there is none, or only a damaged one.

    Raises:
        TimeoutError: usbmuxd does not answer. That is no answer, so the phone must not be asked for trust anew.
        PyMobileDevice3Exception: usbmuxd has gone, or broke off; that is no answer either.
    """
    for name in _spellings(row.serial):
        if record := await _from_usbmuxd(name, address, limit):
            return record
    return await asyncio.to_thread(_from_files, row.serial, folder)


async def save_record(record: Record, row: Attached, folder: Path, address: str | None) -> None:
    """Keep a new pair record in our folder, and give it to usbmuxd, whose other clients then need no pairing.

    One of both is enough; where neither works, the phone will ask its person again the next time.
    """
    data = plistlib.dumps(record)
    try:
        await asyncio.to_thread(_write_private, _own_place(folder, normal_udid(row.serial)), data)
    except _NOT_KEPT as error:
        log.warning("the pair record cannot be kept in %s (%s)", folder, type(error).__name__)
    try:
        async with mux_session(address) as mux:
            await mux.save_pair_record(row.serial, row.number, data)
    except (*_NOT_KEPT, *_DAMAGED) as error:
        log.warning("usbmuxd did not take the pair record (%s)", type(error).__name__)


def _usable(record: object) -> Record | None:
    fits = isinstance(record, Mapping) and all(record.get(key) for key in _NEEDED)
    return dict(record) if fits and isinstance(record, Mapping) else None


async def _from_usbmuxd(serial: str, address: str | None, limit: float) -> Record | None:
    try:
        async with mux_session(address, limit) as mux:
            return _usable(await mux.get_pair_record(serial))
    except NotPairedError:
        return None
    except _DAMAGED as error:
        log.warning("usbmuxd's pair record cannot be read (%s)", type(error).__name__)
        return None


def _from_files(serial: str, folder: Path) -> Record | None:
    looks: tuple[Callable[[], object], ...] = (
        lambda: get_itunes_pairing_record(serial),
        lambda: _own(folder, serial),
    )
    for look in looks:
        try:
            record = _usable(look())
        except (*_DAMAGED, *_NOT_KEPT) as error:
            log.warning("a pair record cannot be read (%s)", type(error).__name__)
            continue
        if record:
            return record
    return None


def _own(folder: Path, serial: str) -> object:
    """Return our own record, whether it was kept under the UDID with its dash or without."""
    for name in _spellings(serial):
        path = _own_place(folder, name)
        if path.is_file():
            _make_private(folder, 0o700)
            _make_private(path, 0o600)
            return plistlib.loads(path.read_bytes())
    return None


def _spellings(serial: str) -> tuple[str, ...]:
    """Return how a phone's record may be called: one service lists it with its dash, another without."""
    return tuple(dict.fromkeys((serial, normal_udid(serial), serial.replace("-", ""))))


def _own_place(folder: Path, name: str) -> Path:
    """Return where our own record of a phone lies.

    Raises:
        PyMobileDevice3Exception: The name would lead out of the folder.
    """
    return Path(device_file_path(folder, name, ".plist"))


def _make_private(path: Path, mode: int) -> None:
    """Take everybody else's rights away. On Windows the data folder's own rights keep others out."""
    open_to_others = stat.S_IMODE(path.stat().st_mode) & ~mode
    if os.name == "posix" and open_to_others:
        log.warning("the pair records were open to others (%o); they are private now", open_to_others)
        path.chmod(mode)


def _write_private(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make_private(path.parent, 0o700)
    fresh = path.with_suffix(".new")
    # What is left of a write that was cut short may be open to others, or a link to elsewhere.
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    fresh.replace(path)
