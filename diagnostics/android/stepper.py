"""Leads a person from “unauthorized” to a phone that lets this computer in, one step at a time, as the phone follows.

Pure: it is told what the buses show at one port, and says which step is next. Nothing that was done already is asked
for again: a phone that comes back under another key was replugged; one that was seen without its debugging interface
in between had debugging switched off and on. The order of the steps is data (``resources/messages/stepper.toml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from diagnostics.messages import FALLBACK_LANGUAGE
from diagnostics.model import State
from resources.opening import load_toml

_FILE = "messages/stepper.toml"
_LET_IN = frozenset({State.CONNECTING, State.READY, State.BOOTING, State.TIMEOUT})
_DOES = {State.DEBUGGING_OFF: "toggle", State.CHARGING_ONLY: "file_transfer", State.OFFLINE: "replug"}
"""The step that a state calls for by itself, wherever the person is, until it was done in vain."""


def called_by(state: State) -> str:
    """Return the step that a state calls for by itself; ``""`` where it calls for none."""
    return _DOES.get(state, "")


class Live(StrEnum):
    """What is seen of the phone at this moment; the keys of ``live`` in the data file."""

    WAITING = "waiting"
    GONE = "gone"
    DEBUGGING_OFF = "debugging_off"
    CHARGING_ONLY = "charging_only"
    OFFLINE = "offline"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the person is.

    Attributes:
        step: The id of the step that is next.
        number: Its place, from 1.
        live: What is seen of the phone.
        done: The steps that were done, seen or said, in their order.
        waits: Seconds without a change after which the next step is worth a try; 0 for never.
    """

    step: str
    number: int
    live: Live
    done: tuple[str, ...]
    waits: float


class Stepper:
    """Follows one phone, known by its port, because its key changes with each replug."""

    def __init__(self) -> None:
        self._done: set[str] = set()
        self._key = ""
        self._between: set[State] = set()
        self._in_vain: set[State] = set()
        self._state: State | None = State.UNAUTHORIZED

    def see(self, state: State | None, key: str = "") -> Stage:
        """Take in what a bus shows at the port now.

        Args:
            state: Of the phone there; ``None`` when nothing is there any more.
            key: Its key on the bus, for adb's phones.
        """
        if state is State.UNAUTHORIZED:
            self._back(key)
        elif state is State.OFFLINE:
            self._replugged(key)
        if state is not State.UNAUTHORIZED and state is not None:
            self._between.add(state)
        self._state = state
        return self.stage()

    def _back(self, key: str) -> None:
        if self._key and key != self._key:
            toggled = State.DEBUGGING_OFF in self._between
            self._done |= {"unlock", "replug", "toggle"} if toggled else {"unlock", "replug"}
            if State.CHARGING_ONLY in self._between:
                self._done.add("file_transfer")
        self._key = key
        self._between.clear()
        self._in_vain.clear()

    def _replugged(self, key: str) -> None:
        """Note that a phone is offline still after it was put in again."""
        if self._key and key and key != self._key:
            self._done.add("replug")
            self._in_vain.add(State.OFFLINE)

    def next(self) -> Stage:
        """Go on, because the person did the step, or waited long enough, and the phone did not change."""
        self._done.add(self.stage().step)
        if self._state in _DOES:
            self._in_vain.add(self._state)
        return self.stage()

    def stage(self) -> Stage:
        """Return where the person is now."""
        ids = list(_steps())
        step = self._wanted(ids)
        done = tuple(one for one in ids if one in self._done)
        return Stage(step, ids.index(step) + 1, self._live(), done, float(str(_steps()[step]["waits"])))

    def _wanted(self, ids: list[str]) -> str:
        """Return the step that the state calls for; where that was in vain, the next one after it that was not done."""
        called = _DOES.get(self._state) if self._state else None
        if called and self._state not in self._in_vain:
            return called
        later = ids[ids.index(called) + 1 :] if called else ids
        return next((one for one in later if one not in self._done), ids[-1])

    def _live(self) -> Live:
        if self._state is None:
            return Live.GONE
        if self._state in _LET_IN:
            return Live.ALLOWED
        return Live(self._state.value) if self._state in _DOES else Live.WAITING


@cache
def _steps() -> dict[str, Mapping[str, object]]:
    return {step["id"]: step for step in load_toml(_FILE)["steps"]}


def step_ids() -> tuple[str, ...]:
    """Return the steps' ids in their order."""
    return tuple(_steps())


def step_words(step: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what to do, in one or two sentences; English where there is no such translation."""
    texts = _steps()[step]
    return str(texts.get(language, texts[FALLBACK_LANGUAGE]))


def step_name(step: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what a step is called in a list, in a word or two; English where there is no such translation."""
    return _named("short", step, language)


def step_tile(step: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what a step asks for on a phone's tile, in a word or two; English where there is no such translation."""
    return _named("tile", step, language)


def step_next(step: str, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what a step asks for among other phones, in one sentence; English where there is no such translation."""
    return _named("next", step, language)


def _named(prefix: str, step: str, language: str) -> str:
    texts = _steps()[step]
    return str(texts.get(f"{prefix}_{language}", texts[f"{prefix}_{FALLBACK_LANGUAGE}"]))


def live_words(live: Live, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what is seen of the phone, in one sentence; English where there is no such translation."""
    texts = load_toml(_FILE)["live"][live.value]
    return str(texts.get(language, texts[FALLBACK_LANGUAGE]))
