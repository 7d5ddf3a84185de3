"""An answer out of all proportion is turned down before anybody looks at it; a long one of a real phone is not."""

from __future__ import annotations

import plistlib
import time
from typing import Any

import pytest

from diagnostics.apple.wire import AT_ONCE, DEEPEST, MOST_ENTRIES, UnwieldyError, understood


def shared(times: int) -> object:
    made: object = "x"
    for _ in range(times):
        made = [made, made]
    return made


def nested(times: int) -> object:
    made: object = "x"
    for _ in range(times):
        made = [made]
    return made


def binary(message: Any) -> bytes:
    return plistlib.dumps(message, fmt=plistlib.FMT_BINARY)


CYCLE = b"".join(
    [b"bplist00\xa1\x00\x08", bytes(6), b"\x01\x01", (1).to_bytes(8), bytes(8), (10).to_bytes(8)]
)
"""A list whose only entry is itself."""


@pytest.mark.parametrize(
    "payload",
    [
        binary({"Value": shared(23)}),
        binary({"Value": shared(60)}),
        binary({"Value": nested(DEEPEST)}),
        b"<plist>" + b"<array>" * 5000 + b"</array>" * 5000 + b"</plist>",
        binary({"Value": ["x" * 60_000] * 100}),
        binary([{f"k{n}": 0 for n in range(2000)}] * 1000),
        plistlib.dumps({f"k{n}": "v" for n in range(MOST_ENTRIES + 1)}),
        CYCLE,
    ],
    ids=["shared", "endless", "deep", "deep XML", "long texts", "long keys", "wide", "in itself"],
)
def test_an_answer_that_holds_too_much_is_turned_down_in_no_time(payload):
    started = time.process_time()
    with pytest.raises(UnwieldyError):
        understood(payload)
    assert time.process_time() - started < 0.04 + len(payload) / 1e6


@pytest.mark.parametrize("format_", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_a_long_answer_of_a_phone_is_understood(format_):
    profile = {
        "PayloadDisplayName": "Wi-Fi",
        "SignerCertificates": [bytes(900)] * 3,
        "PayloadRemovalDisallowed": False,
    }
    told = {"Status": "Acknowledged", "ProfileMetadata": {f"org.example.{n}": profile for n in range(200)}}
    payload = plistlib.dumps(told, fmt=format_)
    assert format_ is plistlib.FMT_BINARY or len(payload) > AT_ONCE
    assert understood(payload) == told
