"""What a phone told is kept with its time, and asked for again when it is old."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from diagnostics.apple import questions as q
from diagnostics.apple import storage
from diagnostics.apple.errors import NOT_OFFERED
from diagnostics.apple.findings import Findings
from diagnostics.apple.memory import FRESH, LOCKS_FRESH, Memory
from diagnostics.apple.names import NONE
from diagnostics.model import LockState, Quality
from tests.unit.apple.builders import NOON, builder, codes

TRUSTED = {
    "ProductType": "iPhone14,5",
    "RegionInfo": "CH/A",
    "ActivationState": "Activated",
    "DeviceClass": "iPhone",
}


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time


def test_an_answer_is_fresh_for_a_while_and_known_for_ever():
    watch = Watch()
    memory = Memory(watch)
    memory.keep(q.DISK, {})
    watch.time += FRESH - timedelta(seconds=1)
    assert memory.fresh(q.DISK) is not None
    watch.time += timedelta(seconds=1)
    assert memory.fresh(q.DISK) is None
    known = memory.get(q.DISK)
    assert known is not None
    assert known.at == NOON


def test_everything_that_is_remembered_is_dated_by_when_it_was_told():
    watch, made = Watch(), builder()
    memory = Memory(watch)
    memory.keep(q.VALUES_IN_SESSION, TRUSTED)
    watch.time += timedelta(seconds=7)
    memory.keep(q.FIND_MY, True)
    memory.keep(q.DEVICE_TREE, b"A2634\0")
    memory.keep(q.CLOUD, {"IsSupervised": True, "OrganizationName": "Acme"})
    watch.time += timedelta(seconds=7)
    memory.keep(q.PROFILES, {})
    memory.keep("IORegistry AppleSmartBattery", NOT_OFFERED)
    findings = Findings(made, memory, NONE)
    findings.take_all()
    findings.finish()
    reading = made.partial()
    times = {name: (evidence.at - NOON).seconds for name, evidence in reading.evidence.items()}
    assert times["identity.model"] == times["locks.activation"] == 0
    assert times["locks.find_my"] == times["identity.a_number"] == times["management.organisation"] == 7
    assert (reading.locks.mdm, reading.management.organisation) == (LockState.ON, "Acme")


def test_a_later_answer_takes_back_what_may_have_changed():
    watch, made = Watch(), builder()
    memory = Memory(watch)
    findings = Findings(made, memory, NONE)
    memory.keep(q.VALUES, TRUSTED)
    findings.take(q.VALUES)
    assert made.partial().locks.activation is LockState.OFF
    watch.time += timedelta(seconds=1)
    memory.keep(q.VALUES_IN_SESSION, {**TRUSTED, "BrickState": True, "PasswordProtected": True})
    findings.take(q.VALUES_IN_SESSION)
    assert made.partial().locks.activation is LockState.UNKNOWN
    assert made.partial().locks.screen is LockState.ON
    watch.time += timedelta(seconds=1)
    memory.keep(q.VALUES_IN_SESSION, TRUSTED)
    findings.take(q.VALUES_IN_SESSION)
    assert (made.partial().locks.activation, made.partial().locks.screen) == (
        LockState.OFF,
        LockState.UNKNOWN,
    )


def test_an_a_number_that_makes_no_sense_is_not_replaced_by_a_guess():
    made, memory = builder(), Memory(Watch())
    memory.keep(q.VALUES_IN_SESSION, TRUSTED)
    memory.keep(q.DEVICE_TREE, b"\xff\xff")
    findings = Findings(made, memory, NONE)
    findings.take_all()
    findings.finish()
    assert made.partial().identity.a_number is None
    assert made.partial().evidence["identity.a_number"].quality is Quality.REJECTED


def test_find_my_goes_by_the_best_of_several_signs():
    made, memory = builder(), Memory(Watch())
    memory.keep(q.VALUES_IN_SESSION, {**TRUSTED, "NonVolatileRAM": {"fm-spstatus": b"YES"}})
    memory.keep(q.FIND_MY, True)
    Findings(made, memory, NONE).take_all()
    evidence = made.partial().evidence["locks.find_my"]
    assert (evidence.quality, evidence.source) == (Quality.EXACT, "lockdown com.apple.fmip IsAssociated")


def test_what_tells_of_locks_is_asked_again_so_soon_that_no_reading_ends_with_an_old_one():
    watch = Watch()
    memory = Memory(watch)
    memory.keep(q.CLOUD, {})
    memory.keep(q.LEVEL, {})
    watch.time += LOCKS_FRESH
    assert memory.fresh(q.CLOUD) is None
    assert memory.fresh(q.LEVEL) is not None


def test_a_clock_that_was_put_back_keeps_no_lock_and_no_answer_of_before_alive():
    watch, made = Watch(), builder()
    memory = Memory(watch)
    memory.keep(q.VALUES_IN_SESSION, TRUSTED)
    memory.keep(q.CLOUD, {"IsSupervised": False})
    memory.keep(q.PROFILES, {"ProfileMetadata": {}})
    findings = Findings(made, memory, NONE)
    findings.take_all()
    assert (made.partial().locks.activation, made.partial().locks.mdm) == (LockState.OFF, LockState.OFF)
    watch.time -= timedelta(hours=1)
    assert memory.fresh(q.CLOUD) is None
    findings.drop_old_locks("not_read")
    assert made.partial().locks.activation is LockState.UNKNOWN
    assert made.partial().locks.mdm is LockState.UNKNOWN
    assert codes(made, "locks.activation") == ["not_read"]


def test_gauges_that_contradict_each_other_are_both_not_believed():
    made, memory = builder(), Memory(Watch())
    first, second, _ = q.GAUGES
    memory.keep(first, {"DesignCapacity": 3227, "CycleCount": 400, "Temperature": 2500})
    memory.keep(second, {"DesignCapacity": 2000, "NominalChargeCapacity": 1900, "CycleCount": 1})
    findings = Findings(made, memory, NONE)
    for name in (first, second):
        findings.take(name)
    battery = made.partial().battery
    assert (battery.design_mah, battery.cycle_count, battery.health_percent) == (None, None, None)
    assert codes(made, "battery.design_mah") == codes(made, "battery.cycle_count") == ["contradiction"]
    assert codes(made, "battery.health_percent") == ["contradiction"]
    assert battery.temperature_c == 25.0


def test_a_gauge_that_tells_more_leaves_one_reason_for_each_value():
    made, memory = builder(), Memory(Watch())
    first, second, _ = q.GAUGES
    memory.keep(first, {"CycleCount": 400})
    memory.keep(second, {"DesignCapacity": 1000, "NominalChargeCapacity": 2808, "CycleCount": 400})
    findings = Findings(made, memory, NONE)
    for name in (first, second):
        findings.take(name)
    assert made.partial().battery.cycle_count == 400
    for field in ("full_mah", "health_percent", "design_mah"):
        assert codes(made, f"battery.{field}") == ["implausible"]


@pytest.mark.logs_warnings
def test_a_reader_that_has_a_bug_costs_its_own_values_only(monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(storage, "read_storage", broken)
    made, memory = builder(), Memory(Watch())
    memory.keep(q.VALUES, TRUSTED)
    memory.keep(q.DISK, {"TotalDiskCapacity": 128_000_000_000})
    memory.keep(q.LEVEL, {"BatteryCurrentCapacity": 67})
    with caplog.at_level("CRITICAL"):
        Findings(made, memory, NONE).take_all()
    reading = made.partial()
    assert (reading.identity.model, reading.battery.level_percent) == ("iPhone 13", 67)
    said = {problem.field: problem for problem in reading.problems if problem.code == "internal_error"}
    assert said.keys() == set(storage.FIELDS)
    assert {problem.params["detail"] for problem in said.values()} == {"ZeroDivisionError"}
