"""Every fault at every step of a reading: a state, a reason for each gap, and never a value that the phone has not."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager

import pytest

from diagnostics.android.source import AndroidSource
from diagnostics.building import FIELDS, explained_fields
from diagnostics.model import LockState, Platform, Reading, State
from diagnostics.ports import Progress, Sighting
from diagnostics.practice.android.faults import FAULTS, fault_steps
from diagnostics.practice.android.steps import BUS, Step
from diagnostics.practice.android_side import AndroidSide
from tests.fakes.android import FrozenClock

PHONE = "worn-battery"
CALL_SECONDS = 0.4
LONGEST = 8.0
"""Seconds that one reading may take here, where a call may take 0.4."""
UNHURRIED = 20.0
"""Seconds for a call where each is answered: a busy machine must not be taken for a phone that hangs."""

_BATTERY = frozenset(field for field in FIELDS if field.startswith("battery."))
_MDM = frozenset({"locks.mdm", "management.organisation"})
_LOST: Mapping[Step, frozenset[str]] = {
    Step.BATTERY: _BATTERY,
    Step.HEALTH_HAL: _BATTERY,
    Step.BATTERY_FILES: _BATTERY,
    Step.BATTERY_STATISTICS: _BATTERY,
    Step.DISK: frozenset({"storage.capacity_gb", "storage.total_bytes", "storage.free_bytes"}),
    Step.MEMORY: frozenset({"storage.ram_gb"}),
    Step.ACCOUNTS: frozenset({"locks.account"}),
    Step.OWNERS: _MDM,
    Step.POLICY: _MDM,
    Step.SCREEN_LOCK: frozenset({"locks.screen"}),
    Step.TRUST: frozenset({"locks.screen"}),
    Step.SETTINGS: frozenset({"locks.activation"}),
    Step.RESET_PROTECTION: frozenset({"locks.activation"}),
    Step.ROOT: frozenset({"locks.root"}),
    Step.PACKAGES: frozenset({"locks.root"}),
}
"""What each command is asked for: all that its failure may cost."""

_ONE_ANSWER = ("wrong-answer", "answers-html", "answers-nothing", "answers-one-word", "long-line",
               "foreign-bytes", "service-missing", "permission-denied", "security-exception", "command-missing",
               "battery-text", "storage-text", "floods")  # fmt: skip
"""Faults that spoil what one command says, and nothing else."""

_ON_THE_WIRE = [
    fault.id
    for fault in FAULTS.values()
    if fault.target == "phone" and fault.rules and set(fault_steps(fault.id)) & set(_LOST)
]


@asynccontextmanager
async def _side(call_seconds: float = CALL_SECONDS) -> AsyncIterator[tuple[AndroidSide, AndroidSource]]:
    side = AndroidSide(1)
    await side.start()
    try:
        yield side, AndroidSource(FrozenClock(), port=side.port, call_seconds=call_seconds)
    finally:
        await side.stop()


async def _look(source: AndroidSource) -> Sighting | None:
    async with aclosing(source.watch()) as snapshots, asyncio.timeout(10):
        return next(iter((await anext(snapshots)).sightings), None)


async def _read(source: AndroidSource) -> Reading | None:
    sighting = await _look(source)
    if sighting is None:
        return None

    def ignore(_: Progress) -> None:
        return None

    return await source.read(sighting, ignore, ask_trust=False)


def _values(reading: Reading) -> dict[str, object]:
    return {field: getattr(getattr(reading, field.split(".")[0]), field.split(".")[1]) for field in FIELDS}


def _steps(fault_id: str) -> tuple[Step, ...]:
    return tuple(step for step in fault_steps(fault_id) if step not in BUS)


def _explained(reading: Reading) -> None:
    values, reasons = _values(reading), {problem.field for problem in reading.problems}
    for field in explained_fields(Platform.ANDROID):
        if values[field] in {None, LockState.UNKNOWN}:
            assert field in reasons, field
        else:
            assert field in reading.evidence, field


@pytest.mark.parametrize("fault", _ON_THE_WIRE)
async def test_whatever_happens_there_is_a_state_and_a_reason_for_each_gap(fault):
    async with _side() as (side, source):
        healthy = await _read(source)
        assert healthy is not None
        assert healthy.state is State.READY
        off = {name for name, lock in dataclasses.asdict(healthy.locks).items() if lock is LockState.OFF}
        for step in _steps(fault):
            side.fault(PHONE, fault, step, 0)
            started = time.monotonic()
            reading = await _read(source)
            assert time.monotonic() - started < LONGEST, (fault, step)
            if reading is not None:
                _explained(reading)
                locks = dataclasses.asdict(reading.locks)
                assert {name for name, lock in locks.items() if lock is LockState.OFF} <= off, (fault, step)
            side.clear(PHONE)
        async with asyncio.timeout(10):
            while (again := await _read(source)) is None or again.state is not State.READY:
                await asyncio.sleep(0.1)
        assert _values(again) == _values(healthy)


@pytest.mark.parametrize("fault", _ONE_ANSWER)
async def test_a_wrong_answer_to_one_command_costs_only_what_it_was_asked_for(fault):
    async with _side(UNHURRIED) as (side, source):
        healthy = await _read(source)
        assert healthy is not None
        steps = [step for step in _steps(fault) or (None,) if step is None or step in _LOST]
        assert steps
        for step in steps:
            side.fault(PHONE, fault, step or "", 0)
            reading = await _read(source)
            side.clear(PHONE)
            assert reading is not None
            assert reading.state is State.READY, step
            costs = frozenset().union(*_LOST.values()) if step is None else _LOST[step]
            before, now = _values(healthy), _values(reading)
            assert {field for field in FIELDS if before[field] != now[field]} <= costs, step
            for field in costs:
                assert now[field] in {before[field], None, LockState.UNKNOWN} or field in _BATTERY, (
                    step,
                    field,
                )
