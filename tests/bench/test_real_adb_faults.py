"""What the real adb client of Debian says to a practice phone with a fault, and that it is content again without."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from diagnostics.practice.android_side import AndroidSide

pytestmark = pytest.mark.foreign

PHONE, SERIAL = "worn-battery", "R5CR70TRN1A"
ADB = "/usr/bin/adb"


class Client:
    """The adb program, pointed at one side of the bench."""

    def __init__(self, side: AndroidSide, home: Path) -> None:
        self.side = side
        self._environment = {**os.environ, "HOME": str(home), "ANDROID_ADB_SERVER_PORT": str(side.port)}

    async def __call__(self, *args: str, limit: float = 15) -> tuple[int | None, bytes, str]:
        """Run it; exit status (``None`` when it does not end in time), stdout, stderr."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            ADB, *args, env=self._environment, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe
        )
        try:
            out, err = await asyncio.wait_for(process.communicate(), limit)
        except TimeoutError:
            process.kill()
            await process.communicate()
            return None, b"", ""
        return process.returncode, out, err.decode()

    async def shell(self, command: str, limit: float = 15) -> tuple[int | None, bytes, str]:
        return await self("-s", SERIAL, "shell", command, limit=limit)


@pytest.fixture
async def adb(tmp_path: Path) -> AsyncIterator[Client]:
    side = AndroidSide(3)
    await side.start()
    yield Client(side, tmp_path)
    await side.stop()


@pytest.mark.parametrize(
    ("fault", "listed", "refused"),
    [
        ("not-allowed", "unauthorized", "device unauthorized."),
        ("offline", "offline", "device offline"),
        ("no-permission", "no permissions", "insufficient permissions"),
        ("recovery", "recovery", "closed"),
        ("sideload", "sideload", "closed"),
    ],
)
async def test_states_that_adb_lists(adb: Client, fault: str, listed: str, refused: str):
    adb.side.fault(PHONE, fault, "", 0)
    line = next(line for line in (await adb("devices", "-l"))[1].decode().splitlines() if SERIAL in line)
    assert listed in line
    status, _, err = await adb.shell("true")
    assert status == 1
    assert refused in err
    adb.side.clear(PHONE)
    assert (await adb.shell("getprop ro.product.model"))[:2] == (0, b"SM-G991B\n")


@pytest.mark.parametrize(
    ("fault", "command", "status", "said"),
    [
        ("permission-denied", "dumpsys device_policy", 1, b"device_policy: Permission denied\n"),
        ("service-missing", "dumpsys account", 0, b"Can't find service: account\n"),
        ("answers-html", "dumpsys battery", 0, b"502 Bad Gateway"),
        ("foreign-bytes", "getprop", 0, b"\xff\x80\xc3\x28\x0d\xe9\x00\n"),
        ("wrong-answer", "dumpsys battery", 0, b"Accounts: 0"),
        ("starting", "dumpsys battery", 0, b""),
        ("battery-updates-stopped", "dumpsys battery", 0, b"UPDATES STOPPED"),
    ],
)
async def test_answers_that_adb_passes_on(adb: Client, fault: str, command: str, status: int, said: bytes):
    adb.side.fault(PHONE, fault, "", 0)
    ended, out, _ = await adb.shell(command)
    assert ended == status
    assert said in out
    adb.side.clear(PHONE)
    assert said == b"" or said not in (await adb.shell(command))[1]


async def test_a_plain_shell_has_no_exit_codes_and_ends_its_lines_twice(adb: Client):
    adb.side.fault(PHONE, "old-shell", "", 0)
    assert await adb.shell("echo a; exit 3") == (0, b"a\r\n", "")
    adb.side.clear(PHONE)
    assert await adb.shell("echo a; exit 3") == (3, b"a\n", "")


async def test_a_connection_that_breaks_off_gives_short_text(adb: Client):
    whole = (await adb.shell("dumpsys battery"))[1]
    adb.side.fault(PHONE, "breaks-off", "battery", 0)
    short = (await adb.shell("dumpsys battery"))[1]
    assert len(short) < len(whole)
    adb.side.clear(PHONE)
    assert (await adb.shell("dumpsys battery"))[1] == whole


async def test_a_phone_that_falls_silent_and_one_that_is_slow(adb: Client):
    adb.side.fault(PHONE, "falls-silent", "battery", 0)
    assert (await adb.shell("dumpsys battery", limit=1))[0] is None
    adb.side.fault(PHONE, "drips", "battery", 0)
    assert (await adb.shell("dumpsys battery"))[1].startswith(b"Current Battery Service state:")


async def test_fifty_megabytes(adb: Client):
    adb.side.fault(PHONE, "floods", "battery", 0)
    assert len((await adb.shell("dumpsys battery", limit=60))[1]) > 50 << 20


async def test_a_cable_that_drops(adb: Client):
    adb.side.fault(PHONE, "cable-drops", "getprop", 0)
    await adb.shell("getprop")
    assert SERIAL.encode() not in (await adb("devices"))[1]
    adb.side.clear(PHONE)
    assert SERIAL.encode() in (await adb("devices"))[1]


async def test_two_phones_with_one_serial(adb: Client):
    adb.side.fault("signed-in", "same-serial", "", 0)
    assert "more than one device" in (await adb.shell("true"))[2]
    numbers = [link.transport_id for link in adb.side.server.bus.links() if link.phone.serial == SERIAL]
    models = {(await adb("-t", str(n), "shell", "getprop ro.product.model"))[1] for n in numbers}
    assert models == {b"SM-G991B\n", b"SM-A546B\n"}
