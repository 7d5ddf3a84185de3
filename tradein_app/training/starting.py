"""Starts a training in a process of its own, behind everything else that the computer does."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

from diagnostics.errors import ServiceMissing, UserError
from pricing.standing.places import prices_folder
from tradein_app.training.records import TrainingState
from tradein_app.training.state import read_training

BUSY = 75
"""The exit status of a training that found another one at work (``EX_TEMPFAIL`` of sysexits)."""
LOG_FILE = "training.log"
PATIENCE = 30.0
"""Seconds in which the process must have begun: a cold disk is slow."""
_PAUSE = 0.01
_begun: list[subprocess.Popen[bytes]] = []
"""Those of this process: the system keeps one that ended until it was asked for."""


def start(home: Path, actor: tuple[str, str]) -> TrainingState:
    """Start a training, and return its first state; it goes on when this process ends.

    Args:
        home: The data folder.
        actor: Who asked for it: id and name.

    Raises:
        UserError: Another training runs, code ``training_runs``; or nothing can be written there.
        ServiceMissing: The process did not come up, code ``training_not_started``.
    """
    if read_training(home).running:
        raise _runs()
    run = uuid4().hex
    process = _launch(home, [*command(), str(home), run, *actor])
    _begun.append(process)
    until = time.monotonic() + PATIENCE
    while (state := read_training(home)).run != run:
        status = process.poll()
        if status == BUSY:
            raise _runs()
        if status is not None or time.monotonic() > until:
            process.kill()
            process.wait()
            raise _not_started(home)
        time.sleep(_PAUSE)
    return state


def look_after() -> None:
    """Take note of processes that ended; asked whenever somebody looks at a training."""
    _begun[:] = [process for process in _begun if process.poll() is None]


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


def _not_started(home: Path) -> ServiceMissing:
    return ServiceMissing(
        "The training did not start.",
        f"What it said is in {prices_folder(home) / LOG_FILE}.",
        "training_not_started",
        place=str(prices_folder(home) / LOG_FILE),
    )
