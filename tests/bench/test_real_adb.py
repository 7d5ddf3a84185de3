"""The real adb clients, Debian's and the one that comes with adbutils, against the practice server, unchanged."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from diagnostics.practice.android.server import PracticeAdbServer
from tests.bench.android_server import practice_adb

pytestmark = pytest.mark.foreign

GALAXY, FAIRPHONE, NEXUS = "R5CR70TRN1A", "f5a1c0d3", "03c5b1f0437a1d0e"


def bundled() -> str:
    import adbutils

    return str(Path(adbutils.__file__).parent / "binaries" / "adb")


@dataclass
class Adb:
    """One adb program, pointed at one server, with a home of its own."""

    program: str
    environment: dict[str, str]
    server: PracticeAdbServer

    async def start(self, *args: str) -> asyncio.subprocess.Process:
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            self.program, *args, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe
        )

    async def __call__(self, *args: str, typed: bytes = b"") -> tuple[int, str, str]:
        """Run it; exit status, stdout, stderr."""
        process = await self.start(*args)
        out, err = await asyncio.wait_for(process.communicate(typed), 15)
        assert process.returncode is not None
        return process.returncode, out.decode(), err.decode()


@pytest.fixture(params=["/usr/bin/adb", "bundled"])
async def adb(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Adb]:
    program = bundled() if request.param == "bundled" else request.param
    async with practice_adb() as server:
        home = {"HOME": str(tmp_path), "ANDROID_ADB_SERVER_PORT": str(server.port)}
        yield Adb(program, {**os.environ, **home}, server)


async def test_devices_are_listed_without_a_fight_over_versions(adb: Adb):
    status, out, err = await adb("devices", "-l")
    assert (status, err) == (0, "")
    assert f"{GALAXY:<22} device usb:2-1.1 product:o1sxeea model:SM_G991B device:o1s transport_id:1" in out
    assert f"{FAIRPHONE:<22} unauthorized usb:2-2.2 transport_id:6" in out
    assert len(out.strip().splitlines()) == 13


async def test_start_server_finds_the_one_that_runs(adb: Adb):
    assert await adb("start-server") == (0, "", "")


async def test_shell_prints_and_passes_the_exit_code_on(adb: Adb):
    assert await adb("-s", GALAXY, "shell", "getprop ro.product.model") == (0, "SM-G991B\n", "")
    assert (await adb("-s", GALAXY, "shell", "exit 3"))[0] == 3
    status, out, err = await adb("-s", GALAXY, "shell", "echo out; foo")
    assert (status, out, err) == (127, "out\n", "/system/bin/sh: foo: inaccessible or not found\n")


async def test_a_shell_takes_commands_on_its_input(adb: Adb):
    assert await adb("-s", GALAXY, "shell", typed=b"echo hello\nexit 4\n") == (4, "hello\n", "")


async def test_a_whole_batch_comes_back(adb: Adb):
    batch = "echo @@A@@; getprop 2>&1; echo @@rc=$?@@; echo @@B@@; dumpsys battery 2>&1; echo @@rc=$?@@; echo @@END@@"
    status, out, _ = await adb("-s", GALAXY, "shell", batch)
    assert status == 0
    assert out.startswith("@@A@@\n[")
    assert out.endswith("@@rc=0@@\n@@END@@\n")


async def test_exec_out_is_raw(adb: Adb):
    assert await adb("-s", GALAXY, "exec-out", "cat /proc/meminfo | head -1") == (
        0,
        "MemTotal:        7585304 kB\n",
        "",
    )


async def test_state_serial_and_port_can_be_asked(adb: Adb):
    assert await adb("-s", GALAXY, "get-state") == (0, "device\n", "")
    assert await adb("-s", GALAXY, "get-serialno") == (0, f"{GALAXY}\n", "")
    assert await adb("-s", GALAXY, "get-devpath") == (0, "usb:2-1.1\n", "")


async def test_an_unauthorized_phone_says_what_to_do(adb: Adb):
    status, out, err = await adb("-s", FAIRPHONE, "shell", "id")
    assert (status, out) == (1, "")
    assert "device unauthorized." in err
    assert "Otherwise check for a confirmation dialog on your device." in err
    adb.server.allow(FAIRPHONE)
    assert (await adb("-s", FAIRPHONE, "shell", "getprop ro.product.model"))[1] == "FP5\n"


async def test_an_unknown_phone_is_named(adb: Adb):
    assert "device 'nobody' not found" in (await adb("-s", "nobody", "shell", "id"))[2]
    assert "more than one device/emulator" in (await adb("shell", "id"))[2]


async def test_wait_for_device_waits_for_the_permission(adb: Adb):
    assert (await adb("-s", GALAXY, "wait-for-device"))[0] == 0
    waiting = await adb.start("-s", FAIRPHONE, "wait-for-device")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(waiting.wait(), 0.3)
    adb.server.allow(FAIRPHONE)
    await asyncio.wait_for(waiting.communicate(), 10)
    assert waiting.returncode == 0


async def test_track_devices_shows_a_cable_being_pulled(adb: Adb):
    tracking = await adb.start("track-devices")
    assert tracking.stdout is not None
    await asyncio.wait_for(tracking.stdout.readuntil(f"{FAIRPHONE}\tunauthorized\n".encode()), 10)
    adb.server.unplug(GALAXY)
    listed = await asyncio.wait_for(tracking.stdout.readuntil(f"{FAIRPHONE}\tunauthorized\n".encode()), 10)
    assert GALAXY.encode() not in listed
    tracking.terminate()
    await tracking.communicate()


async def test_an_old_phone_works_without_shell_v2(adb: Adb):
    status, out, _ = await adb("-s", NEXUS, "shell", "getprop ro.build.version.release; exit 3")
    assert (status, out.replace("\r", "")) == (0, "6.0.1\n")


async def test_files_can_be_pulled_and_not_pushed(adb: Adb, tmp_path: Path):
    pulled = tmp_path / "version"
    assert (await adb("-s", GALAXY, "pull", "/proc/version", str(pulled)))[0] == 0
    assert pulled.read_text().startswith("Linux version 5.4.259-android11")
    status, out, err = await adb("-s", GALAXY, "push", str(pulled), "/sdcard/x")
    assert status == 1
    assert "Read-only file system" in out + err  # which of the two differs by release


async def test_nothing_reboots_and_kill_server_does_not_end_the_lesson(adb: Adb):
    assert "closed" in (await adb("-s", GALAXY, "reboot"))[2]
    assert (await adb("kill-server"))[0] == 0
    assert (await adb("-s", GALAXY, "get-state"))[1] == "device\n"
