"""The control port: what the command line and a trainer's window send to a running bench."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest

from diagnostics.errors import BadInput, ServiceMissing
from diagnostics.practice.bench import PracticeBench, PracticeThread
from diagnostics.practice.control import PracticeClient


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(androids=0) as running:
        yield running


@pytest.fixture
def client(bench: PracticeThread) -> PracticeClient:
    return PracticeClient(bench.environment()["TRADEIN_PRACTICE"])


def test_the_list_is_the_bench_s_own(bench: PracticeThread, client: PracticeClient):
    phones = client.phones()

    assert phones == bench.phones()
    assert phones[0].titles["fr"] == "batterie usée"
    assert [phone.trust for phone in phones].count("untrusted") == 1


def test_a_command_is_done_and_the_answer_shows_it(client: PracticeClient):
    name = "iphone-fresh"
    udid = next(phone.id for phone in client.phones() if phone.name == name)

    assert {phone.id: phone.plugged for phone in client.send("unplug", udid)}[udid] is False
    assert {phone.name: phone.plugged for phone in client.send("plug", name)}[name] is True
    assert {phone.name: phone.trust for phone in client.send("deny", "iphone-not-trusted")}[
        "iphone-not-trusted"
    ] == "denied"


@pytest.mark.parametrize(
    ("command", "phone", "code"),
    [("dance", "iphone-fresh", "unknown_command"), ("plug", "nobody", "unknown_phone")],
)
def test_a_wrong_command_is_one_clear_sentence(client: PracticeClient, command: str, phone: str, code: str):
    with pytest.raises(BadInput) as caught:
        client.send(command, phone)

    assert caught.value.code == code
    assert caught.value.hint


@pytest.mark.parametrize("line", [b"nonsense\n", b"[1]\n", b"\n"])
def test_nonsense_is_answered_and_the_line_stays_open(bench: PracticeThread, line: bytes):
    host, _, port = bench.environment()["TRADEIN_PRACTICE"].partition(":")
    with socket.create_connection((host, int(port)), 5) as connection, connection.makefile("rwb") as lines:
        lines.write(line)
        lines.flush()
        assert json.loads(lines.readline())["code"] == "bad_request"
        lines.write(b'{"command": "list"}\n')
        lines.flush()
        assert len(json.loads(lines.readline())["phones"]) == 8


def test_no_bench_is_a_missing_service():
    with PracticeThread(androids=0) as bench:
        address = bench.environment()["TRADEIN_PRACTICE"]

    with pytest.raises(ServiceMissing):
        PracticeClient(address).phones()
    with pytest.raises(BadInput):
        PracticeClient("nowhere")


async def test_a_taken_port_leaves_nothing_running():
    first, second = PracticeBench(androids=0), PracticeBench(androids=0)
    await first.start()
    taken = int(first.environment()["TRADEIN_PRACTICE"].partition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        await second.start(control=taken)
    await first.stop()


def test_a_thread_that_cannot_start_says_so_where_it_was_started(monkeypatch: pytest.MonkeyPatch):
    async def no_start(*_: object) -> None:
        raise OSError("no port")

    monkeypatch.setattr(PracticeBench, "start", no_start)

    with pytest.raises(OSError, match="no port"), PracticeThread(androids=0):
        pytest.fail("it started")


def test_both_sides_take_the_same_commands():
    with PracticeThread(iphones=2, androids=2) as bench:
        assert {info.side for info in bench.phones()} == {"ios", "android"}
        for phone in bench.phones():
            for command in (
                "lock",
                "unlock",
                "hang",
                "wake",
                "deny",
                "revoke",
                "trust",
                "drop",
                "wake",
                "unplug",
            ):
                bench.do(command, phone.id)
        assert not any(info.plugged for info in bench.phones())
        for phone in bench.phones():
            bench.plug(phone.id)
        assert all(info.plugged for info in bench.phones())


def test_the_environment_points_at_both_daemons():
    with PracticeThread(iphones=1, androids=1) as bench:
        variables = bench.environment()

    assert variables.keys() == {"USBMUXD_SOCKET_ADDRESS", "ANDROID_ADB_SERVER_PORT", "TRADEIN_PRACTICE"}
    assert variables["ANDROID_ADB_SERVER_PORT"].isdigit()


def test_trust_and_its_refusal_are_seen_on_an_android_phone():
    with PracticeThread(iphones=0, androids=1) as bench:
        (phone,) = bench.phones()
        seen = [phone.trust]
        for command in ("deny", "trust", "revoke"):
            bench.do(command, phone.id)
            seen.append(bench.phones()[0].trust)

    assert seen == ["trusted", "denied", "trusted", "untrusted"]
