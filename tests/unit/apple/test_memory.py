"""What a phone told is kept with its time, and asked for again when it is old."""

from __future__ import annotations

from datetime import datetime, timedelta

from diagnostics.apple import questions as q
from diagnostics.apple.errors import NOT_OFFERED
from diagnostics.apple.findings import Findings
from diagnostics.apple.memory import FRESH, Memory
from diagnostics.apple.names import NONE
from diagnostics.model import LockState, Quality
from tests.unit.apple.builders import NOON, builder

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
    memory.clear()
    assert memory.get(q.DISK) is None


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
