"""How the command line speaks: one JSON document or tables on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPED_WIDTH = 160
"""Columns when nobody looks: wide enough that a file or a pipe gets whole words."""


def say(line: str) -> None:
    """Write one line on stderr: progress, notes and errors."""
    sys.stderr.write(" ".join(line.split()) + "\n")
    sys.stderr.flush()


def put_json(document: object) -> None:
    """Write one JSON document on stdout; in ASCII, so that it survives every terminal and locale."""
    sys.stdout.write(json.dumps(document, indent=2, allow_nan=False) + "\n")
    sys.stdout.flush()


def put_line(line: str = "") -> None:
    """Write a line for people on stdout, as plain text."""
    _console().print(Text(line))


def put_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "", *, right: int = -1
) -> None:
    """Write a table for people on stdout.

    Args:
        heads: The columns' titles.
        rows: Cells, shown as plain text: brackets and links in them mean nothing.
        title: Stands above.
        right: The column that holds figures, aligned to the right.
    """
    table = Table(title=Text(title, style="bold") if title else None, title_justify="left")
    for number, head in enumerate(heads):
        table.add_column(Text(head), justify="right" if number == right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _console().print(table)


def make_robust(*streams: TextIO) -> None:
    """Let streams replace what their encoding has no sign for, instead of failing."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _console() -> Console:
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)
