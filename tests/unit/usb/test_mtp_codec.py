"""MTP's bytes: what phones send is understood, and what nobody should send is a clear fault."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.usb import mtp_codec as codec
from diagnostics.usb import mtp_datasets as datasets
from diagnostics.usb.mtp_codec import BadAnswer, BadDataset
from tests.usb_bench import mtp_phone

# The device info of an older phone: "Sony Ericsson", "SK17i", no version, a serial of its own, and no battery.
OLD_PHONE = bytes.fromhex(
    "6400060000006400136d006900630072006f0073006f00660074002e0063006f006d003a00200031002e003000000000"
    "00040000000110021004100510000000000300000001d402d40350000000000100000001300e53006f006e0079002000"
    "4500720069006300730073006f006e0000000653004b003100370069000000000943004200350041003100430058004a"
    "000000"
)


def test_a_command_is_its_length_kind_code_transaction_and_parameters() -> None:
    assert codec.command(0x1005, 7, 0x00010001) == bytes.fromhex("10000000010005100700000001000100")


def test_a_device_info_is_understood() -> None:
    info = datasets.device_info(mtp_phone.device_info())
    assert (info.maker, info.model, info.version) == ("samsung", "SM-A515F", "1.0")
    assert info.serial == "4f6a0c2be81d4d0f9a7735c8e2b1a906"
    assert 0x5001 in info.properties
    assert 0x1015 in info.operations


def test_an_old_phones_bytes_are_understood() -> None:
    info = datasets.device_info(OLD_PHONE)
    assert (info.maker, info.model, info.version, info.serial) == ("Sony Ericsson", "SK17i", "", "CB5A1CXJ")
    assert info.properties == {0xD401, 0xD402, 0x5003}


def test_a_storage_is_understood_also_without_the_names_at_its_end() -> None:
    told = mtp_phone.storage_info(*mtp_phone.CARD[1:])
    assert datasets.storage_info(told) == datasets.Storage(4, 8_201_306_112, 4_100_653_056, "SD-Karte")
    assert not datasets.storage_info(told).built_in
    assert datasets.storage_info(told[:26]).name == ""


def test_a_slot_without_a_card_is_no_storage() -> None:
    assert datasets.storage_ids(mtp_phone.array(4, [0x00010001, 0x00020000])) == (0x00010001,)
    assert datasets.storage_ids(mtp_phone.array(4, [])) == ()


@pytest.mark.parametrize("length", [0, 11, codec.MOST_BYTES + 1, 0xFFFFFFFF])
def test_a_container_that_lies_about_its_length_is_refused_before_anything_is_read(length: int) -> None:
    with pytest.raises(BadAnswer, match=str(length)):
        codec.head(struct.pack("<IHHI", length, 2, 0x1001, 0))


def test_an_array_of_four_thousand_million_numbers_is_refused_without_being_made() -> None:
    with pytest.raises(BadDataset, match="17179869180 bytes"):
        datasets.storage_ids(b"\xff\xff\xff\xff" + b"\0" * 64)


def test_a_string_longer_than_the_answer_is_refused() -> None:
    told = mtp_phone.device_info()
    with pytest.raises(BadDataset):
        datasets.device_info(told[:-10])


def test_half_a_surrogate_and_what_follows_the_zero_do_no_harm() -> None:
    halved = mtp_phone.string("A\ud800B")
    assert codec.Cursor(halved).string() == "A\ufffdB"
    assert codec.Cursor(b"\x04A\0\0\0B\0C\0").string() == "A"
    assert codec.Cursor(b"\0").string() == ""


@given(
    st.text(max_size=254).filter(
        lambda text: len(text.encode("utf-16-le", "replace")) <= 508 and "\0" not in text
    )
)
def test_each_string_that_fits_comes_back(text: str) -> None:
    assert codec.Cursor(mtp_phone.string(text)).string() == text.encode("utf-16-le", "surrogatepass").decode(
        "utf-16-le", "replace"
    )


@given(st.binary(max_size=400))
def test_whatever_comes_is_understood_or_refused_in_words(data: bytes) -> None:
    for parse in (datasets.device_info, datasets.storage_ids, datasets.storage_info, datasets.battery_level):
        with contextlib.suppress(BadDataset):
            parse(data)


@given(st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_a_device_info_that_breaks_off_or_is_changed_somewhere_is_understood_or_refused(
    at: int, patch: bytes
) -> None:
    told = bytearray(mtp_phone.device_info())
    told[at : at + len(patch)] = patch
    for data in (bytes(told), bytes(told[:at])):
        try:
            info = datasets.device_info(data)
        except BadDataset:
            continue
        assert len(info.maker) <= 255
