"""The fault that one practice iPhone, or usbmuxd, has now."""

from __future__ import annotations

from diagnostics.practice import troubles
from diagnostics.practice.apple.changes import CHANGES
from diagnostics.practice.apple.faults import PhoneState
from diagnostics.practice.apple.steps import Step


class Troubles(troubles.Troubles[Step, PhoneState]):
    """At most one fault at a time."""

    def __init__(self) -> None:
        super().__init__(PhoneState(), CHANGES)
