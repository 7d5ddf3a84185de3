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


@pytest.fixture
def home(tmp_path):
    """A data folder with one phone in its database, and a file of the shop's own."""
    folder = tmp_path / "tradein-home"
    folder.mkdir()
    shop = PaperShop(folder / "tradein.sqlite3")
    shop.desk.take_in(a_reading(), actor=THE_PERSON)
    shop.close()
    (folder / "shop.toml").write_text('name = "My shop"\n')
    return folder


def test_a_backup_and_its_way_back_in_words(tradein, home, tmp_path):
    target = tmp_path / "shop.zip"
    made = tradein("db", "backup", str(target))
    assert made.status == 0
    assert str(target) in made.out
    assert "1 inspection, the newest of 2026-11-22" in made.out
    assert "Not in it: keys of pairing" in made.out
    (home / "shop.toml").unlink()
    done = tradein("db", "restore", str(target))
    assert done.status == 0
    assert done.out.startswith("Restored: 1 inspection, the newest of 2026-11-22")
    assert "1 other file had to be put back" in done.out
    assert "is kept: " in done.out
    assert (home / "shop.toml").exists()
    assert tradein("db", "verify").status == 0


@pytest.mark.usefixtures("home")
def test_a_backup_and_its_way_back_for_programs(tradein, tmp_path):
    target = tmp_path / "shop.zip"
    made = tradein("db", "backup", str(target), "--json").document
    assert (made["schema"], made["backup"], made["inspections"], made["files"]) == (
        "tradein/database-1",
        str(target),
        1,
        1,
    )
    assert made["newest"] == "2026-11-22T12:00:00Z"
    assert all(check["ok"] for check in made["checks"])
    done = tradein("db", "restore", str(target), "--json").document
    assert (done["inspections"], done["last_entry"], done["replaced"]) == (1, made["last_entry"], None)
    assert done["kept"].endswith("tradein.sqlite3")


@pytest.mark.usefixtures("home")
def test_what_was_changed_by_hand_is_said_and_put_back_only_when_asked(tradein, home, tmp_path):
    connection = sqlite3.connect(home / "tradein.sqlite3")
    connection.execute("UPDATE phone SET imei = NULL")
    connection.commit()
    connection.close()
    made = tradein("db", "backup", str(tmp_path / "shop.zip"))
    assert made.status == 1
    assert made.line.startswith("tradein: records: 1 not as they were written: phone ")
    refused = tradein("db", "restore", str(tmp_path / "shop.zip"))
    assert refused.status == 1
    assert "--anyway" in refused.line
    assert tradein("db", "restore", str(tmp_path / "shop.zip"), "--anyway").status == 1


def test_a_copy_of_no_database_makes_none(tradein, tmp_path):
    outcome = tradein("db", "backup", str(tmp_path / "shop.zip"))
    assert outcome.status == 3
    assert "tradein db upgrade" in outcome.line
    assert not (tmp_path / "shop.zip").exists()


@pytest.mark.usefixtures("home")
def test_what_is_no_backup_is_one_line(tradein, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear aunt, " * 200)
    for name, words in (("letter.txt", "is not a backup"), ("nothing.zip", "cannot be read")):
        outcome = tradein("db", "restore", str(tmp_path / name))
        assert outcome.status == 2
        assert words in outcome.line


@pytest.mark.usefixtures("home")
def test_an_open_desk_keeps_a_backup_from_being_put_back(tradein, tmp_path):
    tradein("db", "backup", str(tmp_path / "shop.zip"))
    desk = open_desk(load_config())
    outcome = tradein("db", "restore", str(tmp_path / "shop.zip"))
    desk.close()
    assert outcome.status == 3
    assert "is open in another window" in outcome.line
    assert tradein("db", "restore", str(tmp_path / "shop.zip")).status == 0
