"""The file of own deals: price data that comes back as it was, whole or not at all, and never a formula."""

from __future__ import annotations

import csv
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.own_deals import (
    COLUMNS,
    OwnDeal,
    Promise,
    Read,
    examined,
    own_deals_csv,
    read_own_deals,
    write_own_deals,
)
from pricing.pricedata.cells import CELLS
from pricing.pricedata.remarks import remark
from pricing.pricedata.rows import Rows

DAY = date(2026, 11, 20)
AMOUNTS = st.decimals("0.01", "99999", places=2)
WORDS = st.text("aZ9 é漢\u200f,;|\"'=+-@/\\", max_size=12)
"""With all that a CSV file or a spreadsheet might trip over; characters that end a line are in no name."""


@st.composite
def deals(draw):
    p10, p50, p90 = sorted(draw(AMOUNTS) for _ in range(3))
    promise = Promise(p10, p50, p90, "EUR", draw(WORDS), "market", DAY)
    return OwnDeal(
        id=draw(st.uuids().map(str)),
        model_id=draw(WORDS),
        brand="Apple",
        model=draw(WORDS),
        storage_gb=draw(st.none() | st.integers(1, 4096)),
        grade=draw(st.sampled_from(["", "good", "excellent"])),
        battery_percent=draw(st.none() | st.integers(1, 100)),
        sold_on=draw(st.dates()),
        market="FR",
        currency="EUR",
        price=draw(AMOUNTS),
        launch_date=draw(st.none() | st.dates()),
        channel=draw(WORDS),
        promise=draw(st.none() | st.just(promise)),
    )


@given(st.lists(deals(), max_size=5))
def test_deals_come_back_as_they_were(tmp_path_factory, some):
    path = tmp_path_factory.mktemp("own") / "own-deals.csv"
    write_own_deals(path, some)
    assert read_own_deals(path) == tuple(some)


@given(WORDS, st.sampled_from("=+-@"))
def test_no_cell_is_a_formula(words, sign):
    deal = OwnDeal("x", "", "A", sign + words, None, "", None, DAY, "FR", "EUR", Decimal(5))
    (_, row) = csv.reader(own_deals_csv([deal]).splitlines()) if "\n" not in words else ([], [])
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_file_is_price_data(tmp_path: Path):
    deal = OwnDeal(
        "x", "apple-iphone-13", "Apple", "iPhone 13", 128, "good", 88, DAY, "FR", "EUR", Decimal("311.50")
    )
    write_own_deals(tmp_path / "own-deals.csv", [deal])
    rows = Rows(tmp_path / "own-deals.csv", priced=True, last_day=DAY.toordinal())
    (row,) = rows
    assert rows.findings.left_out == 0
    assert row.values["price"] == 311.5
    assert row.values["model"] == "iPhone 13"
    assert set(CELLS) - set(COLUMNS) == {"launch_price", "has_warranty"}


def test_a_row_that_cannot_be_used_costs_no_other(tmp_path: Path):
    path = tmp_path / "own-deals.csv"
    deal = OwnDeal("x", "", "Apple", "iPhone 13", 128, "good", 88, DAY, "FR", "EUR", Decimal(300))
    text = own_deals_csv([deal])
    broken = text.splitlines()[1].replace("300", "-300")
    path.write_text(text + broken + "\nhalf a r", encoding="utf-8")
    assert read_own_deals(path) == (deal,)


def test_what_is_no_text_holds_no_deals(tmp_path: Path):
    path = tmp_path / "own-deals.csv"
    path.write_bytes(b"\xff\xfe\x00\x00\x9f")
    assert read_own_deals(path) == ()


def test_the_same_deals_are_not_written_again(tmp_path: Path):
    path = tmp_path / "prices" / "own-deals.csv"
    deal = OwnDeal("x", "", "Apple", "iPhone 13", 128, "good", 88, DAY, "FR", "EUR", Decimal(300))
    write_own_deals(path, [deal])
    before = path.stat().st_mtime_ns
    write_own_deals(path, [deal])
    assert path.stat().st_mtime_ns == before
    assert [file.name for file in path.parent.iterdir()] == ["own-deals.csv"]


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("300.00", "1e-400"),
        ("300.00", "1e400"),
        (",128,", f",{'9' * 400},"),
        (",128,", ",-128,"),
        (",88,", f",{'9' * 400},"),
        (",88,", ",-5,"),
        (",FR,", ",fra,"),
        (",EUR,", ",euro,"),
        (",2026-11-20,", ",2026-13-20,"),
    ],
)
def test_what_no_phone_can_be_is_left_out_and_counted(tmp_path: Path, cell: str, wrong: str):
    path = tmp_path / "own-deals.csv"
    deal = OwnDeal("x", "", "Apple", "iPhone 13", 128, "good", 88, DAY, "FR", "EUR", Decimal("300.00"))
    head, row = own_deals_csv([deal]).splitlines()
    assert cell in row
    path.write_text(f"{head}\n{row}\n{row.replace(cell, wrong).replace('x', 'y', 1)}\n", encoding="utf-8")
    found = examined(path)
    assert (found.deals, found.left_out, found.line, found.problem) == ((deal,), 1, 3, None)
    assert found.why is not None
    for language in ("en", "fr"):
        said = found.why.words(language)
        assert len(said) < 130
        assert wrong.strip(",")[:9] in said
    assert found.why.words("en") != found.why.words("fr")


def test_one_sale_that_stands_there_often_counts_once(tmp_path: Path):
    path = tmp_path / "own-deals.csv"
    deal = OwnDeal("x", "", "Apple", "iPhone 13", 128, "good", 88, DAY, "FR", "EUR", Decimal(300))
    path.write_text(own_deals_csv([deal] * 3000), encoding="utf-8")
    assert examined(path) == Read(
        (deal,), left_out=2999, line=3, why=remark("cell_repeated", column="id", cell="x")
    )


def test_a_pipe_in_place_of_the_file_holds_nobody_up(tmp_path: Path):
    path = tmp_path / "own-deals.csv"
    os.mkfifo(path)
    assert examined(path).deals == ()
    assert examined(path).problem


def test_a_file_of_zeros_is_said(tmp_path: Path):
    path = tmp_path / "own-deals.csv"
    path.write_bytes(bytes(5000))
    assert examined(path).problem


def test_small_letters_say_the_same_market_and_currency(tmp_path: Path):
    path = tmp_path / "own-deals.csv"
    deal = OwnDeal("x", "", "Apple", "iPhone 13", 128, "good", 88, DAY, "FR", "EUR", Decimal(300))
    path.write_text(own_deals_csv([deal]).replace(",FR,EUR,", ",fr,eur,"), encoding="utf-8")
    assert examined(path) == Read((deal,))
    (row,) = Rows(path, priced=True, last_day=None)
    assert (row.values["market"], row.values["currency"]) == ("FR", "EUR")
