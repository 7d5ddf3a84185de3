"""Which prices a model learned from: a fingerprint of each, kept beside it, so that later ones are told from those.

The file ends in the SHA-256 of all before: prices that are wrongly taken for new ones would make a champion look better
than it is.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from diagnostics.regular import regular_bytes
from pricing.model.arrays import array_of
from pricing.model.columns import Columns
from pricing.pricedata.marking import Marks, marks

SEEN_FILE = "seen.npy"
_LIMIT = 64 * 1024 * 1024
"""Bytes; the 200,000 prices that a training takes at most have 1.6 million."""


def keep_seen(folder: Path, data: Columns) -> None:
    """Write the fingerprints of a model's prices into its folder.

    Raises:
        OSError: It cannot be written.
    """
    file = io.BytesIO()
    np.save(file, np.unique(marks(data)), allow_pickle=False)
    content = file.getvalue()
    (folder / SEEN_FILE).write_bytes(content + _seal(content))


def load_seen(folder: Path) -> Marks | None:
    """Return the fingerprints of a model's prices; ``None`` where the file is gone or damaged."""
    try:
        found = array_of(_unsealed(regular_bytes(folder / SEEN_FILE, _LIMIT)))
    except (OSError, ValueError, OverflowError):
        return None
    return found if found.dtype == np.uint64 and found.ndim == 1 else None


def _unsealed(data: bytes) -> bytes:
    size = hashlib.sha256().digest_size
    if len(data) > _LIMIT or data[-size:] != _seal(data[:-size]):
        raise ValueError("its checksum does not fit")
    return data[:-size]


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def was_seen(data: Columns, seen: Marks | None, last_day: float) -> NDArray[np.bool_]:
    """Return which rows a model learned from.

    Args:
        data: Rows.
        seen: Its fingerprints. Without them every row up to its last day counts as seen, and so does one without day.
        last_day: Of its prices, as an ordinal.
    """
    if seen is None:
        return np.asarray(~(data.day > last_day))
    return np.asarray(np.isin(marks(data), seen))
