"""A bench with one bus of which a test says what comes and what is read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from diagnostics.bench import Bench
from tests.fakes.sources import FakeSource, FixedClock
from tests.fakes.watched import Watched


@pytest.fixture
def source() -> FakeSource:
    return FakeSource()


@pytest.fixture
async def watched(source: FakeSource) -> AsyncIterator[Watched]:
    bench = Bench([source], FixedClock(), timeout=0.2)
    watched = Watched(bench)
    task = asyncio.create_task(bench.run())
    yield watched
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
