"""Numbers in dumps: bounded in length, so that a hostile one cannot cost time."""

from __future__ import annotations

import re
from functools import cache

_DIGITS = 20
"""As long as 2^64, which is what a negative number looks like to whoever prints it unsigned."""


def integer(text: str, label: str, *, last: bool = False) -> int | None:
    """Return the number after a label, its fraction dropped, or ``None``.

    Args:
        text: A dump.
        label: A regular expression for what stands before the number; lines are matched one by one.
        last: Whether the last match counts, not the first.
    """
    if _word(label) not in text:
        return None
    pattern = _pattern(label)
    if last:
        matches = pattern.findall(text)
        return int(matches[-1]) if matches else None
    match = pattern.search(text)
    return int(match[1]) if match else None


@cache
def _word(label: str) -> str:
    """Return letters that stand wherever a label matches: looked for first, at a hundredth of a pattern's cost.

    Of a label with a choice, a group or a count in it nobody knows any.
    """
    if not {"|", "(", "{"}.isdisjoint(label):
        return ""
    literal = re.sub(r"\\.|\[[^\]]*\]|.[?*]", "\0", label)
    return max(re.findall(r"[A-Za-z ]+", literal), key=len, default="")


@cache
def _pattern(label: str) -> re.Pattern[str]:
    return re.compile(rf"{label}[ \t]*(-?\d{{1,{_DIGITS}}})(?:\.\d{{1,9}})?(?![\d.])", re.MULTILINE)


def alone(text: str) -> int | None:
    """Return the number that is the whole text, or ``None``."""
    return int(text) if re.fullmatch(rf"\s*-?\d{{1,{_DIGITS}}}\s*", text) else None
