"""The characters: enough of them, each what it says, with ids that hold together."""

from __future__ import annotations

import random
import re
import time

import pytest
from stdnum import imei as imei_numbers

from diagnostics.practice.apple.characters import Character, cast, load_characters, make_ids, make_imei
from diagnostics.practice.apple.registry import battery, entry
from diagnostics.practice.apple.values import UNTRUSTED, all_values, domain_values
from diagnostics.practice.bench import PracticeBench

WANTED = (
    "worn-battery", "fresh", "not-trusted", "activation-locked", "signed-in", "supervised", "carrier", "old-system",
)  # fmt: skip
BOX_SIZES = (32, 64, 128, 256, 512)

characters = pytest.mark.parametrize("character", load_characters(), ids=lambda character: character.name)


def test_the_first_eight_are_the_eight_that_training_needs():
    assert tuple(character.name for character in cast(8)) == WANTED


def test_more_phones_than_characters_start_the_list_again_with_ids_of_their_own():
    many = cast(len(load_characters()) + 1)
    first, again = many[0], many[-1]

    assert first.name == again.name
    assert make_ids(first, "1:0") != make_ids(again, "1:10")
    assert make_ids(first, "1:0") == make_ids(first, "1:0")


@characters
def test_ids_are_of_the_right_shape(character: Character):
    ids = make_ids(character, "7")
    new = character.model["chip_id"] >= 0x8020
    shape = r"[0-9A-F]{8}-[0-9A-F]{16}" if new else r"[0-9a-f]{40}"

    assert re.fullmatch(shape, ids.udid)
    assert not new or ids.udid == f"{character.model['chip_id']:08X}-{ids.ecid:016X}"
    if character.cellular:
        assert imei_numbers.is_valid(ids.imei)
        assert imei_numbers.is_valid(ids.imei2)
        assert ids.imei[:8] == ids.imei2[:8] == character.model["tac"]
    else:
        assert (ids.imei, ids.imei2) == ("", "")
    assert len(ids.serial) in {10, 12}


def test_imeis_pass_the_check_of_an_independent_library():
    dice = random.Random(5)

    assert all(imei_numbers.is_valid(make_imei("35662314", dice)) for _ in range(500))


@characters
def test_every_value_is_there_that_a_reader_looks_for(character: Character):
    ids = make_ids(character, "7")
    values = all_values(character, ids, locked=False)
    disk = domain_values(character, "com.apple.disk_usage")

    assert disk is not None
    assert any(size * 0.97e9 < disk["TotalDiskCapacity"] <= size * 1e9 for size in BOX_SIZES)
    assert 0 < disk["AmountDataAvailable"] < disk["TotalDataCapacity"] < disk["TotalDiskCapacity"]
    assert re.fullmatch(r"[MFNP][A-Z0-9]{4}", values["ModelNumber"])
    assert re.fullmatch(r"[A-Z]{2}/A", values["RegionInfo"])
    missing = {
        key for key in UNTRUSTED - values.keys() if character.cellular or not key.startswith("Baseband")
    }
    assert missing == {"UntrustedHostBUID"}
    assert set(character.model["marketing_name"]) & set("iPhone")


@characters
def test_batteries_are_plausible_but_for_nothing(character: Character):
    ids = make_ids(character, "7")
    registry = battery(character, ids)
    health = registry["NominalChargeCapacity"] / registry["DesignCapacity"]

    assert 0.5 < health < 1.05
    assert 0 <= registry["CycleCount"] < 1500
    assert registry["AppleRawMaxCapacity"] <= registry["NominalChargeCapacity"]
    assert entry(character, ids, None, "IOPMPowerSource") == registry
    assert entry(character, ids, "NoSuchEntry", None) is None


def test_each_character_is_what_its_name_says():
    by_name = {character.name: character for character in load_characters()}

    assert (
        by_name["worn-battery"].battery["nominal_mah"] / by_name["worn-battery"].battery["design_mah"] < 0.8
    )
    assert by_name["fresh"].battery["cycles"] < 20
    assert not by_name["not-trusted"].trusted
    assert by_name["activation-locked"].owner["activation"] == "Unactivated"
    assert by_name["signed-in"].owner["find_my"] is True
    assert by_name["supervised"].cloud["OrganizationName"]
    assert by_name["carrier"].sim["status"].endswith("OperatorLocked")
    assert by_name["carrier"].model["region"] == "LL/A"
    assert by_name["old-system"].version[0] == 12


async def test_a_bench_of_eight_is_up_in_half_a_second():
    bench = PracticeBench(androids=0)
    start = time.perf_counter()
    await bench.start()
    took = time.perf_counter() - start
    await bench.stop()

    assert took < 0.5
