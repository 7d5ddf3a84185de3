"""The quick way gives the engine's own grades, whatever the inspection and the standard."""

from __future__ import annotations

from hypothesis import given, settings

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.comparing import compare
from diagnostics.grading.facts import read_values
from diagnostics.grading.library import program
from diagnostics.grading.quick import Quick
from tests.unit.grading.test_properties import inspections

CHECKLIST = load_checklist()
QUICK = {standard.id: Quick(standard, CHECKLIST) for standard in program().newest("phone-1")}


@settings(max_examples=200, deadline=None)
@given(inspections)
def test_the_quick_way_says_the_same(inspection):
    reading = inspection.reading
    for row in compare(inspection):
        quick = QUICK[row.standard].outcome(inspection.answers, read_values(reading), reading.platform)
        assert (quick.grade, quick.disposition, quick.label) == (row.grade, row.disposition, row.label), row
