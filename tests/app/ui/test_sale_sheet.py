"""Recording a sale in the window: for the phone that is shown, or one scan after the other."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from tests.fakes.shops import IMEI, OTHER_IMEI
from tests.fakes.sold_phones import buy
from tests.fakes.windows import Counter
from tradein_app.services.records import THE_PERSON
from tradein_app.ui.sale_sheet import SaleSheet
from tradein_app.viewmodels.formatting import without_isolates

KEY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def make_counter(qapp, tmp_path):
    made: list[Counter] = []

    def make(language: str = "en") -> Counter:
        counter = Counter(tmp_path, language)
        counter.shop.clock.time = datetime.now(UTC)
        counter.open()
        made.append(counter)
        return counter

    yield make
    for counter in made:
        counter.close()


@pytest.fixture
def counter(make_counter):
    return make_counter()


def opened(counter: Counter, size: tuple[int, int] = (1360, 860)) -> SaleSheet:
    window = counter.window or counter.show_window(size=size)
    QTest.keyClick(window, Qt.Key.Key_S, KEY)
    counter.settle()
    sheet = window.handling.sales
    assert sheet is not None
    return sheet


def typed(counter: Counter, sheet: SaleSheet, field: str, text: str, *, enter: bool = True) -> None:
    widget = getattr(sheet, f"_{field}")
    widget.setText(text)
    if enter:
        QTest.keyClick(widget, Qt.Key.Key_Return)
    counter.settle()


def sold(counter: Counter) -> list[Decimal]:
    return [sale.sold.amount for sale in counter.shop.desk.sales() if sale.sold]


def test_a_phone_is_sold_by_its_imei_and_the_next_one_is_asked_for(counter):
    buy(counter.shop)
    buy(counter.shop, device="b" * 25, imei=OTHER_IMEI, serial="OTHER")
    sheet = opened(counter)
    typed(counter, sheet, "phone", IMEI)
    said = without_isolates(sheet.text())
    assert "iPhone 13, bought on" in said
    assert "Expected €" in said
    assert sheet._amount.hasFocus()
    assert sheet._currency.text() == "EUR"
    typed(counter, sheet, "amount", "299,90")
    assert sold(counter) == [Decimal("299.90")]
    assert counter.notices[-1].tone == "ok"
    assert sheet._phone.hasFocus()
    assert sheet._phone.text() == ""
    counter.window.handling.take_scan(OTHER_IMEI)
    counter.settle()
    typed(counter, sheet, "channel", "eBay", enter=False)
    typed(counter, sheet, "amount", "305")
    assert sorted(sold(counter)) == [Decimal("299.90"), Decimal(305)]


def test_a_kept_sale_is_shown_corrected_and_taken_back(counter):
    deal = buy(counter.shop)
    counter.shop.desk.record_sale(deal.id, "300", "EUR", channel="shop", actor=THE_PERSON)
    sheet = opened(counter)
    typed(counter, sheet, "phone", IMEI)
    assert "Kept as sold for €300.00" in without_isolates(sheet.text())
    assert (sheet._amount.text(), sheet._channel.text()) == ("300.00", "shop")
    typed(counter, sheet, "amount", "310")
    assert sold(counter) == [310]
    typed(counter, sheet, "phone", IMEI)
    QTest.mouseClick(sheet._undo, Qt.MouseButton.LeftButton)
    counter.settle()
    assert sold(counter) == []


def test_a_far_price_is_asked_about_once_and_kept_when_it_is_sent_again(counter):
    buy(counter.shop)
    sheet = opened(counter)
    typed(counter, sheet, "phone", IMEI)
    typed(counter, sheet, "amount", "3000")
    assert sold(counter) == []
    assert "far from the" in sheet.text()
    typed(counter, sheet, "amount", "2900")
    assert sold(counter) == [], "another price is asked about anew"
    QTest.keyClick(sheet._amount, Qt.Key.Key_Return)
    counter.settle()
    assert sold(counter) == [2900]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("phone", "000000000000000", "No phone with the number"),
        ("phone", "", "Scan or type the IMEI"),
        ("amount", "lots", "is not a price"),
        ("currency", "euro", "is not a currency"),
        ("day", "yesterday", "Write the day like"),
        ("day", "2999-01-01", "in the future"),
    ],
)
def test_what_is_wrong_is_said_in_the_sheet_and_nothing_is_lost(counter, field, text, words):
    buy(counter.shop)
    sheet = opened(counter)
    if field != "phone":
        typed(counter, sheet, "phone", IMEI)
        typed(counter, sheet, "amount", "300", enter=False)
    typed(counter, sheet, field, text)
    assert words in sheet.text()
    assert getattr(sheet, f"_{field}").text() == text
    assert sold(counter) == []


def test_a_sale_that_another_window_kept_meanwhile_is_shown(counter):
    deal = buy(counter.shop)
    sheet = opened(counter)
    typed(counter, sheet, "phone", IMEI)
    counter.shop.desk.record_sale(deal.id, "300", "EUR", actor=THE_PERSON)
    typed(counter, sheet, "amount", "310")
    assert sold(counter) == [300]
    assert "Kept as sold for €300.00" in without_isolates(sheet.text())


def test_esc_closes_the_sheet_and_keeps_nothing(counter):
    buy(counter.shop)
    sheet = opened(counter)
    typed(counter, sheet, "phone", IMEI)
    typed(counter, sheet, "amount", "300", enter=False)
    QTest.keyClick(counter.window, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert sold(counter) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_cut_in_the_smallest_window(make_counter, language):
    counter = make_counter(language)
    deal = buy(counter.shop)
    counter.shop.desk.record_sale(deal.id, "300", "EUR", channel="shop", actor=THE_PERSON)
    sheet = opened(counter, size=(1024, 640))
    typed(counter, sheet, "phone", IMEI)
    typed(counter, sheet, "amount", "3000")
    assert counter.window.rect().contains(sheet.geometry())
    for words in sheet.findChildren(QLabel):
        if words.isVisible() and words.text():
            assert words.height() >= words.heightForWidth(words.width()), words.text()
    for part in (*sheet.findChildren(QLineEdit), *sheet.findChildren(QPushButton)):
        assert part.visibleRegion().boundingRect() == part.rect(), part.accessibleName()


def test_the_keyboard_goes_back_to_where_it_was(counter):
    window = counter.show_window()
    before = window.parts.devices
    before.setFocus()
    counter.settle()
    stood = window.focusWidget()
    assert stood is not None
    sheet = opened(counter)
    assert sheet.isAncestorOf(window.focusWidget())
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    counter.settle()
    assert sheet.isHidden()
    assert window.focusWidget() is stood
