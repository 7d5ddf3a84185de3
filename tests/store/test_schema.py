"""Migrations make exactly the declared tables, on any engine, and know what they do not know."""

from __future__ import annotations

import sqlite3

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from diagnostics.errors import ServiceMissing
from tests.fakes.shops import PaperShop, a_reading
from tradein_app.services.records import THE_PERSON
from tradein_app.store import schema
from tradein_app.store.engines import make_engine, parse_url
from tradein_app.store.opening import open_store, upgrade_store
from tradein_app.store.tables import Base


def connect(file):
    connection = sqlite3.connect(file)
    connection.isolation_level = None
    return connection


def test_the_newest_revision_is_the_one_said():
    assert schema.known_revisions()[0] == schema.HEAD


def test_migrations_make_the_declared_tables(shop):
    engine = make_engine(parse_url(shop.url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrations_go_back_to_nothing(shop):
    engine = make_engine(parse_url(shop.url))
    with engine.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar() == 0
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        assert set(names) == {"alembic_version"}
    engine.dispose()


def test_the_tables_are_postgresqls_too():
    for table in Base.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_every_constraint_has_a_name():
    for table in Base.metadata.sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name


def test_upgrading_twice_changes_nothing(file):
    url = f"sqlite:///{file}"
    assert upgrade_store(url) == upgrade_store(url) == schema.HEAD


def test_sqlite_keeps_every_commit_and_every_reference(shop):
    engine = make_engine(parse_url(shop.url))
    with engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_database_of_a_newer_program_is_left_alone(file):
    PaperShop(file).close()
    with connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(ServiceMissing, match="newer version") as caught:
        open_store(f"sqlite:///{file}")
    assert caught.value.exit_status == 3
    with connect(file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    connection.close()


def test_a_database_of_another_program_is_left_alone(file):
    with connect(file) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(ServiceMissing, match="another program"):
        open_store(f"sqlite:///{file}")


def test_a_database_of_the_first_revision_is_brought_up_to_date_with_what_it_holds(file):
    before = PaperShop(file)
    record = before.desk.take_in(a_reading(), actor=THE_PERSON)
    before.close()
    engine = make_engine(parse_url(before.url))
    with engine.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    engine.dispose()
    after = PaperShop(file)
    assert after.desk.open_inspections() == (record,)
    after.desk.decline(record.id, actor=THE_PERSON)
    assert after.desk.take_in(a_reading(), actor=THE_PERSON).id == record.id
    after.close()
