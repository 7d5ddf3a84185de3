"""The fault that a practice phone, or the daemon in front of it, has now, and how it spoils what is said when."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

from diagnostics.practice.catalogue import Fault, Rule, StateT, StepT
from diagnostics.practice.frames import Frame
from diagnostics.practice.wires import WIRES, Line

Changes = Mapping[str, Callable[[Any, Mapping[str, Any]], Any]]
"""By a rule's kind: what makes another answer of an answer."""


@dataclass(slots=True)
class Active(Generic[StepT, StateT]):
    """A fault that is on.

    Attributes:
        fault: Which.
        step: Where it was put; ``None`` for its usual steps.
        left: How many exchanges it spoils before it ends by itself; 0 for all until it is cleared.
        cleared: Set when it is cleared, for whoever waits in it.
    """

    fault: Fault[StepT, StateT]
    step: StepT | None
    left: int
    cleared: asyncio.Event = field(default_factory=asyncio.Event)

    def rules(self, step: StepT) -> tuple[Rule[StepT], ...]:
        """Return what happens at a step."""
        return tuple(rule for rule in self.fault.rules if step in self._where(rule))

    def _where(self, rule: Rule[StepT]) -> frozenset[StepT]:
        if rule.at:
            return rule.at
        return self.fault.default if self.step is None else frozenset({self.step})


class Troubles(Generic[StepT, StateT]):
    """At most one fault at a time.

    Args:
        faultless: What a phone is that has no fault.
        changes: The platform's ways to answer something else.

    Attributes:
        pull: Pulls the phone's cable.
        fall: Stops the whole service for so many seconds, or until the event is set.
        ended: Called when a fault has gone.
    """

    def __init__(self, faultless: StateT, changes: Changes) -> None:
        self._faultless = faultless
        self._changes = changes
        self.pull: Callable[[], None] = lambda: None
        self.fall: Callable[[float, asyncio.Event], None] = lambda _seconds, _cleared: None
        self.ended: Callable[[], None] = lambda: None
        self._active: Active[StepT, StateT] | None = None
        self._ended: list[Active[StepT, StateT]] = []

    @property
    def active(self) -> Active[StepT, StateT] | None:
        """The fault that is on."""
        return self._active

    @property
    def state(self) -> StateT:
        """What the fault makes of the phone as a whole."""
        return self._faultless if self._active is None else self._active.fault.state

    def put(self, fault: Fault[StepT, StateT], step: StepT | None, times: int) -> None:
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

    def refusal(self, step: StepT) -> str | None:
        """Return the word with which a request is refused at a step, before anything is done for it."""
        words = [rule.params["word"] for rule in self._rules(step) if rule.kind == "refuse"]
        if not words:
            return None
        self._count()
        return str(words[0])

    def stranger(self, step: StepT) -> str | None:
        """Return whose key is wrong in a handshake: ``phone`` or ``computer``; ``None`` when both are right."""
        rules = [rule for rule in self._rules(step) if rule.kind == "stranger"]
        if not rules:
            return None
        self._count()
        return str(rules[0].params["whose"])

    def changes_at(self, step: StepT) -> bool:
        """Return whether something else is said at a step."""
        return any(rule.kind in self._changes for rule in self._rules(step))

    def wired_at(self, step: StepT) -> bool:
        """Return whether something happens to the bytes at a step."""
        return any(rule.kind in WIRES for rule in self._rules(step))

    def change(self, step: StepT, answer: Any) -> Any:
        """Return what is said in place of an answer."""
        changes = [rule for rule in self._rules(step) if rule.kind in self._changes]
        for rule in changes:
            answer = self._changes[rule.kind](answer, rule.params)
        if changes:
            self._count()
        return answer

    async def send(self, step: StepT, frame: Frame, line: Line) -> None:
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

    def _rules(self, step: StepT) -> tuple[Rule[StepT], ...]:
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
