"""Several commands in one shell call: the script, and what came back cut into answers.

Around each command stand markers with a random word in them, so that nothing that a phone prints (a property, an
account's name) can pass for one. An answer counts only when the marker after it has come, too: a connection that
drops in mid-command hands over short text without any error (adb's own client exits with 0 then).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from diagnostics.android.commands import Command

# What follows the word of a call in its markers: a command begins, a command ends with a status (a byte), all is done.
_TAIL = re.compile(r":([a-z_]+)@@\n|=(\d{0,3})@@|(\.)@@")


class Outcome(StrEnum):
    """How asking one command ended."""

    DONE = "done"
    TIMEOUT = "timeout"
    DROPPED = "dropped"
    GARBLED = "garbled"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one command gave.

    Attributes:
        text: stdout and stderr in one, without carriage returns; empty unless ``done``.
        status: Exit status; ``None`` where the shell tells none.
        outcome: Whether this is the whole answer.
    """

    text: str
    status: int | None = None
    outcome: Outcome = Outcome.DONE


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one shell call brought.

    Attributes:
        answers: Whole answers by command id.
        open: The command that was running when the output broke off.
        ended: Whether the end marker came.
        head: What that command had printed by then, in whole lines.
    """

    answers: Mapping[str, Answer]
    open: str | None
    ended: bool
    head: str = ""


def new_word() -> str:
    """Return a word for the markers of one call that no phone can guess."""
    return secrets.token_hex(4)


def script(commands: Sequence[Command], word: str) -> str:
    """Return one shell line that runs all commands, whatever their exit statuses, between markers."""
    parts = [f"echo @@{word}:{c.id}@@; {c.text} 2>&1; echo @@{word}=$?@@" for c in commands]
    return "; ".join([*parts, f"echo {end_marker(word)}"])


def end_marker(word: str) -> str:
    """Return what the script prints last."""
    return f"@@{word}.@@"


def harvest(output: bytes, word: str) -> Harvest:
    """Cut a call's output into answers; bytes that are no UTF-8 become replacement characters."""
    text = output.decode("utf-8", "replace").replace("\r", "").replace("\0", "")
    answers: dict[str, Answer] = {}
    running: str | None = None
    start = 0
    for at, marker in _markers(text, f"@@{word}"):
        if marker[3]:
            return Harvest(answers, None, ended=True)
        if marker[1]:
            running, start = marker[1], marker.end()
        elif running:
            status = int(marker[2]) if marker[2] else None
            answers[running] = Answer(text[start:at], status)
            running = None
    head = text[start : text.rfind("\n") + 1] if running else ""
    return Harvest(answers, running, ended=False, head=head)


def _markers(text: str, opening: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield each marker with where it begins; found by the word, which no pattern need be compiled for."""
    at = text.find(opening)
    while at >= 0:
        after = at + len(opening)
        if marker := _TAIL.match(text, after):
            yield at, marker
            after = marker.end()
        at = text.find(opening, after)
