"""The errors that are said to a person, in words.

Two kinds exist (see ARCHITECTURE.md): a `UserError` is expected, says what happened and what to do, and the work goes
on; anything else is a bug. The command line turns `exit_status` into its exit code.
"""

from __future__ import annotations

from functools import partial
from typing import Any


class UserError(Exception):
    """Something that a person can understand and act on.

    Args:
        message: What happened, one plain sentence.
        hint: What to do about it, one plain sentence; may be empty.
        code: A short stable word for support and for programs, such as ``unknown_answer``.
        params: What a translation of the message may name, by the words of ``resources/messages/errors.toml``.
    """

    exit_status = 1

    def __init__(self, message: str, hint: str = "", code: str = "error", **params: str) -> None:
        super().__init__(message)
        self.params = params
        self.message = message
        self.hint = hint
        self.code = code

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it cross to another process whole."""
        return partial(type(self), **self.params), (self.message, self.hint, self.code)


class BadInput(UserError):
    """Wrong usage, or an input that cannot be read: a file, an answer id, a date."""

    exit_status = 2


class ServiceMissing(UserError):
    """A service that the work needs is not there (usbmuxd, adb, a database); the hint says how to get it."""

    exit_status = 3
