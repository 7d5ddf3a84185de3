"""A training in its own process: it outlives whoever began it, steps back, and harms nothing when it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diagnostics.errors import ServiceMissing, UserError
from pricing.model.keeping import load
from pricing.standing.keeping import read_standing
from pricing.standing.places import model_folder, models_folder, standing_file
from tests.fakes.phone_market import csv_rows
from tests.fakes.price_folders import a_price_folder, ended, load_prices, until
from tests.fakes.standings import ANA
from tradein_app.training import starting
from tradein_app.training.records import Outcome, Step, TrainingState
from tradein_app.training.starting import start
from tradein_app.training.state import ask_to_cancel, read_training

pytestmark = pytest.mark.timeout(300)
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and priorities of POSIX")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return a_price_folder(tmp_path)


def learning(state: TrainingState) -> bool:
    return state.step in {Step.LEARNING, Step.TRYING} or not state.running


def kill(state: TrainingState) -> None:
    """Have it die as if memory had run out."""
    os.kill(state.pid, signal.SIGKILL)


def test_it_comes_to_its_end_and_the_model_can_be_used(home: Path) -> None:
    began = start(home, ANA)
    assert began.running
    assert began.pid != os.getpid()
    with pytest.raises(UserError) as said:
        start(home, ANA)
    assert said.value.code == "training_runs"
    state = ended(home)
    assert (state.run, state.outcome) == (began.run, Outcome.PROMOTED)
    load(model_folder(home, state.version))
    assert (home / "prices" / "training.log").read_bytes() == b""


@posix
def test_killed_it_leaves_the_champion_and_is_noticed(home: Path) -> None:
    start(home, ANA)
    ended(home)
    load_prices(home, csv_rows(400))
    before = standing_file(home).read_bytes()
    start(home, ANA)
    kill(until(home, learning))
    state = ended(home)
    assert (state.outcome, state.ended) == (Outcome.DIED, None)
    assert standing_file(home).read_bytes() == before
    champion = read_standing(home).champion
    assert champion is not None
    load(model_folder(home, champion.version))


@posix
@pytest.mark.thorough
@pytest.mark.parametrize("after", [0.0, 0.5, 0.9, 0.97, 0.98])
def test_killed_at_any_moment_it_leaves_something_that_counts(home: Path, after: float) -> None:
    start(home, ANA)
    first = ended(home).version
    load_prices(home, csv_rows(220))
    start(home, ANA)
    state = until(home, lambda state: state.share >= after or not state.running)
    if state.running:
        kill(state)
    ended(home)
    champion = read_standing(home).champion
    assert champion is not None
    assert champion.version in {first, state.version}
    load(model_folder(home, champion.version))
    start(home, ANA)
    assert ended(home).outcome in {Outcome.WAITS, Outcome.PROMOTED, Outcome.UNCHANGED}
    assert not list(models_folder(home).glob(".new-*"))


def test_cancelled_it_ends_within_seconds_and_changes_nothing(home: Path) -> None:
    load_prices(home, csv_rows(2000))
    began = start(home, ANA)
    until(home, learning)
    ask_to_cancel(home, began.run)
    asked = time.monotonic()
    assert ended(home).outcome is Outcome.CANCELLED
    assert time.monotonic() - asked < 20
    assert read_standing(home).champion is None


@posix
def test_it_steps_back_behind_everything_else(home: Path) -> None:
    state = start(home, ANA)
    assert os.getpriority(os.PRIO_PROCESS, state.pid) >= os.getpriority(os.PRIO_PROCESS, 0) + 5
    assert os.getsid(state.pid) == state.pid
    kill(state)
    ended(home)


_BEGINNER = """
import sys
from pathlib import Path
from tradein_app.training.starting import start
import os
start(Path(sys.argv[1]), ("ana", "Ana"))
os._exit(0)
"""


def test_it_outlives_the_process_that_began_it(home: Path) -> None:
    subprocess.run([sys.executable, "-c", _BEGINNER, str(home)], check=True, timeout=60)
    assert read_training(home).running
    assert ended(home).outcome is Outcome.PROMOTED


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are Linux's")
@pytest.mark.thorough
def test_where_the_disk_is_full_the_champion_stays(home: Path) -> None:
    import resource

    start(home, ANA)
    ended(home)
    load_prices(home, csv_rows(170))
    before = standing_file(home).read_bytes()
    state = start(home, ANA)
    # No file of this process may grow beyond what its state needs: a write beyond fails as on a full disk.
    resource.prlimit(state.pid, resource.RLIMIT_FSIZE, (5000, 5000))
    state = ended(home)
    assert state.outcome is Outcome.FAILED
    assert state.trouble is not None
    assert state.trouble.code == "model_not_written"
    assert standing_file(home).read_bytes() == before
    assert not list(models_folder(home).glob(".new-*"))


@pytest.mark.thorough
def test_a_program_frozen_into_one_file_calls_itself(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    frozen = starting.command()
    assert frozen[0] == sys.executable
    # This interpreter is no frozen program, so it is told which module it would be.
    monkeypatch.setattr(starting, "command", lambda: [frozen[0], "-m", "tradein_app", *frozen[1:]])
    start(home, ANA)
    assert ended(home).outcome is Outcome.PROMOTED


def test_a_process_that_does_not_come_up_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "command", lambda: [sys.executable, "-c", "raise SystemExit('no')"])
    with pytest.raises(ServiceMissing) as said:
        start(home, ANA)
    assert said.value.code == "training_not_started"
    assert (home / "prices" / "training.log").read_text(encoding="utf-8").strip() == "no"


def test_where_nothing_can_be_written_nothing_starts(tmp_path: Path) -> None:
    (tmp_path / "prices").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(UserError) as said:
        start(tmp_path, ANA)
    assert said.value.code == "prices_not_written"
