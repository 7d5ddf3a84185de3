"""The benchmarks can be run: they import, know their own names, and measure."""

from __future__ import annotations

from importlib import import_module

import pytest

from benchmarks.__main__ import ALL, RUNS
from benchmarks.measuring import Times, interleave, ms, ratio
from benchmarks.quote import grade_it, make_inspection, quote_it
from benchmarks.reporting import Section, Table, document, verdict


@pytest.mark.parametrize("name", ALL)
def test_every_benchmark_can_be_imported_and_has_at_least_seven_runs(name):
    assert callable(import_module(f"benchmarks.{name}").measure)
    assert RUNS[name] >= 7


def test_sides_are_measured_in_turn_and_the_warm_up_does_not_count():
    order: list[str] = []

    def side(name, seconds):
        def work():
            order.append(name)
            return seconds + (100 if len(order) <= 2 else 0)

        return work

    found = interleave({"ours": side("ours", 3.0), "bare": side("bare", 2.0)}, runs=3)
    assert order == ["ours", "bare", "bare", "ours", "ours", "bare", "bare", "ours"]
    assert found["ours"].seconds == (3.0, 3.0, 3.0)
    assert ratio(found["ours"], found["bare"]) == 1.5


def test_a_value_at_its_bar_is_within_it():
    assert verdict(1.5, 1.5) == "pass"
    assert "FAIL" in verdict(1.51, 1.5)


def test_the_report_holds_what_was_found():
    table = Table(("", "ms"), [("start", ms(Times((0.1, 0.3, 0.2)).median))])
    text = document([Section("Start-up", "How.", [table], ["A remark."])], "python -m benchmarks")
    assert "| start | 200 |" in text
    assert "- A remark." in text
    assert "cores" in text


def test_the_inspection_that_is_priced_is_complete():
    inspection = make_inspection()
    assert grade_it(inspection).grade is not None
    assert quote_it(inspection).offer is not None
