"""`tradein price`: train, predict, backtest."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.fakes.phone_market import HEADER, csv_rows
from tests.fakes.shop_prices import crowned
from tests.fakes.terminals import Terminal


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.csv"
    write(path, csv_rows(150))
    return path


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def test_a_model_is_trained_and_prices_phones_in_their_currency(tradein, prices, tmp_path):
    outcome = tradein("price", "train", str(prices), "--model", str(tmp_path / "model"))
    assert outcome.status == 0
    assert "150 rows read, 150 used" in outcome.err
    assert "training: 100 %" in outcome.err
    assert "whole phone models left out" in outcome.out
    out = tmp_path / "out.csv"
    assert tradein("price", "predict", str(prices), str(out), "--model", str(tmp_path / "model")).status == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "p10", "p50", "p90"]
    asked = {row["id"]: float(row["price"]) for row in csv_rows(150)}
    errors = [abs(float(row["p50"]) / asked[row["id"]] - 1) for row in rows]
    assert sum(errors) / len(errors) < 0.12


def test_the_model_in_the_data_folder_is_used_when_none_is_named(tradein, prices, tmp_path, monkeypatch):
    monkeypatch.setenv("TRADEIN_HOME", str(tmp_path / "home"))
    missing = tradein("price", "predict", str(prices), str(tmp_path / "out.csv"))
    assert missing.status == 2
    assert "tradein price train" in missing.err
    tradein("price", "train", str(prices), "--model", str(tmp_path / "home" / "price-model"))
    assert tradein("price", "predict", str(prices), str(tmp_path / "out.csv")).status == 0


def test_the_model_in_use_prices_when_none_is_named_and_the_older_folder_is_left_aside(
    tradein, prices, tmp_path, monkeypatch
):
    home, out, expected = tmp_path / "home", tmp_path / "out.csv", tmp_path / "expected.csv"
    monkeypatch.setenv("TRADEIN_HOME", str(home))
    champion = crowned(home)
    damaged = home / "price-model" / "model.json"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("{}", encoding="utf-8")
    tradein("price", "predict", str(prices), str(expected), "--model", str(champion))
    outcome = tradein("price", "predict", str(prices), str(out))
    assert outcome.status == 0, outcome.err
    assert out.read_bytes() == expected.read_bytes()


def test_rows_that_cannot_be_priced_are_named_and_the_status_is_1(tradein, prices, tmp_path):
    tradein("price", "train", str(prices), "--model", str(tmp_path / "model"))
    rows = csv_rows(3)
    rows[1]["currency"] = "JPY"
    write(tmp_path / "in.csv", rows)
    out = tmp_path / "out.csv"
    outcome = tradein(
        "price", "predict", str(tmp_path / "in.csv"), str(out), "--model", str(tmp_path / "model")
    )
    assert outcome.status == 1
    assert "line 3 (id r1), currency: the model has seen no price in JPY" in outcome.err
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3


def test_a_backtest_is_one_json_document(tradein, prices):
    outcome = tradein("price", "backtest", str(prices), "--json")
    assert outcome.status == 0
    assert outcome.document["schema"] == "tradein/price-backtest-1"
    splits = {split["split"]: split for split in outcome.document["splits"]}
    assert set(splits) == {"sellers", "models", "time"}
    assert splits["sellers"]["r2"] > 0.7
    assert {split["violations"] for split in splits.values()} == {0.0}


@pytest.mark.parametrize("content", [b"", b"\xff\x00\x12", b"a,b\n1,2\n", b"price,model\n5,x\n"])
def test_what_is_no_price_data_ends_in_one_line(tradein, tmp_path, content):
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    outcome = tradein("price", "train", str(path), "--model", str(tmp_path / "model"))
    assert outcome.status == 2
    assert outcome.err.splitlines()[-1].startswith("tradein: ")
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_holds_no_command_up(tradein, tmp_path, kind):
    odd = tmp_path / "odd.csv"
    match kind:
        case "pipe":
            os.mkfifo(odd)
        case "folder":
            odd.mkdir()
        case "device":
            odd.symlink_to("/dev/zero")
    crowned(tmp_path / "home")
    model = str(tmp_path / "home" / "prices" / "models" / "model-test")
    for asked in (
        ("train", str(odd), "--model", str(tmp_path / "model")),
        ("backtest", str(odd)),
        ("predict", str(odd), str(tmp_path / "out.csv"), "--model", model),
    ):
        outcome = tradein("price", *asked)
        assert outcome.status == 2
        assert f"{odd} cannot be read: " in outcome.err
    health = tradein("price", "health", str(odd))
    assert health.status == 1
    assert "cannot be read" in health.out
    assert not (tmp_path / "out.csv").exists()


def test_prices_take_the_place_of_no_device_and_of_no_phones(tradein, prices, tmp_path):
    crowned(tmp_path / "home")
    model = str(tmp_path / "home" / "prices" / "models" / "model-test")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused = tradein("price", "predict", str(prices), str(pipe), "--model", model)
    assert (refused.status, pipe.is_fifo()) == (2, True)
    assert "not an ordinary file" in refused.err
    before = prices.read_bytes()
    again = tradein("price", "predict", str(prices), str(prices), "--model", model)
    assert (again.status, prices.read_bytes()) == (2, before)
    assert "Name another place" in again.err
    missing = tradein("price", "predict", str(tmp_path / "none.csv"), str(prices), "--model", model)
    assert (missing.status, prices.read_bytes()) == (2, before)
    assert "none.csv cannot be read" in missing.err


def test_a_model_that_explains_nothing_says_so_and_one_that_could_not_be_tried(tradein, tmp_path):
    path = tmp_path / "bare.csv"
    write(path, [{"price": row["price"]} for row in csv_rows(120)])
    bare = tradein("price", "train", str(path), "--model", str(tmp_path / "bare"))
    assert "It explains hardly anything" in bare.out
    write(path, [csv_rows(1)[0] | {"id": str(number)} for number in range(60)])
    alike = tradein("price", "train", str(path), "--model", str(tmp_path / "alike"))
    assert "It could not be tried: its prices are all alike" in alike.out
    one = [csv_rows(1)[0] | {"id": str(number), "price": str(400 + number % 50)} for number in range(120)]
    write(path, one)
    assert "hardly" not in tradein("price", "train", str(path), "--model", str(tmp_path / "one")).out
    assert "Kept in" in alike.out


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_prices_take_the_place_of_no_phones_under_another_name(tradein, prices, tmp_path, link):
    crowned(tmp_path / "home")
    model = str(tmp_path / "home" / "prices" / "models" / "model-test")
    other, before = tmp_path / "other.csv", prices.read_bytes()
    link(other, prices)
    for source, target in ((prices, other), (other, prices)):
        outcome = tradein("price", "predict", str(source), str(target), "--model", model)
        assert (outcome.status, prices.read_bytes()) == (2, before)
        assert f"{target} holds the phones themselves" in outcome.err


def test_an_id_is_written_as_it_was_read(tradein, prices, tmp_path):
    """A program finds its rows by it."""
    crowned(tmp_path / "home")
    model = str(tmp_path / "home" / "prices" / "models" / "model-test")
    rows = csv_rows(2)
    rows[0]["id"], rows[1]["id"] = "=1+1|x", '+"quoted", and a comma'
    write(tmp_path / "in.csv", rows)
    out = tmp_path / "out.csv"
    outcome = tradein("price", "predict", str(tmp_path / "in.csv"), str(out), "--model", model)
    assert outcome.status == 0, outcome.err
    with out.open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [rows[0]["id"], rows[1]["id"]]
