"""Faults of the person, the owner, the values and the bus: what a computer sees of them, and that they go again."""

from __future__ import annotations

import asyncio
import plistlib
import socket
import struct
import warnings
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from diagnostics.errors import BadInput
from diagnostics.practice.apple.faults import FAULTS
from diagnostics.practice.apple.steps import Step
from diagnostics.practice.bench import PracticeBench, PracticeThread
from diagnostics.practice.control import PracticeClient
from tests.fakes.apple_client import HandClient, id_of, make_pair_record, trust_of, without_keys
from tests.fakes.iphone_talk import Answers, Broken, Talk

PHONE = "iphone-worn-battery"


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=2, androids=1) as running:
        yield running


@pytest.fixture
def client(bench: PracticeThread) -> Iterator[HandClient]:
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as open_client:
        yield open_client


def answers(bench: PracticeThread) -> Answers:
    return Talk(bench, id_of(bench, PHONE)).run()


def pair_error(client: HandClient, record: dict[str, Any]) -> str:
    return str(client.ask(Request="Pair", PairRecord=without_keys(record)).get("Error"))


def offer(client: HandClient) -> dict[str, Any]:
    """The pair record of a computer that was never here."""
    return make_pair_record(client.ask(Request="GetValue", Key="DevicePublicKey")["Value"])


def has_record(bench: PracticeThread, udid: str) -> bool:
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as client:
        return "PairRecordData" in client.mux(MessageType="ReadPairRecord", PairRecordID=udid)


# The customer


def test_a_customer_who_taps_dont_trust_does_so_each_time(bench, client):
    udid = id_of(bench, PHONE)
    bench.fault(PHONE, "denied")
    assert trust_of(bench, udid) == "untrusted"
    client.connect(udid)
    record = offer(client)
    said = [pair_error(client, record) for _ in range(4)]
    assert said == ["PairingDialogResponsePending", "UserDeniedPairing"] * 2
    assert trust_of(bench, udid) == "denied"
    bench.clear(PHONE)

    assert trust_of(bench, udid) == "trusted"
    assert answers(bench)


def test_the_customer_can_be_talked_round(bench, client):
    bench.fault(PHONE, "denied")
    client.connect(id_of(bench, PHONE))
    record = offer(client)
    assert pair_error(client, record) == "PairingDialogResponsePending"
    bench.trust(PHONE)
    assert pair_error(client, record) == "None"
    assert trust_of(bench, id_of(bench, PHONE)) == "trusted"


@pytest.mark.parametrize(("fault", "known"), [("revoked", True), ("not-trusted", False)])
def test_a_phone_that_does_not_trust(bench, client, fault: str, known: bool):
    udid = id_of(bench, PHONE)
    record = answers(bench)[Step.READ_RECORD]
    bench.fault(PHONE, fault)
    assert has_record(bench, udid) is known
    client.connect(udid)
    host = plistlib.loads(record["PairRecordData"])["HostID"]
    assert client.ask(Request="StartSession", HostID=host)["Error"] == "InvalidHostID"
    assert pair_error(client, offer(client)) == "PairingDialogResponsePending"
    bench.clear(PHONE)

    assert answers(bench)[Step.READ_RECORD] == record


def test_a_computer_that_was_trusted_meanwhile_stays_trusted(bench, client):
    udid = id_of(bench, PHONE)
    bench.fault(PHONE, "not-trusted")
    bench.trust(PHONE)
    client.connect(udid)
    record = offer(client)
    assert pair_error(client, record) == "None"
    bench.clear(PHONE)

    assert "SessionID" in client.ask(Request="StartSession", HostID=record["HostID"])
    assert has_record(bench, udid)


@pytest.mark.parametrize(
    ("fault", "word"), [("locked-and-new", "PasswordProtected"), ("pairing-forbidden", "MCProtected")]
)
def test_a_phone_that_may_not_pair(bench, client, fault: str, word: str):
    bench.fault(PHONE, fault)
    client.connect(id_of(bench, PHONE))
    assert pair_error(client, offer(client)) == word


def test_a_locked_screen(bench, client):
    bench.fault(PHONE, "screen-locked")
    assert bench.phones()[0].locked
    values = answers(bench)[Step.VALUES_IN_SESSION]["Value"]
    assert values["PasswordProtected"] is True
    bench.clear(PHONE)
    assert answers(bench)[Step.VALUES_IN_SESSION]["Value"]["PasswordProtected"] is False

    bench.fault(PHONE, "locked-since-start")
    with pytest.raises(Broken) as caught:
        answers(bench)
    assert caught.value.step is Step.START_SESSION


# What it says


def at(answer: Any, *path: str) -> Any:
    for name in path:
        answer = answer[name]
    return answer


GAUGE = (Step.RELAY_BATTERY, "Diagnostics", "IORegistry")
DEEP = (*GAUGE, "BatteryData")
VALUES = (Step.VALUES_IN_SESSION, "Value")
USAGE = (Step.DISK_USAGE, "Value")


@pytest.mark.parametrize(
    ("fault", "path", "value"),
    [
        ("battery-zero", (*GAUGE, "DesignCapacity"), 0),
        ("battery-zero", (Step.BATTERY_LEVEL, "Value", "BatteryCurrentCapacity"), 0),
        ("battery-negative", (*DEEP, "NominalChargeCapacity"), -2270),
        ("battery-wrapped", (*GAUGE, "NominalChargeCapacity"), 2**64 - 2270),
        ("battery-text", (*GAUGE, "DesignCapacity"), "3110"),
        ("battery-cycles", (*DEEP, "CycleCount"), 65535),
        ("battery-missing", GAUGE[:2], {}),
        ("battery-bait", (*DEEP, "MaxCapacity"), 100),
        ("battery-deep", (*DEEP, "NominalChargeCapacity"), 2270),
        ("battery-two-answers", (*GAUGE, "NominalChargeCapacity"), 1000),
        ("battery-two-answers", (*DEEP, "NominalChargeCapacity"), 2270),
        ("storage-zero", (*USAGE, "TotalDiskCapacity"), 0),
        ("storage-negative", (*USAGE, "AmountDataAvailable"), -1),
        ("storage-huge", (*USAGE, "AmountDataAvailable"), 10**15),
        ("storage-text", (*USAGE, "TotalDiskCapacity"), "128 GB"),
        ("storage-missing", USAGE, {}),
        ("name-html", (*VALUES, "DeviceName"), "<b>Camille</b><img src=x onerror=alert(1)><h1>&amp;"),
        ("name-control", (*VALUES, "DeviceName"), "Ca\0mi\7lle\33[31m\r\n\tgone"),
        ("name-backwards", (*VALUES, "DeviceName"), "iPhone\u202e gpj.exe \u2066\u200b\u200f"),
        ("imei-zero", (*VALUES, "InternationalMobileEquipmentIdentity"), "0" * 15),
        ("model-unknown", (Step.ONE_VALUE, "Value"), "iPhone99,9"),
        ("ios-12", (*VALUES, "ProductVersion"), "12.5.7"),
        ("ios-newest", (*DEEP, "CycleCount"), 986),
        ("activation-locked", (*VALUES, "ActivationState"), "Unactivated"),
        ("activation-locked", (*VALUES, "NonVolatileRAM", "fm-activation-locked"), b"YES"),
        ("find-my-on", (Step.FIND_MY, "Value"), True),
        ("company-phone", (Step.CLOUD_CONFIGURATION, "CloudConfiguration", "IsSupervised"), True),
    ],
)
def test_what_a_phone_with_a_fault_says(bench, fault: str, path: tuple[str, ...], value: object):
    usual = answers(bench)
    bench.fault(PHONE, fault)
    assert at(answers(bench), *path) == value
    bench.clear(PHONE)

    assert at(answers(bench), *path) == at(usual, *path)


def test_numbers_as_text(bench):
    bench.fault(PHONE, "numbers-as-text")
    talk = Talk(bench, id_of(bench, PHONE))
    with pytest.raises(Broken):  # the port of a service is a text, too
        talk.run()
    assert at(talk.answers, *USAGE, "TotalDiskCapacity") == "63989469184"
    assert isinstance(at(talk.answers, Step.START_RELAY, "Port"), str)


@pytest.mark.parametrize("fault", ["battery-bait", "battery-deep", "ios-newest"])
def test_capacities_that_are_not_there(bench, fault: str):
    bench.fault(PHONE, fault)
    gauge = at(answers(bench), *GAUGE)
    assert "DesignCapacity" not in gauge
    assert ("DesignCapacity" in gauge["BatteryData"]) is (fault != "battery-bait")


@pytest.mark.parametrize("fault", ["imei-check-digit", "imei-letters", "imei-long", "imei-zero"])
def test_the_absurd_imeis_are_none(bench, fault: str):
    from stdnum import luhn

    bench.fault(PHONE, fault)
    for name in ("InternationalMobileEquipmentIdentity", "InternationalMobileEquipmentIdentity2"):
        imei = str(at(answers(bench), *VALUES, name))
        good = len(imei) == 15 and imei.isdecimal() and luhn.is_valid(imei) and int(imei) > 0
        assert not good, imei


def test_a_name_of_ten_thousand_letters_comes_whole(bench):
    bench.fault(PHONE, "name-long")
    assert len(at(answers(bench), *VALUES, "DeviceName")) == 10240


def test_an_old_system_speaks_the_old_tls(bench):
    bench.fault(PHONE, "ios-12")
    assert version_of_tls(bench) == "TLSv1.2"
    bench.clear(PHONE)
    assert version_of_tls(bench) == "TLSv1.3"


def version_of_tls(bench: PracticeThread) -> str | None:
    import ssl

    record = plistlib.loads(answers(bench)[Step.READ_RECORD]["PairRecordData"])
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as client:
        client.connect(id_of(bench, PHONE))
        client.ask(Request="StartSession", HostID=record["HostID"])
        client.start_tls(record["HostCertificate"], record["HostPrivateKey"])
        with closing(client.socket) as secured:
            assert isinstance(secured, ssl.SSLSocket)
            return secured.version()


# The bus


@pytest.mark.parametrize(("fault", "undashed"), [("listed-twice", False), ("listed-twice-undashed", True)])
def test_a_phone_that_is_listed_twice(bench, client, fault: str, undashed: bool):
    udid = id_of(bench, PHONE)
    client.mux(MessageType="Listen")
    assert {client.event()["MessageType"] for _ in range(2)} == {"Attached"}
    bench.fault(PHONE, fault)
    came = client.event()["Properties"]
    assert came["ConnectionType"] == "Network"
    assert came["SerialNumber"] == (udid.replace("-", "") if undashed else udid)
    assert [info.id for info in bench.phones()].count(udid) == 1
    bench.clear(PHONE)

    assert client.event() == {"MessageType": "Detached", "DeviceID": came["DeviceID"]}


def test_the_cable_of_a_phone_that_is_listed_twice(bench, client):
    bench.fault(PHONE, "listed-twice")
    bench.unplug(PHONE)
    rows = client.mux(MessageType="ListDevices")["DeviceList"]
    kinds = [
        row["Properties"]["ConnectionType"]
        for row in rows
        if row["Properties"]["SerialNumber"] == id_of(bench, PHONE)
    ]
    assert kinds == ["Network"]


def test_a_bus_that_lists_nonsense(bench, client):
    bench.fault("usbmuxd", "bus-nonsense")
    row = client.mux(MessageType="ListDevices")["DeviceList"][0]["Properties"]
    assert (row["SerialNumber"], row["LocationID"]) == (["?"], "here")
    bench.clear("usbmuxd")
    assert answers(bench)


# Control, log and end


def test_the_control_port_gives_takes_and_shows_faults(bench):
    client = PracticeClient(bench.environment()["TRADEIN_PRACTICE"])
    shown = client.fault(PHONE, "falls-silent", "pair", 3)[0]
    assert (shown.fault, shown.step) == ("falls-silent", "pair")
    client.fault("usbmuxd", "disconnects", "listen")
    assert client.services() == {"usbmuxd": "disconnects", "adb": ""}
    assert client.clear(PHONE)[0].fault == ""
    client.clear("usbmuxd")
    assert client.services()["usbmuxd"] == ""


@pytest.mark.parametrize(
    ("target", "fault", "times", "code"),
    [
        ("android", "pairing-forbidden", 0, "unknown_fault"),
        (PHONE, "nothing", 0, "unknown_fault"),
        (PHONE, "falls-silent", -1, "bad_request"),
    ],
)
def test_the_control_port_says_what_is_wrong(bench, target: str, fault: str, times: int, code: str):
    client = PracticeClient(bench.environment()["TRADEIN_PRACTICE"])
    known = next(info.id for info in bench.phones() if info.side == "android")
    with pytest.raises(BadInput) as caught:
        client.fault(known if target == "android" else target, fault, times=times)
    assert caught.value.code == code


def test_the_log_tells_what_would_change_a_phone(bench, client):
    udid = id_of(bench, PHONE)
    answers(bench)
    assert {entry.verb for entry in bench.changes()} == {"Pair", "SavePairRecord"}
    client.connect(udid)
    client.ask(Request="SetValue", Key="DeviceName", Value="mine")
    client.ask(Request="SomethingNew")
    changed = [entry.verb for entry in bench.changes(udid)]
    assert changed == ["SavePairRecord", "Pair", "SetValue", "SomethingNew"]
    assert bench.changes("another") == ()

    control = PracticeClient(bench.environment()["TRADEIN_PRACTICE"])
    assert [entry.verb for entry in control.requests(changes=True)] == changed
    assert len(control.requests(udid)) == len([entry for entry in bench.requests() if entry.udid == udid])


@pytest.mark.parametrize(
    "fault", ["falls-silent", "silent-in-answer", "very-slow", "drips", "service-restarts"]
)
async def test_a_bench_that_is_stopped_while_phones_hang_leaves_nothing(fault: str):
    bench = PracticeBench(iphones=2, androids=0)
    await bench.start()
    for info in bench.phones():
        bench.fault(info.id, fault, Step.CONNECT)
    bench.fault("usbmuxd", "falls-silent", Step.LISTEN)
    port = int(bench.environment()["USBMUXD_SOCKET_ADDRESS"].rpartition(":")[2])
    clients = [await ask_mux(port, {"MessageType": "Listen"})]
    clients += [await ask_mux(port, connect(number)) for number in (1, 2)]
    await asyncio.sleep(0.05)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        await bench.stop()
        await asyncio.sleep(0)
    for client in clients:
        client.settimeout(2)
        ended(client)


def connect(number: int) -> dict[str, Any]:
    return {"MessageType": "Connect", "DeviceID": number, "PortNumber": socket.htons(62078)}


async def ask_mux(port: int, message: dict[str, Any]) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port))
    body = plistlib.dumps(message)
    client.sendall(struct.pack("<IIII", 16 + len(body), 1, 8, 1) + body)
    return client


def ended(client: socket.socket) -> None:
    with closing(client):
        try:
            while client.recv(4096):
                pass
        except ConnectionResetError:
            pass


async def test_a_bench_that_is_stopped_while_its_service_is_down_leaves_nothing():
    bench = PracticeBench(iphones=1, androids=0)
    await bench.start()
    bench.fault("usbmuxd", "service-down")
    await asyncio.sleep(0.05)
    await bench.stop()
    assert "service-down" in FAULTS
