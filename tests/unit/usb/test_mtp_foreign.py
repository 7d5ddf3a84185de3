"""The initiator against a responder that nobody here wrote: uMTP-Responder, as it is installed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.usb import mtp
from diagnostics.usb.pipe import Patient
from tests.fakes.usb_pipes import ProgramPipe
from tests.usb_bench.umtprd import PROGRAM, Program

pytestmark = [
    pytest.mark.foreign,
    pytest.mark.needs("" if PROGRAM else "umtprd is not installed; scripts/setup test installs it"),
]


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[ProgramPipe]:
    program = Program(tmp_path)
    yield ProgramPipe(program)
    program.end()


def test_umtp_responder_tells_all_that_is_asked(phone: ProgramPipe, tmp_path: Path) -> None:
    facts = mtp.read(Patient(phone, threading.Event()))
    assert facts.ended is None
    assert facts.faults == {}
    assert facts.info is not None
    assert (facts.info.maker, facts.info.model, facts.info.serial) == ("Fairphone", "FP4", "0a1b2c3d")
    assert mtp.BATTERY in facts.info.properties
    assert facts.battery == 0  # it offers the level, and does not know it
    disk = os.statvfs(tmp_path)
    assert facts.storages is not None
    (storage,) = facts.storages
    assert (storage.name, storage.capacity) == ("Internal storage", disk.f_blocks * disk.f_frsize)
    assert 0 < storage.free <= storage.capacity
    assert storage.built_in


def test_its_session_is_closed_and_can_be_opened_again(phone: ProgramPipe) -> None:
    first, second = (mtp.read(Patient(phone, threading.Event())) for _ in range(2))
    assert first.ended is None
    assert second.ended is None
    assert first.info == second.info


def test_a_session_that_another_program_left_open_is_closed_first(phone: ProgramPipe) -> None:
    other = mtp.MtpSession(Patient(phone, threading.Event()))
    other.open()
    facts = mtp.read(Patient(phone, threading.Event()))
    assert facts.ended is None
    assert facts.info is not None
    assert facts.info.model == "FP4"


def test_it_refuses_a_storage_that_it_does_not_have_in_a_way_that_is_understood(phone: ProgramPipe) -> None:
    session = mtp.MtpSession(Patient(phone, threading.Event()))
    session.open()
    with pytest.raises(mtp.MtpRefused):
        session.ask(mtp.GET_STORAGE_INFO, 0x00990001)
    assert session.ask(mtp.GET_STORAGE_IDS)
