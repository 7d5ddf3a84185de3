"""What a phone told before, while it is in a mode in which it tells no more: never to be taken for what holds now."""

from __future__ import annotations

from typing import Any

import pytest

from diagnostics.model import State
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.viewmodels.formatting import format_time


@pytest.mark.parametrize("state", [State.DFU, State.RECOVERY, State.TIMEOUT])
@pytest.mark.parametrize("size", [(1024, 640), (1920, 1080)])
def test_each_value_of_before_says_its_time_and_looks_old(counter: Any, state: State, size: tuple[int, int]):
    whole = read_iphone("A")
    counter.plug(phone_of(whole))
    window = counter.show_window(size=size)
    rows = _rows(window)
    assert not any(fact.old for _, fact in rows.values())
    assert rows["battery.health_percent"][0][1].property("role") == "strong"
    counter.plug(phone_of(read_iphone("A", state=state)))
    counter.settle()
    rows = _rows(window)
    for name in ("battery.health_percent", "storage.capacity_gb", "locks.mdm"):
        (_, value, source), fact = rows[name]
        assert fact.old
        assert value.property("role") == "dim", name
        assert value.property("tone") == "dim", name
        assert format_time(whole.evidence[name].at) in source.text(), name


def _rows(window: Any) -> dict[str, Any]:
    views = window.parts.reading._sections
    pairs = [pair for view in views for pair in zip(view._rows, view._facts, strict=True)]
    return {fact.name: (row, fact) for row, fact in pairs if fact is not None}
