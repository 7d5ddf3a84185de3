"""What is seen of an adb server that is there, is not, goes, comes back, or is something else."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress

import pytest

from diagnostics.android import launching
from diagnostics.android.errors import ServerAbsent, ServerSilent
from diagnostics.android.server import AdbServer
from diagnostics.android.source import AndroidSource
from diagnostics.android.watching import Watcher
from diagnostics.errors import ServiceMissing
from tests.fakes.android import adb_like, asked, request_block


class _Server:
    """An adb server with a list that can be changed."""

    def __init__(self, *, long_track: bool = True) -> None:
        self.listed = ""
        self.version = "0029"
        self.changed = asyncio.Event()
        self.services: list[str] = []
        self._long_track = long_track

    async def handle(self, reader, writer):
        service = await asked(reader)
        self.services.append(service)
        if service == "host:track-devices-l" and not self._long_track:
            writer.write(b"FAIL" + request_block("unknown host service"))
        elif service.startswith("host:track-devices"):
            writer.write(b"OKAY")
            while True:
                writer.write(request_block(self.listed))
                await writer.drain()
                self.changed.clear()
                await self.changed.wait()
        else:
            known = self.version if service == "host:version" else self.listed
            writer.write(b"OKAY" + request_block(known))

    def show(self, listed: str) -> None:
        self.listed = listed
        self.changed.set()


async def _next(pictures, seconds=20.0):
    async with asyncio.timeout(seconds):
        return await anext(pictures)


@pytest.mark.parametrize("long_track", [True, False])
async def test_changes_are_pushed(long_track, monkeypatch):
    monkeypatch.setattr("diagnostics.android.watching.POLL_SECONDS", 60.0)
    server = _Server(long_track=long_track)
    async with (
        adb_like(server.handle) as port,
        aclosing(Watcher(AdbServer(port=port), None).pictures()) as pictures,
    ):
        assert await _next(pictures) == ()
        await asyncio.sleep(0.1)
        server.show("A1 device usb:1-1 transport_id:1\n")
        (phone,) = await _next(pictures)
        assert phone.serial == "A1"
        server.show("")
        assert await _next(pictures) == ()


async def test_a_phone_that_was_just_allowed_is_shown_at_once(monkeypatch):
    server = _Server()
    async with (
        adb_like(server.handle) as port,
        aclosing(Watcher(AdbServer(port=port), None).pictures()) as pictures,
    ):
        await _next(pictures)
        await asyncio.sleep(0.5)  # what is pushed at the start settles
        server.show("A1 unauthorized usb:1-1 transport_id:1\n")
        (waiting,) = await _next(pictures)
        monkeypatch.setattr("diagnostics.android.watching.POLL_SECONDS", 60.0)
        server.show("A1 device usb:1-1 transport_id:1\n")
        monkeypatch.setattr("diagnostics.android.watching.SETTLE_SECONDS", 60.0)
        (allowed,) = await _next(pictures)
    assert (waiting.state, allowed.state, waiting.key) == ("unauthorized", "device", allowed.key)


async def test_a_push_without_numbers_gives_no_phone_another_key():
    server = _Server(long_track=False)

    async def handle(reader, writer):
        if server.changed.is_set() or server.services.count("host:track-devices") == 0:
            await server.handle(reader, writer)
        else:
            server.services.append(await asked(reader))
            writer.write(b"OKAY" + request_block(server.listed.replace("\n", " usb:1-1 transport_id:1\n")))

    async with adb_like(handle) as port, aclosing(Watcher(AdbServer(port=port), None).pictures()) as pictures:
        await _next(pictures)
        coming = asyncio.create_task(_next(pictures))
        await asyncio.sleep(0.6)  # what is pushed at the start settles
        server.show("A1 device\n")
        (phone,) = await coming
    assert phone.key == "1-1#1"


async def test_a_server_that_knows_only_the_short_list_is_understood():
    async def short(reader, writer):
        known = await asked(reader) == "host:devices"
        writer.write(b"OKAY" + request_block("A1\tdevice\n") if known else b"FAIL" + request_block("unknown"))

    async with adb_like(short) as port, aclosing(Watcher(AdbServer(port=port), None).pictures()) as pictures:
        (phone,) = await _next(pictures)
    assert (phone.serial, phone.transport_id) == ("A1", None)


async def test_a_change_of_state_is_one_change():
    server = _Server()
    server.show("A1 unauthorized usb:1-1 transport_id:1\n")
    async with (
        adb_like(server.handle) as port,
        aclosing(Watcher(AdbServer(port=port), None).pictures()) as pictures,
    ):
        await _next(pictures)
        await asyncio.sleep(0.5)
        server.show("")
        await asyncio.sleep(0.01)
        server.show("A1 device usb:1-1 transport_id:1\n")
        (phone,) = await _next(pictures)
        assert phone.state == "device"


async def test_what_is_not_pushed_is_polled(monkeypatch):
    monkeypatch.setattr("diagnostics.android.watching.POLL_SECONDS", 0.1)
    server = _Server()
    server.show("192.168.1.7:5555 device transport_id:1\n")
    async with (
        adb_like(server.handle) as port,
        aclosing(Watcher(AdbServer(port=port), None).pictures()) as pictures,
    ):
        await _next(pictures)
        server.listed = "192.168.1.7:5555 offline transport_id:1\n"  # adb 29 pushes nothing then
        (phone,) = await _next(pictures)
        assert phone.state == "offline"


async def test_a_missing_server_is_said_once_and_seen_when_it_comes(unused_tcp_port):
    async with aclosing(Watcher(AdbServer(port=unused_tcp_port), None).pictures()) as pictures:
        missing = await _next(pictures)
        assert isinstance(missing, ServiceMissing)
        assert missing.exit_status == 3
        assert str(unused_tcp_port) in missing.message
        server = _Server()
        server.show("A1 device usb:1-1 transport_id:1\n")
        async with adb_like(server.handle, unused_tcp_port):
            assert len(await _next(pictures)) == 1


async def test_something_else_on_the_port_is_said():
    async def web(reader, writer):
        await reader.read(4)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with adb_like(web) as port, aclosing(Watcher(AdbServer(port=port), None).pictures()) as pictures:
        picture = await _next(pictures)
    assert isinstance(picture, ServiceMissing)
    assert picture.code == "adb_silent"


@pytest.mark.parametrize("answer", [b"OKAY-001abc", b"FAIL-001abc", b"OKAY0_0aphones and more"])
async def test_a_length_that_is_none_is_not_adb(answer):
    async def counts_oddly(reader, writer):
        await asked(reader)
        writer.write(answer)

    async with (
        adb_like(counts_oddly) as port,
        aclosing(Watcher(AdbServer(port=port), None).pictures()) as pictures,
    ):
        picture = await _next(pictures)
    assert isinstance(picture, ServiceMissing)
    assert picture.code == "adb_silent"


async def test_a_server_that_hangs_is_said():
    async def hang(reader, writer):
        del writer
        await reader.read()

    async with (
        adb_like(hang) as port,
        aclosing(Watcher(AdbServer(port=port, patience=0.2), None).pictures()) as pictures,
    ):
        picture = await _next(pictures)
    assert isinstance(picture, ServiceMissing)


async def test_a_server_is_started_once_where_none_runs(unused_tcp_port):
    started = []

    async def starter(port):
        started.append(port)
        raise ServerAbsent("no adb program")

    async with aclosing(Watcher(AdbServer(port=unused_tcp_port), starter).pictures()) as pictures:
        picture = await _next(pictures)
        await asyncio.sleep(1.6)
    assert isinstance(picture, ServiceMissing)
    assert started == [unused_tcp_port]


async def test_a_running_server_is_used_and_none_is_started():
    async def starter(port):
        pytest.fail(f"started one on {port}")

    server = _Server()
    async with (
        adb_like(server.handle) as port,
        aclosing(Watcher(AdbServer(port=port), starter).pictures()) as pictures,
    ):
        assert await _next(pictures) == ()


@pytest.mark.parametrize(
    ("environment", "options", "may_start"),
    [
        ({}, {}, True),
        ({"ANDROID_ADB_SERVER_PORT": "5037"}, {}, True),
        ({"ANDROID_ADB_SERVER_PORT": "5099"}, {}, False),
        ({"ANDROID_ADB_SERVER_PORT": "000001234567"}, {}, True),
        ({"ANDROID_ADB_SERVER_PORT": "65536"}, {}, True),
        ({}, {"port": 5099}, False),
        ({}, {"start_server": False}, False),
        ({}, {"host": "bench.example"}, False),
    ],
)
def test_only_the_standard_port_of_this_computer_is_ever_started_on(
    monkeypatch, environment, options, may_start
):
    monkeypatch.delenv("ANDROID_ADB_SERVER_PORT", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (AndroidSource(**options)._watcher._starter is not None) is may_start


def test_the_bundled_adb_is_preferred_to_the_one_on_the_path():
    program = launching.bundled_adb()
    assert program is not None
    assert "adbutils" in program


@pytest.mark.foreign
async def test_the_bundled_adb_starts_a_server_that_answers(monkeypatch, tmp_path, unused_tcp_port):
    monkeypatch.setenv("HOME", str(tmp_path))
    server = AdbServer(port=unused_tcp_port)
    await launching.start_server(unused_tcp_port)
    try:
        assert int(await server.request("host:version"), 16) >= 41
        assert (tmp_path / ".android" / "adbkey").exists()
    finally:
        with suppress(ServerSilent):  # it says OKAY and no more, and goes
            await server.request("host:kill")
        launching._started.pop().wait(10)


@pytest.mark.foreign
@pytest.mark.parametrize("program", ["bundled", "/usr/bin/adb"])
async def test_a_server_of_another_version_that_was_quicker_is_used_and_never_killed(monkeypatch, program):
    server = _Server()
    server.version = "0020"
    if program != "bundled":
        monkeypatch.setattr(launching, "bundled_adb", lambda: program)
    async with adb_like(server.handle) as port:
        await launching.start_server(port)
        async with asyncio.timeout(10):
            while any(process.poll() is None for process in launching._started):
                await asyncio.sleep(0.05)
    assert set(server.services) == {"host:version"}


async def test_an_adb_that_does_not_start_is_said(monkeypatch, tmp_path, unused_tcp_port):
    broken = tmp_path / "adb"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(launching, "bundled_adb", lambda: str(broken))
    with pytest.raises(ServerAbsent):
        await launching.start_server(unused_tcp_port)
