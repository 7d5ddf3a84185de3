"""From answers to values: which source wins, what is withheld, and why."""

from __future__ import annotations

import pytest

from diagnostics.android import battery, identity, locks, memory, storage
from diagnostics.android.batch import Answer, Outcome
from diagnostics.android.rules import name_of
from diagnostics.messages import message, problem_codes
from diagnostics.model import LockState, Quality
from diagnostics.practice.android.parcels import string_parcel
from tests.fakes import android_texts as texts
from tests.fakes.android import answers, builder


def _locks(properties=None, **given):
    made = builder()
    locks.fill(made, properties or {}, answers(**given))
    return made.build()


def _code(reading, field):
    return next((p.code for p in reading.problems if p.field == field), None)


@pytest.mark.parametrize(
    ("properties", "df", "size", "quality"),
    [
        ({"ro.boot.hardware.ufs": "128GB,SKHynix"}, texts.TOYBOX_DF, 128, Quality.EXACT),
        ({"ro.boot.hardware.ufs": "[256GB,Micron]"}, texts.TOYBOX_DF, 256, Quality.EXACT),
        (
            {"ro.vendor.hw.storage": "1TB"},
            texts.TOYBOX_DF.replace("114982996", "914982996"),
            1024,
            Quality.EXACT,
        ),
        ({"ro.vendor.hw.storage": "64GB"}, texts.TOYBOX_DF, 128, Quality.ESTIMATE),
        ({"ro.vendor.hw.storage": "100GB"}, texts.TOYBOX_DF, 128, Quality.ESTIMATE),
        ({}, texts.TOOLBOX_DF, 32, Quality.ESTIMATE),
        ({"ro.vendor.hw.storage": "256GB"}, "df: no such tool", 256, Quality.EXACT),
    ],
)
def test_size_on_the_box(properties, df, size, quality):
    made = builder()
    storage.fill(made, properties, answers(df=df))
    reading = made.build()
    assert reading.storage.capacity_gb == size
    assert reading.evidence["storage.capacity_gb"].quality is quality


@pytest.mark.parametrize(
    ("total", "size"),
    [
        (117_742_587_904, 128), (63_000_000_000, 64), (9_700_000_000, 16), (70_000_000_000, None),
        (300_000_000_000, 512), (1_000_000_000_000, 1024),
        (1_880_000_000_000, 2048), (2_500_000_000_000, None), (27_000_000_000, 32),
    ],
)  # fmt: skip
def test_box_from_the_data_partition(total, size):
    assert storage.box_size(total) == size


@pytest.mark.parametrize("stated", ["512GB,Kioxia", "1TB"])
def test_a_stated_size_far_above_the_measured_one_is_not_used_and_both_are_kept(stated):
    made = builder()
    storage.fill(made, {"ro.boot.hardware.ufs": stated}, answers(df=texts.TOYBOX_DF))
    reading = made.build()
    assert reading.storage.capacity_gb is None
    assert reading.storage.total_bytes is not None, "what was measured stands"
    assert _code(reading, "storage.capacity_gb") == "contradiction"
    assert reading.evidence["storage.capacity_gb@stated"].raw == stated
    assert reading.evidence["storage.capacity_gb@data"].source == "df -k /data"
    assert stated.partition(",")[0] in message(next(p for p in reading.problems if p.code == "contradiction"))


@pytest.mark.parametrize(
    ("stated", "total", "ram", "code"),
    [
        ("16GB", 7_600_000, None, "contradiction"),
        ("16GiB,Micron", 15_300_000, 16, None),
        ("12GB", 7_600_000, None, "contradiction"),
        ("8GB", 7_600_000, 8, None),
        ("4GB", 7_600_000, 8, None),
    ],
)
def test_stated_memory_is_held_to_what_the_kernel_has(stated, total, ram, code):
    made = builder()
    memory.fill(made, {"ro.vendor.hw.ram": stated}, answers(meminfo=f"MemTotal: {total} kB\n"))
    reading = made.build()
    assert reading.storage.ram_gb == ram
    assert _code(reading, "storage.ram_gb") == code
    assert ("storage.ram_gb@kernel" in reading.evidence) is (code is not None)


def test_storage_that_cannot_be_right_is_withheld():
    made = builder()
    storage.fill(made, {}, answers(df="/dev/x 100 300 900 4% /data\n"))
    reading = made.build()
    assert reading.storage.total_bytes is None
    assert _code(reading, "storage.total_bytes") == "implausible"
    assert _code(reading, "storage.capacity_gb") == "implausible"


def test_storage_that_was_not_told_says_why():
    made = builder()
    storage.fill(made, {}, {"df": Answer("", None, Outcome.TIMEOUT)})
    assert _code(made.build(), "storage.capacity_gb") == "timeout"


@pytest.mark.parametrize(
    ("told", "maker", "name", "quality"),
    [
        (("samsung", "SM-S911B", {}), "Samsung", "Galaxy S23", "estimate"),
        (("samsung", "SM-S9110", {}), "Samsung", "Galaxy S23", "estimate"),
        (("samsung", "SM-Z999", {}), "Samsung", "SM-Z999", "hint"),
        (("Google", "Pixel 8 Pro", {}), "Google", "Pixel 8 Pro", "exact"),
        (("motorola", "moto g84 5G", {}), "Motorola", "moto g84 5G", "exact"),
        (("motorola", "XT2347-2", {}), "Motorola", "moto g84 5G", "estimate"),
        (("Xiaomi", "2312DRA50G", {"ro.product.marketname": "Redmi Note 13"}), "Xiaomi", "Redmi Note 13", "exact"),
        (("OnePlus", "NE2213", {"ro.vendor.oplus.market.name": "OnePlus 10"}), "OnePlus", "OnePlus 10", "exact"),
        (("asus", "ASUS_AI2202", {"ro.vendor.asus.product.mkt_name": "Zenfone 9"}), "Asus", "Zenfone 9", "exact"),
        (("ZTE", "ZTE A2121E", {"ro.vendor.product.ztename": "ZTE Axon 20 5G"}), "ZTE", "ZTE Axon 20 5G", "exact"),
        (("OPPO", "CPH1955", {"ro.oppo.market.name": "OPPO K3"}), "OPPO", "OPPO K3", "exact"),
        (("HUAWEI", "BKL-L09", {"ro.product.brand": "HONOR"}), "Honor", "Honor View 10", "estimate"),
        (("HUAWEI", "CLT-AL00", {"ro.config.marketing_name": "CLT-AL00"}), "Huawei", "P20 Pro", "estimate"),
        (("HUAWEI", "ZZZ-AL09", {"ro.config.marketing_name": "null"}), "Huawei", "ZZZ-AL09", "hint"),
        (("Xiaomi", "Redmi Note 8", {"ro.product.brand": "xiaomi"}), "Xiaomi", "Redmi Note 8", "hint"),
        (("Fairphone", "FP5", {}), "Fairphone", "Fairphone 5", "estimate"),
        (("NoName", "P-100 <b>", {}), "NoName", "P-100 <b>", "hint"),
    ],
)  # fmt: skip
def test_names(told, maker, name, quality):
    made = builder()
    identity.fill(made, {"ro.product.manufacturer": told[0], "ro.product.model": told[1], **told[2]})
    reading = made.partial()
    assert (reading.identity.manufacturer, reading.identity.model) == (maker, name)
    assert reading.evidence["identity.model"].quality == quality


def test_the_longest_family_names_the_phone():
    assert name_of("SM-A528B") == "Galaxy A52s 5G"
    assert name_of("SM-A526B") == "Galaxy A52 5G"
    assert name_of("SM") is None
    assert name_of("") is None


def test_serial_region_and_system():
    made = builder()
    identity.fill(
        made,
        {
            "ro.serialno": "a1b2c3d4",
            "ril.serialnumber": "00000000000",
            "ro.csc.sales_code": "XEF",
            "ro.carrier": "unknown",
            "ro.build.version.release": "15",
        },
    )
    found = made.partial().identity
    assert (found.serial, found.region, found.os, found.os_version) == ("a1b2c3d4", "XEF", "Android", "15")


@pytest.mark.parametrize(
    ("properties", "region"),
    [
        ({"ro.csc.sales_code": "TGY", "ro.csc.country_code": "HONG KONG"}, "TGY"),
        ({"ro.carrier": "reteu"}, "reteu"),
        ({"ro.carrier": "retail", "ro.vendor.oplus.regionmark": "EUEX"}, "EUEX"),
        ({"ro.oppo.regionmark": "EUEX"}, "EUEX"),
        ({"ro.miui.region": "HK", "ro.miui.build.region": "global"}, "global"),
        ({"ro.hw.country": "eu"}, "eu"),
        ({"ro.boot.carrierid": "", "ro.carrier": "unknown"}, None),
    ],
)
def test_where_and_by_whom_it_was_sold(properties, region):
    made = builder()
    identity.fill(made, properties)
    assert made.partial().identity.region == region


@pytest.mark.parametrize(
    ("properties", "parcel", "imei", "code"),
    [
        ({"ro.ril.oem.imei1": "867214035735868"}, "", "867214035735868", None),
        ({}, texts.IMEI_PARCEL, "867214035735868", None),
        ({}, texts.REFUSED_PARCEL, None, "dial_imei"),
        ({"ro.ril.oem.imei1": "867214035735869"}, "", None, "bad_check_digit"),
        ({"ro.ril.oem.imei1": "86721403573586"}, "", None, "bad_check_digit"),
        ({"ro.ril.oem.imei1": "000000000000000"}, "", None, "dial_imei"),
        ({"ro.ril.oem.imei1": "not an imei"}, "", None, "dial_imei"),
        ({"ro.build.characteristics": "tablet"}, "", None, "tablet_imei"),
        ({"ro.build.characteristics": "nosdcard,tablet"}, texts.REFUSED_PARCEL, None, "tablet_imei"),
        ({"ro.build.characteristics": "tablet", "ro.radio.noril": "yes"}, "", None, "no_modem"),
        ({"ro.build.characteristics": "tablet", "ro.carrier": "wifi-only"}, "", None, "no_modem"),
        ({"ro.build.characteristics": "nosdcard", "ro.carrier": "unknown"}, "", None, "dial_imei"),
        ({"ro.ril.oem.imei1": "867214035735869", "ro.ril.miui.imei0": "867214035735868"}, "", "867214035735868", None),
    ],
)  # fmt: skip
def test_imei(properties, parcel, imei, code):
    made = builder()
    identity.fill_imeis(made, properties, answers(imei=parcel))
    reading = made.partial()
    assert reading.identity.imei == imei
    assert _code(reading, "identity.imei") == code


_FIRST, _SECOND, _REFUSED = texts.IMEI_PARCEL, texts.SECOND_IMEI_PARCEL, texts.REFUSED_PARCEL
_CARD = string_parcel("208150000000003")


@pytest.mark.parametrize(
    ("told", "imei", "imei2"),
    [
        ({"imei": _FIRST, "imei_first": _FIRST, "imei_second": _SECOND}, "867214035735868", "867214035735876"),
        # The service's own choice is the second slot's where that one has the card.
        ({"imei": _SECOND, "imei_first": _FIRST, "imei_second": _SECOND}, "867214035735868", "867214035735876"),
        ({"imei": _FIRST, "imei_first": _REFUSED, "imei_second": _REFUSED}, "867214035735868", None),
        ({"imei": _REFUSED, "imei_first": _REFUSED, "imei_second": _SECOND}, None, None),
        # One slot only: asked for the second, the phone answers with the first.
        ({"imei": _FIRST, "imei_first": _FIRST, "imei_second": _FIRST}, "867214035735868", None),
        # A maker whose third call is another one: a card's number, by chance with a right check digit.
        ({"imei": _FIRST, "imei_first": _CARD, "imei_second": _CARD}, "867214035735868", None),
        ({"imei": _REFUSED, "imei_first": _CARD}, None, None),
        ({"imei": _FIRST, "imei_first": string_parcel("867214035735869")}, "867214035735868", None),
        ({"imei": _FIRST, "imei_second": string_parcel("86721403573587")}, "867214035735868", None),
    ],
)  # fmt: skip
def test_the_imeis_of_two_slots_up_to_android_9(told, imei, imei2):
    made = builder()
    identity.fill_imeis(made, {}, answers(**told))
    found = made.partial()
    assert (found.identity.imei, found.identity.imei2) == (imei, imei2)
    if imei2:
        source = "service call iphonesubinfo 3 i32 1 s16 com.android.shell"
        assert found.evidence["identity.imei2"].source == source


def test_a_phone_whose_properties_tell_one_imei_is_asked_for_the_other():
    made = builder()
    told = answers(imei=_FIRST, imei_first=_FIRST, imei_second=_SECOND)
    identity.fill_imeis(made, {"persist.radio.imei": "867214035735868"}, told)
    found = made.partial().identity
    assert (found.imei, found.imei2) == ("867214035735868", "867214035735876")


def test_an_imei_that_is_told_twice_is_no_second_one():
    made = builder()
    told = {"ro.ril.oem.imei1": "867214035735868", "ro.ril.oem.imei2": "867214035735868"}
    identity.fill_imeis(made, told, {})
    assert (made.partial().identity.imei, made.partial().identity.imei2) == ("867214035735868", None)


_GREEN = {
    "ro.boot.flash.locked": "1",
    "ro.boot.vbmeta.device_state": "locked",
    "ro.boot.verifiedbootstate": "green",
}


@pytest.mark.parametrize(
    ("properties", "state", "code"),
    [
        (_GREEN, LockState.ON, None),
        ({"ro.boot.flash.locked": "1", "ro.boot.verifiedbootstate": "GREEN"}, LockState.ON, None),
        ({**_GREEN, "ro.boot.verifiedbootstate": "orange"}, LockState.OFF, None),
        ({**_GREEN, "ro.boot.flash.locked": "0"}, LockState.OFF, None),
        ({"ro.boot.vbmeta.device_state": "unlocked"}, LockState.OFF, None),
        ({**_GREEN, "ro.secureboot.lockstate": "unlocked"}, LockState.OFF, None),
        ({**_GREEN, "ro.boot.verifiedbootstate": "yellow"}, LockState.UNKNOWN, "foreign_system"),
        ({"ro.boot.flash.locked": "1"}, LockState.UNKNOWN, "absent"),
        ({}, LockState.UNKNOWN, "absent"),
    ],
)
def test_bootloader(properties, state, code):
    reading = _locks(properties)
    assert reading.locks.bootloader is state
    assert _code(reading, "locks.bootloader") == code


_PIXEL = {"ro.product.brand": "google", "ro.product.device": "shiba"}


def test_a_bootloader_that_could_not_be_asked_for_is_not_absent():
    made = builder()
    locks.fill(made, {}, {"getprop": Answer("", None, Outcome.DROPPED)})
    assert _code(made.build(), "locks.bootloader") == "link_dropped"


@pytest.mark.parametrize(
    ("properties", "given"),
    [
        ({}, {"which_su": "/product/bin/su\n"}),
        ({}, {"packages": "package:com.topjohnwu.magisk\n"}),
        ({"ro.debuggable": "1"}, {}),
        ({"ro.build.tags": "test-keys"}, {}),
        ({"ro.build.type": "userdebug"}, {}),
        ({"ro.boot.warranty_bit": "1"}, {}),
        ({"ro.vendor.boot.warranty_bit": "1"}, {}),
        ({**_PIXEL, "ro.build.fingerprint": "OnePlus/OnePlus3/OnePlus3T:8.0.0/OPR1/1:user/release-keys"}, {}),
    ],
)
def test_signs_of_root(properties, given):
    reading = _locks(properties, **given)
    assert reading.locks.root is LockState.ON
    assert reading.evidence["locks.root"].quality is Quality.HINT


@pytest.mark.parametrize(
    "properties",
    [
        {**_PIXEL, "ro.build.fingerprint": "google/shiba/shiba:16/BP3A/14064138:user/release-keys"},
        {"ro.product.brand": "HONOR", "ro.product.device": "HWBKL",
         "ro.build.fingerprint": "HUAWEI/BKL-L09/HWBKL:8.0.0/HUAWEIBKL-L09/157:user/release-keys"},
        {**_PIXEL, "ro.build.fingerprint": "nonsense"},
        {"ro.product.brand": "", "ro.build.fingerprint": "OnePlus/OnePlus3/OnePlus3T:8.0.0/OPR1/1:user/release-keys"},
    ],
)  # fmt: skip
def test_a_fingerprint_of_its_own_is_no_sign_of_root(properties):
    assert _locks(properties).locks.root is LockState.UNKNOWN


def test_no_sign_of_root_proves_nothing():
    reading = _locks({"ro.debuggable": "0"}, which_su="", packages="package:android\n")
    assert reading.locks.root is LockState.UNKNOWN
    assert _code(reading, "locks.root") == "not_proved_off"


def test_the_bootloader_of_a_rooted_phone_is_but_a_hint():
    reading = _locks(_GREEN, which_su="/system/bin/su\n")
    assert reading.evidence["locks.bootloader"].quality is Quality.HINT


def test_every_reason_has_words():
    said = (
        _locks(),
        _locks({"ro.boot.verifiedbootstate": "red"}),
    )
    for problem in (problem for reading in said for problem in reading.problems):
        assert problem.code in problem_codes()
        assert "{" not in message(problem, "fr")


def test_a_capacity_that_only_android_estimates_is_an_estimate():
    made = builder()
    stats = texts.BATTERYSTATS.replace("learned", "lost")
    battery.fill(made, answers(battery="", batterystats=stats), final=True)
    reading = made.build()
    assert (reading.battery.design_mah, reading.battery.health_percent) == (5000, None)
    assert reading.evidence["battery.design_mah"].quality is Quality.ESTIMATE
