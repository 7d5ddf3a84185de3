"""The matrix finds what is wrong: a reader with each kind of bug is caught by it."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import logging
import socket
from types import MappingProxyType

import pytest

from diagnostics.apple import asking, battery, session
from diagnostics.apple.source import AppleSource
from diagnostics.model import Battery, Locks, LockState, Problem, Quality, Reading, State
from diagnostics.ports import Sighting
from diagnostics.practice.apple.steps import Step
from tests.matrix.cases import Case
from tests.matrix.judging import faults_of, faults_of_end
from tests.matrix.leaks import overheard, sockets_to
from tests.matrix.outcomes import Report
from tests.matrix.running import run
from tests.unit.apple.builders import builder


@pytest.fixture
def truth() -> Reading:
    made = builder()
    made.put("battery.health_percent", 73, "formula", raw="1/2", quality=Quality.ESTIMATE)
    made.put("locks.activation", LockState.OFF, "lockdown ActivationState", raw="Activated")
    made.state = State.READY
    return made.build("absent")


def changed(reading: Reading, **parts: object) -> Reading:
    return dataclasses.replace(reading, **parts)  # type: ignore[arg-type]


def test_a_true_reading_has_no_fault(truth):
    assert list(faults_of(truth, truth, "slow")) == []
    assert list(faults_of_end(truth)) == []


def test_a_value_that_is_not_true_is_found(truth):
    wrong = changed(truth, battery=Battery(health_percent=100))
    assert list(faults_of(wrong, truth, "slow")) == ["battery.health_percent is 100, not 73"]


def test_a_lock_called_off_that_nobody_proved_off_is_found(truth):
    locks = Locks(activation=LockState.OFF, mdm=LockState.OFF)
    assert "locks.mdm is <LockState.OFF: 'off'>, not <LockState.UNKNOWN: 'unknown'>" in list(
        faults_of(changed(truth, locks=locks), truth, "slow")
    )


def test_a_lock_that_a_fault_puts_on_must_not_be_off(truth):
    assert any("locks.activation" in line for line in faults_of(truth, truth, "activation-locked"))


def test_a_value_without_evidence_and_a_gap_without_a_reason_are_found(truth):
    bare = changed(truth, evidence=MappingProxyType({}), problems=())
    assert "battery.health_percent has a value and no evidence" in list(faults_of(bare, truth, "slow"))
    assert "storage.capacity_gb is missing without a reason" in list(faults_of_end(bare))


def test_a_state_without_a_sentence_and_a_code_without_words_are_found(truth):
    odd = changed(truth, problems=(Problem("", "no_such_code"), Problem("", "wrong_mode")))
    assert {"no words for no_such_code", "wrong_mode lacks {'mode'}"} <= set(faults_of(odd, truth, "slow"))


def test_signs_that_steer_a_screen_are_found(truth):
    evidence = dict(truth.evidence)
    evidence["battery.health_percent"] = dataclasses.replace(
        evidence["battery.health_percent"], raw="a\x1b[31m"
    )
    assert any("not plain" in line for line in faults_of(changed(truth, evidence=evidence), truth, "slow"))


# The whole way, with a reader that has a bug


async def judged(fault: str, step: Step | None = None) -> Report:
    return await run([Case(fault, step, "worn-battery")], copies=1)


async def test_a_reader_that_believes_everything_is_caught(monkeypatch):
    monkeypatch.setattr(battery, "CYCLE_RANGE", (0, 10**9))
    report = await judged("battery-cycles")
    assert report.outcomes[0].wrong == ("battery.cycle_count is 65535, not 986",)


@pytest.mark.logs_warnings
async def test_a_reader_that_raises_is_caught(monkeypatch):
    readings, read = itertools.count(-2), session.Session.read  # two to open the hall with

    async def until_the_hall_is_open(self: session.Session, *, ask_trust: bool) -> Reading:
        if next(readings) >= 0:
            raise RuntimeError("a bug")
        return await read(self, ask_trust=ask_trust)

    monkeypatch.setattr(session.Session, "read", until_the_hall_is_open)
    monkeypatch.setattr("tests.matrix.watching.Watching.NO_MORE", 0.2)
    report = await judged("slow")
    assert "an exception got out of the reader" in report.outcomes[0].wrong, report
    assert any("RuntimeError: a bug" in line for line in report.left)


async def test_a_reader_that_leaves_its_connection_open_is_caught(monkeypatch):
    kept: list[object] = []

    async def forget(self: asking.Conversation) -> None:
        kept.append(self.lockdown)

    monkeypatch.setattr(asking.Conversation, "close", forget)
    monkeypatch.setattr("tests.matrix.leaks.GRACE", 0.2)
    report = await judged("battery-zero")
    assert any("sockets left open" in line for line in report.left)
    for lockdown in kept:
        await lockdown.close()  # type: ignore[attr-defined]


async def test_a_reader_that_never_ends_is_caught(monkeypatch):
    read = AppleSource.read

    async def hang(self: AppleSource, sighting: Sighting, *args: object, **kwargs: object) -> Reading:
        reading = await read(self, sighting, *args, **kwargs)  # type: ignore[arg-type]
        if reading.battery.cycle_count is None:
            await asyncio.Event().wait()
        return reading

    monkeypatch.setattr(AppleSource, "read", hang)
    monkeypatch.setattr("tests.matrix.watching.PATIENCE", 2.0)
    monkeypatch.setattr("tests.matrix.watching.Watching.NO_MORE", 1.0)
    report = await judged("battery-missing")
    assert "there was no state at all" in report.outcomes[0].wrong


@pytest.mark.logs_warnings
def test_what_is_logged_is_heard_but_for_what_is_said_on_purpose():
    with overheard() as said:
        logging.getLogger("diagnostics.apple.records").warning(
            "usbmuxd did not take the pair record (OSError)"
        )
        logging.getLogger("diagnostics.apple.session").warning("what is this")
    assert said == ["diagnostics.apple.session: what is this"]


def test_open_sockets_are_counted_by_their_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert sockets_to(port) == 0
        with socket.create_connection(("127.0.0.1", port)):
            assert sockets_to(port) == 1
        assert sockets_to(port) == 0
