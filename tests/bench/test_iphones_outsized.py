"""An answer that is far too large costs the phone its values, never the others their time."""

from __future__ import annotations

import plistlib
import struct
from pathlib import Path
from typing import Any

import pytest

from diagnostics.apple.source import AppleSource, warm_up
from diagnostics.guarding import read_guarded
from diagnostics.model import Reading, State
from tests.fakes.iphone_readings import SHORT, look, whole, worst_gap
from tests.fakes.rough_mux import RoughMux, lockdownd

NO_RECORD = {"MessageType": "Result", "Number": 2}
IS_LOCKDOWND = {"Type": "com.apple.mobile.lockdown"}
GAP = 0.25
"""Seconds, on a busy machine; without a limit these answers took from two to ten."""


def framed(body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + body


def shared_lists() -> bytes:
    held: object = "x"
    for _ in range(23):
        held = [held, held]
    answer = {"Request": "GetValue", "Value": {"ProductType": "iPhone14,5", "ModelNumber": held}}
    return framed(plistlib.dumps(answer, fmt=plistlib.FMT_BINARY))


def many_keys(count: int) -> bytes:
    values = {"ProductType": "iPhone14,5", **{f"k{n}": "v" for n in range(count)}}
    return framed(plistlib.dumps({"Request": "GetValue", "Value": values}))


async def read_from(answer: bytes, tmp_path: Path) -> tuple[Reading, float]:
    """Return the reading of a phone that answers so, and for how long the loop stood still."""
    warm_up()
    talk: dict[str, Any] = {"QueryType": IS_LOCKDOWND, "GetValue": answer}
    async with RoughMux(lockdownd(talk), record=NO_RECORD) as mux:
        source = AppleSource(address=mux.address, pair_records=tmp_path, limits=SHORT)
        (seen,) = (await look(source)).sightings
        readings: list[Reading] = []

        async def go() -> None:
            readings.append(await read_guarded(source, seen, lambda _: None, timeout=30, ask_trust=False))

        gap = await worst_gap(go)
    return readings[0], gap


@pytest.mark.parametrize("answer", [shared_lists(), many_keys(20_000), many_keys(130_000)])
async def test_an_answer_out_of_all_proportion_holds_nobody_up(answer, tmp_path):
    reading, gap = await read_from(answer, tmp_path)
    assert gap < GAP
    assert reading.state in {State.ERROR, State.NEEDS_TRUST}
    assert whole(reading) in (["protocol_error"], ["needs_trust"])


async def test_a_number_without_end_costs_its_own_value_only(tmp_path):
    said = f"<key>ProductType</key><string>iPhone14,5</string><key>ModelNumber</key><integer>0x{'f' * 5000}</integer>"
    body = (
        f'<plist version="1.0"><dict><key>Request</key><string>GetValue</string>'
        f"<key>Value</key><dict>{said}</dict></dict></plist>"
    )
    reading, _ = await read_from(framed(b'<?xml version="1.0" encoding="UTF-8"?>' + body.encode()), tmp_path)
    assert (reading.state, whole(reading)) == (State.NEEDS_TRUST, ["needs_trust"])
    assert reading.identity.model == "iPhone 13"
    assert reading.evidence["identity.part_number"].raw == "integer of 20000 bits"
    assert [p.code for p in reading.problems if p.field == "identity.part_number"] == ["implausible"]
