"""What each kind of fault looks like on the wire, to a computer that reads bytes."""

from __future__ import annotations

import plistlib
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from diagnostics.practice.apple.steps import Step
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import HandClient, id_of
from tests.fakes.iphone_talk import Broken, Talk

PHONE = "iphone-worn-battery"
HELLO = {"Request": "QueryType", "Type": "com.apple.mobile.lockdown"}
WHOLE = len(plistlib.dumps(HELLO)) + 4
SOON = 0.3


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=1, androids=0) as running:
        yield running


@pytest.fixture
def client(bench: PracticeThread) -> Iterator[HandClient]:
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as open_client:
        open_client.connect(id_of(bench, PHONE))
        yield open_client


def hello(client: HandClient) -> None:
    """Ask for the type of the daemon, and read nothing."""
    body = plistlib.dumps({"Request": "QueryType"})
    client.socket.sendall(struct.pack(">I", len(body)) + body)


def heard(client: HandClient, patience: float = SOON) -> tuple[bytes, str]:
    """All bytes that come, and how they end: closed, reset, or silent."""
    client.socket.settimeout(patience)
    data = b""
    try:
        while chunk := client.socket.recv(4096):
            data += chunk
    except TimeoutError:
        return data, "silent"
    except ConnectionResetError:
        return data, "reset"
    return data, "closed"


def frame(data: bytes) -> tuple[int, bytes]:
    """The length that a frame tells, and its body."""
    return struct.unpack(">I", data[:4])[0], data[4:]


def test_a_phone_that_falls_silent_answers_when_the_fault_is_cleared(bench, client):
    bench.fault(PHONE, "falls-silent", Step.QUERY_TYPE)
    hello(client)
    assert heard(client) == (b"", "silent")
    bench.clear(PHONE)

    data, end = heard(client)
    assert (plistlib.loads(frame(data)[1]), end) == (HELLO, "silent")


def test_one_that_falls_silent_in_an_answer_says_the_rest_when_cleared(bench, client):
    bench.fault(PHONE, "silent-in-answer", Step.QUERY_TYPE)
    hello(client)
    first, end = heard(client)
    assert (len(first), end) == (WHOLE // 2, "silent")
    bench.clear(PHONE)

    assert plistlib.loads(frame(first + heard(client)[0])[1]) == HELLO


def test_another_fault_frees_what_hung_in_the_first(bench, client):
    bench.fault(PHONE, "falls-silent", Step.QUERY_TYPE)
    hello(client)
    assert heard(client) == (b"", "silent")
    bench.fault(PHONE, "battery-zero")

    assert len(heard(client)[0]) == WHOLE


@pytest.mark.parametrize(
    ("fault", "size", "end"),
    [("disconnects", 0, "closed"), ("breaks-off", WHOLE // 2, "closed"), ("resets", 0, "reset")],
)
def test_a_connection_that_ends(bench, client, fault: str, size: int, end: str):
    bench.fault(PHONE, fault, Step.QUERY_TYPE)
    hello(client)
    data, ended = heard(client, 5)
    assert (len(data), ended) == (size, end)


def test_a_cable_that_drops_is_back_when_the_fault_is_cleared(bench, client):
    bench.fault(PHONE, "cable-drops", Step.QUERY_TYPE)
    hello(client)
    data, ended = heard(client, 5)
    assert (len(data), ended) == (WHOLE // 2, "closed")
    assert not bench.phones()[0].plugged
    bench.plug(PHONE)
    with pytest.raises(Broken) as caught:
        Talk(bench, id_of(bench, PHONE)).run()
    assert caught.value.step is Step.QUERY_TYPE, "it drops until the fault is cleared"
    bench.clear(PHONE)

    assert bench.phones()[0].plugged
    assert Talk(bench, id_of(bench, PHONE)).run()


def test_a_phone_pulled_out_by_hand_stays_out(bench):
    bench.fault(PHONE, "cable-drops")
    bench.unplug(PHONE)
    bench.clear(PHONE)

    assert not bench.phones()[0].plugged


def test_slow_answers_come_late_but_at_once_when_cleared(bench, client):
    bench.fault(PHONE, "slow", Step.QUERY_TYPE)
    started = time.monotonic()
    assert client.ask(Request="QueryType") == HELLO
    assert 0.5 <= time.monotonic() - started < 3

    bench.fault(PHONE, "very-slow", Step.QUERY_TYPE)
    hello(client)
    assert heard(client) == (b"", "silent")
    bench.clear(PHONE)
    assert len(heard(client)[0]) == WHOLE


def test_answers_in_drops(bench, client):
    bench.fault(PHONE, "drips", Step.QUERY_TYPE)
    hello(client)
    drops = list[bytes]()
    while sum(len(drop) for drop in drops) < WHOLE:
        drops.append(client.socket.recv(4096))
    assert len(drops) > WHOLE // 7 / 2
    assert plistlib.loads(frame(b"".join(drops))[1]) == HELLO


@pytest.mark.parametrize(
    ("fault", "told", "size"),
    [
        ("oversized", 0x7FFFFFFF, WHOLE - 4),
        ("waits-for-more", 65535, WHOLE - 4),
        ("cut-short", (WHOLE - 4) // 2, (WHOLE - 4) // 2),
        ("empty", 0, 0),
        ("garbled", 512, 512),
    ],
)
def test_frames_that_lie(bench, client, fault: str, told: int, size: int):
    bench.fault(PHONE, fault, Step.QUERY_TYPE)
    hello(client)
    length, body = frame(heard(client)[0])
    assert (length, len(body)) == (told, size)
    if told == size:
        with pytest.raises(Exception):  # noqa: B017, PT011  whatever the parser says: it is no property list
            plistlib.loads(body)
    bench.clear(PHONE)

    hello(client)
    assert plistlib.loads(frame(heard(client)[0])[1]) == HELLO


def test_noise_has_no_frame(bench, client):
    bench.fault(PHONE, "noise", Step.QUERY_TYPE)
    hello(client)
    data, _ = heard(client)
    assert len(data) == 512
    assert frame(data)[0] > 2**20


def test_an_answer_with_entities_is_refused_by_plistlib(bench, client):
    bench.fault(PHONE, "entity-bomb", Step.QUERY_TYPE)
    with pytest.raises(plistlib.InvalidFileException):
        client.ask(Request="QueryType")


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ("answers-list", [1, "two", {"three": 3}]),
        ("answers-text", "yes"),
        ("answers-number", 42),
        ("answers-nothing", {}),
        ("values-list", {"Request": "QueryType", "Type": [1, 2]}),
        ("values-text", {"Request": "QueryType", "Type": "nothing to see"}),
        ("refuses", {"Request": "QueryType", "Error": "GetProhibited"}),
    ],
)
def test_answers_of_the_wrong_kind(bench, client, fault: str, answer: object):
    bench.fault(PHONE, fault, Step.QUERY_TYPE)
    assert client.ask(Request="QueryType") == answer


def test_what_a_phone_refuses_is_not_done(bench):
    bench.fault(PHONE, "refuses", Step.START_SESSION)
    talk = Talk(bench, id_of(bench, PHONE))
    with pytest.raises(Broken):
        talk.run()
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as client:
        client.connect(id_of(bench, PHONE))
        assert "Error" in client.ask(Request="StartSession", HostID="anybody")
        assert client.ask(Request="GetValue", Key="SerialNumber")["Error"] == "GetProhibited"


@pytest.mark.parametrize("step", [Step.SESSION_TLS, Step.RELAY_TLS, Step.MCINSTALL_TLS, Step.ACTIVATION_TLS])
@pytest.mark.parametrize(
    "fault",
    [
        "resets",
        "disconnects",
        "breaks-off",
        "handshake-garbage",
        "garbled",
        "cut-short",
        "empty",
        "phone-other-key",
    ],
)
def test_broken_handshakes(bench, step: Step, fault: str):
    bench.fault(PHONE, fault, step)
    with pytest.raises(Broken) as caught:
        Talk(bench, id_of(bench, PHONE)).run()
    assert caught.value.step is step
    assert isinstance(caught.value.error, OSError), "ssl.SSLError and broken connections are"


@pytest.mark.parametrize("step", [Step.SESSION_TLS, Step.RELAY_TLS])
def test_a_phone_that_expects_another_computer_shuts_this_one_out(bench, step: Step):
    bench.fault(PHONE, "computer-other-key", step)
    with pytest.raises(Broken) as caught:
        Talk(bench, id_of(bench, PHONE)).run()
    after = {Step.SESSION_TLS: Step.VALUES_IN_SESSION, Step.RELAY_TLS: Step.RELAY_BATTERY}
    assert caught.value.step in {step, after[step]}, "TLS 1.3 lets a computer believe that it is through"


def test_the_whole_service_restarts(bench, client):
    bench.fault(PHONE, "service-restarts", Step.QUERY_TYPE, times=1)
    hello(client)
    assert heard(client, 5)[1] in {"closed", "reset"}
    address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
    assert down_and_up(address) > 0.5
    assert Talk(bench, id_of(bench, PHONE)).run()


def test_the_service_stays_down_until_the_fault_is_cleared(bench, client):
    bench.fault("usbmuxd", "service-down")
    assert heard(client, 5)[1] in {"closed", "reset"}
    host, _, port = bench.environment()["USBMUXD_SOCKET_ADDRESS"].partition(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), 1)
    bench.clear("usbmuxd")

    down_and_up(f"{host}:{port}")
    assert Talk(bench, id_of(bench, PHONE)).run()


def down_and_up(address: str) -> float:
    """Seconds until usbmuxd takes connections again."""
    host, _, port = address.partition(":")
    started = time.monotonic()
    while time.monotonic() - started < 5:
        with suppress(ConnectionRefusedError), socket.create_connection((host, int(port)), 1):
            return time.monotonic() - started
        time.sleep(0.01)
    raise TimeoutError("it did not come up")
