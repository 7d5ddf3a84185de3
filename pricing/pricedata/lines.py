"""The lines of a file that is not trusted to have any: one of two gigabytes without an end would fill the memory."""

from __future__ import annotations

import csv
from typing import TextIO

_LONGEST_LINE = 1_000_000
"""Characters; a row of price data has some hundred."""
_MOST_LINES_A_ROW = 1000


class Lines:
    """Yields the lines of a text file.

    Attributes:
        together: Lines since it was last set to 0; a cell in quotation marks can go over several.
        ended: The last line that was read has its end; only the file's last one may be without.
    """

    def __init__(self, file: TextIO) -> None:
        self.together = 0
        self.ended = True
        self._file = file

    def __iter__(self) -> Lines:
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
