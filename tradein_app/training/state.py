"""``prices/training.json``: written by the training's own process alone, read by whoever asks.

Whether it lives is told by a lock that the system takes from a process however that ends: a number of a process can be
another one's by now.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from diagnostics.errors import UserError
from diagnostics.file_locks import lock
from diagnostics.learned import replaced
from diagnostics.regular import regular_bytes
from pricing.standing.codec import verdict_from_json, verdict_to_json
from pricing.standing.places import prices_folder
from tradein_app.training.records import Outcome, SourceRead, Step, TrainingState, Trouble

STATE_FILE = "training.json"
SCHEMA = "tradein/price-training-1"
_LIMIT = 1024 * 1024
"""Bytes; ours have a few thousand."""
_CANCEL_FILE = "training.cancel"
_LOCK_FILE = ".training.lock"
_STANDING_LOCK_FILE = ".standing.lock"
_PATIENCE = 0.5
"""Seconds in which a look at the lock is over."""
_LONGER = 5.0
_PAUSE = 0.02


def read_training(home: Path) -> TrainingState:
    """Return the training that runs, or the last one; an empty state where there was none.

    Args:
        home: The data folder.
    """
    running = _is_held(prices_folder(home) / _LOCK_FILE)
    # After the lock: what a training writes last it writes before it lets go.
    state = _stored(home)
    if running or not state.run or state.ended is not None:
        return replace(state, running=running, cancelling=running and cancel_asked(home, state.run))
    outcome = Outcome.CANCELLED if cancel_asked(home, state.run) else Outcome.DIED
    return replace(state, running=False, outcome=outcome)


def write_training(home: Path, state: TrainingState) -> None:
    """Write how far a training is; where that cannot be done, the training goes on without.

    Args:
        home: The data folder.
        state: Of the training of this process.
    """
    with contextlib.suppress(OSError):
        replaced(prices_folder(home) / STATE_FILE, json.dumps(state_to_json(state)).encode())


def ask_to_cancel(home: Path, run: str) -> None:
    """Ask a training to stop.

    Raises:
        OSError: It cannot be asked, because nothing can be written there.
    """
    replaced(prices_folder(home) / _CANCEL_FILE, run.encode())


def cancel_asked(home: Path, run: str) -> bool:
    """Return whether this very training was asked to stop."""
    try:
        return bool(run) and regular_bytes(prices_folder(home) / _CANCEL_FILE, _LIMIT) == run.encode()
    except OSError:
        return False


@contextlib.contextmanager
def training_held(home: Path) -> Iterator[None]:
    """Be the one training that there is.

    Raises:
        UserError: Another one runs, code ``training_runs``; or the folder cannot be written to.
    """
    with _held(home, _LOCK_FILE, _PATIENCE) as mine:
        if not mine:
            raise UserError(
                "A price model is being trained already.", "Wait for it, or cancel it.", "training_runs"
            )
        yield


@contextlib.contextmanager
def standing_held(home: Path) -> Iterator[None]:
    """Be the one that changes which model counts, from reading to writing.

    Raises:
        UserError: Another program does not let go of it, code ``standing_busy``; or it cannot be written to.
    """
    with _held(home, _STANDING_LOCK_FILE, _LONGER) as mine:
        if not mine:
            raise UserError(
                "Another program is changing which price model counts.", "Try again.", "standing_busy"
            )
        yield


def state_to_json(state: TrainingState) -> dict[str, Any]:
    """Return a state as a document."""
    return (
        {"schema": SCHEMA}
        | asdict(state)
        | {
            "started": state.started and state.started.isoformat(),
            "ended": state.ended and state.ended.isoformat(),
            "verdict": state.verdict and verdict_to_json(state.verdict),
        }
    )


def _stored(home: Path) -> TrainingState:
    try:
        document = json.loads(regular_bytes(prices_folder(home) / STATE_FILE, _LIMIT))
        return _from_json(document)
    except (AttributeError, KeyError, OSError, RecursionError, TypeError, ValueError):
        # What a training said of itself is not worth an error; the models and which one counts lie elsewhere.
        return TrainingState()


def _from_json(data: Mapping[str, Any]) -> TrainingState:
    if data["schema"] != SCHEMA:
        raise ValueError("it is no state of this program")
    plain = ("run", "pid", "share", "version", "memory_mb", "actor_id", "actor_name")
    return TrainingState(
        step=Step(data["step"]) if data["step"] else None,
        started=_time(data["started"]),
        ended=_time(data["ended"]),
        outcome=Outcome(data["outcome"]) if data["outcome"] else None,
        verdict=verdict_from_json(data["verdict"]),
        trouble=Trouble(**data["trouble"]) if data["trouble"] else None,
        sources=tuple(_source(source) for source in data["sources"]),
        **{name: data[name] for name in plain},
    )


def _source(data: Mapping[str, Any]) -> SourceRead:
    return SourceRead(**{**data, "problem": Trouble(**data["problem"]) if data["problem"] else None})


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


@contextlib.contextmanager
def _held(home: Path, name: str, patience: float) -> Iterator[bool]:
    path = prices_folder(home) / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UserError(
            f"{path.parent} cannot be written to: {error.strerror}.",
            "Allow writing there, and try again.",
            "prices_not_written",
            place=str(path.parent),
        ) from None
    try:
        yield _locked(file, patience)
    finally:
        os.close(file)


def _locked(file: int, patience: float) -> bool:
    until = time.monotonic() + patience
    while not lock(file):
        if time.monotonic() > until:
            return False
        time.sleep(_PAUSE)
    return True


def _is_held(path: Path) -> bool:
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        return not lock(file)
    finally:
        os.close(file)
