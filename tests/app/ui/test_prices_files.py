"""Files of prices in the window: dropped, several at once, an example to begin with, and what is said of them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from diagnostics.errors import BadInput
from tests.fakes.price_windows import PriceCounter, asks, put_prices
from tradein_app.services.price_page import PricePage
from tradein_app.services.price_page_template import write_template
from tradein_app.training.records import TrainingState
from tradein_app.ui.prices_window import PricesWindow
from tradein_app.viewmodels.formatting import without_isolates

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support")]
GOOD = "brand;model;currency;price\nApple;iPhone 13;EUR;240\nApple;iPhone 13;EUR;250\n"


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[PriceCounter]:
    made = PriceCounter(tmp_path)
    yield made
    made.close()


def said(widget: QWidget) -> str:
    shown = [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]
    return without_isolates("\n".join(shown)).replace("\u00a0", " ")


def drag(window: PricesWindow, *paths: Path) -> bool:
    """Drag files onto the window and drop them there; ``False`` where it would not have them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPointF(40, 40).toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    entered.ignore()
    QApplication.sendEvent(window, entered)
    if entered.isAccepted():
        dropped = QDropEvent(QPointF(40, 40), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(window, dropped)
    return entered.isAccepted()


def test_a_dropped_file_is_taken(counter: PriceCounter, tmp_path: Path):
    window = counter.open_prices()
    path = tmp_path / "mine.csv"
    path.write_text(GOOD, encoding="utf-8")
    assert drag(window, path)
    counter.settle()
    assert "mine.csv: 2 prices are taken." in window.messages.text()
    assert "2 market prices" in said(window.side)


def test_of_prices_without_a_currency_it_says_that_they_price_nothing(counter: PriceCounter, tmp_path: Path):
    window = counter.open_prices()
    path = tmp_path / "bare.csv"
    path.write_text(GOOD.replace("currency", "note"), encoding="utf-8")
    assert drag(window, path)
    counter.settle()
    assert "No row names a currency" in window.messages.text()
    assert "Add a column currency" in window.messages.text()


def test_several_files_are_taken_one_after_the_other_and_told_together(counter: PriceCounter, tmp_path: Path):
    window = counter.open_prices()
    texts = {"one.csv": GOOD, "two.csv": GOOD.replace("240", "241"), "bad.csv": "price;model\n-1;iPhone 13\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert drag(window, *(tmp_path / name for name in texts))
    for _ in texts:
        counter.settle()
    message = window.messages.text()
    assert "2 of 3 files are taken, with 4 prices." in message
    assert "bad.csv" in message
    assert sorted(path.name for path in (tmp_path / "prices" / "data").iterdir()) == ["one.csv", "two.csv"]


def test_what_is_no_file_of_prices_is_not_taken(counter: PriceCounter, tmp_path: Path):
    assert not drag(counter.open_prices(), tmp_path / "photo.jpg", tmp_path)


def test_the_columns_are_named_before_any_file_was_refused(counter: PriceCounter):
    window = counter.open_prices()
    assert "Needed: model, price, currency. Better with: brand, storage_gb" in said(window.side)


def test_the_example_shows_the_columns_and_none_of_its_rows_ever_counts(
    counter: PriceCounter, tmp_path: Path
):
    window = counter.open_prices()
    path = tmp_path / "example.csv"
    window.model.save_example(path)
    assert "The example file is saved." in window.messages.text()
    head = next(csv.reader([path.read_text(encoding="utf-8-sig").splitlines()[0]]))
    assert {"model", "price", "currency", "brand", "grade", "date", "market"} < set(head)
    with pytest.raises(BadInput):
        PricePage(tmp_path, date.today).load(path)
    with path.open("a", encoding="utf-8") as file:
        file.write("Apple,iPhone 12,64,good,,2026-01-31,FR,EUR,199.00,\n")
    taken = PricePage(tmp_path, date.today).load(path)
    assert (taken.used, taken.rows) == (1, 3), "the examples that were left in are left out"


@pytest.mark.parametrize("separator", [",", ";"])
def test_the_example_is_a_file_of_prices_once_it_is_filled_in(tmp_path: Path, separator: str):
    path = tmp_path / "example.csv"
    write_template(path, "a note", separator=separator)
    text = path.read_text(encoding="utf-8-sig").replace(
        f"EUR{separator}{separator}", f"EUR{separator}249.00{separator}"
    )
    path.write_text(text, encoding="utf-8")
    assert PricePage(tmp_path, date.today).load(path).used == 2


def test_an_example_that_cannot_be_written_says_so(counter: PriceCounter, tmp_path: Path):
    window = counter.open_prices()
    window.model.save_example(tmp_path / "no-folder" / "example.csv")
    assert "cannot be written" in window.messages.text()


def test_train_now_is_said_no_more_once_a_training_began(counter: PriceCounter, tmp_path: Path):
    put_prices(tmp_path, asks(120, ["iphone-13"]))
    window = counter.open_prices()
    path = tmp_path / "mine.csv"
    path.write_text(GOOD, encoding="utf-8")
    drag(window, path)
    counter.settle()
    assert "Train now" in window.messages.text()
    model = window.model
    assert model.overview is not None
    running = TrainingState(running=True, started=datetime.now(UTC))
    model._on_overview(replace(model.overview, training=running))
    assert not window.messages.text()
    model.close()


def test_what_comes_while_a_training_runs_needs_another_one(counter: PriceCounter, tmp_path: Path):
    from tradein_app.services.price_page_records import Source
    from tradein_app.viewmodels.prices_loading import files_notice

    source = Source("mine.csv", "asks", 2, 2)
    assert "Train again" in files_notice([source], [], "en", training=True).hint
    assert "Train now" in files_notice([source], [], "en", training=False).hint
