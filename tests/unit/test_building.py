"""The builder keeps its promise: no value without evidence, no gap without a reason."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from diagnostics.building import ReadingBuilder, concluded, explained_fields
from diagnostics.messages import message
from diagnostics.model import DeviceId, LockState, Platform, Quality, State, Transport
from diagnostics.ports import Sighting

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SIGHTING = Sighting("usbmux:7", DeviceId("00008110-X"), Platform.IOS, Transport.USBMUX, "1-2", State.READY)


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOON


@pytest.fixture
def builder() -> ReadingBuilder:
    return ReadingBuilder(SIGHTING, Noon())


def test_a_value_has_its_evidence(builder):
    builder.put("battery.health_percent", 88, "IORegistry", raw="2808/3227", quality=Quality.ESTIMATE)
    reading = builder.partial()
    assert reading.battery.health_percent == 88
    evidence = reading.evidence["battery.health_percent"]
    assert (evidence.source, evidence.quality, evidence.raw, evidence.at) == (
        "IORegistry",
        Quality.ESTIMATE,
        "2808/3227",
        NOON,
    )


def test_a_finished_reading_explains_every_gap_once(builder):
    builder.problem("battery.cycle_count", "refused")
    builder.put("locks.mdm", LockState.OFF, "MCInstall", raw="{}")
    reading = builder.build("needs_trust")
    reasons = {problem.field: problem.code for problem in reading.problems}
    assert len(reasons) == len(reading.problems)
    assert reasons["battery.cycle_count"] == "refused"
    assert reasons["battery.health_percent"] == "needs_trust"
    assert reasons["locks.blacklist"] == "no_check_service"
    assert "locks.mdm" not in reasons
    assert set(explained_fields(Platform.IOS)) == set(reasons) | {"locks.mdm"}


def test_what_only_an_iphone_tells_is_no_gap_of_an_android():
    android = dataclasses.replace(SIGHTING, platform=Platform.ANDROID, transport=Transport.ADB)
    gaps = {problem.field.partition(".")[0] for problem in ReadingBuilder(android, Noon()).build().problems}
    assert gaps == {"battery", "storage", "locks"}


def test_what_no_iphone_tells_has_a_reason_of_its_own(builder):
    cut_short = concluded(builder.partial(), State.TIMEOUT, "timeout")
    for reading in (builder.build("needs_trust"), cut_short):
        said = {problem.field for problem in reading.problems if problem.code == "not_offered"}
        assert said == {"storage.ram_gb", "battery.manufactured_on", "battery.first_used_on"}
        assert all(message(problem) for problem in reading.problems)


def test_what_is_taken_back_leaves_nothing_behind(builder):
    builder.put("battery.cycle_count", 12, "here", raw="12")
    builder.witness("battery.cycle_count", "hal", "there", raw="13", quality=Quality.ESTIMATE)
    builder.reject("battery.full_mah", "here", raw="0")
    builder.forget("battery.cycle_count", "battery.full_mah")
    assert builder.partial().evidence == {}
    assert builder.partial().problems == ()


def test_what_further_sources_say_stands_beside_the_value(builder):
    builder.put("battery.health_percent", 79, "ASOC", raw="79")
    builder.witness("battery.health_percent", "hal", "IHealth", raw="3/4", quality=Quality.ESTIMATE)
    reading = builder.build()
    assert reading.battery.health_percent == 79
    assert reading.evidence["battery.health_percent"].raw == "79"
    assert reading.evidence["battery.health_percent@hal"].raw == "3/4"


def test_a_partial_reading_explains_nothing_yet(builder):
    assert builder.partial().problems == ()


def test_a_rejected_value_is_withheld_and_its_raw_text_kept(builder):
    builder.reject("battery.health_percent", "IORegistry", raw="1")
    reading = builder.build()
    assert reading.battery.health_percent is None
    assert reading.evidence["battery.health_percent"].quality is Quality.REJECTED
    assert [p.code for p in reading.problems if p.field == "battery.health_percent"] == ["implausible"]


def test_a_value_that_comes_later_clears_the_problem(builder):
    builder.problem("locks.mdm", "timeout")
    assert builder.explained("locks.mdm")
    assert not builder.has("locks.mdm")
    builder.put("locks.mdm", LockState.OFF, "MCInstall", raw="{}")
    builder.problem("locks.mdm", "timeout")
    assert [p for p in builder.build().problems if p.field == "locks.mdm"] == []


def test_a_problem_said_twice_is_said_once(builder):
    builder.problem("", "offline")
    builder.problem("", "offline")
    assert len(builder.partial().problems) == 1


def test_texts_are_made_plain_and_lock_states_stay_what_they_are(builder):
    builder.put("identity.model", "iPhone\n13", "lockdown", raw="iPhone\n13")
    builder.put("locks.mdm", LockState.ON, "MCInstall", raw="{}")
    reading = builder.partial()
    assert reading.identity.model == "iPhone 13"
    assert reading.locks.mdm is LockState.ON


def test_a_text_of_which_nothing_can_be_seen_is_no_value(builder):
    builder.put("identity.manufacturer", "\u200e \a", "MTP", raw="\u200e \a")
    reading = builder.partial()
    assert reading.identity.manufacturer is None
    assert reading.evidence["identity.manufacturer"].quality is Quality.REJECTED
    assert [(p.field, p.code) for p in reading.problems] == [("identity.manufacturer", "implausible")]


def test_such_a_text_takes_no_earlier_values_place(builder):
    builder.put("identity.manufacturer", "Samsung", "USB vendor id", raw="04e8")
    builder.put("identity.manufacturer", "\u200e", "MTP", raw="\u200e")
    reading = builder.partial()
    assert (reading.identity.manufacturer, reading.problems) == ("Samsung", ())
    assert reading.evidence["identity.manufacturer"].source == "USB vendor id"


def test_the_sighting_says_which_phone_it_is(builder):
    builder.state = State.SCREEN_LOCKED
    reading = builder.partial()
    assert (reading.id, reading.slot, reading.transport) == ("00008110-X", "1-2", Transport.USBMUX)
    assert reading.state is State.SCREEN_LOCKED
