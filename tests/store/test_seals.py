"""What no document's digest covers is sealed in the chain: phones, inspections, decisions, what grades are made of."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.fakes.inspections import best_answers
from tests.fakes.old_databases import go_back_to
from tests.fakes.shops import IMEI, PaperShop, a_reading, an_unread_phone
from tradein_app.services.records import THE_PERSON
from tradein_app.store import tables
from tradein_app.store.engines import make_engine, parse_url
from tradein_app.store.guarding import GuardedSession
from tradein_app.store.opening import verify_store


@pytest.fixture
def deal(shop):
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    shop.desk.quote(record.id, actor=THE_PERSON)
    return shop.desk.accept(record.id, actor=THE_PERSON, document=Path("/papers/purchase-1.pdf"))


def checks(shop):
    return {check.name: check for check in verify_store(shop.url)}


def failed(shop):
    return {name for name, check in checks(shop).items() if not check.ok}


def meddle(shop, *statements):
    with closing(sqlite3.connect(shop.url.removeprefix("sqlite:///"))) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement
        connection.commit()


def entries(shop):
    with GuardedSession(shop.store._engine) as session:
        return list(session.scalars(select(tables.AuditEntry).order_by(tables.AuditEntry.sequence)))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE phone SET imei = '356938035643809'",
        "UPDATE phone SET imei = NULL",
        "UPDATE phone SET serial = 'F2LYYYYYYY'",
        "UPDATE phone SET device_id = 'another'",
        "UPDATE phone SET platform = 'android'",
        "UPDATE phone SET added_at = '2026-11-01 12:00:00.000000'",
        "UPDATE phone SET salt = ''",
        "UPDATE inspection SET stage = 'declined'",
        "UPDATE inspection SET stage = 'stolen'",
        "UPDATE inspection SET opened_at = '2026-11-01 12:00:00.000000'",
        "UPDATE inspection SET updated_at = '2026-11-01 12:00:00.000000'",
        "UPDATE inspection SET checklist = 'tablet-1'",
        "UPDATE inspection SET open_phone_id = phone_id",
        "UPDATE grade SET inputs = (SELECT hash FROM audit_entry)",
        "UPDATE quote SET inputs = (SELECT hash FROM audit_entry)",
        "UPDATE decision SET paper = '/papers/purchase-2.pdf'",
        "DELETE FROM phone",
        "DELETE FROM inspection",
    ],
)
def test_a_row_that_was_changed_by_hand_is_found(shop, deal, statement):
    assert failed(shop) == set()
    meddle(shop, statement)
    assert "records" in failed(shop)


@pytest.mark.usefixtures("deal")
def test_a_phone_and_an_inspection_that_nobody_wrote_are_found(shop):
    meddle(
        shop,
        "INSERT INTO phone SELECT '0198aaaaaaaa7aaa8aaaaaaaaaaaaaaa', platform, 'other', serial, imei, added_at, salt "
        "FROM phone",
    )
    assert failed(shop) == {"records"}
    assert "1 not as they were written: phone 0198aaaa" in checks(shop)["records"].detail


def test_an_answer_an_undone_one_and_a_new_reading_stay_proved(shop):
    record = shop.desk.take_in(an_unread_phone(), actor=THE_PERSON)
    shop.desk.take_in(a_reading(), actor=THE_PERSON)
    shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    shop.desk.answer(record.id, {"safety": None}, actor=THE_PERSON, how="undone")
    shop.desk.decline(record.id, actor=THE_PERSON)
    shop.desk.take_in(a_reading(battery=70), actor=THE_PERSON)
    shop.desk.take_in(a_reading(), actor=THE_PERSON, anew=True)
    assert failed(shop) == set()


def test_a_phone_that_tells_its_number_in_a_reading_that_is_not_kept_is_sealed_anew(shop):
    record = shop.desk.take_in(a_reading(imei=None), actor=THE_PERSON)
    shop.desk.decline(record.id, actor=THE_PERSON)
    shop.desk.take_in(a_reading(), actor=THE_PERSON)
    # As if an earlier program had kept the reading, and not seen a number in it.
    meddle(shop, "UPDATE phone SET imei = NULL")
    shop.desk.take_in(a_reading(), actor=THE_PERSON)
    assert entries(shop)[-1].action == "phone.learned"
    assert failed(shop) == set()
    before = len(entries(shop))
    shop.desk.take_in(a_reading(), actor=THE_PERSON)
    assert len(entries(shop)) == before


@pytest.mark.usefixtures("deal")
def test_two_phones_alike_have_seals_that_differ_and_tell_nothing(shop):
    shop.desk.take_in(a_reading(device="other"), actor=THE_PERSON)
    with GuardedSession(shop.store._engine) as session:
        salts = list(session.scalars(select(tables.Phone.salt)))
    assert len(set(salts)) == len(salts) == 2
    assert all(len(salt) == 32 for salt in salts)
    assert IMEI not in "".join(str(entry.data) for entry in entries(shop))


@pytest.mark.usefixtures("deal")
def test_a_database_of_before_is_proved_from_its_upgrade_on_and_says_so(shop):
    go_back_to(shop, "0008")
    found = checks(shop)
    assert not found["schema"].ok
    assert found["audit chain"].ok
    after = PaperShop(Path(shop.url.removeprefix("sqlite:///")))
    today = datetime.now(UTC).date()
    found = checks(after)
    assert all(check.ok for check in found.values())
    # The rows of this deal had seals of their own before; a phone gets a salt, so its first seal does not hold now.
    assert entries(after)[-1].action == "store.sealed"
    meddle(after, "UPDATE phone SET imei = '356938035643809'")
    assert failed(after) == {"records"}
    assert entries(after)[-1].at.date() == today
    after.close()


def test_rows_that_never_had_a_seal_are_counted_as_proved_since_the_upgrade(file):
    shop = PaperShop(file)
    for number in range(3):
        shop.desk.take_in(a_reading(device=f"phone {number}", imei=None), actor=THE_PERSON)
    shop.close()
    strip_seals(file)
    go_back_to(shop, "0008")
    after = PaperShop(file)
    detail = checks(after)["records"].detail
    assert detail.startswith(
        "9 rows, as they were written; 9 of them are older than the seals: proved only since 20"
    )
    after.desk.take_in(a_reading(device="new", imei=None), actor=THE_PERSON)
    assert checks(after)["records"].detail.startswith("12 rows, as they were written; 9 of them")
    meddle(after, "UPDATE grade SET inputs = (SELECT hash FROM audit_entry LIMIT 1)")
    assert failed(after) == {"records"}
    after.close()


def strip_seals(file):
    """Write the chain once more as a program before revision 0009 would have written it."""
    from tradein_app.store.chain import FIRST, entry_hash

    engine = make_engine(parse_url(f"sqlite:///{file}"))
    with engine.begin() as connection:
        rows = list(connection.execute(select(tables.AuditEntry.__table__).order_by("sequence")))
        previous = FIRST
        for row in rows:
            said = {**row._mapping, "data": {key: row.data[key] for key in row.data if key != "seals"}}
            entry = tables.AuditEntry(**{**said, "previous": previous})
            entry.hash = previous = entry_hash(entry)
            changed = {"data": entry.data, "previous": entry.previous, "hash": entry.hash}
            connection.execute(
                update(tables.AuditEntry).where(tables.AuditEntry.sequence == row.sequence).values(**changed)
            )
    engine.dispose()


@pytest.mark.usefixtures("deal")
def test_the_end_of_the_chain_is_named_so_that_it_can_be_written_down(shop):
    assert entries(shop)[-1].hash[:16] in checks(shop)["audit chain"].detail
