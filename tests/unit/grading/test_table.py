"""docs/grading-table.md says what the rules say today."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from diagnostics.grading.library import program

SCRIPT = Path(__file__).parents[3] / "scripts" / "grading_table.py"


@pytest.fixture(scope="module")
def table():
    spec = spec_from_file_location("grading_table", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(table):
    assert table.PAGE.read_text(encoding="utf-8") == table.page(), "run: python scripts/grading_table.py"


def test_it_holds_twenty_inspections_and_every_standard_of_phones(table):
    assert len(table.CASES) == 20
    assert all(f"`{standard.rule_set}`" in table.page() for standard in program().newest("phone-1"))
