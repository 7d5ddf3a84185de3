"""The page about the modes says what the table says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[3] / "scripts" / "usb_modes.py"


def test_the_page_is_as_the_table_is() -> None:
    spec = importlib.util.spec_from_file_location("usb_modes", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.TARGET.read_text("utf-8") == script.text(), "run .venv/bin/python scripts/usb_modes.py"
