"""One thing at a time that a phone prints, in the forms in which phones were seen to print it."""

from __future__ import annotations

import pytest

from diagnostics.android.parsers import (
    accounts,
    battery_broadcast,
    battery_dump,
    batterystats,
    device_policy,
    disk,
    getprop,
    health_hal,
    locking,
    packages,
    parcel,
)
from diagnostics.android.parsers.numbers import alone, integer
from tests.fakes import android_texts as texts


def test_properties_keep_brackets_and_line_breaks():
    text = "[ro.a]: [x]\n[ro.ufs]: [[128GB,SKHynix]]\n[ro.lines]: [one\ntwo]: [three]\n[ro.empty]: []\n"
    assert getprop.parse(text) == {
        "ro.a": "x",
        "ro.ufs": "[128GB,SKHynix]",
        "ro.lines": "one\ntwo]: [three",
        "ro.empty": "",
    }


def test_a_property_that_is_cut_off_is_left_out_and_the_first_of_two_counts():
    assert getprop.parse("[ro.a]: [1]\n[ro.a]: [2]\n[ro.b]: [half") == {"ro.a": "1"}


def test_galaxy_battery_is_read_past_its_traps():
    dump = battery_dump.parse(texts.GALAXY_BATTERY)
    assert (dump.level, dump.scale, dump.counter) == (64, 100, 2022400)
    assert (dump.asoc, dump.asoc_backup, dump.bsoh, dump.usage) == (86, 86, 95, 61919)
    assert not dump.faked
    assert not dump.is_full


def test_the_backup_of_the_health_is_the_last_one_logged():
    dump = battery_dump.parse(texts.GALAXY_TABLET_BATTERY)
    assert (dump.asoc, dump.asoc_backup, dump.usage) == (-1, 96, 132)


def test_usage_comes_from_the_log_where_it_was_not_saved():
    head = "Current Battery Service state:\n"
    assert (
        battery_dump.parse(f"{head}[SS][BattInfo]DischargeLevelData efsValue:5000\nx efsValue:1\n").usage
        == 5000
    )


def test_motorola_prints_both_capacities():
    dump = battery_dump.parse(texts.MOTOROLA_BATTERY)
    assert (dump.full, dump.design) == (4072000, 4400000)


def test_faked_battery_values_are_recognised():
    assert battery_dump.parse(texts.FAKED_BATTERY).faked


def test_a_missing_service_is_no_battery():
    assert battery_dump.parse("Can't find service: battery\n") == battery_dump.BatteryDump()
    assert battery_dump.parse("<html><body>\nlevel: 42\n</body></html>\n") == battery_dump.BatteryDump()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (texts.HEALTH_HAL, health_hal.HealthHal(8065000, 8000000, 60, None)),
        (
            texts.HEALTH_HAL_ANDROID_15,
            health_hal.HealthHal(3870000, 4410000, 612, 87, 1651363200, 1658275200),
        ),
        (texts.HEALTH_HAL_EMPTY, health_hal.HealthHal(0, 0, 0, -1, 0)),
        (texts.HEALTH_HIDL, health_hal.HealthHal(2808000, 3227000, 301, None)),
        ("Can't find service: android.hardware.health.IHealth/default\n", health_hal.HealthHal()),
    ],
)
def test_health_hal(text, expected):
    assert health_hal.parse(text) == expected


def test_the_broadcast_that_stays_counts_and_one_without_cycles_tells_none():
    assert battery_broadcast.cycles(texts.BATTERY_BROADCASTS) == 139
    assert battery_broadcast.cycles("Bundle[{level=80, scale=100}]\n") is None
    assert battery_broadcast.cycles("com.android.os.extra.CYCLE_COUNTS=5, CYCLE_COUNT=7\n") is None


def test_batterystats_tells_what_was_learned():
    assert batterystats.parse(texts.BATTERYSTATS) == batterystats.BatteryStats(5000, 4630)


@pytest.mark.parametrize(
    ("text", "total", "free", "exact"),
    [
        (texts.TOYBOX_DF, 114982996 * 1024, 98220412 * 1024, True),
        (texts.TOYBOX_DF_USER, 110885612 * 1024, 18771004 * 1024, True),
        (texts.TOOLBOX_DF, int(26.2 * 1024**3), int(14.5 * 1024**3), False),
    ],
)
def test_df(text, total, free, exact):
    found = disk.parse(text)
    assert found is not None
    assert (found.total, found.free, found.exact) == (total, free, exact)


@pytest.mark.parametrize("text", ["", "df: '/data': Permission denied\n", "/dev/fuse 1 2 3 4% /storage\n"])
def test_df_of_something_else_is_nothing(text):
    assert disk.parse(text) is None


def test_accounts_are_counted_by_kind_and_services_are_none():
    found = accounts.parse(texts.ACCOUNTS_TWO)
    assert found.count == 3
    assert found.kinds == ("com.google", "com.osp.app.signin", "com.whatsapp")


def test_no_accounts_and_no_answer_are_different():
    assert accounts.parse(texts.ACCOUNTS_NONE) == accounts.Accounts(0, ())
    assert accounts.parse("Permission Denial: can't dump AccountManager\n") == accounts.Accounts(None, ())


def test_accounts_of_all_users_are_added():
    assert accounts.parse(texts.ACCOUNTS_NONE + texts.ACCOUNTS_TWO).count == 3


@pytest.mark.parametrize(
    ("text", "told", "device", "profiles"),
    [
        ("no owners\n", True, None, ()),
        ("1 owner:\nUser  0: admin=com.example/.Admin,DeviceOwner,Affiliated\n", True, "com.example/.Admin", ()),
        ("1 owner:\nUser 10: admin=com.work/.Admin,ProfileOwner\n", True, None, ("com.work/.Admin",)),
        ("Error: unknown command 'list-owners'\n", False, None, ()),
        ("2 owners:\n", False, None, ()),
        ("2 owners:\nUser 10: admin=com.work/.Admin,ProfileOwner\n", False, None, ("com.work/.Admin",)),
        ("no owners\nUser  0: admin=com.example/.Admin,DeviceOwner\n", False, "com.example/.Admin", ()),
    ],
)  # fmt: skip
def test_list_of_owners(text, told, device, profiles):
    assert device_policy.parse_list(text) == device_policy.Owners(told, device, profiles)


def test_an_owner_of_a_kind_that_nobody_knows_is_no_whole_list():
    listed = device_policy.parse_list("1 owner:\nUser  0: admin=com.example/.Admin,SomethingNew\n")
    assert (listed.told, listed.others) == (False, ("com.example/.Admin",))


def test_a_name_of_an_owner_is_what_stands_between_the_blanks():
    owned = device_policy.parse_dump(texts.POLICY_OWNED)
    assert owned.name == "Exemple Logistique"
    assert device_policy.parse_dump("  Device Owner:\n    name=    \n").name == ""


def test_an_unowned_phone_that_prints_the_words_is_unowned():
    assert device_policy.parse_dump(texts.POLICY_UNOWNED) == device_policy.Owners(told=True)


def test_owned_phones_are_owned():
    owned = device_policy.parse_dump(texts.POLICY_OWNED)
    assert owned.device == "com.example.mdm/com.example.mdm.Admin"
    assert device_policy.parse_dump("  Device Owner Type: 0\n").device == ""


def test_a_work_profile_is_no_device_owner():
    owners = device_policy.parse_dump(texts.POLICY_WORK_PROFILE)
    assert (owners.device, owners.profiles) == (None, ("com.example.work/.Admin",))


@pytest.mark.parametrize(("kind", "read"), [("None", "none"), ("NONE", "none"), ("Pin", "pin")])
def test_screen_lock_is_the_owners(kind, read):
    assert locking.credential(texts.LOCK_SETTINGS.format(kind=kind)) == read


def test_screen_lock_of_another_user_is_not_the_owners():
    assert locking.credential("User State:\n  User 10\n    CredentialType: None\n") is None


@pytest.mark.parametrize(("locked", "expected"), [(1, True), (0, False)])
def test_locked_now(locked, expected):
    assert locking.device_locked(texts.TRUST.format(locked=locked)) is expected


def test_nothing_is_known_of_a_missing_trust_service():
    assert locking.device_locked("Can't find service: trust\n") is None


def test_reset_protection():
    text = texts.RESET_PROTECTION.format(enforced="true", active="false")
    assert locking.reset_protection(text) == locking.ResetProtection(enforced=True, active=False)
    assert locking.reset_protection("Permission Denial\n") is None


def test_a_parcel_gives_its_string_and_an_exception_gives_none():
    assert parcel.text_of(texts.IMEI_PARCEL) == "867214035735868"
    assert parcel.text_of(texts.SECOND_IMEI_PARCEL) == "867214035735876"
    assert parcel.text_of(texts.REFUSED_PARCEL) is None
    assert parcel.text_of("service: not found\n") is None


def test_only_wanted_packages_are_kept():
    text = "package:com.bank\npackage:com.topjohnwu.magisk\npackage:org.me.topjohnwu.magisk.not\n"
    assert packages.named(text, ["com.topjohnwu.magisk", "eu.chainfire.supersu"]) == ("com.topjohnwu.magisk",)


@pytest.mark.parametrize(
    ("text", "value"), [("12\n", 12), (" 0 ", 0), ("", None), ("cat: x: Permission denied", None), ("1" * 40, None)]
)  # fmt: skip
def test_a_number_alone(text, value):
    assert alone(text) == value


def test_a_number_drops_its_fraction_but_is_no_version():
    assert integer("a: 95.00\n", "a:") == 95
    assert integer("a: 1.2.3\n", "a:") is None


@pytest.mark.parametrize(
    ("label", "text", "number"),
    [
        (r"^[ \t]*[Cc]harge counter:", "  Charge counter: 4100\n", 4100),
        (r"^[ \t]*[Cc]harge counter:", "charge counter: 4100", 4100),
        (r"\bbatteryFullCharge ?[:=]", "batteryFullCharge: 4", 4),
        (r"\bbatteryFullCharge ?[:=]", "batteryFullCharge =5", 5),
        (r"\bandroid\.os\.extra\.CYCLE_COUNT=", "{android.os.extra.CYCLE_COUNT=88}", 88),
        (r"^[ \t]*mSaved:[ \t]*\[?", "mSaved: [99]", 99),
        (r"full|empty:", "empty: 3", 3),
        (r"(?:full)?:", ": 7", 7),
        (r"x?y*level{1,2}:", "levell: 6", 6),
        (r"x?y*:", ": 2", 2),
        (r"^MemTotal:", "MemFree: 5\n", None),
    ],
)
def test_a_number_is_found_whatever_its_label_leaves_open(label, text, number):
    assert integer(text, label) == number
    assert integer(f"{text}\n{text}", label, last=True) == number
