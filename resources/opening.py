"""Opens the data files that come with the program, from a checkout, a wheel or a bundle."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def read_bytes(path: str) -> bytes:
    """Return a data file's bytes.

    Args:
        path: Relative to this package, with forward slashes: ``checklists/phone-1.toml``.

    Raises:
        FileNotFoundError: No such data file came with the program.
    """
    return files("resources").joinpath(path).read_bytes()


@cache
def names(folder: str, ending: str) -> tuple[str, ...]:
    """Return the names, without their ending, of a folder's data files, sorted.

    Args:
        folder: Relative to this package: ``checklists``.
        ending: With its dot: ``.toml``.

    Raises:
        FileNotFoundError: No such folder came with the program.
    """
    found = (entry.name for entry in files("resources").joinpath(folder).iterdir())
    return tuple(sorted(name.removesuffix(ending) for name in found if name.endswith(ending)))


@cache
def load_toml(path: str) -> dict[str, Any]:
    """Return a TOML data file as a dict, read once; callers do not change it.

    Raises:
        FileNotFoundError: No such data file came with the program.
    """
    return tomllib.loads(read_bytes(path).decode("utf-8"))


@cache
def load_csv(path: str) -> tuple[dict[str, str], ...]:
    """Return a CSV data file's rows by column name, read once; empty cells are empty strings.

    Raises:
        FileNotFoundError: No such data file came with the program.
    """
    text = read_bytes(path).decode("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(csv.DictReader(lines))
