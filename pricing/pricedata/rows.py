"""Reads a CSV file of prices in pieces, however long it is."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from diagnostics.errors import BadInput
from diagnostics.regular import regular_handle
from pricing.model.columns import GRADES
from pricing.pricedata.cells import CELLS, CellProblem
from pricing.pricedata.encoding import UTF_8, WINDOWS, encoding_of
from pricing.pricedata.findings import Finding, Findings
from pricing.pricedata.header import Header, header_of
from pricing.pricedata.lines import Lines
from pricing.pricedata.making import maker_of
from pricing.pricedata.ordering import day_is_first
from pricing.pricedata.remarks import remark
from pricing.pricedata.wording import folded
from pricing.pricedata.written import SLASHED, Signed, slashed_day

_SHOWN = 40
_REMEMBERED = 4096
"""Different cells of a column, and different rows."""
_LEAST_KNOWN = 2
_PREORDER_DAYS = 62
"""A price may be asked so long before the launch."""
_FIRST_DAY = date(2007, 1, 1).toordinal()
"""The year of the first iPhone. What is older, such as 1970-01-01, stands for a day that somebody's program did not
know: taken as it is, all prices would be decades old."""
_SAID = 12
"""Grades and makers that a remark names."""
_DAYS = ("date", "launch_date")
_NO_ORDER = (
    "is no date; write it like 2026-11-22: the day comes first only where the file proves it, "
    "by a first number above 12 and no second one"
)

Reader = tuple[int, str, str, Callable[[str], Any]]
"""A column's place, its name, our name, and how a cell is read."""


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
        path: The file, in UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs between the cells.
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
        self._encoding = UTF_8
        self._day_is_first: Callable[[], bool] = lambda: False
        self._grades: dict[str, str] = {}
        self._makers: dict[str, str] = {}

    def __iter__(self) -> Iterator[Row]:
        try:
            handle = regular_handle(self._path)
            with os.fdopen(handle, "rb") as raw:
                before = stamp_of(handle)
                self._encoding = encoding_of(self._path)
                file = io.TextIOWrapper(raw, encoding=self._encoding, newline="")
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
        lines = Lines(file)
        first = next(lines, "")
        delimiter = max(",;\t", key=first.count)
        header = header_of(next(csv.reader([first], delimiter=delimiter), []))
        names = header.names
        readers = self._readers(header)
        self._say(header)
        places = [place for place, name in enumerate(names) if name in _DAYS]
        self._day_is_first = cache(lambda: day_is_first(self._path, self._encoding, delimiter, places))
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
        self._say_taken()

    def _say(self, header: Header) -> None:
        if self._encoding == WINDOWS:
            self.findings.remarks.append(remark("windows"))
        said = ", ".join(
            f"{name} = {words[0]}" for name, words in header.words.items() if folded(words[0]) != name
        )
        if said:
            self.findings.remarks.append(remark("columns", said=said))

    def _say_taken(self) -> None:
        """Say which words were taken for which grade, and which makers are the catalogue's."""
        for code, found in (("grades", self._grades), ("makers", self._makers)):
            said = ", ".join(f"{word} = {ours}" for word, ours in list(found.items())[:_SAID])
            more = " \u2026" if len(found) > _SAID else ""
            if said:
                self.findings.remarks.append(remark(code, count=str(len(found)), said=said + more))

    def _reader(self, name: str, sign: str) -> Callable[[str], Any]:
        """Return how a column's cells are read; a market repeats itself: most cells were read before."""
        own = {"grade": self._grade, "date": self._day(name), "launch_date": self._day(name)}
        read = own.get(name, CELLS[name][1])
        return lru_cache(maxsize=_REMEMBERED)(_in_currency(read, sign) if sign else read)

    def _grade(self, text: str) -> float:
        found: float = CELLS["grade"][1](text)
        if text not in GRADES and len(self._grades) <= _SAID:
            self._grades[text] = GRADES[int(found)]
        return found

    def _day(self, name: str) -> Callable[[str], Any]:
        def read(text: str) -> Any:
            if not SLASHED.fullmatch(text):
                return CELLS[name][1](text)
            found = slashed_day(text) if self._day_is_first() else None
            if found is None:
                raise CellProblem(_NO_ORDER)
            return found

        return read

    def _readers(self, header: Header) -> list[Reader]:
        names = header.names
        known: list[Reader] = [
            (place, name, CELLS[name][0], self._reader(name, header.signs.get(name, "")))
            for place, name in enumerate(names)
            if name in CELLS
        ]
        if not any(names):
            raise BadInput(f"{self._path} is empty.", _HINT, "no_rows", name=self._path.name)
        if header.doubled:
            raise BadInput(
                f"{self._path} has the column {header.doubled} twice.",
                "Delete one of them, or name it otherwise.",
                "column_twice",
                name=self._path.name,
                column=header.doubled,
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
        readers: list[Reader],
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

    def _values(self, cells: Sequence[str], readers: Sequence[Reader]) -> dict[str, Any] | _Wrong:
        """Return what the cells of a row say, or what is wrong with the first one that cannot be used."""
        values: dict[str, Any] = {}
        for place, name, ours, read in readers:
            text = cells[place].strip() if place < len(cells) else ""
            if text:
                try:
                    values[ours] = read(text)
                except CellProblem as problem:
                    return _Wrong(name, text, str(problem))
        if "model" in values and "brand" not in values:
            self._name_maker(values)
        wrong = _in_one_currency(values) or self._whole(values)
        return _Wrong(wrong[0], "", wrong[1]) if wrong else values

    def _name_maker(self, values: dict[str, Any]) -> None:
        """Add the maker where the catalogue knows it: a phone with and without its maker would count as two."""
        maker = maker_of(values["model"])
        if maker:
            values["brand"] = maker
            if len(self._makers) <= _SAID:
                self._makers[values["model"]] = maker

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
        self.findings.add(Finding(line, own[:_SHOWN], column, said, "id"), words)


def _in_currency(read: Callable[[str], Any], sign: str) -> Callable[[str], Any]:
    """Return what reads a column whose header says the currency; a cell may say its own."""
    return lambda text: read(f"{text} {sign}" if text[-1:].isdigit() and text[:1].isdigit() else text)


def _in_one_currency(values: dict[str, Any]) -> tuple[str, str] | None:
    """Take the signs off the amounts of a row; return the column and the words of one that does not fit the others."""
    for name in ("price", "launch_price"):
        amount = values.get(name)
        if type(amount) is not Signed:
            continue
        currency = values.get("currency")
        if currency and currency not in amount.currencies:
            return name, f"is in another currency than the row: {amount.sign}, {currency}"
        if not currency and len(amount.currencies) > 1:
            return name, f"does not tell which currency it is in; add a column currency: {amount.sign}"
        if not currency and name == "price":
            values["currency"] = amount.currencies[0]
        values[name] = amount.amount
    return None


_HINT = (
    "The first line names the columns: id, brand, model, storage_gb, grade, battery_pct, date, market, currency, "
    "launch_date, launch_price, has_warranty, seller_type, price."
)


def stamp_of(handle: int) -> tuple[int, int]:
    """Return what changes when somebody writes into an open file: its time and its size."""
    found = os.fstat(handle)
    return found.st_mtime_ns, found.st_size


def _changing(path: Path) -> BadInput:
    return BadInput(
        f"{path} was written while it was read.",
        "Wait until the other program has finished with it, and try again.",
        "file_changes",
        name=path.name,
    )


def _unreadable(path: Path, why: str) -> BadInput:
    return BadInput(f"{path} cannot be read: {why}.", code="unreadable_file", name=path.name, why=why)
