"""What can go wrong between us and the adb server; none of it leaves this package."""

from __future__ import annotations

from diagnostics.model import State


class AdbProblem(Exception):
    """The adb server or the phone behind it did not do what was asked."""


class ServerAbsent(AdbProblem):
    """Nothing listens where the adb server should be."""


class ServerSilent(AdbProblem):
    """Something listens there, but does not answer, or not in adb's language."""


class ServerRefused(AdbProblem):
    """The server answered FAIL, with its own words."""


class PhoneLost(AdbProblem):
    """The phone cannot be asked any more.

    Args:
        state: What it is doing now.
        code: The problem code that says so.
    """

    def __init__(self, state: State, code: str) -> None:
        super().__init__(code)
        self.state = state
        self.code = code


def lost(words: str) -> PhoneLost:
    """Translate the server's reason for refusing a phone (adb/transport.cpp, acquire_one_transport)."""
    said = words.lower()
    if "unauthorized" in said or "authorizing" in said:
        return PhoneLost(State.UNAUTHORIZED, "unauthorized")
    if "permission" in said:
        return PhoneLost(State.ERROR, "no_permission")
    if "not found" in said or "no device" in said or "unknown transport" in said:
        return PhoneLost(State.OFFLINE, "unplugged")
    return PhoneLost(State.OFFLINE, "offline")
