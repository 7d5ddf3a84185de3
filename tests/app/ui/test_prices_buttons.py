"""What can be done about prices stands in buttons as wide as their words, side by side where there is room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pricing.standing.changing import promoted, trained
from pricing.standing.keeping import write_standing
from pricing.standing.records import Standing
from tests.fakes.price_windows import PriceCounter, asks, put_prices
from tests.fakes.standings import ANA, AT, an_entry
from tradein_app.ui.flow import Flow
from tradein_app.ui.languages import install_language

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support")]
SMALL = (1024, 640)


@pytest.fixture(params=["en", "fr"])
def counter(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[PriceCounter]:
    translator = install_language(qapp, request.param)
    standing = trained(Standing(), an_entry("model-a"), at=AT, actor=ANA)
    standing = promoted(standing, "model-a", at=AT, actor=ANA)
    put_prices(tmp_path, asks(160, ["iphone-13"]))
    write_standing(tmp_path, trained(standing, an_entry("model-b"), at=AT + timedelta(hours=1), actor=ANA))
    made = PriceCounter(tmp_path, request.param)
    yield made
    made.close()
    if translator is not None:
        qapp.removeTranslator(translator)


def place(button: QPushButton, within: QWidget) -> QRect:
    return QRect(button.mapTo(within, QPoint()), button.size())


def test_no_word_is_cut_and_no_button_is_wider_than_its_words(counter: PriceCounter) -> None:
    side = counter.open_prices(SMALL).side
    todo = [side._buttons[name] for name in ("promote", "train", "fetch", "load", "back")]
    room = side.column.viewport().width()
    for each in todo:
        assert each.isVisible(), each.text()
        assert each.width() == each.sizeHint().width(), each.text()
        assert place(each, side.column.viewport()).right() < room, each.text()
    train, fetch = (place(side._buttons[name], side) for name in ("train", "fetch"))
    flow = side.findChildren(Flow)[0]
    fits = train.width() + flow.spacing() + fetch.width() <= flow.geometry().width()
    assert (train.top() == fetch.top()) == fits, "short ones stand side by side where there is room"
    assert train.right() < fetch.left() if fits else train.bottom() < fetch.top()


def test_the_keyboard_goes_through_them_as_they_stand(counter: PriceCounter) -> None:
    side = counter.open_prices(SMALL).side
    first = side._buttons["promote"]
    walked: list[QPushButton] = [first]
    while (after := walked[-1].nextInFocusChain()) and len(walked) < 7:
        assert isinstance(after, QPushButton)
        walked.append(after)
    places = [place(each, side) for each in walked if each.isVisible()]
    assert places == sorted(places, key=lambda each: (each.top(), each.left()))


def test_what_is_hidden_takes_no_room_and_what_is_narrow_grows_down(qapp: QApplication) -> None:
    widgets = [QPushButton(text) for text in ("Train", "Cancel the training", "Fetch")]
    outer = QWidget()
    flow = Flow(*widgets)
    outer.setLayout(flow)
    wide = sum(each.sizeHint().width() for each in widgets) + 2 * flow.spacing()
    row = widgets[0].sizeHint().height()
    assert flow.heightForWidth(wide) == row
    assert flow.heightForWidth(wide - 1) == 2 * row + flow.spacing()
    widgets[2].hide()
    assert flow.heightForWidth(wide - 1) == row
    assert flow.minimumSize().width() == widgets[1].sizeHint().width()
    outer.deleteLater()
