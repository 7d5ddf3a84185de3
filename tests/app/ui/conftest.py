"""A counter with a desk of its own for every test of the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from diagnostics.bench import Phone
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.ui.checklist_panel import ChecklistPanel


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[Counter]:
    made = Counter(tmp_path)
    made.open()
    yield made
    made.close()


@pytest.fixture
def phone() -> Phone:
    """A phone that was read well."""
    return phone_of(read_iphone("A"))


@pytest.fixture
def panel(counter: Counter, phone: Phone) -> ChecklistPanel:
    """The checklist of that phone, in a window of the usual size."""
    counter.plug(phone)
    return counter.show_window(size=(1360, 860)).parts.checklist
