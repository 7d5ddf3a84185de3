"""usbmuxd was restarted and counts anew: another phone answers under the number of the one that is read."""

from __future__ import annotations

import asyncio
import plistlib
import struct
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from diagnostics.apple import pairing
from diagnostics.apple import source as source_room
from diagnostics.apple.source import AppleSource
from diagnostics.model import Reading, State
from diagnostics.practice.apple.certificates import new_key_in_thread, public_pem
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of
from tests.fakes.iphone_readings import SHORT, look, read, sighting_of, source_of, whole
from tests.fakes.rough_mux import UDID, RoughMux, frame

OTHER = "00008120-000D5A35CC6D8FC1"
NO_RECORD = {"MessageType": "Result", "Number": 2}
RECORD = {"PairRecordData": plistlib.dumps({"HostID": "H", "HostCertificate": b"c", "HostPrivateKey": b"k"})}


class Lockdownd:
    """Answers as the phones that are told, one after the other; the last one stays.

    Attributes:
        asked: The words, in order.
    """

    def __init__(self, *udids: str, hangs_up_after: int = 0) -> None:
        self._udids = list(udids)
        self._hangs_up_after = hangs_up_after
        self.asked: list[str] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            (length,) = struct.unpack(">I", await reader.readexactly(4))
            request = plistlib.loads(await reader.readexactly(length))
            self.asked.append(request["Request"])
            answer = self._answer(request)
            writer.write(frame({"Request": request["Request"], **answer}))
            if len(self.asked) == self._hangs_up_after:
                writer.close()
                return

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        if request["Request"] == "QueryType":
            return {"Type": "com.apple.mobile.lockdown"}
        if request["Request"] != "GetValue":
            return {"SessionID": "S", "EnableSessionSSL": False}
        udid = self._udids.pop(0) if len(self._udids) > 1 else self._udids[0]
        values = {"UniqueDeviceID": udid, "ProductType": "iPhone14,5" if udid == UDID else "iPhone15,4"}
        return {"Value": values if "Key" not in request else values.get(request["Key"], 1)}


async def read_from(phone: Lockdownd, record: dict[str, Any], tmp_path: Path) -> Reading:
    async with RoughMux(phone, record=record) as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path / "records", limits=SHORT)
        (seen,) = (await look(source)).sightings
        return await read(source, seen, ask_trust=True)


async def test_nothing_is_taken_from_another_phone_and_nobody_is_asked_for_trust(tmp_path):
    phone = Lockdownd(OTHER)
    reading = await read_from(phone, NO_RECORD, tmp_path)
    assert (reading.state, whole(reading)) == (State.OFFLINE, ["phone_changed"])
    assert reading.identity.model is None
    assert phone.asked == ["QueryType", "GetValue"]
    assert not (tmp_path / "records").exists()


async def test_a_phone_that_knows_the_same_keys_is_another_one_still(tmp_path):
    phone = Lockdownd(UDID, OTHER)
    reading = await read_from(phone, RECORD, tmp_path)
    assert (reading.state, whole(reading)) == (State.OFFLINE, ["phone_changed"])
    assert reading.identity.model == "iPhone 13"
    assert "Pair" not in phone.asked
    assert "StartService" not in phone.asked


async def test_a_call_that_broke_and_is_made_anew_reaches_another_phone_that_is_not_asked_for_trust(tmp_path):
    phone = Lockdownd(UDID, OTHER, hangs_up_after=2)
    reading = await read_from(phone, NO_RECORD, tmp_path)
    assert (reading.state, whole(reading)) == (State.OFFLINE, ["phone_changed"])
    assert reading.identity.model == "iPhone 13"
    assert set(phone.asked) == {"QueryType", "GetValue"}
    assert not (tmp_path / "records").exists()


@pytest.mark.parametrize("spelling", [UDID.lower(), UDID.replace("-", "")])
async def test_one_phone_spelt_in_two_ways_is_one(spelling, tmp_path):
    reading = await read_from(Lockdownd(spelling), NO_RECORD, tmp_path)
    assert reading.identity.model is not None
    assert whole(reading) != ["phone_changed"]


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=2, androids=0) as running:
        yield running


async def test_a_service_that_stops_is_not_a_phone_that_was_pulled(bench, tmp_path):
    source = source_of(bench, tmp_path)
    seen = await sighting_of(source, id_of(bench, "iphone-worn-battery"))
    bench.stop_service("usbmuxd")
    reading = await read(source, seen)
    assert (reading.state, whole(reading)) == (State.OFFLINE, ["usbmuxd_lost"])


async def test_a_number_that_was_given_to_another_phone_is_no_longer_this_one(bench, tmp_path):
    source = source_of(bench, tmp_path)
    seen = await sighting_of(source, id_of(bench, "iphone-worn-battery"))
    bench.unplug(seen.id)
    assert whole(await read(source, seen)) == ["unplugged"]


async def test_a_library_that_cannot_be_loaded_is_said_and_tried_again(bench, tmp_path, monkeypatch):
    real, tries = source_room.__dict__["_load"], 0

    async def fails_once(module: str) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise ImportError("libssl.so.3: cannot open shared object file")
        await real(module)

    monkeypatch.setattr(source_room, "_load", fails_once)
    monkeypatch.setattr(source_room, "RETRY", 0.01)
    async with aclosing(source_of(bench, tmp_path).watch()) as watching:
        failed, works = await anext(watching), await anext(watching)
    assert failed.error is not None
    assert (failed.error.code, "libssl" in str(failed.error)) == ("usbmuxd_library", True)
    assert works.error is None
    assert len(works.sightings) == 2


async def test_this_computers_own_keys_are_never_told_to_a_phone():
    told = public_pem(await new_key_in_thread())
    certificates, keys = await pairing.Workshop().certificates(told)
    sent: list[dict[str, Any]] = []

    class Silent:
        async def send_recv_plist(self, message: dict[str, Any]) -> dict[str, Any]:
            sent.append(message["PairRecord"])
            return {"Request": "Pair"}

    class Phone:
        service = Silent()

    lockdown: Any = Phone()
    record = await pairing.propose(lockdown, pairing.Offer({**certificates, "HostID": "H"}, keys))
    assert isinstance(record, dict)
    assert not [name for name, value in sent[0].items() if "PRIVATE KEY" in str(value)]
    for name in ("RootPrivateKey", "HostPrivateKey"):
        assert b"PRIVATE KEY" in record[name]
