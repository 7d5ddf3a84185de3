"""Pair records: found where this computer keeps them, and kept where only the user can read them.

Imported lazily: it needs pymobiledevice3.
"""

from __future__ import annotations

import asyncio
import logging
import os
import plistlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from pymobiledevice3.exceptions import (  # noqa: TID253  this module is imported lazily
    NotPairedError,
    PyMobileDevice3Exception,
)
from pymobiledevice3.pair_records import (  # noqa: TID253
    get_itunes_pairing_record,
    get_local_pairing_record,
)
from pymobiledevice3.safe_paths import device_file_path  # noqa: TID253

from diagnostics.apple.attached import Attached
from diagnostics.apple.mux import mux_session

log = logging.getLogger(__name__)

Record = dict[str, Any]
_NEEDED = ("HostID", "HostCertificate", "HostPrivateKey")
_DAMAGED = (ValueError, TypeError, AttributeError, LookupError, ExpatError)
"""What parsers of plists raise."""
_NOT_KEPT = (PyMobileDevice3Exception, OSError)


async def find_record(row: Attached, folder: Path, address: str | None, limit: float) -> Record | None:
    """Return this computer's pair record of a phone: usbmuxd's, else the system's, else our own.

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
    record = await _from_usbmuxd(row.serial, address, limit)
    return record or await asyncio.to_thread(_from_files, row.serial, folder)


async def save_record(record: Record, row: Attached, folder: Path, address: str | None) -> None:
    """Keep a new pair record in our folder, and give it to usbmuxd, whose other clients then need no pairing.

    One of both is enough; where neither works, the phone will ask its person again the next time.
    """
    data = plistlib.dumps(record)
    try:
        await asyncio.to_thread(_write_private, device_file_path(folder, row.serial, ".plist"), data)
    except _NOT_KEPT as error:
        log.warning("the pair record cannot be kept in %s (%s)", folder, type(error).__name__)
    try:
        async with mux_session(address) as mux:
            await mux.save_pair_record(row.serial, row.number, data)
    except _NOT_KEPT as error:
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
        lambda: get_local_pairing_record(serial, folder),
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


def _write_private(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    fresh.replace(path)
