"""Everything that happens is in the chain, and nothing in it can be changed unseen."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from tests.fakes.inspections import best_answers
from tests.fakes.shops import IMEI, NOON, UDID, a_reading
from tradein_app.services.records import Actor, Workspace
from tradein_app.store import tables
from tradein_app.store.chain import entry_hash
from tradein_app.store.guarding import AppendOnlyError, GuardedSession
from tradein_app.store.opening import verify_store

ANNA = Actor("anna", "Anna")


@pytest.fixture
def deal(shop):
    record = shop.desk.take_in(a_reading(), actor=ANNA)
    shop.desk.answer(record.id, best_answers(), actor=ANNA)
    shop.desk.quote(record.id, actor=ANNA)
    shop.desk.save_workspace(Workspace(record.id), actor=ANNA)
    return shop.desk.accept(record.id, actor=ANNA, document=None)


def entries(shop):
    with GuardedSession(shop.store._engine) as session:
        return list(session.scalars(select(tables.AuditEntry).order_by(tables.AuditEntry.sequence)))


def failed(shop):
    return {check.name for check in verify_store(shop.url) if not check.ok}


def meddle(shop, *statements):
    """Change the database as somebody with another tool would."""
    connection = sqlite3.connect(shop.url.removeprefix("sqlite:///"))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_every_step_is_in_the_chain_with_who_did_it(shop, deal):
    found = entries(shop)
    assert [entry.action for entry in found] == [
        "phone.taken_in",
        "inspection.answered",
        "inspection.quoted",
        "workspace.saved",
        "inspection.accepted",
    ]
    assert {(entry.actor_id, entry.actor_name, entry.at) for entry in found} == {("anna", "Anna", NOON)}
    assert [entry.sequence for entry in found] == [1, 2, 3, 4, 5]


def test_the_chain_holds_nothing_that_identifies_a_phone(shop, deal):
    said = "".join(str(entry.data) for entry in entries(shop))
    assert IMEI not in said
    assert UDID not in said


def test_what_was_written_verifies(shop, deal):
    assert failed(shop) == set()


def test_what_a_phone_says_after_its_deal_is_in_the_chain(shop, deal):
    shop.desk.take_in(a_reading(battery=70), actor=ANNA)
    assert entries(shop)[-1].action == "phone.seen_again"
    assert failed(shop) == set()
    meddle(shop, "UPDATE later_reading SET document = '{}'")
    assert failed(shop) == {"documents"}


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE audit_entry SET actor_name = 'Bert' WHERE sequence = 2", "audit chain"),
        ("UPDATE audit_entry SET at = '2026-11-21 12:00:00.000000' WHERE sequence = 5", "audit chain"),
        ("UPDATE audit_entry SET data = '{}' WHERE sequence = 3", "audit chain"),
        ("DELETE FROM audit_entry WHERE sequence = 4", "audit chain"),
        ("DELETE FROM audit_entry WHERE sequence = 5", "references"),
        ("UPDATE reading SET document = replace(document, '88', '98')", "documents"),
        ("UPDATE quote SET document = replace(document, '\"offer\"', '\"gift\"')", "documents"),
        ("UPDATE answer SET value = '\"visible\"' WHERE question = 'frame_scratches'", "documents"),
        ("DELETE FROM grade", "documents"),
        ("DELETE FROM reading", "documents"),
        ("DELETE FROM answer WHERE question = 'safety'", "documents"),
        ("DELETE FROM decision", "documents"),
        ("UPDATE decision SET stage = 'declined'", "documents"),
        ("UPDATE decision SET quote_id = NULL", "documents"),
        ("UPDATE decision SET paper = 'somewhere.pdf'", "documents"),
        ("UPDATE quote SET decision = 'refuse'", "documents"),
        ("UPDATE quote SET actor_id = 'bert'", "documents"),
        ("UPDATE grade SET grade = 'premium' WHERE grade IS NOT 'premium'", "documents"),
        ("UPDATE reading SET at = '2026-11-21 12:00:00.000000'", "documents"),
        ("UPDATE reading SET document = '{'", "documents"),
        ("UPDATE reading SET document = '[]'", "documents"),
        ("UPDATE inspection SET stage = 'open'", "documents"),
        ("UPDATE audit_entry SET at = 'noon' WHERE sequence = 2", "audit chain"),
        ("UPDATE audit_entry SET data = '{' WHERE sequence = 2", "audit chain"),
        ("UPDATE audit_entry SET data = '[]' WHERE sequence = 2", "audit chain"),
        ("DELETE FROM phone", "references"),
        ("DROP TABLE workspace", "tables"),
        ("DROP TABLE quote", "tables"),
        ("DELETE FROM alembic_version", "schema"),
    ],
)
def test_meddling_is_found(shop, deal, statement, check):
    meddle(shop, statement)
    assert check in failed(shop)


@pytest.mark.parametrize(
    "table", [tables.AuditEntry, tables.Reading, tables.Answer, tables.Grade, tables.Quote]
)
def test_history_cannot_be_changed_or_deleted(shop, deal, table):
    with GuardedSession(shop.store._engine) as session:
        row = session.scalars(select(table)).first()
        session.delete(row)
        with pytest.raises(AppendOnlyError):
            session.flush()
    with GuardedSession(shop.store._engine) as session, pytest.raises(AppendOnlyError):
        session.execute(delete(table))
    with GuardedSession(shop.store._engine) as session, pytest.raises(AppendOnlyError):
        session.execute(update(table).values(at=NOON))


def test_an_entry_forged_with_a_hash_of_its_own_is_found(shop, deal):
    forged = entries(shop)[1]
    forged.actor_name = "Bert"
    meddle(
        shop, f"UPDATE audit_entry SET actor_name = 'Bert', hash = '{entry_hash(forged)}' WHERE sequence = 2"
    )
    assert failed(shop) == {"audit chain"}


def test_history_cannot_be_edited_in_place(shop, deal):
    with GuardedSession(shop.store._engine) as session:
        entry = session.get_one(tables.AuditEntry, 1)
        entry.action = "nothing.happened"
        with pytest.raises(AppendOnlyError):
            session.flush()


def test_a_time_without_a_zone_is_refused(shop):
    naive = datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001 - that is the point
    with shop.store.writing() as uow, pytest.raises(Exception, match="without a zone"):
        uow.workspaces.put("anna", Workspace(), naive)


def test_times_come_back_aware_and_in_utc(shop, deal):
    assert deal.opened_at == NOON
    assert deal.opened_at.utcoffset().total_seconds() == 0


def test_keys_are_uuids_of_version_7(deal):
    assert {UUID(key).version for key in (deal.id, deal.phone_key, deal.quote_id)} == {7}
