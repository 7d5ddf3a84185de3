"""What is said of price data is what is in it."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from diagnostics.errors import BadInput
from pricing.feeds.feed import Feed
from pricing.feeds.fetching import fetch
from pricing.feeds.problems import Problem
from pricing.own_deals import OwnDeal, write_own_deals
from pricing.pricedata.health import health_of, shop_health
from pricing.pricedata.rows import Rows
from resources.opening import load_toml
from tests.fakes.phone_market import HEADER, csv_rows

TODAY = date(2026, 11, 22)
NOBODY = 65534


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def row(number: int, **cells: str) -> dict[str, str]:
    usual = {
        "id": f"n{number}",
        "brand": "Apple",
        "model": "iPhone 13",
        "storage_gb": "128",
        "grade": "good",
        "date": "2026-11-01",
        "market": "FR",
        "currency": "EUR",
        "price": f"{400 + number}",
    }
    return usual | cells


def test_rows_days_places_grades_and_gaps_are_counted(tmp_path) -> None:
    rows = [row(n) for n in range(40)]
    rows += [row(50, grade="", model="iPhone 12"), row(51, date="2026-11-12", grade="fair", storage_gb="256")]
    rows += [row(60, price="-5"), row(61, date="2027-01-01"), row(0), row(62, battery_pct="140")]
    rows += [row(70, price="400000"), {**row(71, price="401")}, {**row(72, price="401")}]
    health = health_of(write(tmp_path / "p.csv", rows), TODAY)
    assert (health.rows, health.used, health.absurd, health.repeated) == (49, 44, 1, 2)
    assert health.looked_at == 44
    assert dict(health.left_out)["id: came before"] == 1
    assert dict(health.left_out)["date: is in the future"] == 1
    assert any("line 44 (id n60), price: '-5'" in example for example in health.examples)
    assert (health.first, health.last, health.age(TODAY)) == (date(2026, 11, 1), date(2026, 11, 12), 10)
    assert health.places == (("FR", "EUR", 44),)
    assert dict(health.grades) == {"fair": 1, "good": 42, "": 1}
    assert health.missing["grade"] == pytest.approx(1 / 44)
    assert health.missing["battery_pct"] == 1.0
    assert health.missing["date"] == 0.0
    assert (health.models, health.thin, health.thin_count) == (2, (("Apple iPhone 12", 1),), 1)
    assert health.cells == 3


def test_what_cannot_be_used_at_all_says_why(tmp_path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "odd.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    for name in ("empty.csv", "odd.csv", "missing.csv"):
        health = health_of(tmp_path / name, TODAY)
        assert health.problem
        assert (health.rows, health.used, health.age(TODAY)) == (0, 0, None)


def test_a_file_whose_rows_are_all_wrong_says_what_is_wrong_with_them(tmp_path) -> None:
    health = health_of(write(tmp_path / "p.csv", [row(n, grade="2") for n in range(4)]), TODAY)
    assert (health.rows, health.used, health.problem) == (4, 0, "No price in it can be used.")
    assert health.left_out[0][1] == 4
    assert "line 2 (id n0), grade: '2' is no grade" in health.examples[0]


def test_all_of_a_shops_prices_are_looked_at(tmp_path) -> None:
    prices = tmp_path / "prices"
    market = write(tmp_path / "drive.csv", csv_rows(60))
    prices.mkdir()
    (prices / "feeds.toml").write_text(
        '[drive]\npath = "../drive.csv"\n[gone]\npath = "gone.csv"\nkind = "sold"\n'
    )
    fetch(Feed("drive", path=prices / "../drive.csv"), tmp_path)
    fetch(Feed("gone", path=prices / "gone.csv", kind="sold"), tmp_path)
    write(prices / "data" / "mine.csv", [row(n) for n in range(3)])
    write(prices / "own-deals.csv", [row(n) for n in range(2)])
    drive, gone, mine, own = shop_health(tmp_path, TODAY)
    assert (drive.name, drive.kind, drive.used, drive.trouble) == ("drive", "asks", 60, "")
    assert drive.fetched_at
    assert (gone.kind, gone.used, gone.trouble) == ("sold", 0, "no_file")
    assert dict(gone.trouble_params) == {"path": str(prices / "gone.csv")}
    assert (mine.name, mine.used, own.kind, own.used) == ("mine.csv", 3, "own", 2)
    market.unlink()
    assert shop_health(tmp_path, TODAY)[0].used == 60


@pytest.mark.parametrize("count", [9, 59, 400])
@pytest.mark.parametrize(
    ("model", "price"), [("iPhone 13", "999999"), ("iPhone 13", "0.5"), ("Pixel 8", "999999")]
)
def test_a_price_of_nonsense_is_found_beside_few_rows_and_alone_in_its_month(
    tmp_path, count, model, price
) -> None:
    rows = [row(n, model="iPhone 13" if n % 2 else "iPhone 12") for n in range(count)]
    rows.append(row(count, model=model, date="2025-01-01", price=price))
    health = health_of(write(tmp_path / "p.csv", rows), TODAY)
    assert (health.absurd, health.used) == (1, count)
    assert f"line {count + 2} (id n{count}), price" in health.examples[0]


def test_prices_that_are_far_apart_and_right_are_not_absurd(tmp_path) -> None:
    rows = [row(n, price=str(price)) for n, price in enumerate((40, 90, 180, 300, 420, 600, 620, 45))]
    rows += [row(20 + n, model=f"old {n}", price="6") for n in range(4)]
    rows += [row(30 + n, model=f"gold {n}", price="2900") for n in range(4)]
    rows += [row(40 + n, currency="VND", market="VN", price=str(9_000_000 + n)) for n in range(40)]
    health = health_of(write(tmp_path / "p.csv", rows), TODAY)
    assert health.absurd == 0


def test_what_is_no_file_or_cannot_be_read_is_said_and_holds_nobody_up(tmp_path) -> None:
    data = tmp_path / "prices" / "data"
    data.mkdir(parents=True)
    os.mkfifo(data / "pipe.csv")
    (data / "zero.csv").symlink_to("/dev/zero")
    (data / "loop.csv").symlink_to(data / "loop.csv")
    (data / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "prices" / "own-deals.csv")
    found = shop_health(tmp_path, TODAY)
    assert [each.name for each in found] == [
        "folder.csv",
        "loop.csv",
        "pipe.csv",
        "zero.csv",
        "own-deals.csv",
    ]
    assert all(each.problem and not each.used for each in found)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Be somebody who is not allowed everything."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(before)


@pytest.mark.parametrize(("closed", "said"), [(".", "feeds.toml"), ("data", "data cannot be read")])
def test_a_folder_that_is_closed_to_us_is_said(nobody: None, closed: str, said: str) -> None:
    with tempfile.TemporaryDirectory() as home:  # not below pytest's own folder, which is closed itself
        prices = Path(home, "prices")
        write(prices / "data" / "mine.csv", [row(n) for n in range(3)])
        (prices / closed).chmod(0)
        try:
            words = [each.problem for each in shop_health(Path(home), TODAY)]
        except BadInput as error:
            words = [error.message]
        (prices / closed).chmod(0o755)
    assert len(words) == 1
    assert said in words[0]


def test_own_sales_that_do_not_count_are_said_with_the_first_line(tmp_path) -> None:
    path = tmp_path / "prices" / "own-deals.csv"
    deals = [
        OwnDeal(f"n{n}", "", "Apple", "iPhone 13", 128, "good", 88, TODAY, "FR", "EUR", Decimal(300 + n))
        for n in range(3)
    ]
    write_own_deals(path, deals)
    path.write_text(path.read_text().replace(",301,", ",0.001,"))
    (health,) = shop_health(tmp_path, TODAY)
    assert health.used == 2
    assert "2 count for prices and 1 do not" in health.remarks[-1].words()
    assert "line 3, price: '0.001' is no price" in health.remarks[-1].words()
    assert "la ligne 3, price : « 0.001 » n'est pas un prix" in health.remarks[-1].words("fr")


@pytest.mark.parametrize(
    ("group", "key"),
    [(group, key) for group in ("remarks", "problems") for key in load_toml("messages/feeds.toml")[group]],
)
def test_every_remark_and_problem_says_the_same_in_both_languages(group: str, key: str) -> None:
    texts = load_toml("messages/feeds.toml")[group][key]
    fields = [{name for _, name, _, _ in Formatter().parse(texts[each]) if name} for each in ("en", "fr")]
    assert fields[0] == fields[1]


@pytest.mark.parametrize("key", load_toml("messages/feeds.toml")["problems"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_problem_of_a_feed_says_what_is_wrong_and_then_what_to_do(key: str, language: str) -> None:
    assert len(re.findall(r"\.(?= |$)", Problem(key, {"detail": "It is no CSV."}).words(language))) >= 2


def test_a_reason_that_a_newer_program_left_is_named_and_stops_nothing() -> None:
    assert "no_such_reason" in Problem("no_such_reason").words("fr")


def test_zeros_behind_good_rows_are_said_and_not_hidden_by_them(tmp_path) -> None:
    path = write(tmp_path / "p.csv", [row(n) for n in range(40)])
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        file.truncate(file.tell() + (2 << 30))  # two gigabytes, none of which is on the disk
    health = health_of(path, TODAY)
    assert (health.rows, health.used) == (40, 0)
    assert "is not text in UTF-8, at or after row 41" in health.problem


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_without_a_mark_are_said_as_the_encoding_that_they_are(tmp_path, encoding) -> None:
    path = write(tmp_path / "p.csv", [row(n) for n in range(40)])
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert "is not text in UTF-8" in health_of(path, TODAY).problem


def test_a_file_of_names_alone_says_so(tmp_path) -> None:
    assert "no row below its first line" in health_of(write(tmp_path / "p.csv", []), TODAY).problem


def test_rows_that_repeat_each_other_say_what_each_says_for_itself(tmp_path) -> None:
    rows = [row(n, price="410" if n % 2 else "-1") for n in range(50)]
    path = write(tmp_path / "p.csv", rows)
    found = list(every := Rows(path, priced=True, last_day=TODAY.toordinal()))
    assert [(each.line, each.id) for each in found] == [(n + 2, f"n{n}") for n in range(1, 50, 2)]
    assert {each.values["price"] for each in found} == {410.0}
    assert [each.line for each in every.findings.examples] == list(range(2, 42, 2))
    assert [each.id for each in every.findings.examples][:2] == ["n0", "n2"]
    assert (every.findings.used, every.findings.left_out) == (25, 25)


def test_a_day_that_stands_for_none_is_said_and_makes_no_price_old(tmp_path) -> None:
    rows = [row(n, date="1970-01-01" if n % 2 else "2026-11-01", price=str(300 + n)) for n in range(40)]
    health = health_of(write(tmp_path / "p.csv", rows), TODAY)
    assert (health.used, health.first) == (20, date(2026, 11, 1))
    assert dict(health.left_out) == {"date: is before there were such phones": 20}
    all_of_them = [row(n, date="1900-01-01", price=str(300 + n)) for n in range(40)]
    health = health_of(write(tmp_path / "none.csv", all_of_them), TODAY)
    assert (health.used, health.code) == (0, "no_price_used")
    assert dict(health.left_out) == {"date: is before there were such phones": 40}
