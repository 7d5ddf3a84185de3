"""Reads and writes ``prices/standing.json``."""

from __future__ import annotations

import json
from pathlib import Path

from diagnostics.errors import BadInput, UserError
from diagnostics.learned import replaced
from diagnostics.regular import regular_bytes
from pricing.standing.codec import standing_from_json, standing_to_json
from pricing.standing.places import standing_file
from pricing.standing.records import Standing

_LIMIT = 16 * 1024 * 1024
"""Bytes; a model a day for ten years has half of that."""


def read_standing(home: Path) -> Standing:
    """Return which model counts; nothing stands where there is no file yet.

    Args:
        home: The data folder.

    Raises:
        BadInput: The file is damaged or cannot be read, code ``standing_damaged``.
    """
    path = standing_file(home)
    try:
        data = regular_bytes(path, _LIMIT)
    except FileNotFoundError:
        return Standing()
    except OSError as error:
        raise _damaged(path, error.strerror or str(error)) from None
    if len(data) > _LIMIT:
        raise _damaged(path, "it is too long")
    try:
        return standing_from_json(json.loads(data))
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise _damaged(path, str(error)) from None


def standing_or_none(home: Path) -> Standing:
    """Return which model counts; none where the file that says so cannot be used, as the counter has it."""
    try:
        return read_standing(home)
    except BadInput:
        return Standing()


def write_standing(home: Path, standing: Standing) -> None:
    """Write it whole or not at all: whoever reads meanwhile has the one before.

    Raises:
        UserError: It cannot be written, code ``standing_not_written``; what stood before stands.
    """
    path = standing_file(home)
    text = json.dumps(standing_to_json(standing), indent=1, allow_nan=False, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replaced(path, text.encode())
    except OSError as error:
        raise UserError(
            f"{path} could not be written: {error.strerror or error}.",
            "Make room there or allow writing, and try again; what counted before still counts.",
            "standing_not_written",
            place=str(path),
        ) from None


def _damaged(path: Path, why: str) -> BadInput:
    return BadInput(
        f"{path} cannot be used: {why}.",
        "Prices come from the seed meanwhile. Train anew: the file is kept beside it under another name.",
        "standing_damaged",
        place=str(path),
    )
