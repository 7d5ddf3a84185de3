"""Each fault of a practice iPhone, and each step with some: a state and a sentence in time, and nothing wrong said.

The whole matrix takes a minute or two: ``python -m benchmarks.fault_matrix``.
"""

from __future__ import annotations

from collections import Counter

import pytest

from diagnostics.practice.apple.faults import FAULTS, matrix
from diagnostics.practice.apple.steps import STEPS
from tests.matrix.cases import all_cases, sample, usual_cases
from tests.matrix.outcomes import Report
from tests.matrix.running import run

KINDS = (
    "falls-silent",
    "garbled",
    "disconnects",
    "values-text",
    "oversized",
    "answers-nothing",
    "handshake-garbage",
)
pytestmark = (
    pytest.mark.logs_warnings
)  # of records that usbmuxd does not take; `overheard` listens for all others


def wrong(report: Report) -> list[str]:
    return [f"{o.case}: {'; '.join(o.wrong)}" for o in report.outcomes if o.wrong] + list(report.left)


async def test_each_fault_at_its_usual_steps():
    cases = usual_cases()
    report = await run(cases, copies=1, halls=2)
    assert wrong(report) == []
    assert len(report.outcomes) == len(cases)


async def test_every_step_with_some_fault():
    cases = sample(KINDS, all_cases())
    assert {case.step for case in cases} == set(STEPS)
    report = await run(cases, copies=1, halls=2)
    assert wrong(report) == []
    assert len(report.outcomes) == len(cases)


def test_the_whole_matrix_holds_each_fault_at_each_step():
    cases = all_cases()
    assert {(c.fault, c.step) for c in cases if c.step} == {
        (fault, step) for target in ("phone", "bus") for fault, step in matrix(target) if step
    }
    assert {case.fault for case in cases} == set(FAULTS)
    assert max(Counter(cases).values()) == 1
