"""A shop's data folder, and limits that a test can wait for."""

from __future__ import annotations

import pytest

from pricing.feeds.getting import Limits


@pytest.fixture
def limits() -> Limits:
    return Limits(connect=1.0, read=0.6, total=4.0, tries=3, backoff=0.01)
