"""Each fault of an Android phone happens at its step, shows on the wire, and is gone when it is cleared."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from diagnostics.errors import BadInput
from diagnostics.practice.android.changes import CHANGES
from diagnostics.practice.android.faults import FAULTS, fault_groups, fault_steps, matrix
from diagnostics.practice.android.steps import BUS, STEPS, Step, changes_phone, of_command, of_host
from diagnostics.practice.android_side import AndroidSide
from diagnostics.practice.bench import PracticeThread
from diagnostics.practice.control import PracticeClient
from diagnostics.practice.side import Command
from diagnostics.practice.wires import WIRES
from tests.fakes.android_talk import AndroidTalk

PHONE, OTHER, XIAOMI, PIXEL = "worn-battery", "signed-in", "imei-told", "fresh-battery"
SHOWN_BY = {
    "imei-check-digit": XIAOMI,
    "imei-nonsense": XIAOMI,
    "reset-protection": PIXEL,
    "battery-two-units": PIXEL,
    "battery-milliampere": PIXEL,
}
"""Which phone shows a fault that others have nothing for."""
LATE = {"slow", "drips"}
"""Faults that show in time alone."""
HOST = {
    Step.VERSION,
    Step.LIST_DEVICES,
    Step.TRACK_DEVICES,
    Step.OTHER_REQUEST,
    Step.FEATURES,
    Step.PHONE_STATE,
}


@asynccontextmanager
async def running() -> AsyncIterator[AndroidSide]:
    side = AndroidSide(9)
    await side.start()
    try:
        yield side
    finally:
        await side.stop()


def talk(side: AndroidSide, phone: str = PHONE) -> AndroidTalk:
    return AndroidTalk(side.port, side.phone(phone).usb)


async def seconds_of(asking: AndroidTalk) -> float:
    """How long an answer takes."""
    started = time.monotonic()
    await asking.ask(Step.BATTERY)
    return time.monotonic() - started


def target(step: Step | None) -> str:
    return "adb" if step in BUS else PHONE


async def until_well(side: AndroidSide, phone: str, healthy: dict[Step, bytes]) -> dict[Step, bytes]:
    """What is said once the server is up again; a replug gives a new transport id, which is no difference."""
    for _ in range(40):
        said = await talk(side, phone).run()
        if plain(said) == plain(healthy):
            break
        await asyncio.sleep(0.05)
    return said


def plain(said: dict[Step, bytes]) -> dict[Step, bytes]:
    lists = {Step.LIST_DEVICES, Step.TRACK_DEVICES}
    return {
        step: data.partition(b" transport_id:")[0][8:] if step in lists else data
        for step, data in said.items()
    }


def test_the_catalogue_is_whole():
    used = {rule.kind for fault in FAULTS.values() for rule in fault.rules}
    assert used == {*CHANGES, *WIRES, "refuse", "trim"}
    assert {fault.group for fault in FAULTS.values()} == set(fault_groups())
    for fault in FAULTS.values():
        assert all(rule.at or fault.default for rule in fault.rules), f"{fault.id} happens nowhere"
    for words in (*fault_groups().values(), *(fault.words for fault in FAULTS.values())):
        assert all(words[language].strip() for language in ("en", "fr"))
    assert len({fault.words["en"] for fault in FAULTS.values()}) == len(FAULTS)


@pytest.mark.parametrize("fault", [name for name, fault in FAULTS.items() if fault.target == "phone"])
async def test_a_fault_shows_and_is_gone_when_it_is_cleared(fault: str):
    phone = SHOWN_BY.get(fault, PHONE)
    async with running() as side:
        healthy, usual = await talk(side, phone).run(), await seconds_of(talk(side, phone))
        side.fault(phone, fault, "", 0)
        if fault in LATE:
            assert await seconds_of(talk(side, phone)) > usual + 0.1
        spoilt = await talk(side, phone).run()
        assert fault in LATE or plain(spoilt) != plain(healthy), f"{fault} shows nowhere"
        side.clear(phone)
        assert plain(await until_well(side, phone, healthy)) == plain(healthy)
        (info,) = [info for info in side.infos() if info.id == phone]
        assert (info.fault, info.plugged, info.trust) == ("", True, "trusted")


@pytest.mark.parametrize("step", STEPS)
async def test_a_fault_happens_at_its_step_and_nowhere_else(step: Step):
    async with running() as side:
        healthy = await talk(side).run()
        side.fault(target(step), "disconnects", step, 0)
        spoilt = await talk(side).run()
        hit = {asked for asked in STEPS if spoilt[asked] != healthy[asked]}
    after = {
        Step.TRANSPORT: set(STEPS) - HOST,
        Step.OPEN_SHELL: set(STEPS) - HOST - {Step.TRANSPORT, Step.OPEN_OTHER},
    }
    if step is Step.SHELL_END:
        assert hit >= {Step.SHELL_END}
        assert not hit & HOST
    else:
        assert hit == after.get(step, {step})


@pytest.mark.parametrize(
    ("fault", "end"), [("falls-silent", b"silent"), ("disconnects", b"closed"), ("resets", b"reset")]
)
async def test_how_an_answer_ends(fault: str, end: bytes):
    async with running() as side:
        side.fault(PHONE, fault, Step.BATTERY, 0)
        assert await talk(side).ask(Step.BATTERY) == b"OKAYOKAY " + end


async def test_half_an_answer_and_no_exit_code():
    async with running() as side:
        whole = await talk(side).ask(Step.BATTERY)
        side.fault(PHONE, "breaks-off", Step.BATTERY, 0)
        half = await talk(side).ask(Step.BATTERY)
        assert half.endswith(b" closed")
        assert len(half) < len(whole) * 0.6


async def test_fifty_megabytes_come_and_stop_when_the_fault_is_cleared():
    async with running() as side:
        side.fault(PHONE, "floods", Step.BATTERY, 0)
        reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
        for request in (f"host:transport:{side.phone(PHONE).serial}", "shell,v2:dumpsys battery"):
            writer.write(b"%04x%s" % (len(request), request.encode()))
            assert await reader.readexactly(4) == b"OKAY"
        size = 0
        while chunk := await reader.read(1 << 20):
            size += len(chunk)
        assert 50 << 20 <= size < 51 << 20
        writer.close()
        await writer.wait_closed()


async def test_what_hung_gets_its_answer_when_the_fault_is_cleared():
    async with running() as side:
        whole = await talk(side).ask(Step.BATTERY)
        side.fault(PHONE, "silent-in-answer", Step.BATTERY, 0)
        reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
        for request in (f"host:transport:{side.phone(PHONE).serial}", "shell,v2:dumpsys battery"):
            writer.write(b"%04x%s" % (len(request), request.encode()))
            assert await reader.readexactly(4) == b"OKAY"
        first = await reader.read(65536)
        side.clear(PHONE)
        rest = await asyncio.wait_for(reader.read(65536), 20)
        rest += await asyncio.wait_for(reader.read(), 20)
        assert b"OKAYOKAY" + first + rest + b" closed" == whole
        writer.close()
        await writer.wait_closed()


async def test_a_fault_that_is_wanted_twice_ends_by_itself():
    async with running() as side:
        healthy = await talk(side).ask(Step.BATTERY)
        side.fault(PHONE, "answers-html", Step.BATTERY, 2)
        for _ in range(2):
            assert b"502 Bad Gateway" in await talk(side).ask(Step.BATTERY)
        assert await talk(side).ask(Step.BATTERY) == healthy
        assert side.infos()[0].fault == ""


async def test_two_phones_with_one_serial_and_each_its_own_place():
    async with running() as side:
        side.fault(OTHER, "same-serial", "", 0)
        twins = [link for link in side.server.bus.links() if link.phone.serial == side.phone(PHONE).serial]
        assert len({link.phone.usb for link in twins}) == len({link.transport_id for link in twins}) == 2
        side.clear(OTHER)
        assert side.phone(OTHER).serial == "RZCW40TRN2B"


async def test_a_person_who_always_refuses_and_one_who_only_did_not_tap_yet():
    async with running() as side:
        for fault, trust in (("denied", "denied"), ("not-allowed", "trusted")):
            side.fault(PHONE, fault, "", 0)
            side.do(Command.TRUST, PHONE)
            assert side.infos()[0].trust == trust
            side.clear(PHONE)
            assert side.infos()[0].trust == "trusted"


async def test_a_cable_that_drops_is_back_and_one_pulled_by_hand_stays_out():
    async with running() as side:
        side.fault(PHONE, "cable-drops", Step.GETPROP, 0)
        await talk(side).ask(Step.GETPROP)
        assert not side.infos()[0].plugged
        side.clear(PHONE)
        assert side.infos()[0].plugged
        side.fault(PHONE, "cable-drops", Step.GETPROP, 0)
        side.do(Command.UNPLUG, PHONE)
        side.clear(PHONE)
        assert not side.infos()[0].plugged


async def test_the_server_dies_and_comes_back():
    async with running() as side:
        healthy = await talk(side).run()
        side.fault("adb", "service-down", "", 0)
        assert await talk(side).ask(Step.VERSION) in {b"nobody there", b" closed", b" reset"}
        assert side.daemon_fault() == "service-down"
        side.clear("adb")
        assert plain(await until_well(side, PHONE, healthy)) == plain(healthy)


@pytest.fixture(scope="module")
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=1, androids=2) as thread:
        yield thread


def test_every_fault_can_be_put_wherever_the_matrix_says(bench: PracticeThread):
    pairs = [(PHONE, *pair) for pair in matrix()] + [("adb", *pair) for pair in matrix("bus")]
    for where, fault, step in pairs:
        bench.fault(where, fault, step)
        bench.clear(where)
    assert {fault for _, fault, _ in pairs} == set(FAULTS)
    assert len(pairs) > 600
    assert set(fault_steps("falls-silent")) == set(STEPS) - BUS


def test_the_control_port_puts_and_clears(bench: PracticeThread):
    client = PracticeClient(bench.environment()["TRADEIN_PRACTICE"])
    shown = {info.id: info for info in client.fault(PHONE, "answers-html", "getprop")}
    assert (shown[PHONE].fault, shown[PHONE].step) == ("answers-html", "getprop")
    client.fault("adb", "bus-nonsense")
    assert client.services() == {"usbmuxd": "", "adb": "bus-nonsense"}
    client.clear("adb")
    client.clear(PHONE)
    for where, fault, step, code in (
        (PHONE, "pairing-forbidden", "", "unknown_fault"),
        (PHONE, "denied", "getprop", "step_unfit"),
        (PHONE, "service-down", "", "target_unfit"),
        (PHONE, "answers-html", "pair", "unknown_step"),
    ):
        with pytest.raises(BadInput) as caught:
            client.fault(where, fault, step)
        assert caught.value.code == code


async def test_the_log_tells_what_would_change_a_phone():
    async with running() as side:
        usual = talk(side)
        for step in STEPS:
            await usual.ask(step)
        assert [entry.verb for entry in side.log() if entry.changes] == []
        bad = "settings put global adb_enabled 0; pm uninstall x; dumpsys battery set level 5; gremlin; svc usb reset"
        reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
        for request in (f"host:transport:{side.phone(PHONE).serial}", f"shell:{bad} | cat"):
            writer.write(b"%04x%s" % (len(request), request.encode()))
            assert await reader.readexactly(4) == b"OKAY"
        await reader.read()
        writer.close()
        await writer.wait_closed()
        changes = [entry for entry in side.log() if entry.changes]
        assert {entry.udid for entry in changes} == {PHONE}
        assert [entry.verb for entry in changes] == ["settings", "pm", "dumpsys", "gremlin", "svc"]


@pytest.mark.parametrize(
    ("words", "step", "changes"),
    [
        ("dumpsys battery", Step.BATTERY, False),
        ("dumpsys battery reset", Step.BATTERY, True),
        ("dumpsys diskstats", Step.DISK, True),
        ("dumpsys telephony.registry", Step.OTHER_COMMAND, False),
        ("cat /sys/class/power_supply/bms/charge_full", Step.BATTERY_FILES, False),
        ("settings get secure x", Step.SETTINGS, False),
        ("settings put secure x 1", Step.SETTINGS, True),
        ("locksettings verify", Step.SCREEN_LOCK, True),
        ("locksettings get-disabled", Step.SCREEN_LOCK, True),
        ("reboot", Step.OTHER_COMMAND, True),
    ],
)
def test_what_a_command_is(words: str, step: Step, changes: bool):
    assert (of_command(words.split()), changes_phone(words.split())) == (step, changes)


def test_what_a_request_to_the_server_is():
    assert of_host("host:tport:serial:abc") is Step.TRANSPORT
    assert of_host("host-transport-id:3:features") is Step.FEATURES
    assert of_host("host-serial:1.2.3.4:5555:wait-for-any-device") is Step.PHONE_STATE
    assert of_host("host:kill") is Step.OTHER_REQUEST
