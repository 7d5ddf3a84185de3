"""The window of prices for a person with a mouse: it fits the screen, its dialogs speak, and focus presses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton

from pricing.records import Factor
from tests.fakes.price_windows import PriceCounter, asks, put_prices
from tradein_app.training.records import Step, TrainingState
from tradein_app.ui.languages import install_dialog_words, install_language
from tradein_app.ui.theme import Theme
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.prices_steps import note_words

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support")]


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[PriceCounter]:
    made = PriceCounter(tmp_path)
    yield made
    made.close()


def test_it_opens_no_larger_than_the_screen(counter: PriceCounter, monkeypatch: pytest.MonkeyPatch):
    from tradein_app.ui.prices_window import PricesWindow

    monkeypatch.setattr(QScreen, "availableGeometry", lambda _self: QRect(0, 0, 1024, 640))
    window = PricesWindow(counter.bench, Theme())
    size = window.size()
    window.deleteLater()
    assert (size.width(), size.height()) == (1024, 640)


def test_file_dialogs_speak_french_and_their_small_buttons_have_room_for_icons(qapp: QApplication):
    translators = install_dialog_words(qapp, "fr"), install_language(qapp, "fr")
    Theme().apply(qapp, Mode.LIGHT)
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    qapp.processEvents()
    said = [each.text() for each in dialog.findChildren(QLabel)]
    buttons = [
        each for each in dialog.findChildren(QToolButton) if each.isVisible() and each.icon().availableSizes()
    ]
    narrow = [each.objectName() for each in buttons if each.width() < each.sizeHint().width()]
    dialog.deleteLater()
    for each in translators:
        assert each is not None
        qapp.removeTranslator(each)
    plain = {each.replace("&", "").replace("\u00a0", " ") for each in said}
    assert {"Voir dans :", "Nom de fichier :", "Fichiers de type :"} <= plain
    assert buttons
    assert narrow == []


def test_a_click_on_train_leaves_the_keyboard_on_nothing_that_goes_onto_the_network(
    counter: PriceCounter, monkeypatch: pytest.MonkeyPatch
):
    now = [TrainingState()]
    monkeypatch.setattr("tradein_app.training.state.read_training", lambda _home: now[0])

    def start(_home: Path, _actor: tuple[str, str]) -> TrainingState:
        now[0] = TrainingState(running=True, run="r", share=0.25, step=Step.LEARNING)
        return now[0]

    monkeypatch.setattr("tradein_app.training.starting.begin", start)
    put_prices(counter.folder, asks(160, ["iphone-13"]))
    window = counter.open_prices()
    train = window.side._buttons["train"]
    train.setFocus()
    QTest.mouseClick(train, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is window.side.column, "while it is begun, no key presses anything"
    counter.settle()
    assert window.focusWidget() is window.side._buttons["cancel"]


def test_an_exchange_rate_is_said_as_the_language_writes_numbers_and_days():
    factor = Factor("currency", "", Decimal("0.8951"), "1.1172 USD/EUR (2026-10-30)")
    assert note_words(factor, "fr") == "1,1172 USD/EUR (30 oct. 2026)"
    assert note_words(factor, "en") == "1.1172 USD/EUR (30 Oct 2026)"
    assert note_words(Factor("currency", "", Decimal(1), "as it was"), "fr") == "as it was"
