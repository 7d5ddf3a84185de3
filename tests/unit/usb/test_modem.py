"""Samsung's modem: one question, at that very phone's port, and only where a shop asked for it."""

from __future__ import annotations

import os
import threading
import tty
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.building import ReadingBuilder
from diagnostics.codec import from_json, to_json
from diagnostics.model import DeviceId, LockState, Platform, Reading, State, Transport
from diagnostics.ports import Sighting
from diagnostics.usb import modem, modem_port
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.pipe import PipeMissing, PipeSilent
from diagnostics.usb.pipe_asking import Asker
from tests.fakes.sources import FixedClock

ANSWER = (
    b"\r\n+DEVCONINFO: MN(SM-A515F);BASE(SM-N900);VER(A515FXXU5EUL1/A515FOXM5EUL1/A515FXXU5EUL1/A515FXXU5EUL1);"
    b"HIDVER(A515FXXU5EUL1);MNC();MCC();PRD(XEF);;SN(R58N12ABCDE);IMEI(490154203237518);UN(CE0617161234);PN();"
    b"CON(AT,MTP);LOCK(NONE);LIMIT(FALSE);SDP(RUNTIME);HVID(Data:196609)\r\n\r\nOK\r\n"
)
SEEN = Sighting("1-2@5", DeviceId("usb:1-2"), Platform.ANDROID, Transport.USB, "1-2", State.DEBUGGING_OFF)
GALAXY = UsbDevice("04e8", "6860", frozenset({"02/02/01"}), "1-2", 5, "R58N12ABCDE")


@dataclass
class FakePort:
    """A serial port as pyserial lists it."""

    device: str
    vid: int | None = 0x04E8
    location: str | None = "1-2:1.1"
    serial_number: str | None = None


class Modem:
    """A modem behind a pseudo terminal.

    Attributes:
        heard: What was written to it.
        name: Its port.
    """

    def __init__(self, answer: bytes) -> None:
        self.heard = b""
        self._answer = answer
        self._ours, theirs = os.openpty()
        tty.setraw(theirs)
        self.name = os.ttyname(theirs)
        self._theirs = theirs
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while not self.heard.endswith(b"\x04"):
            self.heard += os.read(self._ours, 256)
            if self.heard == modem.COMMAND:
                os.write(self._ours, self._answer)

    def close(self) -> None:
        os.write(self._theirs, b"\x04")
        self._thread.join()
        os.close(self._ours)
        os.close(self._theirs)
        self.heard = self.heard.removesuffix(b"\x04")


@pytest.fixture
def galaxy() -> Iterator[Modem]:
    one = Modem(ANSWER)
    yield one
    one.close()


def reading(answer: bytes) -> Reading:
    builder = ReadingBuilder(SEEN, FixedClock())
    modem.fill(builder, modem.parse(answer))
    return builder.build("debugging_off")


def test_model_serial_and_imei_are_read_and_the_lock_is_not_taken_for_proof() -> None:
    found = reading(ANSWER)
    assert (found.identity.model, found.identity.model_code) == ("Galaxy A51", "SM-A515F")
    assert (found.identity.serial, found.identity.imei) == ("R58N12ABCDE", "490154203237518")
    assert found.locks.sim is LockState.UNKNOWN
    assert found.evidence["locks.sim@modem"].raw == "NONE"
    assert from_json(to_json(found)) == found


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ANSWER.replace(b"490154203237518", b"490154203237519"), "bad_check_digit"),
        (ANSWER.replace(b"490154203237518", b"000000000000000"), "dial_imei"),
        (b"\r\nERROR\r\n", "dial_imei"),
        (b"\xff\xfe" * 300, "dial_imei"),
        (b"", "dial_imei"),
    ],
)
def test_an_imei_that_fails_its_check_or_was_not_told_is_none(answer: bytes, code: str) -> None:
    found = reading(answer)
    assert found.identity.imei is None
    assert [problem.code for problem in found.problems if problem.field == "identity.imei"] == [code]


@given(st.binary(max_size=500))
def test_whatever_comes_gives_pairs_or_none(answer: bytes) -> None:
    for pairs in (modem.parse(answer), modem.parse(b"+DEVCONINFO: " + answer)):
        assert all(len(value) <= 120 for value in pairs.values())


def test_one_question_is_asked_at_the_phones_own_port(galaxy: Modem) -> None:
    ports = [FakePort("/dev/none", location="1-3:1.1"), FakePort(galaxy.name)]
    assert modem_port.ask(GALAXY, threading.Event(), lambda: ports) == ANSWER
    galaxy_heard = galaxy.heard
    assert galaxy_heard == b"AT+DEVCONINFO\r\n"


@pytest.mark.parametrize(
    "port",
    [
        {"vid": 0x1A86},
        {"vid": None},
        {"location": "1-3:1.1"},
        {"location": None},
        {"location": None, "serial_number": "R58N12ABCDF"},
        {"location": "1-3:1.1", "serial_number": "R58N12ABCDE"},
        {"location": "1-2.1:1.1"},
    ],
    ids=str,
)
def test_a_port_that_is_not_the_phones_is_never_written_to(galaxy: Modem, port: dict[str, object]) -> None:
    with pytest.raises(PipeMissing):
        modem_port.ask(GALAXY, threading.Event(), lambda: [FakePort(galaxy.name, **port)])  # type: ignore[arg-type]
    assert galaxy.heard == b""


def test_a_phone_of_another_maker_is_not_asked_even_at_its_own_port(galaxy: Modem) -> None:
    other = UsbDevice("18d1", "4ee1", frozenset({"02/02/01"}), "1-2", 5)
    with pytest.raises(PipeMissing):
        modem_port.ask(other, threading.Event(), lambda: [FakePort(galaxy.name)])
    assert galaxy.heard == b""


def test_a_modem_that_does_not_answer_is_left_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modem_port, "STEP", 0.1)
    silent = Modem(b"\r\n+DEVCON")
    with pytest.raises(PipeSilent):
        modem_port.ask(GALAXY, threading.Event(), lambda: [FakePort(silent.name)])
    silent.close()


async def test_it_is_asked_only_where_a_shop_wants_it(galaxy: Modem) -> None:
    for wanted, imei in ((False, None), (True, "490154203237518")):
        builder = ReadingBuilder(SEEN, FixedClock())
        asker = Asker(modem=wanted, ports=lambda: [FakePort(galaxy.name)])
        await asker.fill(builder, GALAXY)
        assert builder.partial().identity.imei == imei
        assert galaxy.heard == (modem.COMMAND if wanted else b"")
