"""A data folder with prices in it, and trainings that are waited for."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.fakes.phone_market import HEADER, csv_rows
from tradein_app.training.beginning import current, look_after
from tradein_app.training.records import TrainingState

LIMIT = 90.0


def load_prices(home: Path, rows: Iterable[dict[str, Any]], name: str = "market.csv") -> None:
    """Put rows into the data folder as a file that a person loaded."""
    path = home / "prices" / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def a_price_folder(home: Path, count: int = 150) -> Path:
    """Return a data folder with some prices."""
    load_prices(home, csv_rows(count))
    return home


def until(home: Path, wanted: Callable[[TrainingState], bool]) -> TrainingState:
    """Wait for something that a training says, and return what it says then."""
    deadline = time.monotonic() + LIMIT
    while not wanted(state := current(home)):
        assert time.monotonic() < deadline, state
        time.sleep(0.02)
    look_after()
    return state


def ended(home: Path) -> TrainingState:
    """Wait until no training runs, and return how the last one ended."""
    return until(home, lambda state: not state.running)
