"""A practice server that is stopped leaves no connection open, not even one accepted in the same moment."""

from __future__ import annotations

import asyncio
import gc
import socket
import warnings
from contextlib import suppress

import pytest

from diagnostics.practice.bench import PracticeBench


@pytest.mark.parametrize("turns", range(6))
async def test_a_connection_accepted_while_stopping_is_closed(turns: int) -> None:
    bench = PracticeBench(iphones=1, androids=1)
    await bench.start()
    ports = [int(value.rpartition(":")[2]) for value in bench.environment().values()]
    clients = [socket.create_connection(("127.0.0.1", port)) for port in ports]
    for _ in range(turns):
        await asyncio.sleep(0)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        await bench.stop()
        for client in clients:
            client.settimeout(2)
            with suppress(ConnectionError):
                assert client.recv(1) == b""
            client.close()
        gc.collect()
    assert [str(warning.message) for warning in caught] == []
