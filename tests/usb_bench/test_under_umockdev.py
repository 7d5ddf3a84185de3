"""Runs each file of ``inside`` under umockdev, on a USB bench of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.usb_bench.client import ROOT, SYSTEM_PYTHON, under_bench

INSIDE = sorted((Path(__file__).parent / "inside").glob("test_*.py"))
_ASK = "import gi; gi.require_version('UMockdev', '1.0'); from gi.repository import UMockdev"


def _missing() -> str:
    """Return why no bench can run here; ``""`` where one can."""
    if not sys.platform.startswith("linux"):
        return "umockdev is for Linux"
    if not shutil.which("umockdev-wrapper"):
        return "umockdev is not installed; scripts/setup test installs it"
    asked = subprocess.run([SYSTEM_PYTHON, "-c", _ASK], capture_output=True, check=False)
    return "python3-gi or gir1.2-umockdev-1.0 is not installed" if asked.returncode else ""


@pytest.mark.needs(_missing())
@pytest.mark.parametrize("file", INSIDE, ids=lambda file: file.stem)
def test_under_umockdev(file: Path) -> None:
    words = (sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-rA", str(file))
    done = subprocess.run(
        under_bench(*words), cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert "skipped" not in done.stdout, done.stdout[-3000:]
