"""The smart-socket protocol of the practice adb server, byte for byte."""

from __future__ import annotations

import asyncio
import struct
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.practice.android.server import Request
from tests.bench.android_server import practice_adb, raw_client

GALAXY, PIXEL, FAIRPHONE, NEXUS, NONAME = (
    "R5CR70TRN1A",
    "38041FDJH00TRN",
    "f5a1c0d3",
    "03c5b1f0437a1d0e",
    "0123456789ABCDEF",
)
UNAUTHORIZED = (
    "device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set\nTry 'adb kill-server' if that seems wrong.\n"
    "Otherwise check for a confirmation dialog on your device."
)


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        ("host:version", (b"OKAY", "0029")),
        (f"host-serial:{GALAXY}:get-state", (b"OKAY", "device")),
        (f"host-serial:{GALAXY}:get-serialno", (b"OKAY", GALAXY)),
        (f"host-serial:{GALAXY}:get-devpath", (b"OKAY", "usb:2-1.1")),
        (f"host-serial:{GALAXY}:features", (b"OKAY", "shell_v2,cmd,stat_v2,fixed_push_mkdir")),
        (f"host-serial:{NEXUS}:features", (b"OKAY", "cmd")),
        ("host-transport-id:3:get-serialno", (b"OKAY", PIXEL)),
        ("host-transport-id:99:get-serialno", (b"FAIL", "no device with transport id '99'")),
        ("host-serial:model:Pixel_8:get-serialno", (b"OKAY", PIXEL)),
        ("host-serial:usb:2-1.3:get-serialno", (b"OKAY", PIXEL)),
        (f"host-serial:{FAIRPHONE}:get-state", (b"FAIL", UNAUTHORIZED)),
        ("host:get-state", (b"FAIL", "more than one device/emulator")),
        ("host:transport-any", (b"FAIL", "more than one device/emulator")),
        ("host:transport-local", (b"FAIL", "no emulators found")),
        ("host:transport:nobody", (b"FAIL", "device 'nobody' not found")),
        (f"host:tport:serial:{FAIRPHONE}", (b"FAIL", UNAUTHORIZED)),
        ("host:what-is-this", (b"FAIL", "unknown host service")),
        ("host:connect:192.0.2.1:5555", (b"OKAY", "failed to connect to 192.0.2.1:5555")),
        ("host:disconnect:192.0.2.1:5555", (b"FAIL", "no such device '192.0.2.1:5555'")),
    ],
)
async def test_the_server_answers_as_adb_does(request_: str, answer: tuple[bytes, str]):
    async with practice_adb() as server, raw_client(server) as client:
        assert await client.ask(request_) == answer
        assert await client.rest() == b""


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("offline", "device offline"),
        ("authorizing", "device still authorizing"),
        ("unauthorized", UNAUTHORIZED),
    ],
)
async def test_a_phone_that_is_not_ready_is_refused_in_adbs_words(state: str, text: str):
    async with practice_adb() as server, raw_client(server) as client:
        server.set_state(GALAXY, state)
        assert await client.ask(f"host:transport:{GALAXY}") == (b"FAIL", text)


async def test_no_permissions_has_blanks_in_the_list():
    async with practice_adb(1) as server, raw_client(server) as client:
        server.set_state(GALAXY, "no permissions")
        _, listed = await client.ask("host:devices-l")
        assert listed == (
            f"{GALAXY:<22} no permissions (missing udev rules? user is in the plugdev group); "
            "see [http://developer.android.com/tools/device.html] usb:2-1.1 transport_id:1\n"
        )


async def test_an_empty_bench_says_that_there_is_no_phone():
    async with practice_adb(0) as server:
        async with raw_client(server) as client:
            assert await client.ask("host:devices") == (b"OKAY", "")
        async with raw_client(server) as client:
            assert await client.ask("host:transport-usb") == (b"FAIL", "no devices/emulators found")


async def test_two_phones_may_have_one_serial():
    async with practice_adb(40) as server:
        twins = [phone for phone in server.phones if phone.serial == NONAME]
        assert len(twins) == 2
        assert twins[0].usb != twins[1].usb
        async with raw_client(server) as client:
            assert await client.ask(f"host:transport:{NONAME}") == (b"FAIL", "more than one device")
        async with raw_client(server) as client:
            assert await client.ask(f"host-serial:usb:{twins[1].usb}:get-serialno") == (b"OKAY", NONAME)


async def test_watchers_hear_of_every_change_within_milliseconds():
    async with practice_adb(2) as server, raw_client(server) as client:
        assert await client.ask("host:track-devices") == (b"OKAY", f"{GALAXY}\tdevice\nRZCW40TRN2B\tdevice\n")
        started = time.perf_counter()
        server.unplug(GALAXY)
        assert await client.block() == "RZCW40TRN2B\tdevice\n"
        server.revoke("signed-in")
        assert await client.block() == "RZCW40TRN2B\tunauthorized\n"
        server.unplug("signed-in")
        assert await client.block() == ""
        server.plug("signed-in")
        server.allow("signed-in")
        assert await client.block() == "RZCW40TRN2B\tunauthorized\n"
        assert await client.block() == "RZCW40TRN2B\tdevice\n"
        assert time.perf_counter() - started < 0.25


async def test_a_replug_gives_a_new_transport_id():
    async with practice_adb(1) as server, raw_client(server) as client:
        status, listed = await client.ask("host:track-devices-l")
        assert status == b"OKAY"
        assert (
            listed
            == f"{GALAXY:<22} device usb:2-1.1 product:o1sxeea model:SM_G991B device:o1s transport_id:1\n"
        )
        server.unplug(GALAXY)
        server.plug(GALAXY)
        assert await client.block() == ""
        assert (await client.block()).endswith("transport_id:2\n")


async def test_tport_tells_the_transport_id_and_opens_the_phone():
    async with practice_adb() as server, raw_client(server) as client:
        client.send(f"host:tport:serial:{PIXEL}")
        assert await client.status() == b"OKAY"
        assert struct.unpack("<Q", await client.reader.readexactly(8)) == (3,)
        client.send("shell,v2,TERM=xterm,raw:echo out; foo; exit 7")
        assert await client.status() == b"OKAY"
        error = b"/system/bin/sh: foo: inaccessible or not found\n"
        packets = b"\x01" + struct.pack("<I", 4) + b"out\n" + b"\x02" + struct.pack("<I", len(error)) + error
        assert await client.rest() == packets + b"\x03\x01\0\0\0\x07"


async def test_a_person_can_type_into_a_shell():
    async with practice_adb() as server, raw_client(server) as client:
        assert await client.open(PIXEL, "shell,v2,TERM=xterm,pty:") == b"OKAY"
        for byte in b"ids\x7f | wc -l\rfalse\r\x04":
            client.writer.write(b"\0\x01\0\0\0" + bytes([byte]))
        stream = await client.rest()
    text, status = bytearray(), None
    while stream:
        length = struct.unpack("<I", stream[1:5])[0]
        status = stream[5] if stream[0] == 3 else None
        text += b"" if stream[0] == 3 else stream[5 : 5 + length]
        stream = stream[5 + length :]
    assert text.decode() == "shiba:/ $ ids\b \b | wc -l\r\n1\r\nshiba:/ $ false\r\nshiba:/ $ "
    assert status == 1


async def test_the_plain_shell_joins_both_streams_and_has_no_exit_code():
    async with practice_adb() as server, raw_client(server) as client:
        assert await client.open(PIXEL, "shell:echo a; cat /nothing; exit 7") == b"OKAY"
        assert await client.rest() == b"a\ncat: /nothing: No such file or directory\n"


async def test_android_6_has_a_terminal_in_between_and_no_shell_v2():
    async with practice_adb() as server:
        async with raw_client(server) as client:
            assert await client.open(NEXUS, "shell:echo a; echo b") == b"OKAY"
            assert await client.rest() == b"a\r\nb\r\n"
        async with raw_client(server) as client:
            assert await client.open(NEXUS, "exec:echo a") == b"OKAY"
            assert await client.rest() == b"a\n"
        async with raw_client(server) as client:
            assert await client.open(NEXUS, "shell,v2:echo a") == b"FAIL"


@pytest.mark.parametrize(
    "service", ["reboot:", "reboot:bootloader", "tcpip:5555", "remount:", "nonsense", "shell,v9:id"]
)
async def test_what_would_change_a_phone_is_refused(service: str):
    async with practice_adb() as server, raw_client(server) as client:
        assert await client.open(GALAXY, service) == b"FAIL"
        assert await client.block() == "closed"


async def test_a_phone_that_hangs_answers_nothing_until_its_cable_is_pulled():
    async with practice_adb() as server, raw_client(server) as client:
        server.phone(GALAXY).hang = True
        assert await client.open(GALAXY, "shell,v2:id") == b"OKAY"
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.reader.read(1), 0.1)
        server.unplug(GALAXY)
        assert await client.rest() == b""


async def test_a_link_that_drops_ends_in_the_middle_without_an_exit_code():
    async with practice_adb() as server:
        async with raw_client(server) as client:
            await client.open(GALAXY, "shell,v2:getprop")
            whole = await client.rest()
        server.phone(GALAXY).drop = True
        async with raw_client(server) as client:
            assert await client.open(GALAXY, "shell,v2:getprop") == b"OKAY"
            part = await client.rest()
    assert 0 < len(part) < len(whole) * 0.6
    assert part[5:] == whole[5 : len(part)]


async def test_revoking_debugging_cuts_what_is_open():
    async with practice_adb() as server, raw_client(server) as client:
        assert await client.open(GALAXY, "shell,v2:sleep 20; echo late") == b"OKAY"
        server.revoke(GALAXY)
        assert await client.rest() == b""


async def test_a_client_that_leaves_leaves_nothing_behind():
    async with practice_adb() as server:
        server.phone(GALAXY).hang = True
        async with raw_client(server) as client:
            await client.open(GALAXY, "shell,v2:id")
        async with raw_client(server) as client:
            await client.ask("host:track-devices")
        for _ in range(100):
            await asyncio.sleep(0.01)
            if not server._handlers:
                return
        pytest.fail("the connections were not given up")


async def test_files_can_be_looked_at_and_pulled_but_not_pushed():
    async with practice_adb() as server, raw_client(server) as client:
        assert await client.open(PIXEL, "sync:") == b"OKAY"
        path = b"/sys/class/power_supply/battery/charge_full"
        client.writer.write(b"STAT" + struct.pack("<I", len(path)) + path)
        assert (await client.reader.readexactly(12))[:12] == b"STAT" + struct.pack("<II", 0o100444, 8)
        await client.reader.readexactly(4)
        client.writer.write(b"RECV" + struct.pack("<I", len(path)) + path)
        expected = b"DATA\x08\0\0\0004518000\nDONE\0\0\0\0"
        assert await client.reader.readexactly(len(expected)) == expected
        client.writer.write(b"SEND" + struct.pack("<I", 9) + b"/x,000644" + b"DONE" + bytes(4))
        assert await client.reader.readexactly(4) == b"FAIL"


async def test_every_request_is_kept():
    async with practice_adb() as server, raw_client(server) as client:
        await client.open(GALAXY, "shell,v2:getprop ro.serialno")
        await client.rest()
        assert server.requests == [
            Request("", "", "host", f"host:transport:{GALAXY}"),
            Request(GALAXY, "worn-battery", "shell,v2", "getprop ro.serialno"),
        ]


async def test_a_server_can_be_stopped_and_started_again_on_its_port():
    async with practice_adb() as server:
        port = server.port
        async with raw_client(server) as client:
            await client.ask("host:track-devices")
            await server.stop()
            assert await client.rest() == b""
        await server.start(port)
        async with raw_client(server) as client:
            assert await client.ask("host:version") == (b"OKAY", "0029")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(st.binary(max_size=40), st.sampled_from([b"000chost:version", b"ffff", b"0000", b"zzzz"])),
        max_size=4,
    )
)
def test_nonsense_on_the_wire_does_not_stop_the_server(chunks: list[bytes]):
    async def scenario() -> None:
        async with practice_adb(2) as server:
            async with raw_client(server) as client:
                client.writer.write(b"".join(chunks))
                client.writer.write_eof()
                await client.rest()
            async with raw_client(server) as client:
                assert await client.ask("host:version") == (b"OKAY", "0029")

    asyncio.run(scenario())
