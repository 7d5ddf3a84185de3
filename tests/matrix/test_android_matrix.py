"""Each fault of a practice Android phone, and each step with some: a state and a sentence, and nothing wrong said.

The whole matrix takes two minutes: ``python -m benchmarks.fault_matrix --side android``.
"""

from __future__ import annotations

from collections import Counter
from contextlib import aclosing

import pytest

from diagnostics.android.batch import script
from diagnostics.android.commands import FAST
from diagnostics.android.parsers import battery_dump
from diagnostics.android.source import AndroidSource
from diagnostics.practice.android.faults import FAULTS, matrix
from diagnostics.practice.android.server import PracticeAdbServer, Request, load_androids
from diagnostics.practice.android.steps import BUS, STEPS, Step, of_command
from tests.matrix.android_cases import TELLING, Case, all_cases, sample, usual_cases
from tests.matrix.android_running import run
from tests.matrix.outcomes import Report
from tests.matrix.sending import commands_of, unlisted

KINDS = ("falls-silent", "wrong-answer", "disconnects", "noise", "garbled", "breaks-off")
"""Of which each step meets one that can be put there."""


def wrong(report: Report) -> list[str]:
    return [f"{o.case}: {'; '.join(o.wrong)}" for o in report.outcomes if o.wrong] + list(report.left)


async def test_each_fault_at_its_usual_steps_each_step_with_some_fault_and_the_server_itself():
    steps = [case for case in sample(KINDS, all_cases()) if case.target == "phone"]
    assert {case.step for case in steps} == set(STEPS) - BUS
    server = [case for case in all_cases() if case.target == "bus" and case.step is None]
    cases = [*usual_cases(), *steps, *server]
    report = await run(cases)
    assert wrong(report) == []
    assert {case.fault for case in cases} == set(FAULTS)
    assert len(report.outcomes) == len(cases)


def test_the_whole_matrix_holds_each_fault_at_each_step():
    cases = all_cases()
    assert {(c.fault, c.step) for c in cases if c.step} == {
        (fault, step) for target in ("phone", "bus") for fault, step in matrix(target) if step
    }
    assert {case.fault for case in cases} == set(FAULTS)
    assert max(Counter(cases).values()) == 1


async def test_the_matrix_sees_a_reader_that_believes_a_web_page(monkeypatch):
    monkeypatch.setattr(battery_dump, "_HEADING", "")
    report = await run([Case("answers-html", Step.BATTERY, "fresh-battery")])
    assert wrong(report) == ["answers-html at battery (fresh-battery): battery.level_percent is 42, not 91"]


@pytest.mark.parametrize(
    ("service", "command"),
    [
        ("shell,v2", "setprop x 1"),
        (
            "shell,v2",
            "echo @@00c0ffee:df@@; df -k /data; rm -r /sdcard 2>&1; echo @@00c0ffee=$?@@; echo @@00c0ffee.@@",
        ),
        ("shell", "echo @@00c0ffee:df@@; df -k /data 2>&1; echo @@00c0ffee=$?@@; echo @@00c0ffee.@@; reboot"),
        ("reboot", ""),
        ("sync", ""),
        ("", "host:kill"),
        ("", "host:reconnect-offline"),
    ],
)
def test_what_nobody_reviewed_is_seen_among_what_was_sent(service, command):
    phone = "worn-battery" if service else ""
    assert list(unlisted([Request("R5", phone, service or "host", command)]))


def test_a_group_of_listed_commands_is_nothing_to_report():
    request = Request("R5", "worn-battery", "shell,v2", script(FAST, "00c0ffee"))
    assert list(unlisted([request])) == []
    assert commands_of(request) == [command.text for command in FAST]


async def test_a_fault_of_one_answer_is_put_to_a_phone_that_is_asked_for_it():
    server = PracticeAdbServer([p for p in load_androids(28) if p.id in TELLING.values()])
    await server.start()
    source = AndroidSource(port=server.port)
    async with aclosing(source.watch()) as snapshots:
        for sighting in (await anext(snapshots)).sightings:
            await source.read(sighting, lambda _: None, ask_trust=False)
    await server.stop()
    asked = {
        (request.phone_id, of_command(text.split()))
        for request in server.requests
        for text in commands_of(request)
    }
    assert {(phone, step) for step, phone in TELLING.items()} <= asked
