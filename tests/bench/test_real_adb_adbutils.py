"""adbutils against the practice server, unchanged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import adbutils
import pytest

from diagnostics.practice.android.server import PracticeAdbServer
from tests.bench.android_server import practice_adb

pytestmark = pytest.mark.foreign

GALAXY, FAIRPHONE, NEXUS = "R5CR70TRN1A", "f5a1c0d3", "03c5b1f0437a1d0e"


@pytest.fixture
async def server() -> AsyncIterator[PracticeAdbServer]:
    async with practice_adb() as running:
        yield running


def client(server: PracticeAdbServer) -> Any:
    return adbutils.AdbClient(host="127.0.0.1", port=server.port, socket_timeout=5)


async def test_version_and_list(server: PracticeAdbServer):
    assert await asyncio.to_thread(client(server).server_version) == 41
    found = await asyncio.to_thread(client(server).list, extended=True)
    assert [d.state for d in found if d.serial == FAIRPHONE] == ["unauthorized"]
    assert [d.tags["model"] for d in found if d.serial == GALAXY] == ["SM_G991B"]
    assert len(found) == 12


async def test_shell_and_shell_v2(server: PracticeAdbServer):
    device = client(server).device(GALAXY)
    assert await asyncio.to_thread(device.shell, "getprop ro.product.model") == "SM-G991B"
    result = await asyncio.to_thread(device.shell2, "echo a; foo; exit 9", v2=True)
    assert (result.returncode, result.stdout) == (9, "a\n")
    assert "foo: inaccessible" in result.stderr
    assert await asyncio.to_thread(device.get_state) == "device"
    assert await asyncio.to_thread(device.get_features) == "shell_v2,cmd,stat_v2,fixed_push_mkdir"


async def test_a_transport_id_names_one_of_two_phones(server: PracticeAdbServer):
    device = client(server).device(transport_id=3)
    assert await asyncio.to_thread(device.shell, "getprop ro.product.model") == "Pixel 8"


async def test_an_old_phone_gives_exit_codes_by_echo(server: PracticeAdbServer):
    result = await asyncio.to_thread(client(server).device(NEXUS).shell2, "false")
    assert result.returncode == 1


async def test_an_unauthorized_phone_raises(server: PracticeAdbServer):
    opened = []
    adb = client(server)
    make = adb.make_connection

    def kept(timeout: float | None = None) -> Any:
        opened.append(make(timeout))
        return opened[-1]

    adb.make_connection = kept  # adbutils leaves a refused connection open
    with pytest.raises(adbutils.AdbError, match="device unauthorized"):
        await asyncio.to_thread(adb.device(FAIRPHONE).shell, "id")
    for connection in opened:
        connection.close()


async def test_a_link_that_drops_raises_with_shell_v2(server: PracticeAdbServer):
    server.phone(GALAXY).drop = True
    device = client(server).device(GALAXY)
    with pytest.raises(EOFError):
        await asyncio.to_thread(device.shell2, "getprop", v2=True)


async def test_a_phone_that_hangs_times_out(server: PracticeAdbServer):
    server.phone(GALAXY).hang = True
    device = client(server).device(GALAXY)
    with pytest.raises(adbutils.AdbTimeout):
        await asyncio.to_thread(device.shell2, "getprop", v2=True, timeout=0.2)


async def test_track_devices_tells_of_plugs_and_permissions(server: PracticeAdbServer):
    events = client(server).track_devices()
    first = [await asyncio.to_thread(next, events) for _ in range(12)]
    assert {(e.serial, e.status) for e in first if e.serial == FAIRPHONE} == {(FAIRPHONE, "unauthorized")}
    server.allow(FAIRPHONE)
    changes = {(e.present, e.status) for e in [await asyncio.to_thread(next, events) for _ in range(2)]}
    assert changes == {(False, "absent"), (True, "device")}
    server.unplug(GALAXY)
    assert (await asyncio.to_thread(next, events)).serial == GALAXY
    await asyncio.to_thread(events.close)


async def test_files_can_be_read(server: PracticeAdbServer):
    device = client(server).device(GALAXY)
    assert (await asyncio.to_thread(device.sync.stat, "/proc/version")).size > 10
    names = [entry.path for entry in await asyncio.to_thread(device.sync.list, "/sdcard")]
    assert names == ["DCIM", "Download"]
    assert (await asyncio.to_thread(device.sync.read_bytes, "/proc/version")).startswith(b"Linux version")
