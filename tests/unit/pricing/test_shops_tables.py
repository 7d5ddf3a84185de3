"""Price data as French and German shops keep them in Excel: read where each cell can mean one thing, else refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from diagnostics.errors import BadInput
from pricing.model.columns import GRADES
from pricing.pricedata.findings import Findings
from pricing.pricedata.loading import load_prices
from pricing.pricedata.rows import Rows

TODAY = date(2026, 12, 1)
FRENCH = ("Marque", "Modèle", "Stockage", "État", "Batterie", "Date", "Prix")
GERMAN = ("Hersteller", "Modell", "Speicher", "Zustand", "Akku", "Datum", "Preis")
PHONE = ("Apple", "iPhone 13", "128 Go", "bon état", "80 %", "22/11/2026", "1 299,00 €")


def write(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    encoding: str = "cp1252",
) -> Path:
    lines = [";".join(each) for each in (header, *rows)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def read(path: Path) -> tuple[list[dict[str, object]], Findings]:
    """Return the cells of each row that can be used, and what was found wrong."""
    rows = Rows(path, priced=True, last_day=TODAY.toordinal())
    return [dict(row.values) for row in rows], rows.findings


def said(findings: Findings) -> str:
    return " ".join(each.words() for each in findings.all_remarks)


def one(path: Path, column: str, text: str, **others: str) -> dict[str, object] | str:
    """Return what a row of one phone says, or what is wrong with it."""
    cells = {"model": "iPhone 13", "price": "349"} | others | {column: text}
    found, findings = read(write(path / "p.csv", list(cells), [list(cells.values())], "utf-8"))
    return found[0] if found else str(findings.examples[0])


def test_a_table_of_a_french_shop_is_read_and_says_how(tmp_path) -> None:
    (cells,), findings = read(write(tmp_path / "p.csv", FRENCH, [PHONE]))
    assert cells == {
        "brand": "Apple",
        "model": "iPhone 13",
        "storage": 128.0,
        "grade": float(GRADES.index("good")),
        "battery": 80.0,
        "day": float(date(2026, 11, 22).toordinal()),
        "price": 1299.0,
        "currency": "EUR",
    }
    assert "read as Windows-1252" in said(findings)
    assert "model = Modèle" in said(findings)
    assert "bon état = good" in said(findings)


def test_a_table_of_a_german_shop_is_read(tmp_path) -> None:
    row = ("Samsung", "Galaxy S23", "1 TB", "Sehr gut", "", "22.11.2026 14:30", "1.299,00 EUR")
    (cells,), findings = read(write(tmp_path / "p.csv", GERMAN, [row], "utf-8-sig"))
    assert (cells["storage"], cells["grade"]) == (1024.0, float(GRADES.index("excellent")))
    assert (cells["day"], cells["price"]) == (date(2026, 11, 22).toordinal(), 1299.0)
    assert "Windows" not in said(findings)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("1 299,00", 1299.0),
        ("1\u00a0299,00\u00a0€", 1299.0),
        ("1\u202f299,5 €", 1299.5),
        ("1\u2009299", 1299.0),
        ("1'299.00", 1299.0),
        ("1,299.00", 1299.0),
        ("€349.90", 349.9),
        ("EUR 349", 349.0),
        ("349,- €", 349.0),
        ("349 euros", 349.0),
    ],
)
def test_prices_are_read_as_they_are_written(tmp_path, text: str, price: float) -> None:
    cells = one(tmp_path, "price", text)
    assert isinstance(cells, dict)
    assert cells["price"] == price


@pytest.mark.parametrize(
    ("text", "currency", "words"),
    [
        ("349 €", "USD", "is in another currency than the row: €, USD"),
        ("$349", "EUR", "is in another currency than the row: $, EUR"),
        ("$349", "", "does not tell which currency it is in"),
        ("349 kr", "", "does not tell which currency it is in"),
        ("1.299 €", "", "is no number that means one thing"),
        ("1,299", "EUR", "write a point for a comma"),
        ("12 99", "EUR", "is no number"),
        ("349 TTC", "", "is no number"),
        ("-349 €", "", "is no price above 0"),
        ("€ 349 €", "", "is no number"),
    ],
)
def test_a_price_that_may_be_two_things_is_left_out(tmp_path, text: str, currency: str, words: str) -> None:
    why = one(tmp_path, "price", text, currency=currency)
    assert isinstance(why, str)
    assert "price: " in why
    assert words in why


def test_a_sign_that_fits_its_column_is_read(tmp_path) -> None:
    for text, currency in (("$349", "CAD"), ("349 kr", "SEK"), ("£349", "GBP")):
        cells = one(tmp_path, "price", text, currency=currency)
        assert isinstance(cells, dict)
        assert (cells["price"], cells["currency"]) == (349.0, currency)


def test_a_launch_price_in_another_currency_than_the_price_is_left_out(tmp_path) -> None:
    fits = one(tmp_path, "launch_price", "909 €", currency="EUR")
    assert isinstance(fits, dict)
    assert fits["launch_price"] == 909.0
    assert "launch_price: is in another currency than the row: $" in one(
        tmp_path, "launch_price", "$799", price="349 €"
    )


@pytest.mark.parametrize(
    ("days", "read_as"),
    [
        (("05/11/2026", "22/11/2026"), (5, 22)),
        (("05/11/2026", "06/11/2026"), ()),
        (("05/11/2026", "11/22/2026"), ()),
        (("22/11/2026", "11/22/2026"), ()),
        (("22/11/2026", "2026-11-05"), (22, 5)),
    ],
)
def test_days_with_slashes_are_read_only_where_the_file_proves_their_order(
    tmp_path, days: tuple[str, ...], read_as: tuple[int, ...]
) -> None:
    rows = [("iPhone 13", day, "349") for day in days]
    found, findings = read(write(tmp_path / "p.csv", ("model", "date", "price"), rows))
    assert tuple(date.fromordinal(int(cells["day"])).day for cells in found) == read_as  # type: ignore[call-overload]
    if not read_as:
        assert findings.left_out == 2
        assert "write it like 2026-11-22: the day comes first only where the file proves it" in str(
            findings.examples[0]
        )


def test_a_day_that_is_none_is_left_out(tmp_path) -> None:
    assert "is no date" in one(tmp_path, "date", "31.02.2026")
    assert "is no date" in one(tmp_path, "date", "22.11.26")


@pytest.mark.parametrize(("letters", "words"), [("cp1251", "Ѓорѓи"), ("mac_roman", "très abîmé")])
def test_letters_that_are_not_windows_1252_are_refused(tmp_path, letters: str, words: str) -> None:
    path = write(tmp_path / "p.csv", ("model", "price"), [(words, "349")], letters)
    with pytest.raises(BadInput) as refused:
        read(path)
    assert refused.value.code == "not_utf8"


def test_utf_8_with_a_damaged_place_is_not_taken_for_windows_1252(tmp_path) -> None:
    path = write(tmp_path / "p.csv", FRENCH, [PHONE], "utf-8")
    path.write_bytes(path.read_bytes() + b"Apple;T\xe9l\xe9phone;;;;;349\r\n")
    with pytest.raises(BadInput) as refused:
        read(path)
    assert refused.value.code == "not_utf8"


def test_documented_names_count_before_words_for_the_same_column(tmp_path) -> None:
    path = write(
        tmp_path / "p.csv", ("model", "price", "Prix", "Zustand"), [("iPhone 13", "349", "1", "gut")]
    )
    (cells,), findings = read(path)
    assert cells["price"] == 349.0
    assert cells["grade"] == float(GRADES.index("good"))
    assert "price = " not in said(findings)


def test_further_columns_of_the_documented_format_are_its_own(tmp_path) -> None:
    header = ("model", "storage_gb", "price", "country", "condition")
    (cells,), findings = read(write(tmp_path / "p.csv", header, [("X", "64", "349", "nowhere", "odd")]))
    assert cells == {"model": "X", "storage": 64.0, "price": 349.0}
    assert not findings.all_remarks


def test_a_header_may_say_its_unit(tmp_path) -> None:
    header = ("Modèle", "Capacité (Go)", "Batterie (%)", "Prix (€)")
    (cells,), findings = read(write(tmp_path / "p.csv", header, [("X", "128", "88", "1 299,00")]))
    assert cells == {"model": "X", "storage": 128.0, "battery": 88.0, "price": 1299.0, "currency": "EUR"}
    assert "price = Prix (€)" in said(findings)
    rows = [("X", "349,00", "USD"), ("X", "349", "EUR"), ("X", "1.299", "EUR")]
    (cells,), findings = read(write(tmp_path / "q.csv", ("Modell", "Preis (EUR)", "Währung"), rows))
    assert (cells["price"], cells["currency"]) == (349.0, "EUR")
    assert [each.line for each in findings.examples] == [2, 4]
    with pytest.raises(BadInput):  # terabytes, and what nobody knows
        read(write(tmp_path / "r.csv", ("Capacité (To)", "Prix (env.)"), [("1", "349")]))


def test_two_columns_that_would_be_the_same_are_refused(tmp_path) -> None:
    path = write(tmp_path / "p.csv", ("Modèle", "Prix", "Preis"), [("iPhone 13", "349", "350")])
    with pytest.raises(BadInput, match="price \\(Prix, Preis\\) twice"):
        read(path)


def test_a_phone_counts_once_with_its_maker_and_without(tmp_path) -> None:
    names = (("Apple", "iPhone 13"), ("", "iPhone 13"), ("", "Apple iPhone 13"))
    rows = [(*names[n % 3], "EUR", str(300 + n)) for n in range(60)]
    path = write(tmp_path / "p.csv", ("brand", "model", "currency", "price"), rows)
    data, findings = load_prices(path, TODAY)
    assert {phone.key for phone in data.phones} == {"apple|iphone13"}
    assert "iPhone 13 = Apple" in said(findings)


@pytest.mark.parametrize("name", ["12 Pro", "Unheard 5"])
def test_a_maker_that_is_not_sure_stays_empty(tmp_path, name: str) -> None:
    cells = one(tmp_path, "model", name)
    assert isinstance(cells, dict)
    assert "brand" not in cells


def test_prices_without_any_currency_are_said_to_price_nothing(tmp_path) -> None:
    rows = [("iPhone 13", str(300 + n)) for n in range(40)]
    data, findings = load_prices(write(tmp_path / "p.csv", ("model", "price"), rows), TODAY)
    assert len(data) == 40
    assert "No row names a currency" in said(findings)
    told = [(*row, "€" if n % 2 else "EUR") for n, row in enumerate(rows)]
    data, findings = load_prices(write(tmp_path / "q.csv", ("model", "price", "Devise"), told), TODAY)
    assert data.places == (("", "EUR"),)
    assert "No row names a currency" not in said(findings)


def test_words_are_said_in_french_too(tmp_path) -> None:
    _, findings = read(write(tmp_path / "p.csv", FRENCH, [PHONE]))
    french = " ".join(each.words("fr") for each in findings.all_remarks)
    assert "a été lu en Windows-1252" in french
    assert "Mots pris pour un grade : bon état = good" in french
