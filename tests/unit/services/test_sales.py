"""A bought phone is sold once; a correction stands beside what it corrects; own deals follow by themselves."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from diagnostics.errors import BadInput, UserError
from pricing.own_deals import read_own_deals
from tests.fakes.inspections import best_answers
from tests.fakes.shops import IMEI, NOON, OTHER_IMEI, PaperShop, a_reading
from tests.fakes.sold_phones import buy
from tradein_app.services.records import THE_PERSON, Actor

ADA = Actor("ada", "Ada")
TODAY = NOON.date()


def codes(call) -> str:
    with pytest.raises(UserError) as caught:
        call()
    return caught.value.code


def test_a_sale_is_kept_with_who_when_and_what_the_quote_had_promised(shop):
    deal = buy(shop)
    shop.clock.pass_days(3)
    done = shop.desk.record_sale(deal.id, "311.5", "eur", channel="  eBay ", actor=ADA)
    assert done.new
    (sale,) = shop.desk.sales()
    assert sale == done.sale
    assert (sale.sold.amount, sale.sold.currency, sale.sold.channel) == (Decimal("311.50"), "EUR", "eBay")
    assert (sale.by, sale.at, sale.sold.day) == (ADA, shop.clock.time, TODAY + timedelta(days=3))
    assert deal.quote is not None
    promise, resale = sale.deal.promise, deal.quote.resale
    assert resale is not None
    assert (promise.p10, promise.p50, promise.p90) == tuple(
        each.amount for each in (resale.p10, resale.p50, resale.p90)
    )
    assert (promise.version, promise.basis, promise.day) == (deal.quote.model_version, resale.basis, TODAY)
    assert (sale.deal.brand, sale.deal.model, sale.deal.storage_gb) == ("Apple", "iPhone 13", 128)
    assert (sale.deal.grade, sale.deal.battery_percent, sale.deal.market) == ("excellent", 88, "FR")


def test_the_same_sale_twice_is_one(shop):
    deal = buy(shop)
    first = shop.desk.record_sale(deal.id, "300", "EUR", actor=ADA)
    again = shop.desk.record_sale(deal.id, "300.00", "EUR", actor=THE_PERSON)
    assert (again.new, again.sale) == (False, first.sale)


def test_another_price_is_a_correction_only_for_who_saw_what_it_corrects(shop):
    deal = buy(shop)
    shop.desk.record_sale(deal.id, "300", "EUR", actor=ADA)
    assert codes(lambda: shop.desk.record_sale(deal.id, "310", "EUR", actor=ADA)) == "sale_recorded"
    shop.desk.record_sale(deal.id, "310", "EUR", actor=ADA, corrects=1)
    late = lambda: shop.desk.record_sale(deal.id, "320", "EUR", actor=ADA, corrects=1)  # noqa: E731
    assert codes(late) == "sale_recorded", "another window corrected it meanwhile"
    (holds,) = shop.desk.sales()
    assert (holds.number, holds.sold.amount) == (2, 310)


def test_a_sale_that_came_to_nothing_is_no_own_deal_and_the_phone_can_be_sold_again(shop):
    deal = buy(shop)
    shop.desk.record_sale(deal.id, "300", "EUR", actor=ADA)
    back = shop.desk.take_back_sale(deal.id, actor=ADA, corrects=1)
    assert back.sale.sold is None
    assert shop.desk.sales() == shop.desk.own_deals() == ()
    assert not shop.desk.take_back_sale(deal.id, actor=ADA, corrects=1).new, "asked twice, it is done once"
    again = shop.desk.record_sale(deal.id, "290", "EUR", actor=ADA)
    assert again.sale.number == 3
    assert [sale.sold.amount for sale in shop.desk.sales()] == [290]


def test_nothing_is_taken_back_that_was_never_sold(shop):
    deal = buy(shop)
    assert codes(lambda: shop.desk.take_back_sale(deal.id, actor=ADA, corrects=0)) == "sale_none"


def test_only_what_was_bought_is_sold(shop):
    taken = shop.desk.take_in(a_reading(), actor=ADA)
    sell = lambda: shop.desk.record_sale(taken.id, "300", "EUR", actor=ADA)  # noqa: E731
    assert codes(sell) == "sale_not_bought"
    shop.desk.answer(taken.id, best_answers(), actor=ADA)
    shop.desk.decline(taken.id, actor=ADA)
    assert codes(sell) == "sale_not_bought"
    with pytest.raises(BadInput):
        shop.desk.record_sale("00000000-0000-7000-8000-000000000000", "300", "EUR", actor=ADA)
    assert codes(lambda: shop.desk.for_sale(IMEI)) == "sale_unknown"


@pytest.mark.parametrize(
    ("amount", "currency", "code"),
    [
        ("0", "EUR", "sale_amount"),
        ("-5", "EUR", "sale_amount"),
        ("NaN", "EUR", "sale_amount"),
        ("1e400000000", "EUR", "sale_amount"),
        ("12_0", "EUR", "sale_amount"),
        ("311.505", "EUR", "sale_amount"),
        ("1,299", "EUR", "sale_amount"),
        ("", "EUR", "sale_amount"),
        ("300", "euros", "sale_currency"),
        ("3000", "EUR", "sale_far"),
        ("30", "EUR", "sale_far"),
    ],
)
def test_what_is_no_price_is_refused(shop, amount, currency, code):
    deal = buy(shop)
    assert codes(lambda: shop.desk.record_sale(deal.id, amount, currency, actor=ADA)) == code
    assert shop.desk.sales() == ()


def test_a_far_price_is_kept_for_who_is_sure(shop):
    deal = buy(shop)
    assert shop.desk.record_sale(deal.id, "3000", "EUR", actor=ADA, sure=True).new


def test_a_comma_before_two_digits_is_a_point(shop):
    deal = buy(shop)
    assert shop.desk.record_sale(deal.id, "299,90", "EUR", actor=ADA).sale.sold.amount == Decimal("299.90")


@pytest.mark.parametrize("typed", ["٢٩٩", "\uff12\uff19\uff19"], ids=["arabic", "full width"])
def test_digits_of_another_script_say_the_same_number(shop, typed):
    """Keyboards for Arabic and Japanese type them, and each has one value."""
    deal = buy(shop)
    assert shop.desk.record_sale(deal.id, typed, "EUR", actor=ADA).sale.sold.amount == Decimal("299.00")


def test_a_phone_is_not_sold_before_it_was_bought_nor_tomorrow(shop):
    deal = buy(shop)
    for days, code in ((-1, "sale_before_deal"), (1, "sale_in_future")):
        day = TODAY + timedelta(days=days)
        assert codes(lambda day=day: shop.desk.record_sale(deal.id, "300", "EUR", actor=ADA, on=day)) == code


def test_a_phone_that_was_bought_twice_is_the_one_bought_last_before_the_sale(shop):
    first = buy(shop)
    shop.clock.pass_days(10)
    second = buy(shop, anew=True)
    assert second.id != first.id
    named = lambda days: shop.desk.for_sale(IMEI, TODAY + timedelta(days=days)).inspection_id  # noqa: E731
    assert [named(0), named(9), named(10), named(11)] == [first.id, first.id, second.id, second.id]
    assert codes(lambda: shop.desk.for_sale(IMEI, TODAY - timedelta(days=1))) == "sale_before_deal"


def test_a_phone_is_named_by_what_stands_on_it(shop):
    deal = buy(shop, serial="F2LABC")
    for name in (IMEI, "49 015420 323751 8", "49-015420-323751-8", " F2LABC ", deal.id):
        assert shop.desk.for_sale(name).inspection_id == deal.id
    found = shop.desk.for_sale(IMEI)
    assert (found.model, found.bought_on, found.paid) == ("Apple iPhone 13", TODAY, deal.paid)
    assert found.low < found.expected < found.high


def test_one_serial_of_two_phones_is_not_guessed(shop):
    buy(shop, device="a" * 25, serial="SAME", imei=IMEI)
    buy(shop, device="b" * 25, serial="SAME", imei=OTHER_IMEI)
    assert codes(lambda: shop.desk.for_sale("SAME")) == "sale_ambiguous"
    assert shop.desk.for_sale(OTHER_IMEI).model == "Apple iPhone 13"


@pytest.fixture
def at_home(tmp_path: Path):
    shop = PaperShop(tmp_path / "shop.sqlite3")
    yield shop
    shop.close()


def test_own_deals_follow_every_sale_into_the_data_folder(at_home, tmp_path):
    path = tmp_path / "prices" / "own-deals.csv"
    deal = buy(at_home)
    at_home.desk.record_sale(deal.id, "300", "EUR", actor=ADA)
    assert read_own_deals(path) == at_home.desk.own_deals() != ()
    at_home.desk.record_sale(deal.id, "310", "EUR", actor=ADA, corrects=1)
    assert [each.price for each in read_own_deals(path)] == [310]
    at_home.desk.take_back_sale(deal.id, actor=ADA, corrects=2)
    assert read_own_deals(path) == ()
    text = path.read_text(encoding="utf-8")
    assert IMEI not in text
    assert at_home.desk.drift().sales == 0


def test_a_sale_is_kept_though_the_file_cannot_be(at_home, tmp_path):
    (tmp_path / "prices").write_text("a file where a folder should be")
    deal = buy(at_home)
    done = at_home.desk.record_sale(deal.id, "300", "EUR", actor=ADA)
    assert done.new
    assert "own-deals.csv" in done.unwritten
    assert len(at_home.desk.sales()) == 1
    (tmp_path / "prices").unlink()
    assert at_home.desk.keep_own_deals() == ""
    assert len(read_own_deals(tmp_path / "prices" / "own-deals.csv")) == 1


def test_two_windows_on_one_database_keep_one_file_that_holds_both_sales(at_home, tmp_path):
    other = PaperShop(tmp_path / "shop.sqlite3")
    one, two = buy(at_home), buy(other, device="c" * 25, imei=OTHER_IMEI, serial="OTHER")
    at_home.desk.record_sale(one.id, "300", "EUR", actor=ADA)
    other.desk.record_sale(two.id, "310", "EUR", actor=THE_PERSON)
    other.close()
    assert {each.price for each in read_own_deals(tmp_path / "prices" / "own-deals.csv")} == {300, 310}


def test_sales_since_a_day(shop):
    deal = buy(shop)
    shop.desk.record_sale(deal.id, "300", "EUR", actor=ADA, on=TODAY)
    assert shop.desk.sales(since=TODAY) == shop.desk.sales()
    assert shop.desk.sales(since=date(2027, 1, 1)) == ()


def test_a_currency_that_the_quote_was_not_in_is_asked_about_first(shop):
    deal = buy(shop)
    zeds = lambda **said: shop.desk.record_sale(deal.id, "300", "ZZZ", actor=ADA, **said)  # noqa: E731
    assert codes(zeds) == "sale_far"
    assert zeds(sure=True).new
