"""A counter with a desk of its own for every test of the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.fakes.windows import Counter


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    made.open()
    yield made
    made.close()
