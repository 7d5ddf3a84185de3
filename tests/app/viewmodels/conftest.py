"""A counter with a desk of its own for every test of what the window shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from diagnostics.bench import Phone
from tests.fakes.windows import Counter, phone_of, read_iphone


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    made.open()
    yield made
    made.close()


@pytest.fixture
def held(counter: Counter) -> Phone:
    """Return a phone on the bench that a carrier holds."""
    phone = phone_of(read_iphone("A"))
    counter.plug(phone)
    counter.answer_all(sim_lock="locked")
    return phone
