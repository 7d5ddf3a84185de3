"""Starts a training in a process of its own, behind everything else that the computer does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

from diagnostics.errors import UserError
from pricing.standing.places import prices_folder
from tradein_app.training import state as states
from tradein_app.training.beginning import LOG_FILE, current, not_started, note
from tradein_app.training.records import Outcome, TrainingState

_PAUSE = 0.01


def begin(home: Path, actor: tuple[str, str]) -> TrainingState:
    """Begin a training, and return its first state at once; it goes on when this process ends.

    Whether it came up is told by `tradein_app.training.beginning.current`.

    Args:
        home: The data folder.
        actor: Who asked for it: id and name.

    Raises:
        UserError: Another training runs, code ``training_runs``; or nothing can be written there.
    """
    if current(home).running:
        raise _runs()
    run = uuid4().hex
    return note(home, run, _launch(home, [*command(), str(home), run, *actor]), actor)


def start(home: Path, actor: tuple[str, str]) -> TrainingState:
    """Begin a training, and return its first own state once it came up; arguments and errors as of `begin`.

    Raises:
        ServiceMissing: The process did not come up, code ``training_not_started``.
    """
    return up(home, begin(home, actor))


def up(home: Path, begun: TrainingState) -> TrainingState:
    """Wait for a training that was begun, and return what it says first.

    Args:
        home: The data folder.
        begun: What `begin` returned; one that came up already is returned as it is.

    Raises:
        UserError: Another one runs, code ``training_runs``.
        ServiceMissing: The process did not come up, code ``training_not_started``.
    """
    while (state := states.read_training(home)).run != begun.run:
        now = current(home)
        if now.run != begun.run:
            raise _runs()
        if now.outcome is Outcome.FAILED:
            raise not_started(home)
        if not now.running:
            return now
        time.sleep(_PAUSE)
    return state


def command() -> list[str]:
    """Return how this program is called to train: frozen into one file it is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "price", "train-apart"]
    return [sys.executable, "-m", "tradein_app.training"]


def _launch(home: Path, arguments: list[str]) -> subprocess.Popen[bytes]:
    folder = prices_folder(home)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / LOG_FILE).open("wb") as log:
            return _popen(arguments, log.fileno())
    except OSError as error:
        raise UserError(
            f"No training could be started in {folder}: {error.strerror}.",
            "Make room there or allow writing, and try again.",
            "prices_not_written",
            place=str(folder),
        ) from None


def _popen(arguments: list[str], log: int) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = (
            subprocess.BELOW_NORMAL_PRIORITY_CLASS
            | subprocess.CREATE_NEW_PROCESS_GROUP
            | subprocess.CREATE_NO_WINDOW
        )
    return subprocess.Popen(  # noqa: S603 - our own program
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=log,
        # A session of its own: neither Ctrl+C in the terminal nor the end of the window ends it.
        start_new_session=True,
        creationflags=flags,
        env=os.environ | few_threads(),
    )


def few_threads() -> dict[str, str]:
    """Return what keeps the numeric libraries on half of the processor's cores: they look when they are loaded."""
    half = str(max(1, (os.cpu_count() or 1) // 2))
    return dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), half)


def _runs() -> UserError:
    return UserError("A price model is being trained already.", "Wait for it, or cancel it.", "training_runs")
