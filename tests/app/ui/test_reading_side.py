"""What the Reading panel shows of a phone in each state, at the size in which most see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, State
from tests.fakes.sources import FixedClock
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.ui.languages import install_language
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


def test_a_click_on_what_is_not_known_leads_to_its_question(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window()
    view = window.parts.reading._sections[3]
    number = [fact.name for fact in view._facts if fact].index("locks.sim")
    QTest.mouseClick(view._rows[number][1], Qt.MouseButton.LeftButton)
    counter.settle()
    assert counter.bench.checklist.current.id == "sim_lock"
    assert counter.bench.checklist.page_number == 9


def test_the_lines_fill_as_the_answers_come(counter: Any):
    builder = ReadingBuilder(phone_of(read_iphone("A")).sighting, FixedClock())
    builder.put("identity.model", "iPhone 13", "lockdown", raw="iPhone14,5")
    counter.plug(phone_of(builder.partial(), busy=True, step="identity"))
    window = counter.show_window()
    assert shown_lines(window)["identity.model"][0] == "iPhone 13"
    assert shown_lines(window)["battery.health_percent"][0] == "being read…"
    counter.plug(phone_of(read_iphone("A")))
    assert shown_lines(window)["battery.health_percent"][0] == "88\u00a0%"


@pytest.fixture(params=["en", "fr"])
def language(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    translator = install_language(qapp, request.param)
    yield request.param
    if translator is not None:
        qapp.removeTranslator(translator)


def test_no_line_ends_under_the_scroll_bar(language: str, tmp_path: Path):
    counter = Counter(tmp_path, language)
    counter.open()
    counter.plug(phone_of(read_iphone("A")))
    counter.plug(phone_of(read_iphone("A", state=State.NEEDS_TRUST)))
    window = counter.show_window()
    counter.settle()
    scroll = window.parts.reading._scroll
    assert scroll.verticalScrollBar().isVisible()
    assert scroll._content.width() <= scroll.viewport().width()
    assert {fact for fact, (_, source) in shown_lines(window).items() if source.endswith("…")} == set()
    counter.close()


@pytest.mark.parametrize("size", [(1360, 860), (1024, 640)])
def test_what_to_do_about_a_lock_is_seen_without_scrolling(counter: Any, size: tuple[int, int]):
    builder = ReadingBuilder(phone_of(read_iphone("A")).sighting, FixedClock())
    builder.state = State.READY
    builder.put("locks.find_my", LockState.ON, "lockdown com.apple.fmip", raw="true")
    builder.put("locks.screen", LockState.ON, "lockdown PasswordProtected", raw="true")
    counter.plug(phone_of(builder.build()))
    panel = counter.show_window(size=size).parts.reading
    counter.settle()
    assert panel._todo.isVisible()
    assert panel._todo.text().startswith("Find My: Have the customer switch it off")
    assert panel.rect().contains(panel._todo.geometry())
    counter.plug(phone_of(read_iphone("A")))
    assert panel._todo.isHidden()


@pytest.mark.parametrize("number", ["SM-A546BZKCEUBXXXXXXXXXXXXXXXX", "MWLT2"])
def test_a_long_value_pushes_nothing_out_of_the_panel(counter: Any, number: str):
    builder = ReadingBuilder(phone_of(read_iphone("A")).sighting, FixedClock())
    builder.state = State.READY
    builder.put("identity.part_number", number, "lockdown ModelNumber", raw=number)
    builder.put("identity.colour", "midnight", "lockdown DeviceColor", raw="1")
    builder.put("management.organisation", f"The {number} Company", "MCInstall", raw=number)
    builder.put("locks.mdm", LockState.ON, "MCInstall", raw="true")
    counter.plug(phone_of(builder.build()))
    window = counter.show_window()
    counter.settle()
    scroll = window.parts.reading._scroll
    assert scroll._content.width() <= scroll.viewport().width()
    assert shown_lines(window)["identity.colour"][1].startswith(("USB exact ", "exact "))
    assert not shown_lines(window)["identity.colour"][1].endswith("…")
