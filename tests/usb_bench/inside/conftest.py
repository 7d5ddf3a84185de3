"""What the tests on the bench share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import usb.core
import usb.util
from usb.backend import libusb1

SYSTEM_LIBRARY = "libusb-1.0.so.0"

_PATIENCE = 20.0


@pytest.fixture
def find() -> Iterator[Callable[..., Any]]:
    """Give what finds a device by pyusb's own words, or with ``gone`` waits until it is not there any more."""
    backend = libusb1.get_backend(find_library=lambda _: SYSTEM_LIBRARY)
    found = []

    def look(*, gone: bool = False, **words: Any) -> Any:
        deadline = time.monotonic() + _PATIENCE
        while True:
            device = usb.core.find(backend=backend, **words)
            if (device is None) is gone or time.monotonic() > deadline:
                found.append(device)
                return device
            time.sleep(0.01)

    yield look
    for device in filter(None, found):
        usb.util.dispose_resources(device)
