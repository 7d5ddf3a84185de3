"""How the command line speaks: one JSON document or tables on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from diagnostics.errors import UserError
from diagnostics.text import plain

LONGEST_LINE = 4000
"""Characters of a line on stderr; a file's name may fill most of it."""
PIPED_WIDTH = 160
"""Columns when nobody looks: wide enough that a file or a pipe gets whole words."""


class ReaderLeft(Exception):
    """Whoever read our output has seen enough: ``tradein devices | head -1``.

    No OSError, because the command line's library would take that for its own and end with status 1.
    """


class _PlainConsole(Console):
    """A console that tells us when nobody reads any more, in place of ending the program."""

    def on_broken_pipe(self) -> NoReturn:
        """Say so to `tradein_app.cli.running`."""
        raise ReaderLeft


def say(line: str) -> None:
    """Write one line on stderr: progress, notes and errors; where stderr is closed, nobody wants to hear them."""
    if sys.stderr is not None:
        sys.stderr.write(plain(line, LONGEST_LINE) + "\n")
        sys.stderr.flush()


def put_json(document: object) -> None:
    """Write one JSON document on stdout; in ASCII, so that it survives every terminal and locale.

    Raises:
        UserError: ``no_output``: stdout is closed, or takes no more.
    """
    put_exactly(json.dumps(document, indent=2, allow_nan=False))


def put_line(line: str = "") -> None:
    """Write a line for people on stdout, as plain text.

    Raises:
        UserError: ``no_output``: stdout is closed, or takes no more.
    """
    with _written():
        _console().print(Text(line))


def put_exactly(line: str) -> None:
    """Write a line for programs on stdout, never folded.

    Raises:
        UserError: ``no_output``: stdout is closed, or takes no more.
    """
    with _written():
        sys.stdout.write(line + "\n")


def put_table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "", *, right: int = -1
) -> None:
    """Write a table for people on stdout.

    Args:
        heads: The columns' titles.
        rows: Cells, shown as plain text: brackets and links in them mean nothing.
        title: Stands above.
        right: The column that holds figures, aligned to the right.

    Raises:
        UserError: ``no_output``: stdout is closed, or takes no more.
    """
    table = Table(title=Text(title, style="bold") if title else None, title_justify="left")
    for number, head in enumerate(heads):
        table.add_column(Text(head), justify="right" if number == right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    with _written():
        _console().print(table)


def make_robust(*streams: TextIO | None) -> None:
    """Let streams replace what their encoding has no sign for, instead of failing."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


@contextmanager
def _written() -> Iterator[None]:
    if sys.stdout is None:
        raise UserError("Nothing can be said: stdout is closed.", "Give it a place to write to.", "no_output")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderLeft from None
    except OSError as error:
        raise UserError(
            f"The output cannot be written: {error.strerror}.", "Send it somewhere else.", "no_output"
        ) from None


def _console() -> Console:
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return _PlainConsole(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)
