"""`tradein sale`: what a shop types, and what comes out of its spreadsheets."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from pricing.own_deals import read_own_deals
from tests.fakes.shops import IMEI, OTHER_IMEI, PaperShop
from tests.fakes.sold_phones import buy
from tests.fakes.terminals import Terminal

BOUGHT = datetime.now(UTC) - timedelta(days=1)
"""The command line's clock is the computer's own."""


def day(after: int = 0) -> str:
    """Return a day, counted from the one on which the phones are bought."""
    return (BOUGHT.astimezone() + timedelta(days=after)).date().isoformat()


TODAY = day()
HEAD = "imei;amount;currency;sold_on;channel\n"


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def shop(tmp_path, monkeypatch):
    monkeypatch.setenv("TRADEIN_HOME", str(tmp_path))
    monkeypatch.setenv("TRADEIN_DB", f"sqlite:///{tmp_path / 'shop.sqlite3'}")
    shop = PaperShop(tmp_path / "shop.sqlite3")
    shop.clock.time = BOUGHT
    yield shop
    shop.close()


def test_a_sale_is_recorded_listed_corrected_and_taken_back(tradein, shop, tmp_path):
    buy(shop)
    assert "No sale" in tradein("sale", "list").out
    first = tradein("sale", "record", IMEI, "300", "--on", TODAY, "--channel", "eBay")
    assert first.out.startswith("Apple iPhone 13: sold for 300.00 EUR on " + TODAY)
    assert "known already" in tradein("sale", "record", IMEI, "300", "--on", TODAY, "--channel", "eBay").out
    other = tradein("sale", "record", IMEI, "310", "--on", TODAY)
    assert (other.status, "already kept as sold for 300.00 EUR" in other.line) == (1, True)
    fixed = tradein("sale", "record", IMEI, "310", "--on", TODAY, "--correct", "--json").document
    assert (fixed["number"], fixed["price"], fixed["new"]) == (
        2,
        {"amount": "310.00", "currency": "EUR"},
        True,
    )
    listed = tradein("sale", "list", "--json").document
    assert [row["price"]["amount"] for row in listed["sales"]] == ["310.00"]
    assert listed["sales"][0]["promised"]["basis"] == "seed"
    assert (listed["drift"]["sales"], listed["drift"]["verdict"]) == (1, "thin")
    assert "too few to say" in tradein("sale", "list").out
    assert [deal.price for deal in read_own_deals(tmp_path / "prices" / "own-deals.csv")] == [310]
    assert tradein("sale", "take-back", IMEI).out.strip().endswith("taken back.")
    assert "taken back (known already)" in tradein("sale", "take-back", IMEI).out
    assert tradein("sale", "list", "--json").document["sales"] == []


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("000000000000000", "300"), 2, "No phone with the number"),
        ((IMEI, "much"), 2, "'much' is not a price"),
        ((IMEI, "300", "--on", "22.11.2026"), 2, "is not a date"),
        ((IMEI, "300", "--on", "2999-01-01"), 1, "in the future"),
        ((IMEI, "300", "--on", day(-1)), 1, f"was bought on {TODAY}, after {day(-1)}"),
        ((IMEI, "3000", "--on", TODAY), 1, "is far from the"),
        ((IMEI, "300", "--currency", "xx", "--on", TODAY), 2, "is not a currency"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(tradein, shop, arguments, status, words):
    buy(shop)
    said = tradein("sale", "record", *arguments)
    assert (said.status, words in said.line) == (status, True)
    assert shop.desk.sales() == ()


def test_a_file_of_sales_is_recorded_once_however_often_it_is_read(tradein, shop, tmp_path):
    buy(shop)
    buy(shop, device="b" * 25, imei=OTHER_IMEI, serial="OTHER")
    file = tmp_path / "sales.csv"
    file.write_text(
        f"{HEAD}{IMEI};299,90;EUR;{TODAY};boutique à Nîmes\n;;;;\n{OTHER_IMEI};310.00;eur;{TODAY};\n",
        encoding="utf-16",
    )
    first = tradein("sale", "import", str(file))
    assert (first.status, first.out) == (0, "2 rows: 2 sales recorded, 0 known already, 0 left out.\n")
    again = tradein("sale", "import", str(file), "--json").document
    assert (again["rows"], again["added"], again["same"], again["findings"]) == (2, 0, 2, [])
    assert [sale.sold.channel for sale in shop.desk.sales()] == ["boutique à Nîmes", ""]
    assert all(sale.number == 1 for sale in shop.desk.sales())


def test_what_is_wrong_in_a_file_is_named_by_row_and_column_and_costs_no_other_row(tradein, shop, tmp_path):
    deal = buy(shop)
    buy(shop, device="b" * 25, imei=OTHER_IMEI, serial="OTHER")
    rows = [
        "inspection,imei,serial,amount,currency,sold_on",
        f",{IMEI},,300,EUR,{TODAY}",
        f",{IMEI},,400,EUR,{TODAY}",
        f",4.90154E+14,,300,EUR,{TODAY}",
        f",{OTHER_IMEI},,lots,EUR,{TODAY}",
        f",{OTHER_IMEI},,300,EURO,{TODAY}",
        f",{OTHER_IMEI},,300,EUR,22/11/2026",
        f",{OTHER_IMEI},,300,EUR,{day(-1)}",
        f",{OTHER_IMEI},,300,EUR,2999-01-01",
        f",{OTHER_IMEI},,30000,EUR,{TODAY}",
        f"{deal.id},{OTHER_IMEI},,300,EUR,{TODAY}",
        f",,,300,EUR,{TODAY}",
        f",{OTHER_IMEI}",
        f",,OTHER,305,EUR,{TODAY}",
    ]
    (tmp_path / "sales.csv").write_text("\n".join(rows), encoding="utf-8")
    said = tradein("sale", "import", str(tmp_path / "sales.csv"), "--json")
    assert said.status == 1
    assert (said.document["rows"], said.document["added"], said.document["left_out"]) == (13, 2, 11)
    found = {(row["line"], row["column"]): row["message"] for row in said.document["findings"]}
    assert list(found) == [
        (3, "amount"),
        (4, "imei"),
        (5, "amount"),
        (6, "currency"),
        (7, "sold_on"),
        (8, "sold_on"),
        (9, "sold_on"),
        (10, "amount"),
        (11, "inspection"),
        (12, "inspection"),
        (13, "sold_on"),
    ]
    assert "A spreadsheet rounded it" in found[4, "imei"]
    assert "are not one phone" in found[11, "inspection"]
    assert said.err.splitlines()[0].startswith(f"line 3 ({IMEI}), amount: This phone is already kept as sold")
    assert {sale.sold.amount for sale in shop.desk.sales()} == {300, 305}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no column inspection/imei/serial, amount"),
        (b"imei,amount,sold_on\n1,2,3\n", "no column currency"),
        (b"imei,amount,amount,currency,sold_on\n", "the column amount twice"),
        ("imei,amount,currency,sold_on,où\n".encode("cp1252"), "not text in UTF-8"),
        (b"imei,amount,currency,sold_on\n" + b"x" * 200_000 + b",1,EUR,2026-11-22\n", "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(tradein, shop, data, words):
    said = tradein("sale", "import", "-", stdin=data)
    assert (said.status, words in said.line) == (2, True)


def test_a_phone_that_was_bought_twice_is_sold_by_its_last_deal_before(tradein, shop):
    first = buy(shop)
    shop.clock.pass_days(-10)
    earlier = buy(shop, device="b" * 25, imei=OTHER_IMEI, serial="OTHER")
    shop.clock.pass_days(10)
    later = buy(shop, device="b" * 25, imei=OTHER_IMEI, serial="OTHER", anew=True)
    text = f"{HEAD}{OTHER_IMEI};300;EUR;{day(-7)};\n{OTHER_IMEI};310;EUR;{TODAY};\n"
    assert tradein("sale", "import", "-", stdin=text.encode()).status == 0
    sold = {sale.inspection_id: sale.sold.amount for sale in shop.desk.sales()}
    assert sold == {earlier.id: 300, later.id: 310}
    assert first.id not in sold


def test_what_goes_out_is_price_data_without_formulas_and_numbers_of_phones(tradein, shop, tmp_path):
    buy(shop)
    evil = '=HYPERLINK("http://x";"y")'
    tradein("sale", "record", IMEI, "300", "--on", TODAY, "--channel", evil)
    out = tradein("sale", "export").out
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["price"], row["grade"], row["quoted_basis"]) == ("300.00", "excellent", "seed")
    assert row["channel"] == f"'{evil}"
    assert IMEI not in out
    assert tradein("sale", "export", str(tmp_path / "deals.csv")).status == 0
    assert (tmp_path / "deals.csv").read_text(encoding="utf-8-sig") == out
    refused = tradein("sale", "export", str(tmp_path / "none" / "deals.csv"))
    assert (refused.status, "cannot be written" in refused.line) == (2, True)


def test_what_a_shop_sold_is_in_the_databases_check(tradein, shop):
    buy(shop)
    tradein("sale", "record", IMEI, "300", "--on", TODAY)
    assert tradein("db", "verify").status == 0
