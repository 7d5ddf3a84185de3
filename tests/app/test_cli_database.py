"""`tradein db`."""

from __future__ import annotations

import sqlite3

import pytest

from tests.fakes.shops import PaperShop, a_reading
from tests.fakes.terminals import Terminal
from tradein_app.bootstrap import open_desk
from tradein_app.config import load_config
from tradein_app.services.records import THE_PERSON


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


def test_a_database_is_made_where_the_data_are_and_verifies(tradein, tmp_path):
    made = tradein("db", "upgrade", "--json")
    assert made.status == 0
    assert made.document["database"] == str(tmp_path / "tradein-home" / "tradein.sqlite3")
    verified = tradein("db", "verify", "--json")
    assert verified.status == 0
    assert all(check["ok"] for check in verified.document["checks"])


def test_verifying_in_words(tradein):
    tradein("db", "upgrade")
    assert "audit chain" in tradein("db", "verify").out


def test_a_changed_record_is_found(tradein, tmp_path, monkeypatch):
    file = tmp_path / "shop.sqlite3"
    monkeypatch.setenv("TRADEIN_DB", f"sqlite:///{file}")
    shop = PaperShop(file)
    shop.desk.take_in(a_reading(), actor=THE_PERSON)
    shop.close()
    connection = sqlite3.connect(file)
    connection.execute("UPDATE audit_entry SET actor_name = 'nobody'")
    connection.commit()
    connection.close()
    outcome = tradein("db", "verify", "--json")
    assert outcome.status == 1
    assert [check["check"] for check in outcome.document["checks"] if not check["ok"]] == ["audit chain"]


@pytest.mark.parametrize("command", ["upgrade", "verify"])
def test_a_file_that_is_no_database_is_one_line(tradein, tmp_path, monkeypatch, command):
    file = tmp_path / "letter.txt"
    file.write_text("Dear aunt, " * 200)
    monkeypatch.setenv("TRADEIN_DB", f"sqlite:///{file}")
    outcome = tradein("db", command)
    assert outcome.status == 3
    assert "not a database" in outcome.line


def test_no_database_is_not_made_by_looking(tradein, tmp_path):
    outcome = tradein("db", "verify")
    assert outcome.status == 3
    assert "tradein db upgrade" in outcome.line
    assert not (tmp_path / "tradein-home").exists()


def test_a_nonsense_url_names_its_variable(tradein, monkeypatch):
    monkeypatch.setenv("TRADEIN_DB", "cobol://host/db")
    outcome = tradein("db", "upgrade")
    assert outcome.status == 2
    assert "TRADEIN_DB" in outcome.line


def test_the_desk_opens_on_the_configured_database(tmp_path):
    desk = open_desk(load_config())
    assert desk.open_inspections() == ()
    desk.close()
    assert (tmp_path / "tradein-home" / "tradein.sqlite3").exists()
