"""Trust: the dialog, the certificates, TLS, and what a phone shows to a computer that it does not trust."""

from __future__ import annotations

import plistlib
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diagnostics.practice.apple.values import UNTRUSTED
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import HandClient, id_of, make_pair_record, open_phone, trust_of, without_keys

NEW, TRUSTED = "iphone-not-trusted", "iphone-worn-battery"


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


@pytest.fixture
def phone(bench: PracticeThread) -> str:
    return id_of(bench, NEW)


def record_of(client: HandClient, udid: str) -> dict[str, Any]:
    record: dict[str, Any] = plistlib.loads(
        client.mux(MessageType="ReadPairRecord", PairRecordID=udid)["PairRecordData"]
    )
    return record


async def test_pymobiledevice3_pairs_when_the_person_taps_trust(
    bench: PracticeThread, phone: str, tmp_path: Path
):
    from pymobiledevice3.exceptions import PairingDialogResponsePendingError

    async with await open_phone(phone, tmp_path) as lockdown:
        assert not lockdown.paired
        with pytest.raises(PairingDialogResponsePendingError):
            await lockdown.pair(timeout=0)
        assert trust_of(bench, phone) == "asked"
        bench.trust(phone)
        await lockdown.pair(timeout=0)
        assert await lockdown.validate_pairing()
        assert lockdown.all_values["SerialNumber"].startswith("DX3")
        assert trust_of(bench, phone) == "trusted"
    async with await open_phone(phone, tmp_path) as again:
        assert again.paired


async def test_a_refusal_is_said_once_and_the_next_request_asks_again(
    bench: PracticeThread, phone: str, tmp_path: Path
):
    from pymobiledevice3.exceptions import PairingDialogResponsePendingError, UserDeniedPairingError

    async with await open_phone(phone, tmp_path) as lockdown:
        bench.deny(phone)
        with pytest.raises(UserDeniedPairingError):
            await lockdown.pair(timeout=0)
        assert trust_of(bench, phone) == "denied"
        with pytest.raises(PairingDialogResponsePendingError):
            await lockdown.pair(timeout=0)


async def test_a_locked_phone_does_not_pair(bench: PracticeThread, phone: str, tmp_path: Path):
    from pymobiledevice3.exceptions import PasswordRequiredError

    bench.lock(phone)
    async with await open_phone(phone, tmp_path) as lockdown:
        with pytest.raises(PasswordRequiredError):
            await lockdown.pair(timeout=0)


async def test_pulling_the_cable_takes_the_dialog_away(bench: PracticeThread, phone: str, tmp_path: Path):
    from pymobiledevice3.exceptions import PairingDialogResponsePendingError

    async with await open_phone(phone, tmp_path) as lockdown:
        with pytest.raises(PairingDialogResponsePendingError):
            await lockdown.pair(timeout=0)
    bench.unplug(phone)
    bench.plug(phone)

    assert trust_of(bench, phone) == "untrusted"


async def test_a_computer_that_is_not_trusted_sees_the_short_list_only(phone: str, tmp_path: Path):
    from pymobiledevice3.exceptions import GetProhibitedError, MissingValueError

    async with await open_phone(phone, tmp_path) as lockdown:
        assert set(lockdown.all_values) <= UNTRUSTED
        assert lockdown.all_values["ProductType"] == "iPhone13,2"
        assert await lockdown.get_value("com.apple.disk_usage") == {}
        for domain, key in (
            ("", "SerialNumber"),
            ("", "PasswordProtected"),
            ("com.apple.fmip", "IsAssociated"),
        ):
            with pytest.raises(GetProhibitedError):
                await lockdown.get_value(domain, key)
        with pytest.raises(MissingValueError):
            await lockdown.get_value("", "NoSuchKey")


@pytest.mark.parametrize("presents", ["HostCertificate", "RootCertificate"])
def test_either_certificate_of_the_record_opens_a_session_and_it_can_be_closed_again(
    bench: PracticeThread, client: HandClient, presents: str
):
    udid = id_of(bench, TRUSTED)
    record = record_of(client, udid)
    key = record["HostPrivateKey" if presents == "HostCertificate" else "RootPrivateKey"]
    client.connect(udid)
    session = client.ask(Request="StartSession", HostID=record["HostID"])
    client.start_tls(record[presents], key)
    assert client.ask(Request="GetValue", Key="SerialNumber")["Value"].startswith("F4G")
    assert client.ask(Request="StartSession", HostID=record["HostID"])["Error"] == "SessionActive"
    assert client.ask(Request="StopSession", SessionID="other")["Error"] == "InvalidSessionID"

    client.ask(Request="StopSession", SessionID=session["SessionID"])
    client.end_tls()

    assert client.ask(Request="GetValue", Key="SerialNumber")["Error"] == "GetProhibited"
    assert client.ask(Request="QueryType") == {"Request": "QueryType", "Type": "com.apple.mobile.lockdown"}


def test_the_right_host_with_a_wrong_key_is_refused(bench: PracticeThread, client: HandClient):
    udid = id_of(bench, TRUSTED)
    host_id = record_of(client, udid)["HostID"]
    client.connect(udid)
    stranger = make_pair_record(client.ask(Request="GetValue", Key="DevicePublicKey")["Value"], host_id)
    assert "SessionID" in client.ask(Request="StartSession", HostID=host_id)

    with pytest.raises((ssl.SSLError, ConnectionError)):
        client.ask_in_tls(stranger["HostCertificate"], stranger["HostPrivateKey"], Request="GetValue")


def test_a_certificate_that_the_record_s_root_signed_is_not_enough(bench: PracticeThread, client: HandClient):
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    from diagnostics.practice.apple.certificates import new_key, private_pem, sign

    udid = id_of(bench, TRUSTED)
    record, key = record_of(client, udid), new_key()
    root: Any = load_pem_private_key(record["RootPrivateKey"], None)
    client.connect(udid)
    client.ask(Request="StartSession", HostID=record["HostID"])

    with pytest.raises((ssl.SSLError, ConnectionError)):
        client.ask_in_tls(sign(key.public_key(), root, ca=False), private_pem(key), Request="GetValue")


@pytest.mark.parametrize(("host_id", "error"), [(None, "MissingHostID"), ("stranger", "InvalidHostID")])
def test_a_session_needs_a_known_host(
    bench: PracticeThread, client: HandClient, host_id: str | None, error: str
):
    client.connect(id_of(bench, TRUSTED))
    request = {"Request": "StartSession"} | ({"HostID": host_id} if host_id else {})

    assert client.ask(**request)["Error"] == error


def test_pair_records_that_do_not_fit_are_refused(bench: PracticeThread, client: HandClient, phone: str):
    bench.trust(phone)
    client.connect(phone)
    good = make_pair_record(client.ask(Request="GetValue", Key="DevicePublicKey")["Value"])
    other = make_pair_record(client.ask(Request="GetValue", Key="DevicePublicKey")["Value"])
    wrong_phone = {**without_keys(good), "DeviceCertificate": good["HostCertificate"]}
    wrong_root = {**without_keys(good), "RootCertificate": other["RootCertificate"]}
    nonsense = {**without_keys(good), "HostCertificate": b"-----BEGIN"}

    assert client.ask(Request="Pair")["Error"] == "MissingPairRecord"
    for record in (wrong_phone, wrong_root, nonsense, {}):
        assert client.ask(Request="Pair", PairRecord=record)["Error"] == "InvalidPairRecord"
    assert len(client.ask(Request="Pair", PairRecord=without_keys(good))["EscrowBag"]) == 32


async def test_a_phone_that_was_made_to_forget_wants_trust_again(bench: PracticeThread, tmp_path: Path):
    udid = id_of(bench, TRUSTED)
    async with await open_phone(udid, tmp_path) as lockdown:
        assert lockdown.paired
    bench.do("revoke", udid)

    async with await open_phone(udid, tmp_path) as lockdown:
        assert not lockdown.paired
    assert trust_of(bench, udid) == "untrusted"


def test_requests_that_would_change_the_phone_are_refused_and_remembered(
    bench: PracticeThread, client: HandClient
):
    client.connect(id_of(bench, TRUSTED))
    for verb in ("SetValue", "RemoveValue", "EnterRecovery", "Activate", "Deactivate"):
        assert "Error" in client.ask(Request=verb, Key="DeviceName", Value="mine")
    assert client.ask(Request="Dance")["Error"] == "InvalidRequest"

    changes = [request.verb for request in bench.changes()]
    assert changes == ["SetValue", "RemoveValue", "EnterRecovery", "Activate", "Deactivate", "Dance"]
