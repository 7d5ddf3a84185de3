"""Each fault of a practice Android phone, and each step with some: a state and a sentence, and nothing wrong said.

The whole matrix takes two minutes: ``python -m benchmarks.fault_matrix --side android``.
"""

from __future__ import annotations

from collections import Counter

from diagnostics.practice.android.faults import FAULTS, matrix
from diagnostics.practice.android.steps import BUS, STEPS, Step
from tests.matrix.android_cases import all_cases, sample, usual_cases
from tests.matrix.android_hall import Report, run

KINDS = ("falls-silent", "garbled", "disconnects", "noise", "oversized", "breaks-off")


def wrong(report: Report) -> list[str]:
    return [f"{o.case}: {'; '.join(o.wrong)}" for o in report.outcomes if o.wrong] + list(report.left)


async def test_each_fault_at_its_usual_steps_and_each_step_with_some_fault():
    usual = [case for case in usual_cases() if not case.alone]
    steps = [case for case in sample(KINDS, all_cases()) if not case.alone]
    assert {case.step for case in steps} == set(STEPS) - BUS
    report = await run([*usual, *steps])
    assert wrong(report) == []
    assert len(report.outcomes) == len(usual) + len(steps)


async def test_the_server_itself_with_some_faults():
    cases = [case for case in sample(("garbled",), all_cases()) if case.step is Step.LIST_DEVICES]
    cases += [case for case in all_cases() if case.alone and case.step is None]
    report = await run(cases, halls=len(cases))
    assert wrong(report) == []
    assert len(report.outcomes) == len(cases) > len(BUS)


def test_the_whole_matrix_holds_each_fault_at_each_step():
    cases = all_cases()
    assert {(c.fault, c.step) for c in cases if c.step} == {
        (fault, step) for target in ("phone", "bus") for fault, step in matrix(target) if step
    }
    assert {case.fault for case in cases} == set(FAULTS)
    assert max(Counter(cases).values()) == 1
