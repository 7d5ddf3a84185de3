"""One call to a shell: what comes, when it stops, and how it is stopped."""

from __future__ import annotations

import asyncio
import struct
import time

import pytest

from diagnostics.android.errors import PhoneLost
from diagnostics.android.listing import Listed
from diagnostics.android.server import AdbServer
from diagnostics.android.shell import Cause, Shell
from diagnostics.model import State
from tests.fakes.android import adb_like, asked, request_block

_PHONE = Listed("A1", "device", "1-1", 7)


def _packet(kind: int, data: bytes) -> bytes:
    return struct.pack("<BI", kind, len(data)) + data


def _serving(*pieces: bytes, stay: bool = False):
    async def handler(reader, writer):
        assert await asked(reader) == "host:transport-id:7"
        writer.write(b"OKAY")
        assert (await asked(reader)).endswith(":getprop")
        writer.write(b"OKAY")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if stay:
            await reader.read()

    return handler


async def _run(port, *, v2=True, seconds=5.0, most=10_000, phone=_PHONE):
    shell = Shell(AdbServer(port=port), phone, v2)
    return await shell.run("getprop", b"END", seconds=seconds, most=most)


async def test_packets_are_unpacked_wherever_they_are_cut():
    data = _packet(1, b"out\n") + _packet(2, b"err\n") + _packet(3, b"\0")
    async with adb_like(_serving(data[:3], data[3:12], data[12:])) as port:
        heard = await _run(port)
    assert (heard.data, heard.cause) == (b"out\nerr\n", Cause.ENDED)


async def test_a_plain_shell_is_heard_to_its_close():
    async with adb_like(_serving(b"one\r\n", b"two\r\n")) as port:
        heard = await _run(port, v2=False)
    assert (heard.data, heard.cause) == (b"one\r\ntwo\r\n", Cause.CLOSED)


async def test_packets_without_the_last_one_are_a_break():
    async with adb_like(_serving(_packet(1, b"out\n"))) as port:
        heard = await _run(port)
    assert (heard.data, heard.cause) == (b"out\n", Cause.CLOSED)


async def test_nothing_is_waited_for_after_the_end_marker():
    async with adb_like(_serving(b"all EN", b"D\n", stay=True)) as port:
        heard = await _run(port, v2=False)
    assert (heard.data[:7], heard.cause) == (b"all END", Cause.ENDED)


async def test_the_deadline_is_for_the_whole_call_not_for_each_piece():
    async def trickle(reader, writer):
        await asked(reader)
        writer.write(b"OKAY")
        await asked(reader)
        writer.write(b"OKAY")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with adb_like(trickle) as port:
        started = time.monotonic()
        heard = await _run(port, v2=False, seconds=0.4)
    assert heard.cause is Cause.DEADLINE
    assert heard.data
    assert time.monotonic() - started < 2, "it drips for ever"


async def test_a_flood_is_cut_at_the_cap():
    async with adb_like(_serving(*[_packet(1, b"y" * 4000)] * 50, stay=True)) as port:
        heard = await _run(port)
    assert (heard.cause, len(heard.data)) == (Cause.CAP, 10_000)


async def test_a_packet_that_claims_to_be_huge_ends_at_the_cap():
    async with adb_like(_serving(b"\x01\xff\xff\xff\xff", *[b"z" * 4000] * 50, stay=True)) as port:
        heard = await _run(port)
    assert heard.cause is Cause.CAP


async def test_cancelling_ends_the_connection_at_once():
    ended = asyncio.Event()

    async def handler(reader, writer):
        await _serving(b"never ends")(reader, writer)
        await reader.read()
        ended.set()

    async with adb_like(handler) as port:
        task = asyncio.create_task(_run(port, seconds=60))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(20):
            await ended.wait()


async def test_a_phone_that_knows_no_packets_is_asked_plainly_and_remembered():
    services = []

    async def old_phone(reader, writer):
        await asked(reader)
        writer.write(b"OKAY")
        services.append(await asked(reader))
        known = services[-1].startswith("shell:")
        writer.write(b"OKAYdone END" if known else b"FAIL" + request_block("closed"))

    async with adb_like(old_phone) as port:
        shell = Shell(AdbServer(port=port), _PHONE)
        for _ in range(2):
            assert (await shell.run("getprop", b"END", seconds=5)).data == b"done END"
    assert services == ["shell,v2:getprop", "shell:getprop", "shell:getprop"]


@pytest.mark.parametrize(
    ("words", "state", "code"),
    [
        ("no device with transport id '7'", State.OFFLINE, "unplugged"),
        ("device 'A1' not found", State.OFFLINE, "unplugged"),
        ("device offline", State.OFFLINE, "offline"),
        (
            "device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set",
            State.UNAUTHORIZED,
            "unauthorized",
        ),
        ("device still authorizing", State.UNAUTHORIZED, "unauthorized"),
        ("insufficient permissions for device: see [http://x]", State.ERROR, "no_permission"),
    ],
)
async def test_the_servers_refusals_are_understood(words, state, code):
    async def refuse(reader, writer):
        await asked(reader)
        writer.write(b"FAIL" + request_block(words))

    async with adb_like(refuse) as port:
        with pytest.raises(PhoneLost) as lost:
            await _run(port)
    assert (lost.value.state, lost.value.code) == (state, code)


async def test_a_server_that_went_away_is_not_started_again(unused_tcp_port):
    with pytest.raises(PhoneLost) as lost:
        await _run(unused_tcp_port)
    assert lost.value.code == "service_lost"


async def test_a_server_that_never_answers_is_given_up():
    async def mute(reader, writer):
        del writer
        await reader.read()

    async with adb_like(mute) as port:
        with pytest.raises(PhoneLost) as lost:
            await _run(port, seconds=0.3)
    assert lost.value.state is State.TIMEOUT


async def test_an_old_server_is_told_the_serial():
    heard_services = []

    async def old(reader, writer):
        service = await asked(reader)
        heard_services.append(service)
        writer.write(b"OKAY")
        heard_services.append(await asked(reader))
        writer.write(b"OKAYdone END")

    async with adb_like(old) as port:
        heard = await _run(port, v2=False, phone=Listed("A1", "device"))
    assert heard.data == b"done END"
    assert heard_services == ["host:transport:A1", "shell:getprop"]


async def test_a_server_that_knows_no_numbers_is_told_the_serial():
    async def numberless(reader, writer):
        if await asked(reader) != "host:transport:A1":
            writer.write(b"FAIL" + request_block("unknown host service"))
            return
        writer.write(b"OKAY")
        await asked(reader)
        writer.write(b"OKAYdone END")

    async with adb_like(numberless) as port:
        heard = await _run(port, v2=False)
    assert heard.data == b"done END"


async def test_a_refused_phone_is_not_asked_for_by_another_name():
    requests = []

    async def refusing(reader, writer):
        requests.append(await asked(reader))
        writer.write(b"FAIL" + request_block("device unauthorized."))

    async with adb_like(refusing) as port:
        with pytest.raises(PhoneLost) as lost:
            await _run(port)
    assert lost.value.state is State.UNAUTHORIZED
    assert requests == ["host:transport-id:7"]
