"""Eight practice iPhones, where a test does not bring a bench of its own, and a folder for their pair records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.practice.bench import PracticeThread


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=8, androids=0) as running:
        yield running


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return tmp_path / "pair-records"
