"""Which prices a model learned from: a fingerprint of each, kept beside it, so that later ones are told from those."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Columns
from pricing.pricedata.marking import Marks, marks

SEEN_FILE = "seen.npy"


def keep_seen(folder: Path, data: Columns) -> None:
    """Write the fingerprints of a model's prices into its folder.

    Raises:
        OSError: It cannot be written.
    """
    with (folder / SEEN_FILE).open("wb") as file:
        np.save(file, np.unique(marks(data)), allow_pickle=False)


def load_seen(folder: Path) -> Marks | None:
    """Return the fingerprints of a model's prices; ``None`` where the file is gone or damaged."""
    try:
        found = np.load(folder / SEEN_FILE, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return found if found.dtype == np.uint64 and found.ndim == 1 else None


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
