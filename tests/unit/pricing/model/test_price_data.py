"""Price data as people send it: what is wrong is named by line and column, and memory has a bound."""

from __future__ import annotations

import csv
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diagnostics.errors import BadInput
from pricing.model.learning import train
from pricing.model.scoring import Scorer
from pricing.pricedata import loading, predicting
from pricing.pricedata.loading import load_prices
from pricing.pricedata.predicting import predict_file
from tests.fakes.phone_market import HEADER, csv_rows
from tradein_app.viewmodels.language import error_words

TODAY = date(2026, 1, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "prices.csv"


def write(
    path: Path, rows: Iterable[dict[str, Any]], *, encoding: str = "utf-8", delimiter: str = ","
) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, HEADER, delimiter=delimiter, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ","), ("utf-16", ";"), ("utf-8", "\t")])
def test_files_of_spreadsheets_are_read(path: Path, encoding: str, delimiter: str) -> None:
    write(path, csv_rows(40), encoding=encoding, delimiter=delimiter)
    data, findings = load_prices(path, TODAY)
    assert (len(data), findings.left_out) == (40, 0)
    assert data.launch_price.min() > 600


@pytest.mark.parametrize("delimiter", [";", ","])
def test_prices_as_half_of_europe_writes_them_are_read(path: Path, delimiter: str) -> None:
    rows = csv_rows(40)
    written = [row | {"price": f"{float(row['price']):.2f}".replace(".", ",")} for row in rows]
    write(path, written, delimiter=delimiter)
    data, findings = load_prices(path, TODAY)
    assert findings.left_out == 0
    assert data.price.tolist() == pytest.approx([round(float(row["price"]), 2) for row in rows])


@pytest.mark.parametrize(
    ("column", "text", "words"),
    [
        ("price", "-5", "is no price above 0"),
        ("price", "0", "is no price above 0"),
        ("price", "", "is empty"),
        ("price", "nan", "is no price above 0"),
        ("price", "1e400", "is no price above 0"),
        ("price", "1,250", "write a point for a comma"),
        ("storage_gb", "128 Mo", "is no number"),
        ("grade", "A+", "is no grade"),
        ("battery_pct", "140", "is no battery health"),
        ("date", "2099-01-01", "is in the future"),
        ("date", "1970-01-01", "is before there were such phones"),
        ("date", "1900-01-01", "is before there were such phones"),
        ("date", "01/02/2025", "is no date"),
        ("launch_date", "2026-09-20", "is after the day of the price"),
        ("currency", "$", "is no currency"),
        ("market", "Atlantis", "is no country"),
        ("has_warranty", "perhaps", "is neither true nor false"),
        ("model", "x" * 500, "is too long"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(path: Path, column: str, text: str, words: str) -> None:
    rows = csv_rows(40)
    rows[6][column] = text
    write(path, rows)
    data, findings = load_prices(path, TODAY)
    assert len(data) == 39
    (example,) = findings.examples
    assert (example.line, example.column) == (8, column)
    assert words in example.words


def test_an_id_that_came_before_is_left_out_and_repeated_rows_are_counted(path: Path) -> None:
    rows = csv_rows(40)
    write(path, [*rows, rows[3], rows[4] | {"id": "another"}])
    data, findings = load_prices(path, TODAY)
    assert len(data) == 41
    assert [str(example) for example in findings.examples] == ["line 42 (id r3), id: came before"]
    assert findings.repeated == 1


def test_an_absurd_price_is_named(path: Path) -> None:
    rows = csv_rows(200)
    rows[10]["price"] = "99999"
    write(path, rows)
    data, findings = load_prices(path, TODAY)
    assert len(data) == 199
    assert "line 12 (id r10), price: 99999 is absurd" in str(findings.examples[0])


def test_currencies_are_counted_and_one_with_a_few_prices_is_left_out(path: Path) -> None:
    rows = csv_rows(100)
    for row in rows[:40]:
        row["currency"] = "USD"
    rows[50]["currency"] = "SEK"
    write(path, rows)
    data, findings = load_prices(path, TODAY)
    assert len(data) == 99
    said = " ".join(each.words() for each in findings.remarks)
    assert "EUR 59, USD 40, SEK 1" in said
    assert "fewer than 30 prices: SEK" in said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_rows"),
        (b"\n\n", "no_rows"),
        (",".join(HEADER).encode(), "no_rows"),
        (b"a,b,c\n1,2,3\n", "bad_columns"),
        (b"brand,model\nApple,iPhone\n", "column_missing"),
        (b"price,model,price\n1,x,2\n", "column_twice"),
        (b"model,price\nT\xe9l\x81phone,5\n", "not_utf8"),
        (b"\xff\xfe\x00", "not_utf8"),
        (b'model,price\n"' + b"x" * 200_000, "unreadable_file"),
    ],
)
def test_a_file_that_is_no_price_data_is_refused_in_words(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    with pytest.raises(BadInput) as refused:
        load_prices(path, TODAY)
    assert refused.value.code == code
    assert "prices.csv" in refused.value.message
    message, hint = error_words(refused.value, "fr")
    assert message.startswith(("prices.csv ", "Les colonnes de prices.csv "))
    assert hint


def test_a_file_whose_rows_have_no_end_is_refused_before_it_fills_the_memory(path: Path) -> None:
    """Two gigabytes of nothing: no line ever ends."""
    with path.open("wb") as file:
        file.truncate(2 << 30)
    refusal, taken = refused_with(path)
    assert refusal.code == "not_utf8"
    assert taken < 20e6


@pytest.mark.parametrize("start", ["model,price\n", 'model,price\n"A",5\n"'])
def test_a_row_without_an_end_behind_a_good_header_is_refused_too(path: Path, start: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(start)
        for _ in range(40):
            file.write("1," * 500_000)
    refusal, taken = refused_with(path)
    assert refusal.code == "unreadable_file"
    assert taken < 20e6


def test_a_row_over_a_million_lines_is_refused(path: Path) -> None:
    path.write_text("model,price\n" + '"a\n",' * 1_000_000)
    refusal, taken = refused_with(path)
    assert "a row has no end" in refusal.message
    assert taken < 20e6


def refused_with(path: Path) -> tuple[BadInput, int]:
    """Return how a file is refused, and the bytes of memory that it took to find out."""
    tracemalloc.start()
    with pytest.raises(BadInput) as refused:
        load_prices(path, TODAY)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return refused.value, taken


@pytest.mark.thorough
@pytest.mark.timeout(600)
def test_a_million_rows_of_one_phone_are_read_in_bounded_memory(path: Path) -> None:
    """In a process of its own, for what counts is its memory as the system sees it."""
    (row,) = csv_rows(1)
    prices = (f"{float(row['price']) * (0.9 + number % 200 / 1000):.2f}" for number in range(1_000_000))
    write(path, (row | {"id": str(number), "price": price} for number, price in enumerate(prices)))
    done = subprocess.run([sys.executable, "-c", MANY, path], check=True, capture_output=True, text=True)
    rows, used, peak = map(int, done.stdout.split())
    assert rows == 1_000_000
    assert used == loading.MOST_ROWS
    assert peak < 700_000


MANY = """
import resource, sys
from datetime import date
from pathlib import Path
from pricing.pricedata.loading import load_prices
data, findings = load_prices(Path(sys.argv[1]), date(2026, 1, 1))
print(findings.rows, len(data), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_one_row_is_said_to_be_too_few_in_each_language(path: Path) -> None:
    write(path, csv_rows(1))
    data, _ = load_prices(path, TODAY)
    with pytest.raises(BadInput) as refused:
        train(data)
    assert error_words(refused.value, "fr")[0] == "1 prix utilisables, c'est trop peu pour un entraînement."


def test_rows_of_which_a_column_is_empty_throughout_are_learned_without_it(path: Path) -> None:
    gone = dict.fromkeys(("storage_gb", "grade", "battery_pct", "date", "launch_date", "launch_price"), "")
    write(path, (row | gone for row in csv_rows(60)))
    data, findings = load_prices(path, TODAY)
    assert findings.left_out == 0
    priced = Scorer(train(data)).price(data)
    assert (priced.p10 < priced.p50).all()
    assert (priced.p50 < priced.p90).all()


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    for place in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(BadInput, match="cannot be read"):
            load_prices(place, TODAY)


def test_of_more_rows_than_are_needed_the_same_ones_are_drawn(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, csv_rows(300))
    monkeypatch.setattr(loading, "_MOST_WATCHED", 10)
    one, findings = load_prices(path, TODAY, most=100)
    two, _ = load_prices(path, TODAY, most=100)
    assert one.price.tolist() == two.price.tolist()
    assert len(one) == 100
    assert one.price.tolist() != load_prices(path, TODAY)[0].price.tolist()[:100]
    assert "100 of 300 rows were drawn" in findings.remarks[0].words()


def test_ten_times_the_rows_take_no_more_memory(
    path: Path, tmp_path: Path, scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predicting, "PIECE", 1000)

    def peak(rows: int) -> int:
        (row,) = csv_rows(1)
        write(path, (row | {"id": str(number)} for number in range(rows)))
        tracemalloc.start()
        findings = predict_file(scorer, path, tmp_path / "out.csv")
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert findings.used == rows
        return taken

    # Rows that were kept would take twenty times as much; when rubbish is collected is a matter of chance. What is
    # made once, such as the catalogue, is made before.
    peak(1000)
    assert peak(30_000) < 2 * peak(3_000)


def test_prices_come_in_the_order_of_the_file_and_the_unpriced_are_named(
    path: Path, tmp_path: Path, scorer: Scorer
) -> None:
    rows = csv_rows(6)
    rows[1] |= {"currency": "JPY"}
    rows[2] |= {"brand": "Nobody", "model": "Unheard", "launch_price": "", "launch_date": ""}
    rows[3] |= {"battery_pct": "999"}
    rows[4] |= {"id": ""}
    write(path, rows)
    findings = predict_file(scorer, path, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="") as file:
        priced = list(csv.DictReader(file))
    assert [row["id"] for row in priced] == ["r0", "6", "r5"]
    assert all(float(row["p10"]) <= float(row["p50"]) <= float(row["p90"]) for row in priced)
    named = sorted((each.line, each.column) for each in findings.examples)
    assert named == [(3, "currency"), (4, "model"), (5, "battery_pct")]
    assert not (tmp_path / "out.csv.part").exists()


def test_a_target_that_cannot_be_written_is_refused_and_nothing_is_left(
    path: Path, tmp_path: Path, scorer: Scorer
) -> None:
    write(path, csv_rows(2))
    with pytest.raises(BadInput, match="cannot be written"):
        predict_file(scorer, path, tmp_path / "no folder" / "out.csv")
