"""Where the page of prices cannot be told how things stand: it says so, asks no more, and can be asked again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from diagnostics.errors import UserError
from tests.fakes.price_windows import TODAY, PriceCounter, asks, put_prices
from tradein_app.services.price_page import PricePage
from tradein_app.services.price_page_records import Choices, Overview
from tradein_app.ui.languages import install_language

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support")]


class BreakingPage(PricePage):
    """A page whose files cannot be read while it is broken."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, lambda: TODAY)
        self.broken = True
        self.asked = 0

    def overview(self) -> Overview:
        self.asked += 1
        self._break()
        return super().overview()

    def choices(self) -> Choices:
        self._break()
        return super().choices()

    def _break(self) -> None:
        if self.broken:
            raise UserError(
                "own.csv cannot be read.", "Allow it.", "unreadable_file", name="own.csv", why="x"
            )


class BreakingCounter(PriceCounter):
    """A counter in front of such a page."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        super().__init__(folder, language)
        self.page = BreakingPage(folder)
        self.bench.prices.open(self.page, self.price_worker, self.fetch_worker)


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[BreakingCounter]:
    made = BreakingCounter(tmp_path)
    yield made
    made.close()


def shown(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def again(counter: BreakingCounter) -> QPushButton:
    return counter.prices.side._buttons["again"]


def test_it_is_asked_once_said_and_asked_again_when_the_person_wants(counter: BreakingCounter) -> None:
    window = counter.open_prices()
    for _ in range(20):
        counter.settle()
    assert counter.page.asked == 1
    said = shown(window.side)
    assert "own.csv" in said
    assert "Prices are being looked through." not in said
    assert "from before" not in said
    assert "own.csv" in window.worth.text(), "where the price would be"
    counter.press(Qt.Key.Key_F5)
    assert counter.page.asked == 2
    counter.page.broken = False
    again(counter).click()
    counter.settle()
    assert counter.page.asked == 3
    assert not again(counter).isVisible()
    assert "own.csv" not in shown(window.side)
    assert "Load prices of your market" in shown(window.side)
    assert window.worth.price.text().startswith("€")


def test_what_was_known_before_stays_and_is_said_to_be_from_before(counter: BreakingCounter) -> None:
    put_prices(counter.folder, asks(160, ["iphone-13"]))
    counter.page.broken = False
    window = counter.open_prices()
    price = window.worth.price.text()
    counter.page.broken = True
    counter.press(Qt.Key.Key_F5)
    said = shown(window.side)
    assert "What stands below is from before." in said
    assert "1 phone model" in said
    assert window.worth.price.text() == price
    assert again(counter).isVisible()


def test_it_is_said_in_french(qapp: QApplication, tmp_path: Path) -> None:
    translator = install_language(qapp, "fr")
    assert translator is not None
    counter = BreakingCounter(tmp_path, "fr")
    window = counter.open_prices()
    said = shown(window.side)
    assert "own.csv ne peut pas être lu" in said
    assert again(counter).text() == "Réessayer  F5"
    counter.close()
    qapp.removeTranslator(translator)
