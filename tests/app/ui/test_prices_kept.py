"""Models that are kept aside are listed in the window of prices, and each can be put in use there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pricing.feeds.feed import feeds_of
from pricing.feeds.fetching import fetch
from pricing.seed.book import SeedBook
from pricing.standing.changing import promoted, trained
from pricing.standing.keeping import read_standing, write_standing
from pricing.standing.records import Standing
from tests.fakes.price_windows import PriceCounter, asks, put_prices
from tests.fakes.standings import ANA, AT, an_entry
from tradein_app.ui.languages import install_language
from tradein_app.viewmodels.formatting import without_isolates

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support")]


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[PriceCounter]:
    made = PriceCounter(tmp_path)
    yield made
    made.close()


def shelve(home: Path, count: int) -> None:
    """Keep so many models, of a day each; the newest one waits, the one before it is in use."""
    standing = Standing()
    for number in range(count):
        entry = replace(an_entry(f"model-{number}"), trained_at=AT + timedelta(days=number))
        standing = trained(standing, entry, at=AT, actor=ANA)
        if number < count - 1:
            standing = promoted(standing, entry.version, at=AT, actor=ANA)
    write_standing(home, standing)


def said(counter: PriceCounter) -> str:
    card = counter.prices.side.kept
    return without_isolates("\n".join(each.text() for each in card.findChildren(QLabel) if each.isVisible()))


def buttons(counter: PriceCounter) -> list[QPushButton]:
    return counter.prices.side.kept.findChildren(QPushButton)


def in_use(home: Path) -> str:
    champion = read_standing(home).champion
    return champion.version if champion else ""


def test_a_kept_model_is_put_in_use_and_the_one_that_was_can_be_gone_back_to(
    counter: PriceCounter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pricing.model.keeping.load", lambda *_: None)
    monkeypatch.setattr("pricing.book.opening.shop_book", lambda *_: SeedBook())
    shelve(counter.folder, 4)
    window = counter.open_prices()
    assert "Kept models" in said(counter)
    newest, oldest = buttons(counter)
    assert newest.text() != oldest.text(), "each says which model it is"
    oldest.click()
    counter.settle()
    assert in_use(counter.folder) == "model-0"
    assert "sets the price from now on." in window.messages.text()
    assert len(buttons(counter)) == 2, "what was in use is kept in its place"
    window.side.act("back")
    counter.settle()
    assert in_use(counter.folder) == "model-2"


def test_a_kept_model_that_is_damaged_is_refused_and_that_is_said(counter: PriceCounter) -> None:
    shelve(counter.folder, 3)
    window = counter.open_prices()
    (button,) = buttons(counter)
    button.click()
    counter.settle()
    assert in_use(counter.folder) == "model-1"
    assert window.messages.text()


def test_where_none_is_kept_aside_there_is_no_list(counter: PriceCounter) -> None:
    shelve(counter.folder, 2)
    window = counter.open_prices()
    assert not window.side.kept.isVisible()


@pytest.mark.parametrize("width", [1024, 1360])
def test_no_line_is_cut_however_often_it_wraps(counter: PriceCounter, width: int) -> None:
    shelve(counter.folder, 6)
    feeds = "".join(f'[feed{number}]\npath = "{"far-away-" * 6}{number}.csv"\n' for number in range(4))
    put_prices(counter.folder, asks(40, ["iphone-13"]))
    (counter.folder / "prices" / "feeds.toml").write_text(feeds, encoding="utf-8")
    for feed in feeds_of(counter.folder):
        fetch(feed, counter.folder)
    side = counter.open_prices((width, 640)).side
    shown = [each for each in side.findChildren(QLabel) if each.isVisible() and each.wordWrap()]
    assert any("The last try to fetch it failed" in each.text() for each in shown)
    cut = [each.text() for each in shown if each.height() < each.heightForWidth(each.width())]
    assert cut == []


def test_of_many_the_newest_are_listed_and_the_others_counted_in_french(
    qapp: QApplication, tmp_path: Path
) -> None:
    translator = install_language(qapp, "fr")
    assert translator is not None
    shelve(tmp_path, 8)
    counter = PriceCounter(tmp_path, "fr")
    counter.open_prices()
    assert len(buttons(counter)) == 3
    assert "Modèles conservés" in said(counter)
    assert "3 modèles plus anciens sont aussi conservés" in said(counter)
    assert all(each.text().startswith("Mettre en service celui du") for each in buttons(counter))
    counter.close()
    qapp.removeTranslator(translator)
