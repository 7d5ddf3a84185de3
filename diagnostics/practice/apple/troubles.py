"""The fault that one practice iPhone, or the bus, has now, and how it spoils what is said at each step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from diagnostics.practice.apple.changes import CHANGES
from diagnostics.practice.apple.faults import Fault, PhoneState, Rule
from diagnostics.practice.apple.frames import Frame
from diagnostics.practice.apple.steps import Step
from diagnostics.practice.apple.wires import WIRES, Line

_FAULTLESS = PhoneState()


@dataclass(slots=True)
class Active:
    """A fault that is on.

    Attributes:
        fault: Which.
        step: Where it was put; ``None`` for its usual steps.
        left: How many exchanges it spoils before it ends by itself; 0 for all until it is cleared.
        cleared: Set when it is cleared, for whoever waits in it.
    """

    fault: Fault
    step: Step | None
    left: int
    cleared: asyncio.Event = field(default_factory=asyncio.Event)

    def rules(self, step: Step) -> tuple[Rule, ...]:
        """Return what happens at a step."""
        return tuple(rule for rule in self.fault.rules if step in self._where(rule))

    def _where(self, rule: Rule) -> frozenset[Step]:
        if rule.at:
            return rule.at
        return self.fault.default if self.step is None else frozenset({self.step})


class Troubles:
    """At most one fault at a time.

    Attributes:
        pull: Pulls the phone's cable.
        fall: Stops the whole service for so many seconds, or until the event is set.
        ended: Called when a fault has gone.
    """

    def __init__(self) -> None:
        self.pull: Callable[[], None] = lambda: None
        self.fall: Callable[[float, asyncio.Event], None] = lambda _seconds, _cleared: None
        self.ended: Callable[[], None] = lambda: None
        self._active: Active | None = None
        self._ended: list[Active] = []

    @property
    def active(self) -> Active | None:
        """The fault that is on."""
        return self._active

    @property
    def state(self) -> PhoneState:
        """What the fault makes of the phone as a whole."""
        return _FAULTLESS if self._active is None else self._active.fault.state

    def put(self, fault: Fault, step: Step | None, times: int) -> None:
        """Put a fault on, in place of the one that is on."""
        self.clear()
        self._active = Active(fault, step, times)

    def clear(self) -> None:
        """Take the fault off; what waited in it, or in one that ended by itself, goes on."""
        waited_in = self._ended
        self._ended = []
        if self._active is not None:
            waited_in.append(self._active)
            self._end()
        for active in waited_in:
            active.cleared.set()

    def refusal(self, step: Step) -> str | None:
        """Return the word with which a request is refused at a step, before anything is done for it."""
        words = [rule.params["word"] for rule in self._rules(step) if rule.kind == "refuse"]
        if not words:
            return None
        self._count()
        return str(words[0])

    def stranger(self, step: Step) -> str | None:
        """Return whose key is wrong in a handshake: ``phone`` or ``computer``; ``None`` when both are right."""
        rules = [rule for rule in self._rules(step) if rule.kind == "stranger"]
        if not rules:
            return None
        self._count()
        return str(rules[0].params["whose"])

    def change(self, step: Step, answer: Any) -> Any:
        """Return what is said in place of an answer."""
        changes = [rule for rule in self._rules(step) if rule.kind in CHANGES]
        for rule in changes:
            answer = CHANGES[rule.kind](answer, rule.params)
        if changes:
            self._count()
        return answer

    async def send(self, step: Step, frame: Frame, line: Line) -> None:
        """Send a frame, or do to it what the fault does at this step.

        Raises:
            ChannelClosed: The fault ended the connection.
        """
        rule = next((rule for rule in self._rules(step) if rule.kind in WIRES), None)
        active = self._active
        if rule is None or active is None:
            await line.write(frame.whole())
            return
        self._count()
        line.cleared, line.pull = active.cleared, self.pull
        line.fall = lambda seconds: self.fall(seconds, active.cleared)
        await WIRES[rule.kind](frame, line, rule.params)

    def _rules(self, step: Step) -> tuple[Rule, ...]:
        return () if self._active is None else self._active.rules(step)

    def _count(self) -> None:
        """Count one spoiled exchange, and end the fault after the last."""
        active = self._active
        if active is None or not active.left:
            return
        active.left -= 1
        if not active.left:
            self._ended.append(active)
            self._end()

    def _end(self) -> None:
        self._active = None
        self.ended()
