"""What happens to tests whose programs are not installed: skipped at home, failed where CI runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FILES = ("tests/unit/usb/test_mtp_foreign.py", "tests/usb_bench/test_under_umockdev.py")


def run_without_programs(ci: dict[str, str]) -> subprocess.CompletedProcess[str]:
    here = {name: value for name, value in os.environ.items() if name != "CI"} | {"PATH": "/nowhere"}
    words = (sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *FILES)
    return subprocess.run(words, cwd=ROOT, env=here | ci, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("ci", "word", "status"), [({}, "skipped", 0), ({"CI": "1"}, "errors", 1)])
def test_a_missing_program_is_seen_where_ci_runs(ci: dict[str, str], word: str, status: int) -> None:
    done = run_without_programs(ci)
    assert done.returncode == status, done.stdout
    assert "umtprd is not installed" in done.stdout
    assert "umockdev is not installed" in done.stdout
    assert word in done.stdout.splitlines()[-1]
    assert "passed" not in done.stdout.splitlines()[-1]


def test_ci_says_that_it_is_ci() -> None:
    assert "export CI=1" in (ROOT / ".ci" / "run").read_text("utf-8")
