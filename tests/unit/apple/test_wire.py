"""An answer out of all proportion is turned down before anybody looks at it; a long one of a real phone is not."""

from __future__ import annotations

import asyncio
import gc
import plistlib
import ssl
import time
from typing import Any

import pytest

from diagnostics.apple.wire import AT_ONCE, DEEPEST, MOST_ENTRIES, UnwieldyError, Wire, understood


def shared(times: int) -> object:
    made: object = "x"
    for _ in range(times):
        made = [made, made]
    return made


def nested(times: int) -> object:
    made: object = "x"
    for _ in range(times):
        made = [made]
    return made


def binary(message: Any) -> bytes:
    return plistlib.dumps(message, fmt=plistlib.FMT_BINARY)


CYCLE = b"".join(
    [b"bplist00\xa1\x00\x08", bytes(6), b"\x01\x01", (1).to_bytes(8), bytes(8), (10).to_bytes(8)]
)
"""A list whose only entry is itself."""


@pytest.mark.parametrize(
    "payload",
    [
        binary({"Value": shared(23)}),
        binary({"Value": shared(60)}),
        binary({"Value": nested(DEEPEST)}),
        b"<plist>" + b"<array>" * 5000 + b"</array>" * 5000 + b"</plist>",
        binary({"Value": ["x" * 60_000] * 100}),
        binary([{f"k{n}": 0 for n in range(2000)}] * 1000),
        plistlib.dumps({f"k{n}": "v" for n in range(MOST_ENTRIES + 1)}),
        CYCLE,
    ],
    ids=["shared", "endless", "deep", "deep XML", "long texts", "long keys", "wide", "in itself"],
)
def test_an_answer_that_holds_too_much_is_turned_down_in_no_time(payload):
    started = time.process_time()
    with pytest.raises(UnwieldyError):
        understood(payload)
    assert time.process_time() - started < 0.04 + len(payload) / 1e6


@pytest.mark.parametrize("format_", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_long_answer_of_a_phone_is_understood(format_):
    profile = {
        "PayloadDisplayName": "Wi-Fi",
        "SignerCertificates": [bytes(900)] * 3,
        "PayloadRemovalDisallowed": False,
    }
    told = {"Status": "Acknowledged", "ProfileMetadata": {f"org.example.{n}": profile for n in range(200)}}
    payload = plistlib.dumps(told, fmt=format_)
    assert format_ is plistlib.FMT_BINARY or len(payload) > AT_ONCE
    assert understood(payload) == told


async def breaks_off(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def end_as_it_fails(host: str, port: int, *, given_up: bool) -> None:
    wire = Wire(*await asyncio.open_connection(host, port))
    started = asyncio.create_task(wire.start_tls(ssl.create_default_context()))
    while not (inner := next((t for t in asyncio.all_tasks() if "start-tls" in t.get_name()), None)):
        await asyncio.sleep(0)
    inner.add_done_callback(lambda _: started.cancel() if given_up else setattr(wire, "_closed", True))
    await asyncio.wait([started])
    assert started.cancelled() if given_up else started.exception()
    await wire.close()


@pytest.mark.parametrize("given_up", [True, False], ids=["given up", "closed"])
async def test_a_handshake_that_fails_as_it_is_ended_leaves_no_traceback_in_the_log(given_up, caplog):
    async with await asyncio.start_server(breaks_off, "127.0.0.1", 0) as server:
        await end_as_it_fails(*server.sockets[0].getsockname(), given_up=given_up)
    gc.collect()
    assert not [record for record in caplog.records if "never retrieved" in record.getMessage()]
