"""The talk with a phone over MTP: only reads are sent, and whatever the phone does, what it told is kept."""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.building import ReadingBuilder
from diagnostics.usb import mtp, mtp_values
from diagnostics.usb.mtp_codec import BadAnswer, BadDataset
from diagnostics.usb.mtp_datasets import Storage
from diagnostics.usb.pipe import Patient, PipeLost, PipeSilent, PipeStopped
from tests.fakes.sources import FixedClock, sighting
from tests.fakes.usb_pipes import DirectPipe
from tests.usb_bench import mtp_phone
from tests.usb_bench.mtp_phone import MtpPhone

INTERNAL_BYTES = mtp_phone.INTERNAL[1:4]
INTERNAL = Storage(*mtp_phone.INTERNAL[1:])


@pytest.fixture(autouse=True, scope="module")
def short_steps() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mtp.MtpSession.ask, "__kwdefaults__", {"limit": 0.05})
        yield


def read(phone: MtpPhone) -> mtp.MtpFacts:
    return mtp.read(Patient(DirectPipe(phone), threading.Event()))


def test_a_phone_tells_who_it_is_what_it_stores_and_its_level() -> None:
    phone = MtpPhone(storages=[mtp_phone.INTERNAL, mtp_phone.CARD])
    facts = read(phone)
    assert facts.info is not None
    assert facts.info.model == "SM-A515F"
    assert facts.storages == (INTERNAL, Storage(*mtp_phone.CARD[1:]))
    assert (facts.battery, facts.faults, facts.ended) == (83, {}, None)


def test_only_reading_operations_are_ever_sent_and_the_session_is_closed() -> None:
    phone = MtpPhone()
    read(phone)
    assert phone.asked == [0x1002, 0x1001, 0x1004, 0x1005, 0x1015, 0x1003]
    assert set(phone.asked) == mtp.OPERATIONS


@pytest.mark.parametrize(
    "manner",
    [
        {"parts": 12},
        {"parts": 1},
        {"parts": 64},
        {"joined": True},
        {"left_open": True},
        {"stray": True},
        {"info": {"serial": "x" * 137}},
    ],
    ids=str,
)
def test_each_phones_manner_of_sending_gives_the_same(manner: dict[str, Any]) -> None:
    facts = read(MtpPhone(**manner))
    assert facts.info is not None
    assert facts.info.model == "SM-A515F"
    assert (facts.storages, facts.battery, facts.ended) == ((INTERNAL,), 83, None)


def test_an_answer_that_fills_its_packets_exactly_is_told_from_the_next() -> None:
    name = "x" * 235
    assert (12 + len(mtp_phone.storage_info(*INTERNAL_BYTES, name))) % 512 == 0
    facts = read(MtpPhone(storages=[(0x00010001, *INTERNAL_BYTES, name)]))
    assert facts.ended is None
    assert facts.storages is not None
    assert facts.storages[0].name == name
    assert facts.battery == 83


def test_the_battery_is_asked_only_where_the_phone_offers_it() -> None:
    phone = MtpPhone(info={"properties": [0xD401, 0xD402, 0x5003]})
    assert read(phone).battery is None
    assert 0x1015 not in phone.asked


def test_a_phone_that_refuses_a_part_tells_the_rest() -> None:
    facts = read(MtpPhone(at=mtp_phone.STORAGE_IDS, says=0x200F))
    assert facts.faults["storages"].code == "refused"
    assert facts.battery == 83


def test_a_phone_that_takes_no_session_says_at_least_who_it_is() -> None:
    facts = read(MtpPhone(at=mtp_phone.OPEN, says=0x2019))
    assert facts.info is not None
    assert facts.fault("storages") is facts.ended
    assert isinstance(facts.ended, mtp.MtpRefused)


@pytest.mark.parametrize("data", ["", "01", "ffffffff", "05000000" + "01000100"])
def test_nonsense_in_a_dataset_costs_that_value_only(data: str) -> None:
    facts = read(MtpPhone(at=mtp_phone.STORAGE_IDS, data=data))
    assert isinstance(facts.faults["storages"], BadDataset)
    assert facts.info is not None
    assert facts.battery == 83


@pytest.mark.parametrize("length", [0, 3, 600, 0xFFFFFFFF])
def test_a_length_that_lies_ends_the_talk_in_words_and_keeps_what_was_told(length: int) -> None:
    phone = MtpPhone(at=mtp_phone.STORAGE_IDS, length=length)
    facts = read(phone)
    assert isinstance(facts.ended, BadAnswer)
    assert facts.ended.code == "protocol_error"
    assert facts.info is not None
    assert facts.fault("battery") is facts.ended


@pytest.mark.parametrize("name", ["EIO", "ENODEV", "EPROTO", "EPIPE"])
@pytest.mark.parametrize("at", mtp.OPERATIONS)
def test_a_phone_that_goes_away_at_any_step_leaves_what_it_told(at: int, name: str) -> None:
    facts = read(MtpPhone(at=at, errno=name))
    told = None if at in (mtp.OPEN_SESSION, mtp.GET_DEVICE_INFO) else "SM-A515F"
    assert (facts.info.model if facts.info else None) == told
    assert (facts.ended is not None) is (at != mtp.CLOSE_SESSION)
    assert isinstance(facts.ended, PipeLost) is (at != mtp.CLOSE_SESSION and name != "EPIPE")


@pytest.mark.parametrize("at", mtp.OPERATIONS - {mtp.CLOSE_SESSION})
def test_a_phone_that_hangs_costs_one_step_and_is_asked_nothing_more(at: int) -> None:
    phone = MtpPhone(at=at, hang=True)
    begun = time.monotonic()
    facts = read(phone)
    assert time.monotonic() - begun < 1
    assert isinstance(facts.ended, PipeSilent)
    assert facts.ended.code == "timeout"
    assert phone.asked[-1] == at


def test_a_phone_that_sends_only_empty_packets_does_not_hold_the_reading() -> None:
    class Empty(MtpPhone):
        def bulk_in(self, endpoint: int, length: int) -> bytes | None:
            return b""

    assert isinstance(read(Empty()).ended, (BadAnswer, PipeSilent))


def test_a_phone_that_takes_its_time_at_each_step_keeps_what_it_told_when_the_whole_takes_too_long() -> None:
    class Slow(DirectPipe):
        asked = 0

        def write(self, data: bytes, timeout: float) -> None:
            self.asked += 1
            time.sleep(0.3 if self.asked > 2 else 0)  # it told who it is by then
            super().write(data, timeout)

    facts = mtp.read(Patient(Slow(MtpPhone()), threading.Event(), whole=0.5))
    assert facts.info is not None
    assert isinstance(facts.ended, PipeSilent)


class Babbling:
    """A pipe from which given transfers come, whatever is asked, and then nothing."""

    def __init__(self, transfers: list[bytes]) -> None:
        self._transfers = list(transfers)

    def write(self, data: bytes, timeout: float) -> None:
        pass

    def read(self, length: int, timeout: float) -> bytes:
        if not self._transfers:
            raise PipeSilent
        return self._transfers.pop(0)[:length]

    def close(self) -> None:
        pass


@st.composite
def containers(draw: st.DrawFn) -> bytes:
    content = draw(
        st.binary(max_size=60) | st.sampled_from([mtp_phone.device_info(), mtp_phone.array(4, [0x10001])])
    )
    length = draw(st.just(12 + len(content)) | st.integers(0, 2**32 - 1))
    codes = st.sampled_from([0x1001, 0x1002, 0x1004, 0x2001, 0x201E, 0x2005])
    return (
        struct.pack("<IHHI", length, draw(st.integers(1, 4)), draw(codes), draw(st.integers(0, 4))) + content
    )


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40) | containers(), max_size=12))
def test_whatever_a_phone_sends_the_talk_ends_with_what_can_be_said(transfers: list[bytes]) -> None:
    facts = mtp.read(Patient(Babbling(transfers), threading.Event()))
    assert facts.storages is not None or facts.fault("storages") is not None
    builder = ReadingBuilder(sighting("1"), FixedClock())
    mtp_values.fill(builder, facts)
    reading = builder.build()
    assert reading.storage.total_bytes is None or 10**9 <= reading.storage.total_bytes <= 3 * 10**12


def test_a_talk_that_nobody_wants_ends_soon() -> None:
    stop = threading.Event()
    timer = threading.Timer(0.05, stop.set)
    timer.start()
    session = mtp.MtpSession(Patient(DirectPipe(MtpPhone(at=mtp.GET_DEVICE_INFO, hang=True)), stop))
    begun = time.monotonic()
    with pytest.raises(PipeStopped):
        session.ask(mtp.GET_DEVICE_INFO, limit=30)
    timer.join()
    assert time.monotonic() - begun < 1
