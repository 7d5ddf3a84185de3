"""The battery of an Android phone: which source wins, what is withheld, and why."""

from __future__ import annotations

import pytest

from diagnostics.android import battery
from diagnostics.android.batch import Answer, Outcome
from diagnostics.messages import message, problem_codes
from diagnostics.model import Quality
from tests.fakes import android_texts as texts
from tests.fakes.android import answers, builder

_HEADING = "Current Battery Service state:\n"


def _battery(**given):
    """Fill a reading; a battery's lines stand under the heading that every dump has."""
    made, dump = builder(), given.get("battery")
    if isinstance(dump, str) and not dump.startswith((_HEADING, "Can't find")):
        given["battery"] = _HEADING + dump
    battery.fill(made, answers(**given), final=True)
    return made.build()


def _code(reading, field):
    return next((p.code for p in reading.problems if p.field == field), None)


@pytest.mark.parametrize(
    ("given", "health", "source"),
    [
        ({"battery": texts.GALAXY_BATTERY}, 86, "dumpsys battery mSavedBatteryAsoc"),
        ({"battery": texts.GALAXY_TABLET_BATTERY}, 96, "dumpsys battery AsocData efsValue"),
        ({"battery": "  mSavedBatteryAsoc: -1\n  mSavedBatteryBsoh: 91\n"}, 91, "dumpsys battery mSavedBatteryBsoh"),
        ({"battery": texts.MOTOROLA_BATTERY}, 93, "dumpsys battery Full capacity/Full design capacity"),
        ({"health_hal": texts.HEALTH_HAL}, 100, "IHealth batteryFullChargeUah/DesignCapacityUah"),
        ({"health_hal": texts.HEALTH_HAL_ANDROID_15}, 87, "IHealth batteryStateOfHealth"),
        ({"health_hidl": texts.HEALTH_HIDL}, 87, "IHealth batteryFullChargeUah/DesignCapacityUah"),
        ({"health_hidl_kept": texts.HEALTH_HIDL}, 87, "IHealth batteryFullChargeUah/DesignCapacityUah"),
        ({"sys_full": "3290000\n", "sys_design": "3750000\n"}, 88,
         "/sys/class/power_supply/battery charge_full/charge_full_design"),
        ({"maxfg_full": "4518000\n", "maxfg_design": "4485000\n"}, 100,
         "/sys/class/power_supply/maxfg charge_full/charge_full_design"),
        ({"oplus_soh": "91\n"}, 91, "/sys/class/oplus_chg/battery/battery_soh"),
        ({"batterystats": texts.BATTERYSTATS}, 93, "batterystats learned/estimated capacity"),
        ({"battery": texts.HYPEROS_FULL_BATTERY, "sys_design": "5000000\n"}, 85,
         "dumpsys battery charge counter/design capacity"),
        ({"battery": texts.GALAXY_BATTERY, "health_hal": texts.HEALTH_HAL_ANDROID_15}, 86,
         "dumpsys battery mSavedBatteryAsoc"),
    ],
)  # fmt: skip
def test_the_first_plausible_health_wins(given, health, source):
    reading = _battery(**given)
    assert reading.battery.health_percent == health
    assert reading.evidence["battery.health_percent"].source == source


def test_the_other_figures_are_kept_beside_the_one_that_won():
    reading = _battery(battery=texts.GALAXY_BATTERY, health_hal=texts.HEALTH_HAL_ANDROID_15)
    assert _told(reading, "battery.health_percent") == {
        "": ("86", Quality.EXACT),
        "asoc_efs": ("86", Quality.EXACT),
        "bsoh": ("95", Quality.ESTIMATE),
        "hal_state": ("87", Quality.EXACT),
        "hal": ("3870000/4410000", Quality.ESTIMATE),
    }
    assert _told(reading, "battery.cycle_count") == {
        "": ("61919", Quality.EXACT),
        "hal": ("612", Quality.EXACT),
    }


def test_what_lost_because_it_cannot_be_right_is_kept_as_that():
    reading = _battery(battery="  mSavedBatteryAsoc: 255\n", health_hal=texts.HEALTH_HAL)
    assert reading.battery.health_percent == 100
    assert _told(reading, "battery.health_percent")["asoc"] == ("255", Quality.REJECTED)


def _told(reading, field):
    return {
        name.partition("@")[2]: (evidence.raw, evidence.quality)
        for name, evidence in reading.evidence.items()
        if name.partition("@")[0] == field
    }


@pytest.mark.parametrize(
    ("given", "made", "first_used"),
    [
        ({"health_hal": texts.HEALTH_HAL_ANDROID_15}, "2022-05-01", "2022-07-20"),
        ({"battery": "LLB CAL: 20180831\nLLB MAN: \n  battery FirstUseDate: [20240630]\n"}, "2018-08-31", "2024-06-30"),
        ({"battery": "[SS][BattInfo]FirstUseDateData efsValue:20210304    \n"}, None, "2021-03-04"),
        ({"battery": "  mParseNtpTime=20260516\n"}, None, "2026-05-16"),
        ({"health_hal": texts.HEALTH_HAL_EMPTY}, None, None),
    ],
)  # fmt: skip
def test_the_days_of_a_battery(given, made, first_used):
    battery = _battery(**given).battery
    assert (battery.manufactured_on, battery.first_used_on) == (made, first_used)


@pytest.mark.parametrize("wrong", ["20991231", "20240631", "00000000", "19700101", "AB12"])
def test_a_day_that_cannot_be_right_is_withheld(wrong):
    reading = _battery(battery=f"  battery FirstUseDate: [{wrong}]\n")
    assert reading.battery.first_used_on is None
    assert _code(reading, "battery.first_used_on") == "implausible"
    assert reading.evidence["battery.first_used_on"].raw == wrong


def test_a_day_of_the_hal_that_cannot_be_right_gives_way_to_the_dump():
    hal = texts.HEALTH_HAL_ANDROID_15.replace("1658275200", "99999999999999999999")
    reading = _battery(health_hal=hal, battery="  battery FirstUseDate: [20240630]\n")
    assert reading.battery.first_used_on == "2024-06-30"


@pytest.mark.parametrize(
    ("given", "raw"),
    [
        ({"oplus_soh": "823\n"}, "823"),
        ({"battery": "  mSavedBatteryAsoc: 255\n"}, "255"),
        ({"sys_full": "3290000", "sys_design": "1000"}, "3290000/1000"),
        ({"sys_full": "4000000", "sys_design": "99000000"}, "4000000/99000000"),
    ],
)
def test_what_cannot_be_right_is_withheld_with_its_raw_text(given, raw):
    reading = _battery(**given)
    assert reading.battery.health_percent is None
    assert reading.evidence["battery.health_percent"].raw == raw
    assert reading.evidence["battery.health_percent"].quality is Quality.REJECTED
    assert _code(reading, "battery.health_percent") == "implausible"


@pytest.mark.parametrize(
    ("given", "field", "raw"),
    [
        ({"sys_design": "-3000000"}, "battery.design_mah", "-3000000"),
        ({"sys_design": "99000000", "sys_full": "refused"}, "battery.design_mah", "99000000"),
        ({"health_hal": "batteryFullChargeUah: 18446744073709548616\n"}, "battery.full_mah", "18446744073709548616"),
        ({"sys_full": "-3000000", "sys_design": "3000000"}, "battery.health_percent", "-3000000/3000000"),
        ({"sys_cycles": "-7"}, "battery.cycle_count", "-7"),
        ({"sys_cycles": "65535"}, "battery.cycle_count", "65535"),
    ],
)  # fmt: skip
def test_nonsense_is_neither_absent_nor_refused(given, field, raw):
    reading = _battery(**given)
    assert _code(reading, field) == "implausible"
    assert reading.evidence[field].raw == raw


_TOO_GOOD = {"sys_full": "9000000", "sys_design": "3000000"}


@pytest.mark.parametrize(
    "given",
    [
        _TOO_GOOD,
        {**_TOO_GOOD, "batterystats": "  Estimated battery capacity: 3000 mAh\n"},
        {"battery": "  Full capacity: 9000000\n  Full design capacity: 3000000\n"},
        {"health_hal": "batteryFullChargeUah: 9000000, batteryFullChargeDesignCapacityUah: 3000000\n"},
        {
            "batterystats": "  Estimated battery capacity: 3000 mAh\n  Last learned battery capacity: 9000 mAh\n"
        },
        {"sys_full": "9000", "sys_design": "3000000"},
    ],
)
def test_of_three_hundred_percent_of_a_design_neither_number_is_believed(given):
    reading = _battery(**given)
    found = reading.battery
    assert (found.health_percent, found.full_mah, found.design_mah) == (None, None, None)
    assert _code(reading, "battery.design_mah") == "contradiction"
    assert _code(reading, "battery.full_mah") in {"contradiction", "implausible"}
    assert reading.evidence["battery.design_mah"].raw.startswith("9000")
    assert reading.evidence["battery.design_mah"].quality is Quality.REJECTED


def test_a_source_that_contradicts_itself_does_not_hide_the_next_one():
    reading = _battery(health_hal=texts.HEALTH_HAL_ANDROID_15.replace("3870000", "9000000").replace("87}", "0}"),
                       sys_full="3870000", sys_design="4410000")  # fmt: skip
    assert (reading.battery.health_percent, reading.battery.full_mah, reading.battery.design_mah) == (
        88,
        3870,
        4410,
    )
    assert _told(reading, "battery.health_percent")["hal"] == ("9000000/4410000", Quality.REJECTED)


def test_a_capacity_that_stands_alone_is_kept_with_its_source():
    reading = _battery(sys_full="4100000")
    assert (reading.battery.full_mah, reading.battery.design_mah) == (4100, None)
    assert reading.evidence["battery.full_mah"].source == "/sys/class/power_supply/battery charge_full"
    design = _battery(sys_design="5000000").evidence["battery.design_mah"]
    assert (design.source, design.raw) == ("/sys/class/power_supply/battery charge_full_design", "5000000")


def test_an_implausible_source_does_not_hide_the_next_one():
    reading = _battery(battery="  mSavedBatteryAsoc: 255\n", health_hal=texts.HEALTH_HAL_ANDROID_15)
    assert reading.battery.health_percent == 87


def test_a_charge_counter_counts_only_when_the_phone_is_full():
    counter = "  level: {level}\n  status: {status}\n  Charge counter: 4310000\n"
    for level, status, health in ((100, 5, 86), (94, 5, None), (100, 2, None)):
        dump = counter.format(level=level, status=status)
        assert _battery(battery=dump, sys_design="5000000").battery.health_percent == health


@pytest.mark.parametrize(
    ("given", "cycles"),
    [
        ({"battery": texts.GALAXY_BATTERY}, 619),
        ({"battery": "  mSavedBatteryUsage: 103016\n"}, 1030),
        ({"battery": "  mSavedBatteryUsage: 132\n"}, 1),
        ({"health_hal": texts.HEALTH_HAL}, 60),
        ({"health_hidl": texts.HEALTH_HIDL}, 301),
        ({"sys_cycles": "612\n"}, 612),
        ({"broadcast": texts.BATTERY_BROADCASTS}, 139),
        ({"health_hal": texts.HEALTH_HAL, "broadcast": texts.BATTERY_BROADCASTS}, 60),
        ({"health_hal": texts.HEALTH_HAL_EMPTY, "sys_cycles": "0\n"}, None),
    ],
)
def test_cycles(given, cycles):
    assert _battery(**given).battery.cycle_count == cycles


def test_capacities_are_in_milliampere_hours_whatever_the_unit():
    assert _battery(battery=texts.MOTOROLA_BATTERY).battery.design_mah == 4400
    reading = _battery(battery=texts.HYPEROS_FULL_BATTERY, sys_design="5000\n")
    assert (reading.battery.full_mah, reading.battery.design_mah) == (4274, 5000)


def test_faked_values_are_not_believed():
    reading = _battery(battery=texts.FAKED_BATTERY, sys_design="5000000")
    assert reading.battery.level_percent is None
    assert reading.battery.health_percent is None
    assert _code(reading, "battery.level_percent") == "battery_faked"
    assert _code(reading, "") == "battery_faked"


@pytest.mark.parametrize(
    ("printed", "degrees"), [("254", 25.4), ("-31", -3.1), ("9999", None), ("warm", None)]
)
def test_the_temperature_is_printed_in_tenths_of_a_degree(printed, degrees):
    reading = _battery(battery=f"Current Battery Service state:\n  level: 55\n  temperature: {printed}\n")
    assert reading.battery.temperature_c == degrees
    assert ("battery.temperature_c" in reading.evidence) is (printed != "warm")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("cat: /sys/x: Permission denied\n", 1), "refused"),
        (Answer("Can't find service: battery\n", 0), "absent"),
        (Answer("", None, Outcome.TIMEOUT), "timeout"),
        (Answer("", None, Outcome.DROPPED), "link_dropped"),
    ],
)
def test_refused_absent_late_and_broken_are_told_apart(answer, code):
    made = builder()
    battery.fill(made, {"battery": answer}, final=True)
    assert _code(made.build(), "battery.health_percent") == code


def test_nothing_is_explained_before_everything_was_asked():
    made = builder()
    battery.fill(made, {}, final=False)
    assert made.partial().problems == ()


def test_every_reason_has_words():
    said = (
        _battery(),
        _battery(battery=texts.FAKED_BATTERY),
    )
    for problem in (problem for reading in said for problem in reading.problems):
        assert problem.code in problem_codes()
        assert "{" not in message(problem, "fr")
