"""The fixtures that leave nothing behind do catch what is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

CONFTEST = Path(__file__).parents[2] / "conftest.py"
SETTINGS = """
[pytest]
asyncio_mode = auto
asyncio_default_fixture_loop_scope = function
filterwarnings = error
markers =
    logs_warnings: x
"""
LEFT_BEHIND = """
import asyncio, logging, threading, time, warnings
from PySide6.QtCore import QTimer

async def test_task(): asyncio.create_task(asyncio.sleep(60))
def test_thread(): threading.Thread(target=time.sleep, args=(3.5,)).start()
def test_timer(qapp):
    qapp.left = QTimer()
    qapp.left.start(1000)
def test_end_of_timer(qapp): qapp.left.stop()
def test_log(): logging.getLogger("diagnostics.bench").warning("odd")
def test_warning(): warnings.warn("odd")
async def test_clean(): await asyncio.sleep(0)
"""


def test_what_is_left_behind_fails_its_test(pytester: pytest.Pytester) -> None:
    pytester.makeini(SETTINGS)
    pytester.makeconftest(CONFTEST.read_text())
    pytester.makepyfile(LEFT_BEHIND)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-v", "--force-reruns", "0")
    # Left behind shows when the test is over: it passed, and its end is an error.
    result.assert_outcomes(passed=6, failed=1, errors=4)
    for name in ("task", "thread", "timer", "log"):
        result.stdout.fnmatch_lines([f"ERROR *::test_{name} *"])
    result.stdout.fnmatch_lines(["FAILED *::test_warning *"])
