"""The fault that one practice Android phone, or the adb server, has now."""

from __future__ import annotations

from diagnostics.practice import troubles
from diagnostics.practice.android.changes import CHANGES
from diagnostics.practice.android.faults import PhoneState
from diagnostics.practice.android.steps import Step


class Troubles(troubles.Troubles[Step, PhoneState]):
    """At most one fault at a time."""

    def __init__(self) -> None:
        super().__init__(PhoneState(), CHANGES)

    def trimmed(self) -> int:
        """Return how many of the last bytes of a shell call are not said; counts as an exchange when any."""
        rules = [rule for rule in self._rules(Step.SHELL_END) if rule.kind == "trim"]
        if rules:
            self._count()
        return int(rules[0].params["bytes"]) if rules else 0
