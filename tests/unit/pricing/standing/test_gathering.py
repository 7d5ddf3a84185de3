"""Several files of prices are one: each price once, whichever file told it first."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from diagnostics.errors import BadInput
from pricing.pricedata.gathering import gather, price_files
from pricing.pricedata.marking import marks
from tests.fakes.phone_market import csv_rows
from tests.fakes.price_folders import load_prices

TODAY = date(2026, 11, 22)


def files(home: Path):
    return price_files(home / "prices")


def test_what_two_files_tell_counts_once_and_the_rest_of_both_does(tmp_path: Path) -> None:
    rows = csv_rows(120)
    load_prices(tmp_path, rows[:80], "a.csv")
    load_prices(tmp_path, rows[60:], "b.csv")
    data, told = gather(files(tmp_path), TODAY)
    assert [(source.name, source.rows, source.repeated) for source in told] == [
        ("a.csv", 80, 0),
        ("b.csv", 40, 20),
    ]
    load_prices(tmp_path / "whole", rows)
    whole, _ = gather(files(tmp_path / "whole"), TODAY)
    assert sorted(marks(data).tolist()) == sorted(marks(whole).tolist())
    assert data.row_keys() == whole.row_keys()


def test_of_too_many_rows_the_same_ones_are_drawn(tmp_path: Path) -> None:
    load_prices(tmp_path, csv_rows(80), "a.csv")
    load_prices(tmp_path, csv_rows(80, seed=2), "b.csv")
    once, _ = gather(files(tmp_path), TODAY, most=100)
    again, _ = gather(files(tmp_path), TODAY, most=100)
    assert len(once) == 100
    assert np.array_equal(marks(once), marks(again))


def test_without_any_price_it_says_why_file_by_file(tmp_path: Path) -> None:
    load_prices(tmp_path, [], "empty.csv")
    with pytest.raises(BadInput) as said:
        gather(files(tmp_path), TODAY)
    assert said.value.code == "no_prices"
    assert "empty.csv" in said.value.message


def test_a_pipe_among_the_files_holds_nobody_up_and_is_said(tmp_path: Path) -> None:
    load_prices(tmp_path, csv_rows(60), "b.csv")
    os.mkfifo(tmp_path / "prices" / "data" / "a.csv")
    data, (pipe, good) = gather(files(tmp_path), TODAY)
    assert (len(data), good.rows) == (60, 60)
    assert "not an ordinary file" in str(pipe.problem)


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "prices").mkdir()
    (tmp_path / "prices" / "data").write_text("no folder")
    (source,) = files(tmp_path)
    assert "cannot be read" in str(source.problem)
