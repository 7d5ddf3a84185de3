"""The device thread: one loop, and no hang at the end."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from diagnostics.runtime import Runtime


def test_work_runs_in_the_device_thread_and_nowhere_else() -> None:
    with Runtime() as runtime:

        async def where() -> str:
            runtime.assert_here()
            return threading.current_thread().name

        assert runtime.submit(where()).result(1) == "devices"
        with pytest.raises(AssertionError, match="device thread"):
            runtime.assert_here()


def test_stopping_cancels_what_runs_and_lets_it_clean_up() -> None:
    begun, cleaned = threading.Event(), threading.Event()

    async def forever() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            cleaned.set()

    runtime = Runtime()
    runtime.start()
    future = runtime.submit(forever())
    assert begun.wait(1)
    assert runtime.stop()
    assert cleaned.is_set()
    assert future.cancelled()


def test_a_blocking_call_that_hangs_does_not_hold_the_end_up() -> None:
    release = threading.Event()
    runtime = Runtime()
    runtime.start()
    runtime.submit(asyncio.to_thread(release.wait, 20))
    time.sleep(0.05)
    begun = time.monotonic()
    assert runtime.stop()
    assert time.monotonic() - begun < 2.5
    release.set()
