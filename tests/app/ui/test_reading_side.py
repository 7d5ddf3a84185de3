"""What the Reading panel shows of a phone in each state, at the size in which most see it."""

from __future__ import annotations

from typing import Any

from tests.fakes.windows import phone_of, read_iphone
from tradein_app.viewmodels.formatting import without_isolates


def shown_lines(window: Any) -> dict[str, tuple[str, str]]:
    """Return value and source of each line as they are painted, cut or not."""
    views = window.parts.reading._sections
    pairs = [pair for view in views for pair in zip(view._rows, view._facts, strict=True)]
    return {
        fact.name: (without_isolates(row[1].text()), without_isolates(row[2].text()))
        for row, fact in pairs
        if fact is not None
    }


def test_what_a_person_saw_does_not_push_quality_and_time_of_other_lines_out(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all(battery_settings=None)
    lines = shown_lines(counter.show_window())
    assert lines["locks.find_my"][0] == "✓ off"
    assert lines["battery.health_percent"][1].startswith("USB estimate ")
    assert lines["locks.mdm"][1].startswith("USB exact ")
