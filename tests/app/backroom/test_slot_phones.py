"""A slot still knows after a restart which phone was in it, and when; and nothing more of that phone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from diagnostics.building import ReadingBuilder
from diagnostics.completing import Completing
from diagnostics.joining import Seat
from diagnostics.model import DeviceId, Platform, Reading, State, Transport
from diagnostics.ports import Sighting
from diagnostics.slots.memory import SlotMemory
from diagnostics.slots.slot import Slot
from diagnostics.watchdog import Watchdog
from tests.fakes.sources import NOON, FixedClock
from tradein_app.backroom.slot_phones import FILE, KeptPhones

SLOT, OTHER = Slot("pci0000:00/0000:00:14.0", "2.3"), Slot("pci0000:00/0000:00:14.0", "2.4")
SERIAL = "R5CT10TRN1A"
NOTHING: Mapping[str, object] = MappingProxyType({})


class Runs:
    """One computer, on which the program is started again and again."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / FILE
        self.now = NOON
        self.tasks: list[Callable[[], None]] = []
        self.kept: list[KeptPhones] = []

    def start(self) -> Completing:
        self.kept.append(KeptPhones(self.path, self.tasks.append, lambda: self.now))
        return Completing(FixedClock(), Watchdog(FixedClock()), SlotMemory(self.kept[-1]))

    def end(self) -> None:
        kept = self.kept[-1]
        if kept._timer is not None:
            kept._timer.cancel()
        kept.flush()


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    made = Runs(tmp_path)
    yield made
    if made.kept:
        made.end()


def seat(name: str, slot: Slot = SLOT, state: State = State.CONNECTING) -> Seat:
    source = "adb" if state is State.CONNECTING else "usb"
    seen = Sighting("1", DeviceId(name), Platform.ANDROID, Transport(source), "1-2.3", state)
    return Seat("key", source, seen, slot)


def read(seat: Seat, model: str = "Galaxy S21") -> Reading:
    builder = ReadingBuilder(seat.sighting, FixedClock())
    builder.put("identity.model", model, "getprop ro.product.model", raw="SM-G991B")
    builder.put("battery.cycle_count", 413, "dumpsys", raw="413")
    builder.put("identity.imei", "490154203237518", "service call", raw="x")
    return builder.build()


def unnamed(completing: Completing, slot: Slot = SLOT) -> Reading:
    edl = seat("usb:1-2.3", slot, State.EDL)
    return completing.complete(edl, ReadingBuilder(edl.sighting, FixedClock()).build())


async def test_the_hint_outlives_the_program_with_its_time_and_brings_no_value(runs: Runs) -> None:
    completing = runs.start()
    completing.remember(seat(SERIAL), read(seat(SERIAL)))
    runs.end()
    runs.now += timedelta(minutes=10)
    again = runs.start()
    assert again.before(seat("usb:1-2.3", SLOT, State.EDL)) == SERIAL
    reading = unnamed(again)
    (problem,) = (one for one in reading.problems if one.code == "slot_before")
    assert problem.params["phone"].startswith("Galaxy S21")
    assert problem.params["at"] == NOON.astimezone().strftime("%H:%M")
    assert reading.evidence["identity.model@slot"].at == NOON
    assert (reading.identity.model, reading.battery.cycle_count) == (None, None)
    assert again.before(seat("usb:1-2.4", OTHER, State.EDL)) is None


async def test_a_phone_that_tells_its_name_is_the_same_one_after_a_restart(runs: Runs) -> None:
    runs.start().remember(seat(SERIAL), read(seat(SERIAL)))
    runs.end()
    again, fastboot = runs.start(), seat(SERIAL, SLOT, State.FASTBOOT)
    assert again.sighting(fastboot).id == SERIAL
    reading = again.complete(fastboot, ReadingBuilder(fastboot.sighting, FixedClock()).build())
    assert reading.battery.cycle_count is None, "values are of the run that read them"
    assert [one.code for one in reading.problems if one.code == "slot_before"] == []


async def test_what_is_half_an_hour_old_is_neither_believed_nor_kept(runs: Runs) -> None:
    runs.start().remember(seat(SERIAL), read(seat(SERIAL)))
    runs.end()
    runs.now += timedelta(minutes=31)
    again = runs.start()
    assert again.before(seat("usb:1-2.3", SLOT, State.EDL)) is None
    runs.end()
    later = runs.start()
    later.remember(seat("NEW", OTHER), read(seat("NEW", OTHER)))
    runs.end()
    assert SERIAL not in runs.path.read_text("utf-8")


async def test_the_file_holds_names_and_times_alone_and_is_its_owners(runs: Runs) -> None:
    runs.start().remember(seat(SERIAL), read(seat(SERIAL)))
    runs.end()
    (entry,) = json.loads(runs.path.read_text("utf-8"))["phones"]
    assert entry.keys() == {"slot", "id", "platform", "name", "names", "at"}
    assert datetime.fromisoformat(entry["at"]) == NOON
    assert "490154203237518" not in runs.path.read_text("utf-8")
    assert runs.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"phones": [{}]}', '{"phones": [{"slot": "x", "id": "a"}]}', "null"]
)
async def test_a_file_that_makes_no_sense_is_as_none(runs: Runs, text: str) -> None:
    runs.path.parent.mkdir()
    runs.path.write_text(text, "utf-8")
    assert runs.start().before(seat("usb:1-2.3", SLOT, State.EDL)) is None


async def test_a_forgotten_phone_is_forgotten_in_the_file_too(runs: Runs) -> None:
    completing = runs.start()
    completing.remember(seat(SERIAL), read(seat(SERIAL)))
    completing.forget(seat(SERIAL))
    runs.end()
    assert runs.start().before(seat("usb:1-2.3", SLOT, State.EDL)) is None


def entry(slot: Slot = SLOT, changed: Mapping[str, object] = NOTHING) -> dict[str, object]:
    names = {"platform": "android", "serial": SERIAL}
    whole = {"slot": str(slot), "id": SERIAL, "platform": "android", "name": "Galaxy S21", "names": names}
    return {**whole, "at": NOON.isoformat(), **changed}


@pytest.mark.parametrize(
    "changed",
    [
        {"names": {"serial": 5}},
        {"names": {"serial": None}},
        {"names": [SERIAL]},
        {"names": {"serial": "A" * 10_000}},
        {"id": None},
        {"id": ""},
        {"name": ["Galaxy"]},
        {"name": "Galaxy\n<b>"},
        {"slot": 3},
        {"platform": "harmony"},
        {"at": "9999-12-31T23:59:59-14:00"},
        {"at": NOON.replace(tzinfo=None).isoformat()},
        {"at": (NOON + timedelta(days=3)).isoformat()},
        {"at": (NOON + timedelta(minutes=1)).isoformat()},
        {"at": 5},
    ],
    ids=repr,
)
async def test_a_bad_entry_does_not_count_and_takes_no_other_along(
    runs: Runs, changed: dict[str, object]
) -> None:
    runs.path.parent.mkdir()
    runs.path.write_text(json.dumps({"phones": [entry(SLOT, changed), entry(OTHER), "x"]}), "utf-8")
    again = runs.start()
    assert again.before(seat("usb:1-2.3", SLOT, State.EDL)) is None
    assert again.before(seat("usb:1-2.4", OTHER, State.EDL)) == SERIAL
    assert again.sighting(seat(SERIAL, SLOT, State.FASTBOOT)).id == SERIAL


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"phones": ' + "[" * 100_000, '{"phones": ' + "9" * 5000 + "}", "\0\0", " " * 2_000_000],
    ids=["deep", "deep phones", "a number", "zeros", "large"],
)
async def test_a_damaged_file_stops_no_start(runs: Runs, text: str) -> None:
    runs.path.parent.mkdir()
    runs.path.write_text(text, "utf-8")
    assert runs.start().before(seat("usb:1-2.3", SLOT, State.EDL)) is None


async def test_what_is_no_plain_file_is_not_waited_for(runs: Runs) -> None:
    runs.path.parent.mkdir()
    os.mkfifo(runs.path)
    assert runs.start().before(seat("usb:1-2.3", SLOT, State.EDL)) is None


async def test_two_programs_that_share_the_file_take_nothing_of_each_other_away(runs: Runs) -> None:
    one, (first,) = runs.start(), runs.kept
    other, (_, second) = runs.start(), runs.kept
    one.remember(seat("ONE"), read(seat("ONE")))
    other.remember(seat("TWO", OTHER), read(seat("TWO", OTHER)))
    first.flush()
    second.flush()
    assert {phone["id"] for phone in json.loads(runs.path.read_text("utf-8"))["phones"]} == {"ONE", "TWO"}
    one.forget(seat("ONE"))
    first.flush()
    assert {phone["id"] for phone in json.loads(runs.path.read_text("utf-8"))["phones"]} == {"TWO"}
    assert [path.name for path in runs.path.parent.iterdir()] == [FILE], "nothing half written stays"
    assert first._timer is not None
    first._timer.cancel()
