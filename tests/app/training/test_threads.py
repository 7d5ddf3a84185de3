"""A training keeps to itself: the numeric libraries begin no more threads than they were allowed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.fakes.phone_market import csv_rows
from tests.fakes.price_folders import load_prices
from tradein_app.training.starting import few_threads

_FIT = """
import sys
from datetime import date
from pathlib import Path
from pricing.model.learning import train
from pricing.pricedata.loading import load_prices
data, _ = load_prices(Path(sys.argv[1]), date(2100, 1, 1))
train(data)
print(len(list(Path("/proc/self/task").iterdir())))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="threads are counted in /proc")
def test_the_first_trees_grow_on_one_thread(tmp_path) -> None:
    """The library that grows them is loaded on the way; its threads were held only from the second time on."""
    load_prices(tmp_path, csv_rows(400))
    path = tmp_path / "prices" / "data" / "market.csv"
    one = dict.fromkeys(few_threads(), "1") | {"OMP_NUM_THREADS": "2"}
    said = subprocess.run(
        [sys.executable, "-c", _FIT, str(path)],
        env=os.environ | one,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["1"]
