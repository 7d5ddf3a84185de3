"""In which letters a file is written: those that it says, UTF-8, or Windows-1252 where it can be nothing of those.

Excel's plain "CSV" is Windows-1252 in western Europe. No other one is tried: which of
many it might be would be a guess.
"""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path
from typing import BinaryIO

from diagnostics.regular import regular_bytes, regular_handle

UTF_8 = "utf-8-sig"
WINDOWS = "cp1252"
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", UTF_8))
_MARK = 4
"""Bytes in which a file says its encoding."""
_PIECE = 1 << 20
_NO_TEXT = bytes(each for each in range(32) if each not in b"\t\n\r") + b"\x7f\x81\x8d\x8f\x90\x9d"
"""Control characters, and what Windows-1252 does not define."""
_UTF_8_WITHIN = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x82\xac")
"""An accented letter or a euro in UTF-8: such a file is one of UTF-8 with a damaged place."""


def encoding_of(path: Path) -> str:
    """Return the name of a file's encoding for `open`; UTF-8 also where it is none that is known.

    Raises:
        OSError: It cannot be read.
    """
    start = regular_bytes(path, _MARK)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    with os.fdopen(regular_handle(path), "rb") as file:
        if _is_utf_8(file):
            return UTF_8
        file.seek(0)
        return WINDOWS if _is_windows(file) else UTF_8


def _is_utf_8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_PIECE):
            if b"\0" in piece:
                return True  # no text at all; whoever reads it says so
            if not (piece.isascii() and not decoder.getstate()[0]):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _has_utf_8(piece: bytes) -> bool:
    # The pattern looks at each byte; the letters that it begins with are rare, and found at once.
    return (b"\xc3" in piece or b"\xe2" in piece) and _UTF_8_WITHIN.search(piece) is not None


def _is_windows(file: BinaryIO) -> bool:
    last = b""
    while piece := file.read(_PIECE):
        if len(piece.translate(None, _NO_TEXT)) < len(piece) or _has_utf_8(last + piece):
            return False
        last = piece[-2:]
    return True
