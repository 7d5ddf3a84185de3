"""Takes a file of prices into the shop's data: looked through first, and copied whole or not at all."""

from __future__ import annotations

import re
import shutil
from datetime import date
from itertools import count
from pathlib import Path

from diagnostics.errors import BadInput, UserError
from tradein_app.services.price_page_health import source_of
from tradein_app.services.price_page_records import Source

_ODD = re.compile(r"[^\w.-]+")
_NAMED = 2
"""Reasons, and rows, that a refusal names."""
_LARGEST = 512 * 1024 * 1024


def load(folder: Path, path: Path, today: date) -> Source:
    """Copy a file into the data; one of the same name takes the place of the one before.

    Returns:
        What is in it.

    Raises:
        BadInput: No row of it can be used, or it cannot be read, code ``no_rows`` and others.
        UserError: It cannot be copied, code ``prices_not_copied``.
    """
    _measure(path)
    source = source_of(path, today)
    if source.problem or not source.used:
        _read(path, today)
        raise BadInput(
            f"{path.name} has no price that can be used. {_said(source)}".strip(),
            code="no_rows",
            name=path.name,
        )
    try:
        _copy(path, folder / "data" / _named(path))
    except OSError as error:
        raise _not_copied(path.name, error) from None
    return source


def _said(source: Source) -> str:
    """Return how many rows are left out and why, and the first of them."""
    counts = [f"{each.rows} of {source.rows} rows: {each.why}" for each in source.left_out[:_NAMED]]
    return ". ".join((*counts, "; ".join(source.examples[:_NAMED]))) if counts else source.problem


def _read(path: Path, today: date) -> None:
    """Raise what a file that cannot be read says of itself, with what to do about it: its encoding, its columns."""
    from pricing.pricedata.rows import Rows

    for _row in Rows(path, priced=True, last_day=today.toordinal()):
        pass


def _not_copied(name: str, error: OSError) -> UserError:
    return UserError(
        f"{name} could not be copied: {error.strerror or error}.",
        "Make room in the data folder or allow writing there, and try again.",
        "prices_not_copied",
        file=name,
    )


def take_out(folder: Path, name: str) -> None:
    """Take a loaded file out of the data; it is kept in ``taken-out`` beside it, under a name of its own.

    A file that is not there any more is out already: this may be asked twice.

    Raises:
        BadInput: No loaded file can be called so, code ``no_such_prices``.
        UserError: It cannot be moved, code ``prices_not_copied``.
    """
    path = folder / "data" / name
    if Path(name).name != name or path.suffix != ".csv":
        raise BadInput(f"No loaded file is called {name}.", code="no_such_prices", file=name)
    try:
        if path.is_file():
            path.replace(_free(folder / "taken-out", path.stem))
    except OSError as error:
        raise _not_copied(name, error) from None


def _free(folder: Path, stem: str) -> Path:
    """Return a place in a folder where nothing lies yet."""
    folder.mkdir(parents=True, exist_ok=True)
    places = (folder / (f"{stem}-{number}.csv" if number else f"{stem}.csv") for number in count())
    return next(each for each in places if not each.exists())


def _measure(path: Path) -> None:
    size = path.stat().st_size if path.is_file() else 0
    if size > _LARGEST:
        raise BadInput(
            f"{path.name} is too large: {size // 2**20} MB.",
            "Files of up to 512 MB are taken; leave older prices out.",
            "prices_too_large",
            file=path.name,
        )


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(f"{to.name}.part")
    try:
        shutil.copyfile(path, part)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _named(path: Path) -> str:
    return f"{_ODD.sub('-', path.stem).strip('.-') or 'prices'}.csv"
