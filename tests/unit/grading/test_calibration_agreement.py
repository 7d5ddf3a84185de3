"""Plain counts over rounds: which question is vague, which grader differs, and since when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.grading.calibration_agreement import (
    Observation,
    agreement,
    agreement_lines,
    agreement_to_json,
    counted,
    together,
)
from diagnostics.grading.calibration_compare import Gap, distance
from diagnostics.grading.checklist import load_checklist

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
OBSERVATIONS = st.builds(
    Observation,
    at=st.integers(0, 400).map(lambda days: START + timedelta(days=days)),
    round=st.sampled_from("abcdef"),
    grader=st.sampled_from(("Ana", "Ben")),
    checklist=st.just("phone-1"),
    question=st.sampled_from(("paint", "ports", "liquid")),
    gap=st.sampled_from(Gap),
)


def seen(question: str, gap: Gap, days: int = 0, grader: str = "Ana") -> Observation:
    return Observation(START + timedelta(days=days), f"r{days}", grader, "phone-1", question, gap)


def test_the_least_agreement_comes_first_and_too_few_come_last():
    rows = [seen("paint", Gap.SAME)] * 9 + [seen("paint", Gap.MORE)]
    rows += [seen("ports", Gap.SAME)] * 5 + [seen("ports", Gap.ONE_STEP)] * 5
    rows += [seen("liquid", Gap.MORE)] * 4
    found = agreement(counted(rows, zone=UTC)).questions
    assert [row.name for row in found] == ["ports", "paint", "liquid"]
    assert [row.total.few for row in found] == [False, False, True]
    assert (found[0].total.percent, found[0].total.within_one_percent) == (50.0, 100.0)


def test_what_was_left_open_counts_neither_way():
    rows = [seen("paint", Gap.OPEN), seen("paint", Gap.NOT_ASKED), seen("paint", Gap.SAME)]
    (row,) = agreement(counted(rows, zone=UTC)).questions
    assert (row.total.n, row.total.agreed) == (1, 1)
    assert agreement(counted([rows[0]], zone=UTC)).questions == ()
    assert counted([rows[0]], zone=UTC).rounds == 0


def test_a_month_in_which_nobody_graded_stays_in_the_trend():
    report = agreement(counted([seen("paint", Gap.SAME), seen("paint", Gap.MORE, days=70)], zone=UTC))
    assert report.periods == ("2026-11", "2026-12", "2027-01")
    assert [name for name, _ in report.questions[0].periods] == ["2026-11", "2027-01"]


def test_weeks_are_those_of_the_calendar_also_at_the_turn_of_the_year():
    rows = [seen("paint", Gap.SAME, days=36), seen("paint", Gap.SAME, days=44)]
    report = agreement(counted(rows, "week", UTC))
    assert report.periods == ("2026-W53", "2027-W01")


@given(st.lists(OBSERVATIONS, max_size=60), st.sampled_from(("month", "week")))
def test_every_cut_of_the_counts_adds_up_to_the_same(rows, by):
    counts = counted(rows, by, UTC)
    report = agreement(counts)
    gaps = [each.gap for each in rows if each.gap not in {Gap.OPEN, Gap.NOT_ASKED}]
    n, agreed = len(gaps), gaps.count(Gap.SAME)
    for cut in (report.questions, report.graders):
        assert sum(row.total.n for row in cut) == n
        assert sum(row.total.agreed for row in cut) == agreed
        for row in cut:
            assert sum(each.n for _, each in row.periods) == row.total.n
            assert sum(each.within_one for _, each in row.parts) == row.total.within_one
            assert {name for name, _ in row.periods} <= set(report.periods)
    lines = agreement_lines(counts)[1:]
    assert sum(int(line[4]) for line in lines) == n
    assert len(agreement_to_json(report)["questions"]) == len(report.questions)


@given(st.lists(OBSERVATIONS, max_size=60), st.sampled_from(("month", "week")))
def test_pages_add_up_to_what_all_rounds_say_at_once(rows, by):
    pages = [[each for each in rows if each.round in some] for some in ("ab", "cde", "f")]
    found = together(together(*(counted(page, by, UTC) for page in pages[:2])), counted(pages[2], by, UTC))
    assert agreement(found) == agreement(counted(rows, by, UTC))


def test_steps_are_counted_between_answers_and_never_over_not_checked():
    parts = load_checklist().question("parts_history")
    assert distance(parts, "genuine_used", "unknown_part") == 1
    assert distance(parts, "warning_message", "all_genuine") == -3
    battery = load_checklist().question("battery_settings")
    assert [distance(battery, 88, other) for other in (88, 87, 89, 80)] == [0, 1, -1, 8]
