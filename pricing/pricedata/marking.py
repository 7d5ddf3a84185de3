"""A fingerprint for each row of price data, to find it again in other files and at other times.

What a row tells of the launch is no part of it: the catalogue fills that in, and comes to know more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import NUMBERS, Columns

Marks = NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_OFFERED = tuple(name for name in NUMBERS if name not in {"launch_day", "launch_price"})


def marks(data: Columns) -> Marks:
    """Return a fingerprint of 64 bits for each row: the same row has the same one in every run and every file."""
    mixed = _of_texts(phone.key for phone in data.phones)[data.phone]
    parts = [_of_texts("|".join(place) for place in data.places)[data.place]]
    # NaN has many forms, and zero two; each is written in one.
    parts += [np.where(np.isnan(column), np.nan, column + 0.0).view(np.uint64) for column in _numbers(data)]
    for part in parts:
        mixed = (mixed ^ part) * _ODD
        mixed ^= mixed >> _SHIFT
    return mixed


def _numbers(data: Columns) -> Iterable[NDArray[np.float64]]:
    return (getattr(data, name) for name in _OFFERED)


def _of_texts(texts: Iterable[str]) -> Marks:
    digests = [hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts]
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)
