"""Reads what people hand to the command line: files, dates, seconds."""

from __future__ import annotations

import json
import math
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TextIO

from diagnostics.errors import BadInput
from diagnostics.text import plain

LIMIT = 16 * 1024 * 1024
"""Bytes: no inspection is this long."""
DIGITS = 40
"""No number in an inspection has more."""


def read_json(name: str) -> Any:
    """Return the JSON value in a file; ``-`` is stdin.

    Raises:
        BadInput: It cannot be read, or is no JSON.
    """
    data = _read(name)
    shown = "stdin" if name == "-" else name
    if len(data) > LIMIT:
        why = "it is too long"
        raise BadInput(
            f"{shown} is too long to be an inspection.", code="unreadable_file", name=shown, why=why
        )
    try:
        return json.loads(
            data.decode("utf-8-sig"), parse_constant=_refuse, parse_int=_whole, object_pairs_hook=_members
        )
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
        message = f"{shown} is not text in UTF-8."
        raise BadInput(message, code="unreadable_file", name=shown, why=why) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        message = f"{shown} is not JSON: {error.msg} at {place}."
        raise BadInput(message, code="not_json", name=shown, why=place) from None
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, ValueError) else "it is nested too deeply"
        message = f"{shown} is not JSON that can be used: {why}."
        raise BadInput(message, code="not_json", name=shown, why=why) from None


def read_text(name: str) -> str:
    """Return the text in a file, in UTF-8 or with a mark UTF-16, as spreadsheets save it; ``-`` is stdin.

    Raises:
        BadInput: It cannot be read, is too long, or is no such text.
    """
    data = _read(name)
    shown = "stdin" if name == "-" else name
    if len(data) > LIMIT:
        raise BadInput(
            f"{shown} is too long.", "Split it.", "unreadable_file", name=shown, why="it is too long"
        )
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        why = "it is not text in UTF-8"
        message, hint = f"{shown} is not text in UTF-8.", "Save it as CSV in UTF-8."
        raise BadInput(message, hint, "unreadable_file", name=shown, why=why) from None


def parse_date(text: str) -> date:
    """Return a day.

    Raises:
        BadInput: The text is no day written as 2026-11-22.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"'{text}' is not a date.", "Write it like 2026-11-22.", "bad_date") from None


def check_seconds(value: float, option: str, *, least: float) -> float:
    """Return a number of seconds that makes sense.

    Raises:
        BadInput: It is below ``least``, or not a number.
    """
    if not math.isfinite(value) or value < least:
        raise BadInput(f"{option} is not a number of seconds from {least:g} up.", code="bad_seconds")
    return value


def _read(name: str) -> bytes:
    try:
        if name == "-":
            return _stdin().buffer.read(LIMIT + 1)
        with Path(name).open("rb") as file:
            return file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        message = f"{name} cannot be read: {why}."
        raise BadInput(message, code="unreadable_file", name=name, why=why) from None


def _stdin() -> TextIO:
    if sys.stdin is None:
        raise BadInput("stdin cannot be read: it is closed.", code="unreadable_file")
    return sys.stdin


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise ValueError(f"a number in it has {len(digits)} digits")
    return int(digits)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; said twice is not believed, because the two may contradict each other."""
    members = dict(pairs)
    if len(members) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"'{plain(twice, 40)}' is said twice")
    return members
