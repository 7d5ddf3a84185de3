"""Fastboot: variables are asked and nothing else, and answers are not believed further than they go."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.building import ReadingBuilder
from diagnostics.codec import from_json, to_json
from diagnostics.model import DeviceId, LockState, Platform, Quality, Reading, State, Transport
from diagnostics.ports import Sighting
from diagnostics.usb import fastboot, fastboot_values
from diagnostics.usb.fastboot import BadFastboot
from diagnostics.usb.pipe import Patient, PipeSilent
from tests.fakes.sources import FixedClock
from tests.fakes.usb_pipes import DirectPipe
from tests.usb_bench.fastboot_phone import PIXEL, FastbootPhone

REVIEWED = {
    b"getvar:product", b"getvar:serialno", b"getvar:unlocked",
    b"getvar:variant", b"getvar:is-userspace", b"getvar:battery-voltage",
}  # fmt: skip
SEEN = Sighting("1-2@5", DeviceId("usb:1-2"), Platform.ANDROID, Transport.USB, "1-2", State.FASTBOOT)


@pytest.fixture(autouse=True)
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fastboot, "STEP", 0.05)


def read(phone: FastbootPhone) -> fastboot.FastbootFacts:
    return fastboot.read(Patient(DirectPipe(phone), threading.Event()))


def reading(**options: Any) -> Reading:
    builder = ReadingBuilder(SEEN, FixedClock())
    fastboot_values.fill(builder, read(FastbootPhone(**options)))
    return builder.build("fastboot")


def why(found: Reading, field: str) -> str | None:
    return next((problem.code for problem in found.problems if problem.field == field), None)


def test_nothing_but_the_reviewed_questions_is_ever_sent() -> None:
    phone = FastbootPhone()
    read(phone)
    assert set(phone.sent) == REVIEWED
    assert len(phone.sent) == len(REVIEWED)
    with pytest.raises(AssertionError):
        fastboot.command("oem unlock")


def test_a_phone_tells_its_serial_its_lock_and_its_board() -> None:
    found = reading()
    assert found.identity.serial == "1A051FDF6000ZZ"
    assert found.locks.bootloader is LockState.ON
    assert found.identity.model_code == "oriole"
    assert found.evidence["identity.model_code"].quality is Quality.HINT
    assert found.evidence["identity.model_code@variant"].raw == "variant: MSM UFS"
    assert found.evidence["battery.level_percent@battery_voltage"].raw == "battery-voltage: 4123"
    assert from_json(to_json(found)) == found
    assert found.battery.level_percent is None


def test_an_open_bootloader_is_off() -> None:
    assert reading(variables=PIXEL | {"unlocked": "yes"}).locks.bootloader is LockState.OFF


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"variables": {"product": "x"}}, "absent"),
        ({"variables": PIXEL | {"unlocked": "perhaps"}}, "unknown_answer"),
        ({"variables": PIXEL | {"unlocked": ""}}, "absent"),
        ({"silent": "unlocked"}, "timeout"),
        ({"silent": "product"}, "timeout"),
        ({"answers": {"unlocked": b"DATA00001000".hex()}}, "protocol_error"),
        ({"answers": {"unlocked": b"yes".hex()}}, "protocol_error"),
        ({"answers": {"unlocked": b"\xff\x00\x13".hex()}}, "protocol_error"),
        ({"lines": ["INFOand so on"] * 40}, "protocol_error"),
    ],
    ids=str,
)
def test_a_lock_that_was_not_told_is_unknown_and_says_why(options: dict[str, Any], code: str) -> None:
    found = reading(**options)
    assert found.locks.bootloader is LockState.UNKNOWN
    assert why(found, "locks.bootloader") == code


def test_a_phone_that_falls_silent_is_asked_nothing_more_as_its_late_answer_would_be_taken_for_the_next() -> (
    None
):
    phone = FastbootPhone(silent="serialno")
    facts = read(phone)
    assert isinstance(facts.ended, PipeSilent)
    assert phone.sent[-1] == b"getvar:serialno"
    assert facts.values["product"] == "oriole"


def test_lines_before_an_answer_are_passed_over() -> None:
    assert reading(lines=["INFO[info] asked", "TEXTmore"]).locks.bootloader is LockState.ON


@given(st.binary(max_size=300))
def test_whatever_packet_comes_is_an_answer_or_refused(packet: bytes) -> None:
    try:
        word, text = fastboot.answer(packet)
    except BadFastboot as error:
        assert len(error.detail) < 80  # noqa: PT017  both ends are right
    else:
        assert word in {"OKAY", "FAIL", "INFO", "TEXT"}
        assert len(text) <= 252
