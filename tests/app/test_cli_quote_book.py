"""`tradein quote` by the prices that lie in the data folder, and the desk's quotes by them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diagnostics import codec
from tests.fakes.inspections import an_inspection, best_answers
from tests.fakes.shop_prices import kept_in
from tests.fakes.shops import PaperShop, a_reading
from tests.fakes.terminals import Terminal
from tradein_app.config import HOME, load_config
from tradein_app.services.records import THE_PERSON


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def home(monkeypatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(HOME, str(tmp_path))
    assert load_config().home == tmp_path
    return tmp_path


def typed() -> bytes:
    phone = an_inspection()
    reading = codec.to_json(phone.reading)
    return json.dumps(
        {
            "schema": "tradein/inspection-1",
            "reading": reading,
            "checklist": phone.checklist,
            "answers": dict(phone.answers),
        }
    ).encode()


def test_a_trained_model_in_the_data_folder_prices(tradein, home: Path):
    before = tradein("quote", "-", "--as-of", "2025-11-20", "--json", stdin=typed()).document
    kept_in(home)
    after = tradein("quote", "-", "--as-of", "2025-11-20", "--json", stdin=typed()).document
    assert before["resale"]["basis"] == "seed"
    assert after["resale"]["basis"] == "market"
    assert after["resale"]["counts"]["market"] > 3
    assert after["resale"]["p50"] != before["resale"]["p50"]
    said = tradein("quote", "-", "--as-of", "2025-11-20", stdin=typed()).out
    assert "basis: market, from market prices; market prices of this model, learned: " in said
    assert "what similar phones show beyond that" in said


def test_a_damaged_model_is_said_and_the_quote_is_made(tradein, home: Path):
    (kept_in(home) / "trees.npz").write_bytes(b"no")
    outcome = tradein("quote", "-", "--as-of", "2025-11-20", stdin=typed())
    assert outcome.status == 0
    assert "The trained price model is not used: The price model in" in outcome.out
    assert "basis: seed" in outcome.out


def test_the_desk_quotes_by_the_model_of_its_folder(tmp_path: Path):
    kept_in(tmp_path)
    shop = PaperShop(tmp_path / "shop.sqlite3")
    try:
        record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
        shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
        quoted = shop.desk.quote(record.id, actor=THE_PERSON)
        stored = shop.desk.inspection(record.id).quote
    finally:
        shop.close()
    assert quoted.quote is not None
    assert quoted.quote.resale is not None
    assert quoted.quote.resale.basis == "market"
    assert stored == quoted.quote
