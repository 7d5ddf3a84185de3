"""House rules for every test: offscreen, a data folder of its own, and nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.pulse import Pulse

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"

_OURS = (
    "TRADEIN_HOME",
    "TRADEIN_DB",
    "TRADEIN_NAMES",
    "TRADEIN_LANG",
    "TRADEIN_PRACTICE",
    "USBMUXD_SOCKET_ADDRESS",
)
_ADB = ("ANDROID_ADB_SERVER_PORT", "ANDROID_ADB_SERVER_HOST", "ADBUTILS_ADB_PATH")
ROOT = Path(__file__).parent
_THOROUGH = (
    "matrix/",
    "bench/test_practice_faults",
    "bench/test_practice_androids_faults",
    "bench/test_iphones_jailbroken",
    "bench/test_iphones_resumed",
    "bench/test_iphones_in_trouble",
    "bench/test_iphones_idle_many",
    "bench/test_androids_in_trouble",
)
_GRACE = 2.0
_PULSE = Pulse()
_AGAIN = pytest.mark.flaky(reruns=2, reruns_delay=2, condition=_PULSE.was_held_up)
_RUNNERS_OWN = ("pytest", "exec", "asyncio_")
"""Threads of the test runner: execnet's, timeouts, and the executor of its loop, which it shuts down itself."""


def pytest_sessionstart() -> None:
    """Begin to notice when the machine stands still."""
    _PULSE.start()


def pytest_sessionfinish() -> None:
    """End what `pytest_sessionstart` began."""
    _PULSE.stop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what tries many faults with the patience that they need; ``make test`` runs it last, ``make quick`` not.

    Each is run again where the machine was held up while it failed; the summary names it then (``R``).
    """
    for item in items:
        item.add_marker(_AGAIN)
        if item.path.relative_to(ROOT).as_posix().startswith(_THOROUGH):
            item.add_marker(pytest.mark.thorough)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a program that is not here; where CI runs it fails, so that losing one is seen."""
    _PULSE.begin()
    for mark in item.iter_markers("needs"):
        if missing := mark.args[0]:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give each test a data folder of its own, and no phone of the machine that it runs on."""
    for name in _OURS + _ADB:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TRADEIN_HOME", str(tmp_path / "tradein-home"))
    monkeypatch.setenv("USBMUXD_SOCKET_ADDRESS", str(tmp_path / "no-usbmuxd"))
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", "1")


@pytest.fixture(autouse=True)
def no_dangling_threads() -> Iterator[None]:
    """Fail a test that leaves a thread running; idle pool workers of an ended pool are given time to go."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + _GRACE
    while left := _threads_since(before):
        if time.monotonic() > deadline:
            pytest.fail(f"threads left running: {sorted(t.name for t in left)}")
        time.sleep(0.01)


def _threads_since(before: set[threading.Thread]) -> set[threading.Thread]:
    new = set(threading.enumerate()) - before
    return {thread for thread in new if thread.is_alive() and not thread.name.startswith(_RUNNERS_OWN)}


@pytest.fixture(autouse=True)
async def no_dangling_tasks() -> AsyncIterator[None]:
    """Fail an asynchronous test that leaves a task running."""
    before = asyncio.all_tasks()
    yield
    before |= {task for task in (asyncio.current_task(),) if task}
    deadline = time.monotonic() + _GRACE
    while left := {task for task in asyncio.all_tasks() - before if not task.done()}:
        if time.monotonic() > deadline:
            pytest.fail(f"tasks left running: {sorted(task.get_name() for task in left)}")
        await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def no_unexpected_warnings_in_the_log(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test in which our own code logs a warning or worse, unless it carries the marker ``logs_warnings``."""
    yield
    if request.node.get_closest_marker("logs_warnings"):
        return
    ours = ("tradein_app", "diagnostics", "pricing", "resources", "asyncio")
    said = [r for when in ("setup", "call") for r in caplog.get_records(when) if r.levelno >= logging.WARNING]
    bad = [f"{r.name}: {r.getMessage()}" for r in said if r.name.split(".")[0] in ours]
    if bad:
        pytest.fail("unexpected log: " + "; ".join(bad))


@pytest.fixture(autouse=True)
def no_dangling_timers_or_threads_of_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test with windows that leaves an active QTimer or a running QThread behind."""
    yield
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    kinds = _with_heirs(QTimer) | _with_heirs(QThread)
    deadline = time.monotonic() + _GRACE
    while left := [o for o in gc.get_objects() if type(o) in kinds and _alive(o) and _works(o)]:
        if time.monotonic() > deadline:
            pytest.fail(
                f"left running: {[f'{type(o).__name__} {o.objectName()!r} of {o.parent()!r}' for o in left]}"
            )
        QCoreApplication.processEvents()
        time.sleep(0.01)
    # What outlives a test is looked at once: to look through all of it after each window test took half of the run.
    gc.freeze()


def _with_heirs(kind: type) -> set[type]:
    heirs: list[type] = kind.__subclasses__()
    return {kind}.union(*(_with_heirs(heir) for heir in heirs))


def _works(thing: Any) -> bool:
    return bool(thing.isRunning() if hasattr(thing, "isRunning") else thing.isActive())


def _alive(thing: object) -> bool:
    import shiboken6

    return bool(shiboken6.isValid(thing))
