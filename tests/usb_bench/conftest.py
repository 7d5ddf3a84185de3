"""The tests in ``inside`` see the bench's devices in place of the machine's; `test_under_umockdev` runs them there."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.usb_bench.client import UsbBench

collect_ignore = [] if "USB_BENCH" in os.environ else ["inside"]


@pytest.fixture
def usb_bench() -> Iterator[UsbBench]:
    """Give the hands at an empty bench."""
    with UsbBench() as bench:
        yield bench
