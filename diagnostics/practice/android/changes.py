"""Faults that make a command, or the adb server, say something else. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

Params = Mapping[str, Any]

_LONGEST_FILL = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed.

    Attributes:
        words: The command.
        data: What it printed, stdout and stderr in one.
        status: Its exit status.
        ask: Returns what another command prints, without any fault.
    """

    words: tuple[str, ...]
    data: bytes
    status: int = 0
    ask: Callable[[str], bytes] = lambda _command: b""


def say(said: Said, params: Params) -> Said:
    """Say ``text``, which may name the ``{service}`` and the ``{last}`` word, with exit status ``status``."""
    names = {"{service}": said.words[1] if len(said.words) > 1 else "", "{last}": said.words[-1]}
    text = str(params["text"])
    for mark, name in names.items():
        text = text.replace(mark, name)
    return replace(said, data=text.encode(), status=params.get("status", said.status))


def other(said: Said, params: Params) -> Said:
    """Give the answer of another command: the first of ``commands`` that is not this one."""
    mine = " ".join(said.words)
    return replace(said, data=said.ask(next(text for text in params["commands"] if text != mine)))


def bytes_in(said: Said, params: Params) -> Said:
    """Put bytes (``hex``) at the end of every line: none is UTF-8 any more."""
    alien = bytes.fromhex(params["hex"])
    return replace(said, data=re.sub(rb"(?m)^(.+)$", lambda line: line[1] + alien, said.data))


def twice(said: Said, _: Params) -> Said:
    """Say everything two times."""
    return replace(said, data=said.data * 2)


def swap(said: Said, params: Params) -> Said:
    """Replace what each pattern of ``lines`` finds."""
    text = said.data.decode("utf-8", "surrogateescape")
    for pattern, words in params["lines"].items():
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return replace(said, data=text.encode("utf-8", "surrogateescape"))


def long_properties(said: Said, params: Params) -> Said:
    """Give each property of ``letters`` a value with so many letters."""
    lines = {
        rf"^\[{re.escape(name)}\]: \[.*\]$": f"[{name}]: [{'A😀b<&'[: count % 5 or 5] + 'long' * (count // 4)}]"
        for name, count in params["letters"].items()
    }
    return swap(said, {"lines": lines})


def fill(said: Said, params: Params) -> Said:
    """Put ``letters`` of one letter in front, without any line end."""
    return replace(said, data=b"A" * min(params["letters"], _LONGEST_FILL) + said.data)


CHANGES: Mapping[str, Callable[[Any, Params], Any]] = {
    "say": say,
    "other": other,
    "bytes": bytes_in,
    "twice": twice,
    "swap": swap,
    "fill": fill,
    "long": long_properties,
}
"""By a rule's kind."""
