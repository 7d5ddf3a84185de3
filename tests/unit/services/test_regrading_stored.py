"""What is stored comes to the engine's own grade, by whichever short way it is found."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics import codec
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.comparing import compare
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.prefilling import told_answers
from diagnostics.grading.standards import load_standard, standard_ids
from diagnostics.grading.standing import standing
from tests.fakes.inspections import an_inspection
from tests.unit.grading.test_properties import inspections
from tradein_app.services import regrading
from tradein_app.services.regrading import regrade
from tradein_app.services.regrading_records import StoredAnswers, StoredInspection, ToldParts, joined

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHECKLIST = load_checklist()
STANDARDS = [name for name in standard_ids() if load_standard(name).checklist == CHECKLIST.id]


def parts(document: dict[str, Any]) -> ToldParts:
    """Return what the store finds in a reading's document."""
    evidence = document.get("evidence", {})
    sure = [evidence.get(name, {}).get("quality") for name in ("locks.sim", "battery.health_percent")]
    found = [document["platform"], document["battery"]["health_percent"], document["locks"], *sure]
    return tuple(None if each is None else json.dumps(each) for each in found)


def stored(inspection: Inspection, place: int = 0) -> StoredInspection:
    answers = joined((name, json.dumps(given)) for name, given in inspection.answers.items())
    told = parts(codec.to_json(inspection.reading))
    return StoredInspection(
        f"{place:032x}", CHECKLIST.id, NOON, "ios", None, None, answers, told, (), (), None
    )


def engines(inspection: Inspection, standard: str) -> tuple[object, ...]:
    """Return what the bench would say: what the cable proves counts, too."""
    told = told_answers(CHECKLIST, inspection.reading)
    graded = standing(CHECKLIST, inspection.answers, (), told).graded
    answers = MappingProxyType(dict(graded))
    (row,) = compare(Inspection(inspection.reading, CHECKLIST.id, answers), [standard])
    return row.grade, row.disposition, row.label


@settings(max_examples=60, deadline=None)
@given(st.lists(inspections, min_size=1, max_size=4), st.sampled_from(STANDARDS))
def test_many_phones_come_to_what_the_engine_says_of_each(phones, standard):
    rows = list(regrade(map(stored, [*phones, *phones]), load_standard(standard)))
    found = [
        (row.outcome and (row.outcome.grade, row.outcome.disposition, row.outcome.label)) for row in rows
    ]
    assert found == [engines(each, standard) for each in [*phones, *phones]]


def test_the_order_of_answers_and_those_that_were_cleared_make_no_difference():
    best = an_inspection()
    one = stored(best)
    names, values = (part.split("\n") for part in one.answers)
    mixed = joined([*zip(reversed(names), reversed(values), strict=True), ("battery_settings", "null")])
    without = joined(
        [(name, "null" if name == "paint" else v) for name, v in zip(names, values, strict=True)]
    )
    turned, cleared = one._replace(answers=mixed), one._replace(answers=without)
    for standard in STANDARDS:
        first, second, third = regrade([one, turned, cleared], load_standard(standard))
        assert first.outcome == second.outcome
        (row,) = compare(an_inspection(without=("paint",)), [standard])
        assert third.outcome is not None
        assert (third.outcome.grade, third.outcome.label) == (row.grade, row.label)


def test_what_is_remembered_is_bounded_and_forgetting_changes_nothing(monkeypatch):
    batteries = [stored(an_inspection(battery=percent), percent) for percent in range(60, 101)] * 2
    standard = load_standard("backmarket-2025")
    all_remembered = [row.after for row in regrade(batteries, standard)]
    assert len(set(all_remembered)) > 1
    monkeypatch.setattr(regrading, "KINDS", 1)
    assert [row.after for row in regrade(batteries, standard)] == all_remembered


def test_the_id_is_the_same_from_either_engine():
    key = UUID(int=7)
    assert stored(an_inspection(), 7).id == stored(an_inspection())._replace(key=key).id == str(key)


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        (0, '"symbian"', "platform must be one of"),
        (1, '"many"', "health_percent must be a whole number"),
        (1, "true", "health_percent must be a whole number"),
        (1, "9999", "health_percent must be a whole number"),
        (2, "null", "says nothing of locks"),
        (2, "[1]", "locks must be"),
        (2, '{"sim": "maybe"}', "sim must be one of"),
        (4, '"surely"', "quality must be one of"),
    ],
)
def test_a_damaged_reading_is_no_grade_and_costs_no_other_phone(place, text, said):
    good = stored(an_inspection())
    told = tuple(text if number == place else part for number, part in enumerate(good.told))
    first, damaged, last = regrade([good, good._replace(told=told), good], load_standard("refurbed"))
    assert (damaged.outcome, said in damaged.problem) == (None, True)
    assert first.outcome == last.outcome is not None


def test_an_answer_that_cannot_be_read_is_said_in_words():
    good = stored(an_inspection())
    names, values = good.answers
    (row,) = regrade([good._replace(answers=StoredAnswers(names, "x" + values))], load_standard("refurbed"))
    assert "An answer of it is damaged" in row.problem
