"""What a slot remembers of its phone: the most that it ever told, and nothing of another one with its serial."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from diagnostics.building import ReadingBuilder, concluded
from diagnostics.completing import Completing
from diagnostics.joining import Seat
from diagnostics.model import DeviceId, Platform, Reading, State, Transport
from diagnostics.ports import Sighting
from diagnostics.slots.memory import SlotMemory
from diagnostics.slots.slot import Slot
from diagnostics.watchdog import Watchdog
from tests.fakes.sources import NOON, FixedClock

SLOT = Slot("bus 1", "2.3")
BY_ADB, FILES = State.CONNECTING, State.DEBUGGING_OFF


def seat(serial: str, state: State) -> Seat:
    source = "adb" if state is BY_ADB else "usb"
    shown = Sighting("1", DeviceId(serial), Platform.ANDROID, Transport(source), "1-2.3", state)
    return Seat("key", source, shown, SLOT)


def read(seat: Seat, *, source: str = "getprop", **values: object) -> Reading:
    builder = ReadingBuilder(seat.sighting, FixedClock())
    for name, value in values.items():
        builder.put(name.replace("__", "."), value, source, raw=value)
    return builder.build()


def bench() -> Completing:
    return Completing(FixedClock(), Watchdog(FixedClock()))


def test_a_reading_that_hung_takes_nothing_away_of_what_the_slot_remembers() -> None:
    completing, usual = bench(), seat("R5CT10TRN1A", BY_ADB)
    completing.remember(usual, read(usual, battery__cycle_count=413))
    completing.remember(usual, concluded(read(usual, identity__model="Galaxy S21"), State.TIMEOUT, "timeout"))
    poorer = seat("R5CT10TRN1A", FILES)
    now = completing.complete(poorer, read(poorer))
    assert (now.battery.cycle_count, now.identity.model) == (413, "Galaxy S21")


@pytest.mark.parametrize(
    "serial", ["0123456789ABCDEF", "0123456789abcdef", "1234567890", "00000000", "unknown"]
)
def test_a_serial_that_many_phones_carry_brings_a_hint_and_no_value(serial: str) -> None:
    completing, before = bench(), seat(serial, BY_ADB)
    completing.remember(before, read(before, identity__imei="356938035643809"))
    other = seat(serial, FILES)
    now = completing.complete(other, read(other))
    assert now.identity.imei is None
    assert "slot_before" in {problem.code for problem in now.problems}


def test_a_phones_own_serial_is_no_hint_but_the_phone() -> None:
    memory = SlotMemory()
    phone = seat("R5CT10TRN1A", BY_ADB)
    memory.note(SLOT, {"serial": "R5CT10TRN1A"}, read(phone), NOON)
    assert memory.same(SLOT, {"serial": "R5CT10TRN1A"}) is not None
    assert memory.hint(SLOT, {"serial": "R5CT10TRN1A"}, NOON) is None


def test_a_phone_without_debugging_that_is_well_ends_the_call_to_reseat_the_cable() -> None:
    completing, hung = bench(), seat("R5CT10TRN1A", BY_ADB)
    for _ in range(2):
        said = completing.concluded(hung, concluded(read(hung), State.TIMEOUT, "timeout"))
    assert "usb_reseat" in {problem.code for problem in said.problems}
    well = seat("R5CT10TRN2B", FILES)
    silent = completing.concluded(well, read(well))
    assert "usb_reseat" in {p.code for p in silent.problems}, "nobody could ask it"
    told = read(well, source="MTP GetDeviceInfo Model", identity__model="Galaxy S21")
    assert "usb_reseat" not in {p.code for p in completing.concluded(well, told).problems}


def _told(state: State, *codes: str) -> Reading:
    builder = ReadingBuilder(seat("R5CT10TRN2B", state).sighting, FixedClock())
    builder.put("identity.model", "Galaxy S21", "MTP GetDeviceInfo Model", raw="SM-G991B")
    for code in codes:
        builder.problem("battery.level_percent", code)
    return builder.build()


@pytest.mark.parametrize(
    ("reading", "ends"),
    [
        (_told(State.CHARGING_ONLY), True),
        (_told(State.DEBUGGING_OFF, "usb_held"), False),
        (_told(State.DEBUGGING_OFF, "protocol_error"), False),
    ],
    ids=["no storages", "held by another program", "cut off"],
)
def test_over_the_bare_bus_a_row_of_hangs_ends_when_the_phone_told_all_it_was_asked(
    reading: Reading, ends: bool
) -> None:
    watchdog = Watchdog(FixedClock())
    hung = _told(State.DEBUGGING_OFF, "timeout")
    for one in (hung, hung, reading):
        watchdog.was_read(SLOT, one)
    assert (watchdog.problem(SLOT) is None) is ends


def test_what_a_wrong_clock_saw_in_the_future_is_no_hint() -> None:
    memory, phone = SlotMemory(), seat("R5CT10TRN1A", BY_ADB)
    memory.note(SLOT, {"serial": "R5CT10TRN1A"}, read(phone), NOON + timedelta(hours=1))
    assert memory.hint(SLOT, {}, NOON) is None
    assert memory.hint(SLOT, {}, NOON + timedelta(hours=1)) is not None


@pytest.mark.parametrize(
    "between", [State.NEEDS_TRUST, State.UNAUTHORIZED, State.EDL, State.DFU, State.OFFLINE, State.ERROR]
)
def test_only_a_phone_that_answered_to_the_end_ends_a_row_of_hangs(between: State) -> None:
    watchdog, phone = Watchdog(FixedClock()), read(seat("R5CT10TRN1A", BY_ADB))
    for state in (State.TIMEOUT, between, State.TIMEOUT):
        watchdog.was_read(SLOT, replace(phone, state=state))
    said = watchdog.problem(SLOT)
    assert said is not None
    assert said.code == "usb_reseat"
    watchdog.was_read(SLOT, replace(phone, state=State.READY))
    assert watchdog.problem(SLOT) is None


def test_a_slot_says_how_often_it_lost_its_phone_once_and_as_it_is_now() -> None:
    completing, phone = bench(), seat("R5CT10TRN1A", BY_ADB)
    for _ in range(5):
        completing.watchdog.was_lost(SLOT)
    said = completing.concluded(phone, read(phone))
    completing.watchdog.was_lost(SLOT)
    slow = ReadingBuilder(phone.sighting, FixedClock())
    slow.problem("", "usb_full_speed", speed="12")
    now = completing.refreshed(phone, replace(phone, facts=slow.partial()), said)
    whole = [(problem.code, dict(problem.params)) for problem in now.problems if not problem.field]
    assert whole == [("usb_full_speed", {"speed": "12"}), ("usb_history", {"times": "6"})]


def test_what_the_bus_says_of_a_cable_is_said_once_and_as_it_is_now() -> None:
    phone = seat("R5CT10TRN1A", FILES)

    def told(times: str) -> ReadingBuilder:
        builder = ReadingBuilder(phone.sighting, FixedClock())
        builder.problem("", "usb_churn", times=times, seconds="30", returns="6")
        return builder

    reading, facts = told("5"), told("4")
    reading.problem("", "debugging_off")
    whole = bench().complete(replace(phone, facts=facts.partial()), reading.partial())
    assert [(p.code, p.params.get("times")) for p in whole.problems] == [
        ("usb_churn", "4"),
        ("debugging_off", None),
    ]
