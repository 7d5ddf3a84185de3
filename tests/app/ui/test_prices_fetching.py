"""Fetching in the window of prices: the page lives meanwhile, and says for each feed what came of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.price_windows import CTRL, PriceCounter
from tests.fakes.web_servers import Visit, WebServer, body, drip, hanging
from tradein_app.services.price_page import PricePage
from tradein_app.ui.languages import install_language
from tradein_app.viewmodels.formatting import without_isolates

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support")]
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
PRICES = b"id,brand,model,storage_gb,grade,date,market,currency,price\n" + b"".join(
    b"%d,Apple,iPhone 13,128,good,2026-11-01,FR,EUR,%d\n" % (number, 240 + number) for number in range(40)
)
FEED = '[{name}]\nurl = "{url}"\n'
LIMIT = 30_000


@pytest.fixture(autouse=True)
def nobody_asks_the_bank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the bank's rates asked for at a port where nobody listens."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[PriceCounter]:
    made = PriceCounter(tmp_path)
    yield made
    made.close()


class Opened(QObject):
    """Takes the place of the desktop's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url)


@pytest.fixture
def opened() -> Iterator[Opened]:
    made = Opened()
    # The stubs say bytes; PySide takes only text.
    QDesktopServices.setUrlHandler("file", made, "take")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("file")


def name_feeds(home: Path, **urls: str) -> None:
    (home / "prices").mkdir(exist_ok=True)
    text = "".join(FEED.format(name=name, url=url) for name, url in urls.items())
    (home / "prices" / "feeds.toml").write_text(text, encoding="utf-8")


def said(widget: QWidget) -> str:
    shown = [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]
    return without_isolates("\n".join(shown)).replace("\u00a0", " ")


def button(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


def test_the_way_to_a_feed_goes_once_one_is_named(counter, qtbot, tmp_path):
    with WebServer(body(PRICES)) as server:
        name_feeds(tmp_path, market=server.url())
        window = counter.open_prices()
        fetch(counter, qtbot)
    assert window.side.fetched.isVisible()
    assert not window.side.fetched.path.isVisible()


def test_the_folder_of_the_file_that_names_feeds_is_opened(counter, qtbot, tmp_path, opened):
    window = counter.open_prices()
    fetch(counter, qtbot)
    button(window.side.fetched, "Open its folder").click()
    assert [Path(url.toLocalFile()) for url in opened.urls] == [tmp_path / "prices"]


def fetch(counter: PriceCounter, qtbot: QtBot) -> str:
    """Press the key, wait until it ended, and return what stands on the right."""
    counter.press(Key.Key_R, CTRL)
    qtbot.waitUntil(lambda: not counter.prices.model.fetching.running, timeout=LIMIT)
    counter.settle()
    return said(counter.prices.side)


def test_new_prices_come_then_nothing_newer_and_the_health_is_drawn_anew(counter, qtbot, tmp_path):
    def answer(visit: Visit) -> None:
        known = visit.headers.get("If-None-Match")
        visit.send(b"" if known else PRICES, 304 if known else 200, Content_Type="text/csv", ETag='"1"')

    with WebServer(answer) as server:
        name_feeds(tmp_path, market=server.url())
        window = counter.open_prices()
        assert "40 market prices" not in said(window.side)
        first = fetch(counter, qtbot)
        assert "✓ market: new, 40 prices" in first
        assert "40 market prices" in first
        assert "market: 40 prices, newest" in first
        assert "! Exchange rates: not fetched, those of" in first
        assert "✓ market: nothing newer than the copy of" in fetch(counter, qtbot)


def test_the_page_answers_while_a_server_hangs(counter, qtbot, tmp_path):
    with WebServer(hanging) as server:
        name_feeds(tmp_path, slow=server.url())
        window = counter.open_prices()
        counter.press(Key.Key_R, CTRL)
        qtbot.waitUntil(lambda: bool(server.seen), timeout=LIMIT)
        before = window.worth.price.text()
        counter.press(Key.Key_G, CTRL)
        assert window.worth.price.text() != before
        assert "Fetching, " in said(window.side)
        assert not button(window.side, "Fetch now  Ctrl+R").isVisible()
        assert button(window.side, "Cancel fetching  Ctrl+Shift+R").isVisible()
        counter.press(Key.Key_R, CTRL)
        qtbot.waitUntil(lambda: "Fetching, 1 s" in said(window.side), timeout=LIMIT)
        window.close()
        server.over.set()
        qtbot.waitUntil(lambda: not window.model.fetching.running, timeout=LIMIT)
        counter.settle()


def test_a_fetch_is_cancelled_by_a_key_and_what_had_come_whole_is_kept(counter, qtbot, tmp_path):
    with WebServer(body(PRICES)) as good, WebServer(drip(PRICES)) as slow:
        name_feeds(tmp_path, market=good.url(), slow=slow.url())
        window = counter.open_prices()
        counter.press(Key.Key_R, CTRL)
        qtbot.waitUntil(lambda: bool(slow.seen), timeout=LIMIT)
        assert button(window.side, "Cancel fetching  Ctrl+Shift+R").isVisible()
        counter.press(Key.Key_R, CTRL | SHIFT)
        qtbot.waitUntil(lambda: not window.model.fetching.running, timeout=LIMIT)
        counter.settle()
        assert not slow.over.is_set(), "it ended while the server still sent"
    after = said(window.side)
    assert "Cancelled " in after
    assert "✓ market: new, 40 prices" in after
    assert "! slow: cancelled, and there is no copy" in after
    assert "! Exchange rates: cancelled, those of" in after
    assert "Fetching is cancelled; feeds that had come whole are kept." in window.messages.text()
    assert button(window.side, "Fetch now  Ctrl+R").isVisible()
    kept = sorted(path.relative_to(tmp_path) for path in tmp_path.glob("prices/feeds/*/*"))
    assert [str(path) for path in kept] == [
        "prices/feeds/market/.fetching.lock",
        "prices/feeds/market/body.csv",
        "prices/feeds/market/meta.json",
        "prices/feeds/slow/.fetching.lock",
    ]


def test_a_fetch_that_is_cancelled_says_that_it_ends_and_can_be_begun_again(counter, qtbot, tmp_path):
    with WebServer(hanging, body(PRICES)) as server:
        name_feeds(tmp_path, market=server.url())
        window = counter.open_prices()
        counter.press(Key.Key_R, CTRL)
        window.side.act("stop")
        assert "Fetching is being cancelled; what was there stays in use." in said(window.side)
        assert not button(window.side, "Cancel fetching  Ctrl+Shift+R").isEnabled()
        qtbot.waitUntil(lambda: not window.model.fetching.running, timeout=LIMIT)
        counter.settle()
        assert "Fetching is cancelled; what was there stays in use." in window.messages.text()
        server.answers = [body(PRICES)]
        assert "✓ market: new, 40 prices" in fetch(counter, qtbot)


def test_the_keyboard_goes_from_one_button_to_the_other_and_back(counter, qtbot, tmp_path):
    with WebServer(hanging) as server:
        name_feeds(tmp_path, market=server.url())
        window = counter.open_prices()
        begin = button(window.side, "Fetch now  Ctrl+R")
        begin.setFocus()
        counter.press(Key.Key_Space)
        assert window.focusWidget() is button(window.side, "Cancel fetching  Ctrl+Shift+R")
        QTest.keyClick(window.focusWidget(), Key.Key_Space)
        assert window.model.fetching.cancelling
        assert not isinstance(window.focusWidget(), QPushButton), "the same key would press another one"
        qtbot.waitUntil(lambda: not window.model.fetching.running, timeout=LIMIT)
    assert window.focusWidget() is begin


def test_after_an_error_that_nobody_expected_it_is_at_rest_and_can_be_begun_again(
    counter, qtbot, monkeypatch
):
    window, met = counter.open_prices(), list[object]()
    monkeypatch.setattr(threading, "excepthook", lambda args: met.append(args.exc_value))
    fetching, told = window.model.fetching, list[bool]()
    with monkeypatch.context() as patched:
        patched.setattr(PricePage, "fetch", lambda _page, _number: 1 // 0)
        fetching.begin()
        qtbot.waitUntil(lambda: bool(met) and not fetching.running, timeout=LIMIT)
    # Only the tick of the second can tell: the work ended without a word.
    fetching.changed.connect(lambda: told.append(fetching.running))
    qtbot.waitUntil(lambda: bool(told), timeout=LIMIT)
    assert told == [False]
    assert not any(timer.isActive() for timer in fetching.findChildren(QTimer))
    assert button(window.side, "Fetch now  Ctrl+R").isVisible()
    assert "! Exchange rates: not fetched" in fetch(counter, qtbot)


def test_without_a_network_the_copy_stays_and_the_words_say_why(counter, qtbot, tmp_path):
    with WebServer(body(PRICES)) as server:
        name_feeds(tmp_path, market=server.url())
        counter.open_prices()
        fetch(counter, qtbot)
    after = fetch(counter, qtbot)
    assert "! market: not fetched, the copy of" in after
    assert "There is no connection to http://127.0.0.1" in after
    assert "\n! The last try to fetch it failed. There is no connection to http://127.0.0.1" in after
    assert "no_connection" not in after
    assert "40 market prices" in after
    assert "Nothing could be fetched; what was there stays in use." in counter.prices.messages.text()


def test_a_feed_that_refuses_and_has_no_copy_is_said_in_french(qapp, tmp_path, qtbot):
    translator = install_language(qapp, "fr")
    counter = PriceCounter(tmp_path, "fr")
    with WebServer(body(b"no", 403)) as server:
        name_feeds(tmp_path, shut=server.url())
        counter.open_prices()
        after = fetch(counter, qtbot)
    counter.close()
    assert "✗ shut : pas téléchargé, et il n'y a pas de copie." in after
    assert "refuse l'accès (statut 403)" in after
    assert "not fetched" not in after
    qapp.removeTranslator(translator)


def test_a_file_of_feeds_that_is_damaged_is_said_and_nothing_is_lost(counter, qtbot, tmp_path):
    (tmp_path / "prices").mkdir()
    (tmp_path / "prices" / "feeds.toml").write_text("[market\n", encoding="utf-8")
    window = counter.open_prices()
    fetch(counter, qtbot)
    assert "feeds.toml" in window.messages.text()


def test_a_shop_without_feeds_is_told_how_and_where_they_are_named(counter, qtbot, tmp_path):
    window = counter.open_prices()
    card = window.side.fetched
    assert not card.isVisible()
    after = fetch(counter, qtbot)
    assert "No feed of prices is named yet." in after
    assert '[market]\nurl = "https://prices.example/fr.csv"' in after
    assert card.path.text() == str(tmp_path / "prices" / "feeds.toml")
    button(card, "Copy its path").click()
    assert QGuiApplication.clipboard().text() == card.path.text()
    message = window.messages.text()
    assert "The exchange rates could not be fetched" in message
    assert "for each feed" not in message
    assert "They came with the program." in after or "Fetch newer ones." in after


def test_the_age_of_the_rates_is_french_in_a_french_window(qapp, tmp_path, qtbot):
    translator = install_language(qapp, "fr")
    counter = PriceCounter(tmp_path, "fr")
    counter.open_prices()
    after = fetch(counter, qtbot)
    counter.close()
    qapp.removeTranslator(translator)
    assert "Taux de change du" in after
    assert "Ils sont venus avec le programme." in after or "Téléchargez-en de plus récents." in after
    assert "Aucun flux de prix n'est encore nommé." in after
