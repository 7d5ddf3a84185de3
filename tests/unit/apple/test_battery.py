"""Health by Apple's formula, with its fallbacks, and nothing that cannot be right."""

from __future__ import annotations

from typing import Any

import pytest

from diagnostics.apple.battery import health_percent, is_gauge, read_gauge, read_level
from diagnostics.messages import message
from diagnostics.model import Battery, Evidence, Quality
from tests.unit.apple.builders import NOON, builder, codes

GAUGE: dict[str, Any] = {
    "NominalChargeCapacity": 2808,
    "DesignCapacity": 3227,
    "AppleRawMaxCapacity": 2700,
    "CycleCount": 413,
    "MaxCapacity": 100,
    "Temperature": 2789,
}


def battery_of(entry: object) -> Battery:
    made = builder()
    read_gauge(entry, made)
    return made.partial().battery


def test_health_is_nominal_by_design_rounded_up():
    made = builder()
    read_gauge(GAUGE, made)
    reading = made.partial()
    assert reading.battery == Battery(
        health_percent=88, cycle_count=413, design_mah=3227, full_mah=2808, temperature_c=27.9
    )
    assert reading.evidence["battery.health_percent"] == Evidence(
        "IORegistry NominalChargeCapacity/DesignCapacity", Quality.ESTIMATE, "2808/3227", NOON
    )
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("raw", "degrees", "said"),
    [
        (2789, 27.9, []),
        (-450, -4.5, []),
        (2**64 - 450, None, ["implausible"]),
        ("2789", None, ["not_a_number"]),
        (29_800, None, ["implausible"]),
        (None, None, ["absent"]),
    ],
)
def test_the_temperature_is_in_degrees_or_a_problem(raw, degrees, said):
    made = builder()
    read_gauge({"DesignCapacity": 3227, **({} if raw is None else {"Temperature": raw})}, made)
    assert made.partial().battery.temperature_c == degrees
    assert codes(made, "battery.temperature_c") == said


@pytest.mark.parametrize(
    ("full", "design", "percent"), [(1146, 1690, 68), (800, 1000, 80), (801, 1000, 81), (3398, 3349, 102)]
)
def test_the_formula_rounds_up_and_is_exact(full, design, percent):
    assert health_percent(full, design) == percent


def test_above_a_hundred_is_shown_as_a_hundred_with_the_raw_ratio_as_evidence():
    made = builder()
    read_gauge({**GAUGE, "NominalChargeCapacity": 3398, "DesignCapacity": 3349}, made)
    reading = made.partial()
    assert reading.battery.health_percent == 100
    assert reading.battery.full_mah == 3398
    assert reading.evidence["battery.health_percent"].raw == "3398/3349"


def test_newer_systems_keep_the_values_one_level_deeper():
    deeper = {key: value for key, value in GAUGE.items() if key != "MaxCapacity"}
    made = builder()
    read_gauge({"MaxCapacity": 100, "BatteryData": deeper}, made)
    reading = made.partial()
    assert reading.battery.health_percent == 88
    assert reading.battery.cycle_count == 413
    assert reading.evidence["battery.full_mah"].source == "IORegistry BatteryData.NominalChargeCapacity"


def test_the_raw_capacity_is_the_last_resort_and_is_named():
    made = builder()
    read_gauge({"DesignCapacity": 1690, "AppleRawMaxCapacity": 830, "CycleCount": 1462}, made)
    reading = made.partial()
    assert reading.battery.health_percent == 50
    assert (
        reading.evidence["battery.health_percent"].source == "IORegistry AppleRawMaxCapacity/DesignCapacity"
    )


def test_an_absurd_first_value_gives_way_to_the_next_source():
    assert battery_of({**GAUGE, "NominalChargeCapacity": -3000}).full_mah == 2700


def _why(nonsense: object) -> str:
    return "not_a_number" if isinstance(nonsense, str) else "implausible"


def test_a_number_that_came_as_a_text_is_said_to_be_one():
    made = builder()
    read_gauge({**GAUGE, "CycleCount": "986"}, made)
    problem = next(p for p in made.partial().problems if p.field == "battery.cycle_count")
    assert (
        message(problem)
        == "The phone answered “986” as a text, where a number belongs. The value is not used."
    )


@pytest.mark.parametrize(
    "nonsense", [-3000, 2**64 - 3000, "2808", 0, 5000, True, 2808.0, None, [2808], b"2808", {"a": 1}]
)
def test_a_nominal_capacity_that_cannot_be_right_gives_no_health(nonsense):
    made = builder()
    read_gauge({"DesignCapacity": 3227, "NominalChargeCapacity": nonsense}, made)
    reading = made.partial()
    assert reading.battery.health_percent is None
    assert reading.battery.full_mah is None
    assert codes(made, "battery.health_percent") == [_why(nonsense)]
    assert reading.evidence["battery.health_percent"].quality is Quality.REJECTED


@pytest.mark.parametrize("nonsense", [0, -1, 2**64 - 1, "3227", 10**9, False])
def test_a_design_capacity_that_cannot_be_right_gives_no_health(nonsense):
    made = builder()
    read_gauge({"NominalChargeCapacity": 2808, "DesignCapacity": nonsense}, made)
    assert made.partial().battery.health_percent is None
    assert made.partial().battery.design_mah is None
    assert codes(made, "battery.health_percent") == [_why(nonsense)]


@pytest.mark.parametrize("nonsense", [65535, -1, 2**64 - 5, "233", 5001, 12.0, True])
def test_cycles_that_cannot_be_right_are_a_problem_with_the_raw_text_kept(nonsense):
    made = builder()
    read_gauge({**GAUGE, "CycleCount": nonsense}, made)
    reading = made.partial()
    assert reading.battery.cycle_count is None
    assert codes(made, "battery.cycle_count") == [_why(nonsense)]
    assert reading.evidence["battery.cycle_count"].raw == str(nonsense)
    assert reading.battery.health_percent == 88


def test_no_cycles_and_no_charge_are_values_not_gaps():
    made = builder()
    read_gauge({**GAUGE, "CycleCount": 0}, made)
    read_level({"BatteryCurrentCapacity": 0}, made)
    assert made.partial().battery.cycle_count == 0
    assert made.partial().battery.level_percent == 0


def test_max_capacity_and_full_charge_capacity_are_never_used():
    made = builder()
    read_gauge({"MaxCapacity": 100, "FullChargeCapacity": 100, "DesignCapacity": 7606, "CycleCount": 5}, made)
    assert made.partial().battery.health_percent is None
    assert made.partial().battery.full_mah is None
    assert codes(made, "battery.health_percent") == ["absent"]


@pytest.mark.parametrize("entry", [None, {}, [], "x", {"BatteryData": "x"}, {"MaxCapacity": 100}])
def test_an_entry_without_battery_values_is_no_gauge_and_leaves_gaps(entry):
    made = builder()
    read_gauge(entry, made)
    assert not is_gauge(entry)
    assert made.partial().battery == Battery()
    for field in ("health_percent", "cycle_count", "design_mah", "full_mah"):
        assert codes(made, f"battery.{field}") == ["absent"]


def test_a_gauge_is_known_at_either_level():
    assert is_gauge({"CycleCount": 1})
    assert is_gauge({"BatteryData": {"DesignCapacity": 3227}})


@pytest.mark.parametrize(
    ("raw", "level"), [(64, 64), (100, 100), (101, None), (-1, None), ("64", None), (True, None)]
)
def test_the_level_is_a_percent(raw, level):
    made = builder()
    read_level({"BatteryCurrentCapacity": raw}, made)
    assert made.partial().battery.level_percent == level
    assert codes(made, "battery.level_percent") == ([] if level is not None else [_why(raw)])


@pytest.mark.parametrize("domain", [None, {}, "no dict"])
def test_a_level_that_is_not_there_is_absent(domain):
    made = builder()
    read_level(domain, made)
    assert codes(made, "battery.level_percent") == ["absent"]


def test_a_fallback_tells_what_it_stands_in_for():
    made = builder()
    read_gauge({**GAUGE, "NominalChargeCapacity": 2**64 - 3000}, made)
    reading = made.partial()
    assert (reading.battery.health_percent, reading.battery.full_mah) == (84, 2700)
    evidence = reading.evidence["battery.health_percent"]
    assert evidence.source == "IORegistry AppleRawMaxCapacity/DesignCapacity"
    assert evidence.raw == f"2700/3227; not believed: NominalChargeCapacity {2**64 - 3000}"


def test_the_nominal_capacity_of_the_deeper_level_goes_before_the_raw_one_of_the_upper():
    entry = {
        "DesignCapacity": 3000,
        "AppleRawMaxCapacity": 2100,
        "BatteryData": {"NominalChargeCapacity": 2400},
    }
    made = builder()
    read_gauge(entry, made)
    evidence = made.partial().evidence["battery.health_percent"]
    assert evidence.source == "IORegistry BatteryData.NominalChargeCapacity/DesignCapacity"
    assert made.partial().battery.health_percent == 80


def test_two_levels_that_contradict_each_other_are_both_not_believed():
    made = builder()
    read_gauge({**GAUGE, "BatteryData": {"NominalChargeCapacity": 1000, "CycleCount": 4}}, made)
    battery = made.partial().battery
    assert (battery.health_percent, battery.full_mah, battery.cycle_count) == (None, None, None)
    assert battery.design_mah == 3227
    for field in ("health_percent", "full_mah", "cycle_count"):
        assert codes(made, f"battery.{field}") == ["contradiction"]
    assert made.partial().evidence["battery.cycle_count"].raw == "413 and 4"


def test_two_levels_that_were_read_a_moment_apart_do_not_contradict_each_other():
    assert (
        battery_of({**GAUGE, "BatteryData": {"NominalChargeCapacity": 2790, "CycleCount": 414}}).full_mah
        == 2808
    )


def test_a_gauge_that_tells_zero_for_everything_tells_nothing():
    zeros = dict.fromkeys(GAUGE, 0)
    assert battery_of({**zeros, "BatteryData": zeros}) == Battery()
    assert battery_of({**GAUGE, "CycleCount": 0}).cycle_count == 0


def test_capacities_that_cannot_both_be_right_are_both_withheld():
    battery = battery_of({"DesignCapacity": 1000, "NominalChargeCapacity": 3000, "AppleRawMaxCapacity": 3000})
    assert battery == Battery()
    assert battery_of({"DesignCapacity": 3110, "NominalChargeCapacity": 3}) == Battery(design_mah=3110)
