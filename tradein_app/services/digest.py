"""The one way in which JSON is hashed: the same values give the same digest on every engine."""

from __future__ import annotations

import hashlib
import json


def canonical(value: object) -> bytes:
    """Return JSON values as bytes: keys sorted, no blanks, UTF-8, no NaN.

    Raises:
        ValueError: A number that JSON has no word for.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode("ascii")


def digest(value: object) -> str:
    """Return the SHA-256 of JSON values, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
