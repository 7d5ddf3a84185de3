"""Runs each file of ``inside`` under umockdev, on a USB bench of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.usb_bench.client import ROOT, missing, under_bench

INSIDE = sorted((Path(__file__).parent / "inside").glob("test_*.py"))


@pytest.mark.needs(missing())
@pytest.mark.parametrize("file", INSIDE, ids=lambda file: file.stem)
def test_under_umockdev(file: Path) -> None:
    words = (sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-rA", str(file))
    done = subprocess.run(
        under_bench(*words), cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert "skipped" not in done.stdout, done.stdout[-3000:]
