"""The packages stand in one line, and each third-party library has its room."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_import_rules_hold() -> None:
    # In a process of its own: it sets up logging anew, and every other logger here would be silent from then on.
    program = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([program, "--no-cache"], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
