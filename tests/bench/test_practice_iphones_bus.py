"""The practice usbmuxd: what is plugged in, what comes and goes, and what it does with nonsense."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

import pytest

from diagnostics.practice.apple.bus import location_id, port_chains
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import HandClient, id_of, open_phone


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeThread]:
    with PracticeThread(androids=0) as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def client(bench: PracticeThread) -> Iterator[HandClient]:
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as open_client:
        yield open_client


async def test_pymobiledevice3_lists_every_phone(bench: PracticeThread):
    from pymobiledevice3 import usbmux

    devices = await usbmux.list_devices()

    assert [device.serial for device in devices] == [info.id for info in bench.phones()]
    assert {device.connection_type for device in devices} == {"USB"}


async def test_listening_tells_of_a_pulled_cable_and_of_a_new_number_after_it(bench: PracticeThread):
    from pymobiledevice3 import usbmux

    phone = id_of(bench, "iphone-fresh")
    async with await usbmux.create_mux() as mux:
        await mux.listen()
        for _ in bench.phones():
            await mux.receive_device_state_update()
        before = {device.serial: device.devid for device in mux.devices}
        bench.unplug(phone)
        await mux.receive_device_state_update()
        assert phone not in {device.serial for device in mux.devices}
        bench.plug(phone)
        await mux.receive_device_state_update()
        after = {device.serial: device.devid for device in mux.devices}

    assert after.keys() == before.keys()
    assert after[phone] not in before.values()


def test_the_place_of_a_phone_can_be_read_from_its_location(client: HandClient):
    rows = client.mux(MessageType="ListDevices")["DeviceList"]

    assert [row["Properties"]["LocationID"] for row in rows] == [
        location_id(chain) for chain in port_chains(8)
    ]
    assert location_id("1-2.3") == 0x01230000
    assert len({row["Properties"]["LocationID"] for row in rows}) == 8


def test_a_saved_pair_record_is_told_read_and_deleted(bench: PracticeThread, client: HandClient):
    phone = id_of(bench, "iphone-not-trusted")
    address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
    assert client.mux(MessageType="ReadPairRecord", PairRecordID=phone)["Number"] == 2
    with HandClient(address) as listener:
        assert listener.mux(MessageType="Listen")["Number"] == 0
        numbers = [listener.event()["DeviceID"] for _ in bench.phones()]
        client.mux(MessageType="SavePairRecord", PairRecordID=phone, PairRecordData=b"x", DeviceID=numbers[2])
        assert listener.event() == {"MessageType": "Paired", "DeviceID": numbers[2]}

    assert client.mux(MessageType="ReadPairRecord", PairRecordID=phone)["PairRecordData"] == b"x"
    assert client.mux(MessageType="DeletePairRecord", PairRecordID=phone)["Number"] == 0
    assert client.mux(MessageType="DeletePairRecord", PairRecordID=phone)["Number"] == 2


def test_connecting_to_nothing_is_refused_in_usbmuxds_own_numbers(bench: PracticeThread, client: HandClient):
    assert client.mux(MessageType="Connect", DeviceID=999, PortNumber=32498)["Number"] == 2
    assert client.connect(id_of(bench, "iphone-fresh"), port=1234) == 3
    assert client.mux(MessageType="Dance")["Number"] == 1
    assert client.connect(id_of(bench, "iphone-fresh")) == 0


def test_the_old_binary_protocol_is_answered_with_bad_version(client: HandClient):
    client.socket.sendall(struct.pack("<IIII", 16, 0, 3, 5))

    assert struct.unpack("<IIIII", client.exactly(20)) == (20, 0, 1, 5, 6)


@pytest.mark.parametrize(
    "nonsense",
    [struct.pack("<IIII", 2**31, 1, 8, 1), struct.pack("<IIII", 20, 1, 8, 1) + b"nope", b"\0" * 16],
)
async def test_nonsense_ends_one_connection_and_no_other(
    bench: PracticeThread, client: HandClient, nonsense: bytes
):
    from pymobiledevice3 import usbmux

    client.socket.sendall(nonsense)
    with pytest.raises((ConnectionError, struct.error)):
        client.exactly(1)

    assert len(await usbmux.list_devices()) == 8


async def test_a_daemon_that_is_not_there_and_comes_back(bench: PracticeThread):
    from pymobiledevice3 import usbmux
    from pymobiledevice3.exceptions import ConnectionFailedToUsbmuxdError

    bench.stop_service("usbmuxd")
    with pytest.raises(ConnectionFailedToUsbmuxdError):
        await usbmux.list_devices()
    bench.start_service("usbmuxd")

    assert len(await usbmux.list_devices()) == 8


async def test_a_pulled_cable_breaks_what_is_open_and_leaves_the_others(bench: PracticeThread, tmp_path):
    from pymobiledevice3.exceptions import DeviceNotFoundError

    gone, stays = id_of(bench, "iphone-fresh"), id_of(bench, "iphone-worn-battery")
    async with await open_phone(gone, tmp_path) as one, await open_phone(stays, tmp_path) as other:
        bench.unplug(gone)
        with pytest.raises(DeviceNotFoundError):
            await one.get_value("com.apple.disk_usage")
        assert (await other.get_value("com.apple.mobile.battery", "BatteryCurrentCapacity")) == 41


def test_forty_phones_have_forty_ids(monkeypatch: pytest.MonkeyPatch):
    with PracticeThread(iphones=40, androids=0) as bench:
        phones = bench.phones()

    assert len({phone.id for phone in phones}) == len({phone.name for phone in phones}) == 40
    assert (phones[10].name, phones[11].name) == ("ipad-wifi-alone", "iphone-worn-battery-2")


def test_the_port_is_only_on_this_computer(bench: PracticeThread):
    host, _, port = bench.environment()["USBMUXD_SOCKET_ADDRESS"].partition(":")

    assert host == "127.0.0.1"
    with socket.create_connection((host, int(port))) as connection:
        assert connection.getpeername()[0] == "127.0.0.1"
