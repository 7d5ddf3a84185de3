"""Leads a person from “unauthorized” to a phone that lets this computer in: one walk a port, so it outlives a replug.

The steps and their order are the core's (`diagnostics.android.stepper`); what is seen of the phone comes by its port.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from diagnostics.model import Platform, State
from tradein_app.viewmodels.judging import NextStep

if TYPE_CHECKING:
    from diagnostics.android.stepper import Stage, Stepper
    from diagnostics.bench import Phone
    from tradein_app.viewmodels.board import Port
    from tradein_app.viewmodels.devices import DevicesModel

FORGET = 120.0
"""Seconds after which a phone that went from its port in the middle of the steps counts as taken away."""
_FOLLOWED = frozenset(
    {State.UNAUTHORIZED, State.OFFLINE, State.DEBUGGING_OFF, State.CHARGING_ONLY, State.CONNECTING}
)
"""States in which a phone is still on its way; in any other it was let in, or the steps do not help."""

_STUCK = _FOLLOWED - {State.CONNECTING}
"""States in which a phone does not let this computer in, so that a step is asked for."""
_ASK_AGAIN = "read_again"
_LET_IN = frozenset({State.READY, State.BOOTING, State.TIMEOUT})


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the list.

    Attributes:
        name: In a word or two.
        done: It was seen to be done, or said to have been.
        current: It is the one that is next.
    """

    name: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """What the stepper shows, every text ready.

    Attributes:
        steps: All of them, in their order.
        number: Of the current one, from 1.
        words: What to do: a sentence or two.
        live: What is seen of the phone, in a word: a member of `diagnostics.android.stepper.Live`.
        live_words: The same in a sentence.
        waits: Seconds without a change after which to offer the next step; 0 for never.
        left: Seconds that are left of these.
        last: There is no further step.
        here: The phone is on the cable and not let in, so that a step can be found not to help.
    """

    steps: tuple[Step, ...]
    number: int
    words: str
    live: str
    live_words: str
    waits: float
    left: float
    last: bool
    here: bool


@dataclass(slots=True)
class _Walk:
    device: str
    stepper: Stepper
    stage: Stage
    key: str = ""
    hidden: bool = False
    since: float = 0.0


class Stepping(QObject):
    """Follows the unauthorized phones of all ports.

    Args:
        devices: The ports.
        language: Two letters.
        now: Seconds that only ever grow.
    """

    changed = Signal(int)
    """A port's index: what `view` returns for it changed."""

    def __init__(
        self,
        devices: DevicesModel,
        language: str,
        now: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._devices = devices
        self._language = language
        self._now = now
        self._walks: dict[str, _Walk] = {}
        devices.phone_told.connect(self._see)

    def view(self, index: int | None) -> StepView | None:
        """Return what to show of a port; ``None`` where no phone waits to be allowed."""
        if index is None:
            return None
        port = self._devices.board.ports[index]
        walk = self._walks.get(port.id)
        if walk is None or walk.hidden or port.unseen:
            return None
        if walk.stage.live == "gone" and self._now() - walk.since > FORGET:
            del self._walks[port.id]
            return None
        return self._made(walk)

    def asked(self, index: int) -> NextStep | None:
        """Return what a port's tile asks for: its person's step; ``None`` where there is none, or the state says it."""
        port = self._devices.board.ports[index]
        walk, phone = self._walks.get(port.id), port.phone
        if walk is None or phone is None or walk.hidden or port.unseen or not phone.present:
            return None
        state = phone.reading.state
        return _next_step(walk.stage.step, state, self._language) if state in _STUCK else None

    def next(self, index: int | None) -> None:
        """Note that the step did not help: go on to the next one, and from the last one back to the first."""
        view = self.view(index)
        if index is None or view is None or not view.here:
            return
        walk = self._walks[self._devices.board.ports[index].id]
        if view.last:
            walk.stepper, walk.stage = _begun(walk.key)
        else:
            walk.stage = walk.stepper.next()
        walk.since = self._now()
        self.changed.emit(index)

    def _see(self, index: int) -> None:
        """Take in what a port shows now."""
        port = self._devices.board.ports[index]
        phone = port.phone
        if phone is None or port.unseen:
            return
        before = self._walks.get(port.id)
        if (after := self._after(port, phone, before)) is None:
            self._walks.pop(port.id, None)
        if before is not None or after is not None:
            self.changed.emit(index)

    def _after(self, port: Port, phone: Phone, walk: _Walk | None) -> _Walk | None:
        """Return how far a port's walk has come by these news; ``None`` where there is none, or no more."""
        state = phone.reading.state if phone.present else None
        new = walk is None or walk.device != phone.sighting.id
        if state is State.UNAUTHORIZED and new:
            walk = self._walks[port.id] = _Walk(phone.sighting.id, *_begun(phone.key), phone.key)
            walk.since = self._now()
            return walk
        if walk is None or _is_over(phone):
            return None
        self._follow(walk, state, phone)
        return walk

    def _follow(self, walk: _Walk, state: State | None, phone: Phone) -> None:
        walk.hidden = state is not None and state not in _FOLLOWED
        if walk.hidden or (state is State.CONNECTING and phone.key != walk.key):
            # A phone that was just put in again is asked by adb whether it knows this computer: no answer yet.
            return
        stage = walk.stepper.see(state, phone.key)
        if state is State.UNAUTHORIZED:
            walk.key = phone.key
        if stage != walk.stage:
            walk.stage, walk.since = stage, self._now()

    def _made(self, walk: _Walk) -> StepView:
        from diagnostics.android.stepper import Live, live_words, step_ids, step_name, step_words

        stage, language = walk.stage, self._language
        steps = tuple(
            Step(step_name(id_, language), id_ in stage.done, id_ == stage.step) for id_ in step_ids()
        )
        here = stage.live not in {Live.GONE, Live.ALLOWED}
        return StepView(
            steps=steps,
            number=stage.number,
            words=step_words(stage.step, language),
            live=stage.live.value,
            live_words=live_words(stage.live, language),
            waits=stage.waits,
            left=max(0.0, walk.since + stage.waits - self._now()) if stage.waits and here else 0.0,
            last=stage.number == len(steps),
            here=here,
        )


def _next_step(step: str, state: State, language: str) -> NextStep | None:
    from diagnostics.android.stepper import called_by, step_ids, step_next, step_tile

    if step == called_by(state):
        return None
    # From the last step on it is done by hand: asking the phone again leads nowhere.
    act = "" if step == step_ids()[-1] else _ASK_AGAIN
    return NextStep(step_tile(step, language), step_next(step, language), act)


def _begun(key: str) -> tuple[Stepper, Stage]:
    from diagnostics.android.stepper import Stepper

    stepper = Stepper()
    return stepper, stepper.see(State.UNAUTHORIZED, key)


def _is_over(phone: Phone) -> bool:
    """Return whether a port's phone needs no steps any more: it was let in, or a phone of another kind stands there."""
    now = phone.reading
    if not phone.present:
        return False
    let_in = now.state in _LET_IN or (now.state is State.CONNECTING and bool(now.evidence))
    return let_in or now.platform is not Platform.ANDROID
