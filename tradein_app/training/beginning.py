"""Trainings that this process began and that have not come up yet: a program takes a moment to be loaded.

Until a training says something itself, whoever asks is told that it begins; one that never comes up is told as failed.
"""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from diagnostics.errors import ServiceMissing
from pricing.standing.places import prices_folder
from tradein_app.training import state as states
from tradein_app.training.records import Outcome, TrainingState, Trouble

BUSY = 75
"""The exit status of a training that found another one at work (``EX_TEMPFAIL`` of sysexits)."""
LOG_FILE = "training.log"
PATIENCE = 30.0
"""Seconds in which the process must have begun: a cold disk is slow."""


@dataclass(slots=True)
class _Begun:
    """A training of this process.

    Attributes:
        before: The training that was told of when this one began; another one that is told of came after it. By name,
            for a clock can be set back.
    """

    home: Path
    process: subprocess.Popen[bytes]
    until: float
    state: TrainingState
    before: str


_begun: list[_Begun] = []
"""Those of this process: the system keeps one that ended until it was asked for."""
_lock = threading.RLock()


def note(home: Path, run: str, process: subprocess.Popen[bytes], actor: tuple[str, str]) -> TrainingState:
    """Remember a training that was just begun, and return its first state.

    Args:
        home: The data folder.
        run: The training's name.
        process: Its own.
        actor: Who asked for it: id and name.
    """
    state = TrainingState(
        running=True,
        run=run,
        pid=process.pid,
        started=datetime.now(UTC),
        actor_id=actor[0],
        actor_name=actor[1],
    )
    before = states.read_training(home).run
    with _lock:
        _begun.append(_Begun(home, process, time.monotonic() + PATIENCE, state, before))
    return state


def current(home: Path) -> TrainingState:
    """Return the training that runs or begins, or the last one; a matter of a millisecond.

    Args:
        home: The data folder.
    """
    with _lock:
        mine = next((each for each in reversed(_begun) if each.home == home), None)
        if mine is None:
            return states.read_training(home)
        status = mine.process.poll()
        # After the look at the process: what it wrote last it wrote before it ended.
        said = states.read_training(home)
        if said.run == mine.state.run or said.run not in {"", mine.before}:
            return said
        return said if status == BUSY else _unheard(mine, status)


def look_after() -> None:
    """Take note of processes that ended; asked whenever somebody looks at a training."""
    with _lock:
        newest = {each.home: each for each in _begun}.values()
        _begun[:] = [each for each in _begun if each.process.poll() is None or each in newest]


def not_started(home: Path) -> ServiceMissing:
    """Return the error that a training's process did not come up."""
    return ServiceMissing(
        "The training did not start.",
        f"What it said is in {prices_folder(home) / LOG_FILE}.",
        "training_not_started",
        place=str(prices_folder(home) / LOG_FILE),
    )


def _unheard(mine: _Begun, status: int | None) -> TrainingState:
    """Return the state of a training that has not said anything itself."""
    asked_to_end = states.cancel_asked(mine.home, mine.state.run)
    if not mine.state.running:
        return mine.state
    if status is None and time.monotonic() < mine.until:
        return replace(mine.state, cancelling=asked_to_end)
    if status is None:
        mine.process.kill()
        mine.process.wait()
    over = replace(mine.state, running=False, ended=datetime.now(UTC))
    if asked_to_end:
        mine.state = replace(over, outcome=Outcome.CANCELLED)
    else:
        mine.state = replace(over, outcome=Outcome.FAILED, trouble=Trouble.of(not_started(mine.home)))
    return mine.state
