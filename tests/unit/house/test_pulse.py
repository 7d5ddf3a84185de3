"""A machine that stood still is noticed, and only for the test that it held up."""

from __future__ import annotations

import ctypes
import threading

import pytest

from tests.pulse import LATE, Pulse


@pytest.fixture
def pulse():
    pulse = Pulse()
    pulse.start()
    pulse.begin()
    yield pulse
    pulse.stop()


def stand_still(seconds: float) -> None:
    """Hold the interpreter, so that no thread of it runs."""
    ctypes.PyDLL(None).usleep(int(seconds * 1e6))


def test_a_machine_that_stands_still_is_noticed(pulse):
    stand_still(3 * LATE)
    threading.Event().wait(LATE)
    assert pulse.was_held_up()


def test_what_was_before_a_test_is_not_laid_to_it(pulse):
    stand_still(10 * LATE)
    threading.Event().wait(LATE)
    pulse.begin()
    assert pulse._latest < 9 * LATE
