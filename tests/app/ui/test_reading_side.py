"""What the Reading panel shows of a phone in each state, at the size in which most see it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, LockState, Quality, State
from tests.fakes.shops import IMEI
from tests.fakes.sources import FixedClock
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.ui.languages import install_language
from tradein_app.ui.section_view import Source
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.facts import Fact
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
    window = counter.show_window()
    before = shown_lines(window)["battery.health_percent"]
    counter.answer_all(battery_settings=None)
    lines = shown_lines(window)
    assert lines["locks.find_my"][0] == "✓ off"
    assert before[1].startswith("USB estimate")
    assert lines["battery.health_percent"] == before, "else it would say less"
    assert lines["locks.mdm"][1].startswith("USB exact")


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.CONTRAST])
def test_what_is_not_believed_is_struck_through_and_nothing_else(counter: Any, mode: Mode):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window(mode)
    rows = [
        row for view in window.parts.reading._sections for row in zip(view._rows, view._facts, strict=True)
    ]
    struck = {fact.name for row, fact in rows if fact is not None and row[1].font().strikeOut()}
    assert struck == {"battery.full_mah"}


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


def test_why_a_card_was_turned_down_is_not_cut(language: str, tmp_path: Path):
    counter = Counter(tmp_path, language)
    counter.open()
    builder = ReadingBuilder(phone_of(read_iphone("A")).sighting, FixedClock())
    builder.state = State.READY
    builder.put(
        "sim.status", "operator_locked", "lockdown SIMStatus", raw="OperatorLocked", quality=Quality.HINT
    )
    counter.plug(phone_of(builder.build()))
    window = counter.show_window()
    counter.settle()
    said = shown_lines(window)["sim.status"][0]
    assert " ".join(said.split()) in {"refused: carrier lock", "refusée : verrou opérateur"}
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
    sources = {source for _, source in list(shown_lines(window).values())[:16] if source}
    assert sources in ({"USB exact"}, {shown_lines(window)["identity.colour"][1]}), "all say as much"
    assert all(source.startswith("USB exact") for source in sources)


def test_a_long_name_stands_in_two_lines(counter: Any):
    builder = ReadingBuilder(phone_of(read_iphone("A")).sighting, FixedClock())
    builder.state = State.READY
    builder.put("identity.model", "iPhone SE (3rd generation)", "lockdown", raw="iPhone14,6")
    builder.put("management.organisation", "Nordlog Spedition GmbH", "MCInstall", raw="Nordlog")
    builder.put("locks.mdm", LockState.ON, "MCInstall", raw="true")
    counter.plug(phone_of(builder.build()))
    window = counter.show_window()
    counter.settle()
    lines = shown_lines(window)
    assert lines["identity.model"] == ("iPhone SE (3rd\ngeneration)", "USB exact")
    assert lines["management.organisation"][0].replace("\n", " ") == "Nordlog Spedition GmbH"


def test_while_a_phone_is_read_again_its_values_stay(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window()
    before = {name for name, (value, _) in shown_lines(window).items() if value}
    again = ReadingBuilder(phone_of(read_iphone("A")).sighting, FixedClock())
    counter.plug(phone_of(again.partial(), busy=True, step="identity"))
    lines = shown_lines(window)
    assert before == set(lines)
    assert lines["identity.model"][0] == "iPhone 13"
    assert lines["battery.health_percent"][0] == "88\u00a0%"
    assert lines["locks.mdm"][0] == "off", "no tick: it may have changed since"
    assert lines["battery.design_mah"][0] == "being read…"


def test_each_line_is_seen_as_soon_as_it_is_shown(counter: Any):
    builder = ReadingBuilder(phone_of(read_iphone("A")).sighting, FixedClock())
    window = counter.show_window()
    builder.put("identity.model", "iPhone 13", "lockdown", raw="iPhone14,5")
    counter.bench.devices.apply([phone_of(builder.partial(), busy=True, step="identity")])
    view = window.parts.reading._sections[0]
    while without_isolates(view._rows[1][1].whole if view._rows else "") != "iPhone 13":
        QApplication.processEvents()
    QApplication.processEvents()
    assert view._grid.columnMinimumWidth(1) > 0


def test_the_keyboard_scrolls(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window()
    window.open_panel("reading")
    bar = window.parts.reading._scroll.verticalScrollBar()
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(window.focusWidget(), key)
        seen.append(bar.value())
    assert 0 < seen[0] <= seen[1] <= seen[2] == bar.maximum()
    assert seen[3] == 0


def test_tab_reaches_what_leads_to_a_question_and_enter_goes_there(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    window = counter.show_window()
    window.activateWindow()
    window.open_panel("reading")
    view = window.parts.reading._sections[3]
    wanted = view._rows[[fact.name for fact in view._facts if fact].index("locks.sim")][1]
    for _ in range(12):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() is wanted:
            break
    assert wanted.property("focused")
    QTest.keyClick(wanted, Qt.Key.Key_Return)
    counter.settle()
    assert counter.bench.checklist.current.id == "sim_lock"


def test_a_small_window_names_what_is_not_known_and_shows_the_numbers_on_demand(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    panel = counter.show_window(size=(1024, 640)).parts.reading
    assert "not known: Find My, Carrier lock, Blacklist" in panel._chips.text()
    assert IMEI not in panel._chips.text()
    panel.toggle_secrets()
    assert f"IMEI {IMEI}" in panel._chips.text()


@pytest.mark.parametrize("size", [(1024, 640), (1280, 720), (1360, 860), (1920, 1080)])
def test_the_checklist_stays_where_it_is_from_phone_to_phone(counter: Any, size: tuple[int, int]):
    locked = ReadingBuilder(phone_of(read_iphone("B")).sighting, FixedClock())
    locked.state = State.READY
    locked.put("locks.find_my", LockState.ON, "lockdown com.apple.fmip", raw="true")
    waiting = phone_of(read_iphone("C", state=State.NEEDS_TRUST))
    counter.plug(phone_of(read_iphone("A")), phone_of(locked.build()), waiting)
    window = counter.show_window(size=size)
    places = set()
    for port in range(3):
        counter.bench.devices.select(port)
        counter.settle()
        places.add(window.parts.checklist.geometry().getRect())
        answers = window.parts.checklist._made["phone-1", "safety"].answers
        scroll = window.parts.checklist._scroll
        assert answers.mapTo(scroll.viewport(), answers.rect().bottomLeft()).y() <= scroll.viewport().height()
    assert len(places) == 1


def test_where_a_typed_value_comes_from_is_said_once(qapp: QApplication):
    shown = Source()
    shown.show_fact(Fact("identity.imei", "IMEI", "352", origin="typed", quality="typed"))
    shown.say(2)
    assert shown.text() == "typed"


def test_what_an_iphone_tells_before_trust_is_seen_above_the_card(counter: Any):
    waiting = read_iphone("A", state=State.NEEDS_TRUST)
    told = dataclasses.replace(
        waiting.identity, model="iPhone 12", colour="blue", os="iOS", os_version="17.5.1"
    )
    counter.plug(phone_of(dataclasses.replace(waiting, id=DeviceId("00008101-A54"), identity=told)))
    panel = counter.show_window().parts.reading
    counter.settle()
    assert without_isolates(panel._model.text()) == "iPhone 12 · blue · iOS 17.5.1 · UDID ••••A54"
    panel.toggle_secrets()
    assert "UDID 00008101-A54" in without_isolates(panel._model.whole)
    counter.plug(phone_of(read_iphone("B")))
    counter.bench.devices.select(1)
    counter.settle()
    assert "UDID" not in panel._model.text()
