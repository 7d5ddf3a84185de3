"""A question ends in time, in an answer or a trouble, whatever the library under it does."""

from __future__ import annotations

import asyncio
import contextlib

import pytest

from diagnostics.apple.asking import ask
from diagnostics.apple.errors import CUT, TIMEOUT


async def answer() -> int:
    return 42


async def silence() -> int:
    await asyncio.Event().wait()
    return 0


async def test_an_answer_is_an_answer_and_silence_a_timeout():
    assert await ask(answer(), 1) == 42
    assert await ask(silence(), 0.01) == TIMEOUT


async def test_a_library_that_cancels_itself_is_a_connection_that_broke():
    async def cancel_itself() -> int:
        raise asyncio.CancelledError

    assert await ask(cancel_itself(), 1) == CUT


async def test_closing_a_stream_that_did_not_end_a_second_time_does_not_end_the_reading():
    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.close()

    release = asyncio.Event()
    async with await asyncio.start_server(hold, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())

        async def close() -> int:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(writer.wait_closed(), 0.01)
            return 0

        assert await ask(close(), 1) == 0
        assert await ask(close(), 1) == CUT
        release.set()
        writer.close()
        await reader.read()


async def test_whoever_stops_a_reading_stops_its_question():
    task = asyncio.create_task(ask(silence(), 10))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_time_of_a_step_ends_its_question():
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await ask(silence(), 10)
