"""Photos belong to questions, are only ever added, and are found again with the phone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from diagnostics.errors import BadInput, UserError
from tests.fakes.photos import a_photo
from tests.fakes.shops import IMEI, NOON, OTHER_IMEI, PaperShop, a_reading
from tradein_app.services.photo_pictures import Pictures
from tradein_app.services.photo_records import PhotoSource
from tradein_app.services.records import THE_PERSON, Actor
from tradein_app.store.opening import verify_store
from tradein_app.store.photo_files import PhotoFiles

ANNA = Actor("anna", "Anna")
FILE = PhotoSource.FILE


@pytest.fixture
def paper(tmp_path):
    shop = PaperShop(tmp_path / "shop.sqlite3")
    yield shop
    shop.close()


@pytest.fixture
def pictures(tmp_path):
    return Pictures(PhotoFiles(tmp_path / "photos"))


def add(shop, record, picture, question="screen_scratches", source=FILE):
    return shop.desk.add_photo(record.id, question, picture, source=source, actor=ANNA)


def failed(shop):
    return [f"{check.name}: {check.detail}" for check in verify_store(shop.url) if not check.ok]


def meddle(shop, statement):
    with closing(sqlite3.connect(shop.url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(statement)


def test_a_photo_is_there_after_a_restart_with_who_added_it_and_when(paper, pictures, tmp_path):
    record = paper.desk.take_in(a_reading(), actor=THE_PERSON)
    path = tmp_path / "IMG_1.jpg"
    path.write_bytes(a_photo(taken="2026:11:20 10:00:00", zone="+01:00"))
    add(paper, record, pictures.keep(path), source=PhotoSource.FOLDER)
    paper.close()
    again = PaperShop(tmp_path / "shop.sqlite3")
    (photo,) = again.desk.photos(record.id).own
    assert (photo.question, photo.source, photo.by, photo.added_at) == (
        "screen_scratches",
        PhotoSource.FOLDER,
        ANNA,
        NOON,
    )
    assert photo.at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert pictures.picture(photo.picture.digest).startswith(b"\xff\xd8")
    again.close()


def test_the_same_photo_twice_is_one(paper, pictures):
    record = paper.desk.take_in(a_reading(), actor=THE_PERSON)
    one, same = pictures.keep(a_photo()), pictures.keep(a_photo())
    assert one == same
    add(paper, record, one)
    assert len(add(paper, record, same).own) == 1
    assert len(add(paper, record, same, "frame_dents").own) == 2


def test_a_photo_that_is_taken_away_counts_no_more_and_can_come_back(paper, pictures):
    record = paper.desk.take_in(a_reading(), actor=THE_PERSON)
    picture = pictures.keep(a_photo())
    (photo,) = add(paper, record, picture).own
    assert paper.desk.remove_photo(photo.id, actor=ANNA).own == ()
    assert paper.desk.remove_photo(photo.id, actor=ANNA).own == ()
    assert pictures.picture(picture.digest)
    assert len(add(paper, record, picture).own) == 1
    assert failed(paper) == []


def test_photos_come_back_with_their_phone_and_not_with_another_of_the_same_serial(paper, pictures):
    first = paper.desk.take_in(a_reading(), actor=THE_PERSON)
    add(paper, first, pictures.keep(a_photo()))
    paper.desk.decline(first.id, actor=THE_PERSON)
    paper.clock.pass_days(30)
    second = paper.desk.take_in(a_reading(), actor=THE_PERSON, anew=True)
    found = add(paper, second, pictures.keep(a_photo(mark=3)))
    assert [photo.inspection_id for photo in found.own] == [second.id]
    assert [(photo.inspection_id, photo.added_at) for photo in found.earlier] == [(first.id, NOON)]
    other = paper.desk.take_in(a_reading(imei=OTHER_IMEI), actor=THE_PERSON)
    assert paper.desk.photos(other.id).earlier == ()


def test_a_closed_inspection_keeps_the_photos_that_it_had(paper, pictures):
    record = paper.desk.take_in(a_reading(), actor=THE_PERSON)
    (photo,) = add(paper, record, pictures.keep(a_photo())).own
    paper.desk.decline(record.id, actor=THE_PERSON)
    with pytest.raises(UserError, match="closed"):
        add(paper, record, pictures.keep(a_photo(mark=4)))
    with pytest.raises(UserError, match="closed"):
        paper.desk.remove_photo(photo.id, actor=ANNA)
    assert paper.desk.photos(record.id).own == (photo,)


def test_a_question_and_a_photo_that_there_is_none_of_are_refused(paper, pictures):
    record = paper.desk.take_in(a_reading(), actor=THE_PERSON)
    with pytest.raises(BadInput):
        add(paper, record, pictures.keep(a_photo()), "colour_of_the_sky")
    with pytest.raises(BadInput):
        paper.desk.remove_photo("nobody", actor=ANNA)
    assert paper.desk.photos(record.id).own == ()


def test_an_inspection_is_found_by_the_phones_imei_or_serial(paper):
    first = paper.desk.take_in(a_reading(), actor=THE_PERSON)
    paper.desk.decline(first.id, actor=THE_PERSON)
    paper.clock.pass_days(1)
    second = paper.desk.take_in(a_reading(), actor=THE_PERSON, anew=True)
    assert paper.desk.inspection_named(IMEI) == paper.desk.inspection_named("F2LXXXXXXX") == second.id
    assert paper.desk.inspection_named(first.id) == first.id
    with pytest.raises(BadInput):
        paper.desk.inspection_named("000000000000000")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE photo SET digest = original",
        "UPDATE photo SET question = 'frame_dents'",
        "UPDATE photo SET taken_at = '2020-01-01 00:00:00.000000'",
        "DELETE FROM photo_removal",
        "UPDATE photo_removal SET at = '2020-01-01 00:00:00.000000'",
        "DELETE FROM photo WHERE id NOT IN (SELECT photo_id FROM photo_removal)",
    ],
)
def test_whoever_changes_a_row_behind_the_programs_back_is_found_out(paper, pictures, statement):
    record = paper.desk.take_in(a_reading(), actor=THE_PERSON)
    (first,) = add(paper, record, pictures.keep(a_photo())).own
    paper.desk.remove_photo(first.id, actor=ANNA)
    add(paper, record, pictures.keep(a_photo(mark=5)))
    assert failed(paper) == []
    meddle(paper, statement)
    assert len(failed(paper)) == 1
