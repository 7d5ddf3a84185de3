"""A database that cannot be used is said in one sentence, and what was saved stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url

from diagnostics.errors import BadInput, ServiceMissing
from tests.fakes.shops import PaperShop, a_reading
from tradein_app.services.records import THE_PERSON
from tradein_app.services.unsaved import Given, Unsaved
from tradein_app.store import engines
from tradein_app.store.failures import place
from tradein_app.store.opening import open_store, upgrade_store, verify_store


def code_of(url):
    with pytest.raises(ServiceMissing) as caught:
        open_store(url)
    assert "\n" not in str(caught.value)
    return caught.value.code


def test_a_folder_that_does_not_exist_is_made_for_its_owner_only(tmp_path):
    open_store(f"sqlite:///{tmp_path}/new/folder/shop.sqlite3").close()
    assert (tmp_path / "new/folder/shop.sqlite3").exists()
    assert (tmp_path / "new/folder").stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_database(file):
    file.write_bytes(b"This is a letter to my aunt. " * 100)
    assert code_of(f"sqlite:///{file}") == "database_damaged"
    assert file.read_bytes().startswith(b"This is a letter")


def test_a_folder_in_place_of_a_file(file):
    file.mkdir()
    assert code_of(f"sqlite:///{file}") == "database_not_opened"


def test_a_file_in_place_of_a_folder(file):
    file.write_text("")
    assert code_of(f"sqlite:///{file}/shop.sqlite3") == "database_not_opened"


def test_a_file_that_only_may_be_read(shop):
    @event.listens_for(shop.store._engine, "connect")
    def _read_only(connection, _record):
        connection.execute("PRAGMA query_only = ON").close()

    shop.store._engine.dispose()
    with pytest.raises(ServiceMissing, match="cannot be written"):
        shop.desk.take_in(a_reading(), actor=THE_PERSON)


def test_a_full_disk_keeps_what_was_saved(shop):
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)

    @event.listens_for(shop.store._engine, "connect")
    def _limit(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}").close()

    shop.store._engine.dispose()
    with pytest.raises(ServiceMissing, match="disk is full") as caught:
        take_in_many(shop)
    assert caught.value.code == "disk_full"
    assert shop.desk.inspection(record.id) == record
    assert all(check.ok for check in verify_store(shop.url))


def take_in_many(shop):
    for battery in range(80, 100):
        shop.desk.take_in(a_reading(battery=battery, device="other", imei=None), actor=THE_PERSON)


def test_a_database_that_another_program_holds(shop, file, monkeypatch):
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(file)) as other:
        other.isolation_level = None
        other.execute("BEGIN EXCLUSIVE")
        late = open_store(shop.url)
        with pytest.raises(ServiceMissing, match="in use by another program"), late.writing() as uow:
            uow.workspaces.get("anybody")
        late.close()


def test_an_answer_waits_for_a_file_whose_locks_are_not_to_be_had(shop):
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    engine = shop.store._engine
    unsaved = Unsaved()
    unsaved.add(Given(record.id, {"frame_scratches": "none"}))

    def refuse(*_said):
        # What SQLite says of a WAL whose locks it gave up on; no test can bring a disk to that.
        error = sqlite3.OperationalError("locking protocol")
        error.sqlite_errorcode = sqlite3.SQLITE_PROTOCOL
        raise error

    event.listen(engine, "do_execute", refuse)
    outcome = unsaved.save(shop.desk, THE_PERSON)
    event.remove(engine, "do_execute", refuse)
    assert outcome.trouble is not None
    assert (outcome.trouble.code, outcome.bug) == ("database_locked", None)
    assert unsaved.save(shop.desk, THE_PERSON).saved[0][0].answers == {"frame_scratches": "none"}


def test_a_step_that_fails_leaves_everything_as_it_was(shop, monkeypatch):
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    monkeypatch.setattr("tradein_app.store.repositories.SqlInspections.advance", _fail)
    with pytest.raises(ZeroDivisionError):
        shop.desk.answer(record.id, {"frame_scratches": "none"}, actor=THE_PERSON)
    assert shop.desk.inspection(record.id) == record
    assert all(check.ok for check in verify_store(shop.url))


def _fail(*_args, **_options):
    raise ZeroDivisionError


@pytest.mark.parametrize("url", ["nonsense", "://", "cobol://localhost/x", "sqlite+nonsense:///x"])
def test_a_url_that_makes_no_sense_names_its_variable(url):
    with pytest.raises(BadInput, match="TRADEIN_DB"):
        open_store(url)


def test_a_driver_that_is_not_installed_says_how_to_get_it():
    with pytest.raises(ServiceMissing, match="Python module psycopg2"):
        open_store("postgresql+psycopg2://localhost/tradein")


def test_a_password_is_never_shown():
    assert "secret" not in place(make_url("postgresql://anna:secret@localhost/tradein"))


def test_a_database_that_is_not_there_is_not_made_by_looking(file):
    with pytest.raises(ServiceMissing, match="tradein db upgrade"):
        verify_store(f"sqlite:///{file}")
    assert not file.exists()


def test_two_windows_may_write_at_once(shop, file):
    other = PaperShop(file)
    one = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    two = other.desk.take_in(a_reading(battery=85), actor=THE_PERSON)
    assert one.id == two.id
    other.desk.answer(one.id, {"frame_scratches": "none"}, actor=THE_PERSON)
    assert shop.desk.inspection(one.id).answers == {"frame_scratches": "none"}
    other.close()


@pytest.mark.parametrize(
    "url", ["sqlite://host/x.db", "sqlite:////tmp/x.db?mode=ro", "sqlite:////tmp/x.db?foo=1"]
)
def test_a_url_with_what_its_engine_does_not_understand_makes_no_sense(url):
    with pytest.raises(BadInput, match="makes sense"):
        open_store(url)


def test_a_uri_of_sqlite_makes_no_folders(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    upgrade_store(f"sqlite:///file:{tmp_path}/shop.sqlite3?uri=true")
    assert [path.name for path in tmp_path.iterdir()] == ["shop.sqlite3"]


@pytest.mark.parametrize("use", [open_store, upgrade_store, verify_store])
def test_a_file_whose_tables_cannot_even_be_named_is_damaged(shop, file, use):
    shop.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    content = file.read_bytes().replace(b"CREATE TABLE inspection", b"CREATE TABEL inspection")
    file.write_bytes(content.replace(b"tableinspectioninspection", b"table" + b"\x88" * 10 + b"inspection"))
    with pytest.raises(ServiceMissing, match="damaged"):
        use(f"sqlite:///{file}")


def test_a_text_that_is_no_text_is_damage_and_not_a_missing_server(shop, file):
    shop.desk.take_in(a_reading(), actor=THE_PERSON)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE audit_entry SET actor_name = CAST(x'ff88' AS TEXT)")
        connection.commit()
    with pytest.raises(ServiceMissing) as caught:
        verify_store(f"sqlite:///{file}")
    assert caught.value.code == "database_damaged"
