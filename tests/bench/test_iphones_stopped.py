"""A reading that is stopped, as when the cable is pulled, leaves no connection open, wherever it was."""

from __future__ import annotations

import asyncio
import gc
import plistlib
import struct
import warnings
from pathlib import Path
from typing import Any

import pytest

from diagnostics.apple.source import AppleSource
from diagnostics.model import Reading
from diagnostics.practice.apple.certificates import HostKeys, new_key, pair_record, public_pem
from tests.fakes.iphone_readings import SHORT, look, read
from tests.fakes.rough_mux import UDID, RoughMux, frame, lockdownd


class FallsSilent:
    """A lockdownd that answers its first caller until the session stands, and its second until TLS begins.

    Attributes:
        called_anew: Set when the second caller said its first word of TLS.
    """

    def __init__(self) -> None:
        self.called_anew = asyncio.Event()
        self._callers = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._callers += 1
        if self._callers == 1:
            await self._until_session(reader, writer)
            return
        await self._answer(reader, writer, {"SessionID": "S", "EnableSessionSSL": True})
        await reader.readexactly(1)
        self.called_anew.set()

    async def _until_session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        values = {"Value": {"UniqueDeviceID": UDID, "ProductType": "iPhone14,5"}}
        session = {"SessionID": "S", "EnableSessionSSL": False}
        await self._answer(reader, writer, {"Type": "com.apple.mobile.lockdown"}, values, session, values)

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *answers: dict[str, Any]
    ) -> None:
        for answer in answers:
            (length,) = struct.unpack(">I", await reader.readexactly(4))
            word = plistlib.loads(await reader.readexactly(length))["Request"]
            writer.write(frame({"Request": word, **answer}))


async def test_a_phone_that_is_called_anew_in_that_moment_is_hung_up_on(tmp_path):
    phone, keys = FallsSilent(), HostKeys(new_key(), new_key())
    record = {"PairRecordData": plistlib.dumps(pair_record(public_pem(new_key()), keys, "H", "B"))}
    async with RoughMux(phone, record=record) as mux:
        await stopped(await begun(mux, tmp_path, phone.called_anew))
        assert mux.connections == 0


@pytest.mark.parametrize("times", [1, 2, 3, 4])
async def test_a_reading_that_is_stopped_more_than_once_hangs_up_all_the_same(times, tmp_path):
    phone = lockdownd({"QueryType": {"Type": "com.apple.mobile.lockdown"}, "GetValue": {"Value": {}}})
    async with RoughMux(phone, silent_on="ReadPairRecord") as mux:
        await stopped(await begun(mux, tmp_path, mux.ignored), times)
        assert mux.connections == 0


async def begun(mux: RoughMux, folder: Path, until: asyncio.Event) -> asyncio.Task[Reading]:
    """Begin to read the phone, until something happens."""
    source = AppleSource(address=mux.address, pair_records=folder / "records", limits=SHORT)
    (seen,) = (await look(source)).sightings
    reading = asyncio.create_task(read(source, seen))
    await asyncio.wait_for(until.wait(), 10)
    return reading


async def stopped(reading: asyncio.Task[Reading], times: int = 1) -> None:
    """Stop a reading, in so many turns of the loop one after the other; fail for what was not closed by then."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(times):
            reading.cancel()
            await asyncio.sleep(0)
        with pytest.raises(asyncio.CancelledError):
            await reading
        await asyncio.sleep(0.05)
        gc.collect()
    assert [str(warning.message) for warning in warned] == []
