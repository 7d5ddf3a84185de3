"""Androids that hang after they were read: the adb server goes on listing them as ready, so the bench asks them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from diagnostics import idling
from diagnostics.android import source as source_room
from diagnostics.android.source import AndroidSource
from diagnostics.bench import Bench
from diagnostics.model import State
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.server import PracticeAdbServer, load_androids
from tests.fakes.android import FrozenClock


class Watched:
    """One practice phone, and the program's bench that looks at it often."""

    def __init__(self, phone: PracticeAndroid, server: PracticeAdbServer) -> None:
        self.phone = phone
        self.server = server
        self.bench = Bench([AndroidSource(FrozenClock(), port=server.port, call_seconds=0.5)], look_every=0.1)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.01)

    def is_(self, state: State) -> bool:
        return any(not one.busy and one.reading.state is state for one in self.bench.phones)


@pytest.fixture(params=["fresh-battery", "no-exit-codes"])
async def watched(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    monkeypatch.setattr(source_room, "_LOOK_SECONDS", 0.3)
    monkeypatch.setattr(idling, "LOOK_LIMIT", 0.5)
    (phone,) = [each for each in load_androids(40) if each.id == request.param]
    server = PracticeAdbServer([phone])
    await server.start()
    watched = Watched(phone, server)
    task = asyncio.create_task(watched.bench.run())
    yield watched
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await server.stop()


async def test_a_phone_that_hangs_is_said_to_hang_without_anybody_asking_and_comes_back(
    watched: Watched,
) -> None:
    await watched.until(lambda: watched.is_(State.READY))
    watched.phone.hang = True
    await watched.until(lambda: watched.is_(State.TIMEOUT))
    (silent,) = watched.bench.phones
    assert silent.heard is not None, "it says when the phone last answered"
    watched.phone.hang = False
    await watched.until(lambda: watched.is_(State.READY))


async def test_a_phone_that_answers_is_asked_an_empty_line_and_not_read_again(watched: Watched) -> None:
    await watched.until(lambda: watched.is_(State.READY))
    said = len(watched.server.requests)
    await watched.until(lambda: len(watched.server.requests) >= said + 4)
    asked = watched.server.requests[said:]
    assert {request.command for request in asked if request.phone_id} == {"echo"}
    assert watched.is_(State.READY)
