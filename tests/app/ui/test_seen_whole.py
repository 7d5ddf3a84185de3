"""No value, model or line is seen in part: half a number is another number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, Platform, Quality, Reading, State, Transport
from diagnostics.ports import Sighting
from tests.fakes.sources import FixedClock
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.ui.cut_cover import CutCover
from tradein_app.ui.device_tile import DeviceTile
from tradein_app.ui.section_view import Source, Value

SIZES = [(1280, 720), (1280, 800), (1360, 860)]


def worn(model: str = "iPhone 11") -> Reading:
    """Return a phone that tells much, so that there is more than fits."""
    seen = Sighting("W", DeviceId("W"), Platform.IOS, Transport.USBMUX, "1-9", State.CONNECTING)
    builder = ReadingBuilder(seen, FixedClock())
    builder.state = State.READY
    told: tuple[tuple[str, Any, Quality], ...] = (
        ("identity.manufacturer", "Apple", Quality.EXACT),
        ("identity.model", model, Quality.EXACT),
        ("identity.model_code", "iPhone12,1", Quality.EXACT),
        ("identity.part_number", "MWLT2", Quality.EXACT),
        ("identity.colour", "black", Quality.EXACT),
        ("identity.os_version", "iOS 17.6.1", Quality.EXACT),
        ("battery.health_percent", 73, Quality.ESTIMATE),
        ("battery.cycle_count", 986, Quality.EXACT),
        ("battery.full_mah", 2270, Quality.EXACT),
        ("battery.design_mah", 3110, Quality.EXACT),
        ("battery.level_percent", 41, Quality.EXACT),
        ("battery.temperature_c", 27.8, Quality.ESTIMATE),
        ("storage.capacity_gb", 64, Quality.EXACT),
        ("sim.status", "not_inserted", Quality.HINT),
    )
    for field, value, quality in told:
        builder.put(field, value, "lockdown", raw=str(value), quality=quality)
    return builder.build()


@pytest.fixture
def one_and_a_half(qapp: QApplication) -> Iterator[None]:
    usual = QFont(qapp.font())
    larger = QFont(usual)
    larger.setPointSizeF(usual.pointSizeF() * 1.5)
    qapp.setFont(larger)
    yield
    qapp.setFont(usual)


def texts(parent: Any, kind: type[QLabel]) -> list[QLabel]:
    return [each for each in parent.findChildren(kind) if each.isVisibleTo(parent) and each.text()]


def shown_whole(counter: Any, size: tuple[int, int]) -> None:
    counter.plug(phone_of(worn()))
    reading = counter.show_window(size=size).parts.reading
    QApplication.processEvents()
    counter.settle()
    values = texts(reading, Value)
    assert any("mAh" in each.text() for each in values)
    assert [each.text() for each in values if "…" in each.text()] == []
    for each in texts(reading, Source):
        assert each.fontMetrics().horizontalAdvance(each.text()) <= each.width(), each.text()


@pytest.mark.parametrize("size", SIZES)
def test_every_value_is_whole_with_its_unit(counter: Any, size: tuple[int, int]):
    shown_whole(counter, size)


@pytest.mark.usefixtures("one_and_a_half")
@pytest.mark.parametrize("size", SIZES)
def test_every_value_is_whole_in_letters_half_as_large_again(counter: Any, size: tuple[int, int]):
    shown_whole(counter, size)


def test_every_value_of_an_earlier_reading_is_whole_under_the_card_of_a_phone_that_waits(counter: Any):
    phone = phone_of(worn())
    counter.plug(phone)
    reading = counter.show_window(size=(1280, 800)).parts.reading
    counter.plug(phone_of(read_iphone("W", state=State.NEEDS_TRUST, slot="1-9"), key=phone.key))
    QApplication.processEvents()
    counter.settle()
    assert reading._state.isVisibleTo(reading)
    assert [each.text() for each in texts(reading, Value) if "…" in each.text()] == []


@pytest.mark.parametrize("size", [(1280, 800), (1360, 860), (1360, 873)])
def test_no_line_of_the_reading_is_cut_by_its_lower_edge(counter: Any, size: tuple[int, int]):
    counter.plug(phone_of(worn()))
    reading = counter.show_window(size=size).parts.reading
    bar = reading._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    for scrolled in (0, 5, 11):
        bar.setValue(scrolled)
        QApplication.processEvents()
        counter.settle()
        assert cut_and_seen(reading._scroll.viewport(), reading._columns) == []


def cut_and_seen(room: QWidget, content: QWidget) -> list[str]:
    """Return the words of which the foot of a room shows a part."""
    half = []
    for each in content.findChildren(QLabel):
        top = each.mapTo(room, QPoint(0, 0)).y()
        inside = each.isVisibleTo(room) and each.text() and top < room.height() < top + each.height()
        if inside and not is_covered(room, QPoint(each.mapTo(room, QPoint(2, 0)).x(), room.height() - 1)):
            half.append(each.text())
    return half


def is_covered(room: QWidget, point: QPoint) -> bool:
    covers = room.findChildren(CutCover)
    return any(each.isVisibleTo(room) and each.geometry().contains(point) for each in covers)


@pytest.mark.parametrize("width", range(1024, 1060, 4))
def test_a_models_name_is_whole_before_storage_and_battery_have_room(counter: Any, width: int):
    counter.plug(phone_of(worn()), phone_of(worn("iPhone 13 Pro Max"), key="X"))
    window = counter.show_window(size=(width, 640))
    QApplication.processEvents()
    for tile in window.findChildren(DeviceTile):
        if tile.isVisible():
            assert "…" not in tile._model.text(), (tile._model.whole, tile._facts.text())


def test_a_button_in_the_quote_is_pressed_whole_or_not_at_all(counter: Any):
    counter.plug(phone_of(worn()))
    window = counter.show_window(size=(1024, 640))
    quote = window.parts.quote
    counter.answer_all(screen_scratches="at_20cm", frame_dents="few_small", front_crack="hairline")
    room = quote._scroll.viewport()
    button = next(b for b in quote.findChildren(QPushButton) if b.text().startswith("Other standards"))
    for height in range(600, 700, 7):
        window.resize(1024, height)
        QApplication.processEvents()
        counter.settle()
        top = button.mapTo(room, QPoint(0, 0)).y()
        if top < room.height() < top + button.height():
            assert is_covered(room, QPoint(button.mapTo(room, QPoint(5, 0)).x(), room.height() - 1))
