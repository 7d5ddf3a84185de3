"""Reads a CSV file of prices in pieces, however long it is."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from diagnostics.errors import BadInput
from diagnostics.regular import regular_bytes, regular_handle
from pricing.pricedata.cells import CELLS, CellProblem
from pricing.pricedata.findings import Finding, Findings

_SHOWN = 40
_LONGEST_LINE = 1_000_000
"""Characters; a row of price data has some hundred."""
_MOST_LINES_A_ROW = 1000
_REMEMBERED = 4096
"""Different cells of a column, and different rows."""
_LEAST_KNOWN = 2
_PREORDER_DAYS = 62
"""A price may be asked so long before the launch."""
_FIRST_DAY = date(2007, 1, 1).toordinal()
"""The year of the first iPhone. What is older, such as 1970-01-01, stands for a day that somebody's program did not
know: taken as it is, all prices would be decades old."""
_MARK = 4
"""Bytes in which a file says its encoding."""
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be used.

    Attributes:
        values: By our names; what is empty is missing. Rows that say the same share one.
        said: A hash of all its cells but the id, to find repeated ones.
    """

    line: int
    id: str
    values: dict[str, Any]
    said: int


class _Wrong(NamedTuple):
    """What is wrong with a row: the column, its cell's text where that tells something, and words."""

    column: str
    text: str
    words: str


class Rows:
    """The rows of a file, checked; what is wrong goes into ``findings``.

    Args:
        path: The file, in UTF-8 or UTF-16; commas, semicolons or tabs between the cells.
        priced: Each row must say its price.
        last_day: No row may be later, as an ordinal; ``None`` for any day.
    """

    def __init__(self, path: Path, *, priced: bool, last_day: int | None) -> None:
        self.findings = Findings()
        self._path = path
        self._priced = priced
        self._last_day = last_day
        # A market repeats itself: many a row was read before, but for its id.
        self._known: dict[tuple[str, ...], dict[str, Any] | _Wrong] = {}

    def __iter__(self) -> Iterator[Row]:
        try:
            with os.fdopen(regular_handle(self._path), encoding=_encoding(self._path), newline="") as file:
                before = stamp_of(file.fileno())
                yield from self._rows(file)
                if stamp_of(file.fileno()) != before:
                    raise _changing(self._path)
        except OSError as error:
            raise _unreadable(self._path, error.strerror or str(error)) from None
        except UnicodeError:
            raise BadInput(
                f"{self._path} is not text in UTF-8, at or after row {self.findings.rows + 1}.",
                "Save it as CSV in UTF-8.",
                "not_utf8",
                name=self._path.name,
                row=str(self.findings.rows + 1),
            ) from None
        except csv.Error as error:
            raise _unreadable(self._path, f"{error}, after row {self.findings.rows}") from None

    def _rows(self, file: TextIO) -> Iterator[Row]:
        lines = _Lines(file)
        header = next(lines, "")
        delimiter = max(",;\t", key=header.count)
        names = [
            cell.strip().lstrip("\ufeff") for cell in next(csv.reader([header], delimiter=delimiter), [])
        ]
        readers = self._readers(names)
        identity = names.index("id") if "id" in names else -1
        reader = csv.reader(lines, delimiter=delimiter)
        for cells in reader:
            lines.together = 0
            if not any(cells):
                continue
            self.findings.rows += 1
            # The line after a whole one is not read yet; one without an end is the last there is.
            self.findings.cut_off = not lines.ended and len(cells) < len(names)
            row = self._row(cells, reader.line_num + 1, identity, readers)
            if row is not None:
                self.findings.used += 1
                yield row

    def _readers(self, names: Sequence[str]) -> list[tuple[int, str, str, Callable[[str], Any]]]:
        # A market repeats itself: most cells of a column were read before.
        known: list[tuple[int, str, str, Callable[[str], Any]]] = [
            (place, name, CELLS[name][0], lru_cache(maxsize=_REMEMBERED)(CELLS[name][1]))
            for place, name in enumerate(names)
            if name in CELLS
        ]
        if not any(names):
            raise BadInput(f"{self._path} is empty.", _HINT, "no_rows", name=self._path.name)
        doubled = {name for name in names if name in CELLS and names.count(name) > 1}
        if doubled:
            raise BadInput(
                f"{self._path} has the column {min(doubled)} twice.",
                "Delete one of them, or name it otherwise.",
                "column_twice",
                name=self._path.name,
                column=min(doubled),
            )
        if len(known) < _LEAST_KNOWN:
            raise BadInput(
                f"{self._path} has no columns of price data in its first line.",
                _HINT,
                "bad_columns",
                name=self._path.name,
            )
        if self._priced and "price" not in names:
            raise BadInput(
                f"{self._path} has no column 'price'.",
                _HINT,
                "column_missing",
                name=self._path.name,
                column="price",
            )
        return known

    def _row(
        self,
        cells: list[str],
        line: int,
        identity: int,
        readers: list[tuple[int, str, str, Callable[[str], Any]]],
    ) -> Row | None:
        own = ""
        if 0 <= identity < len(cells):
            own, cells[identity] = cells[identity].strip(), ""
        said = tuple(cells)
        known = self._known.get(said)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[said] = self._values(cells, readers)
        if isinstance(known, _Wrong):
            self._leave(line, own, known)
            return None
        return Row(line, own, known, hash(said))

    def _values(
        self, cells: Sequence[str], readers: Sequence[tuple[int, str, str, Callable[[str], Any]]]
    ) -> dict[str, Any] | _Wrong:
        """Return what the cells of a row say, or what is wrong with the first one that cannot be used."""
        values: dict[str, Any] = {}
        for place, name, ours, read in readers:
            text = cells[place].strip() if place < len(cells) else ""
            if text:
                try:
                    values[ours] = read(text)
                except CellProblem as problem:
                    return _Wrong(name, text, str(problem))
        wrong = self._whole(values)
        return _Wrong(wrong[0], "", wrong[1]) if wrong else values

    def _whole(self, values: dict[str, Any]) -> tuple[str, str] | None:
        """Return the column and the words of what is wrong with a row whose cells are right, each for itself."""
        day = values.get("day")
        if self._priced and "price" not in values:
            return "price", "is empty"
        if day is not None and self._last_day is not None and day > self._last_day:
            return "date", "is in the future"
        if day is not None and day < _FIRST_DAY:
            return "date", "is before there were such phones"
        if day is not None and values.get("launch_day", 0.0) > day + _PREORDER_DAYS:
            return "launch_date", "is after the day of the price"
        return None

    def _leave(self, line: int, own: str, wrong: _Wrong) -> None:
        column, text, words = wrong
        said = f"{text[:_SHOWN]!r} {words}" if text else words
        self.findings.add(Finding(line, own[:_SHOWN], column, said), words)


class _Lines:
    """The lines of a file that is not trusted to have any: one of two gigabytes without an end would fill the memory.

    Attributes:
        together: Lines since it was last set to 0; a cell in quotation marks can go over several.
        ended: The last line that was read has its end; only the file's last one may be without.
    """

    def __init__(self, file: TextIO) -> None:
        self.together = 0
        self.ended = True
        self._file = file

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_LONGEST_LINE + 1)
        self.together += 1
        if "\0" in line:  # a file of zeros, or of two bytes a letter that does not say so
            raise UnicodeError
        if len(line) > _LONGEST_LINE or self.together > _MOST_LINES_A_ROW:
            raise csv.Error("a row has no end")
        if not line:
            raise StopIteration
        self.ended = line.endswith(("\n", "\r"))
        return line


_HINT = (
    "The first line names the columns: id, brand, model, storage_gb, grade, battery_pct, date, market, currency, "
    "launch_date, launch_price, has_warranty, seller_type, price."
)


def stamp_of(handle: int) -> tuple[int, int]:
    """Return what changes when somebody writes into an open file: its time and its size."""
    found = os.fstat(handle)
    return found.st_mtime_ns, found.st_size


def _encoding(path: Path) -> str:
    start = regular_bytes(path, _MARK)
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8-sig")


def _changing(path: Path) -> BadInput:
    return BadInput(
        f"{path} was written while it was read.",
        "Wait until the other program has finished with it, and try again.",
        "file_changes",
        name=path.name,
    )


def _unreadable(path: Path, why: str) -> BadInput:
    return BadInput(f"{path} cannot be read: {why}.", code="unreadable_file", name=path.name, why=why)
