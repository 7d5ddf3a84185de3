"""The desk in this process and the desk in the backroom keep the same promises."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from diagnostics.android.names import FILE, parse_names
from diagnostics.apple import names as apple
from diagnostics.errors import BadInput
from diagnostics.model import Platform
from diagnostics.slots.learning import Numbers
from diagnostics.slots.slot import Slot
from diagnostics.teaching import Unnamed
from diagnostics.usb.history import SlotDay
from tests.fakes.backrooms import HeardBackroom, a_config
from tests.fakes.shops import PaperShop, a_reading
from tests.fakes.windows import CLEAR
from tradein_app.services.door import Door
from tradein_app.services.records import THE_PERSON, Stage, Workspace


@pytest.fixture(params=["here", "in the backroom"])
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    if request.param == "here":
        shop = PaperShop(tmp_path / "shop.sqlite3")
        yield shop.desk
        shop.close()
        return
    heard = HeardBackroom(a_config(tmp_path))
    heard.start()
    yield heard.desk
    heard.stop()
    assert not heard.reports


def test_a_phone_goes_all_the_way(door, tmp_path):
    record = door.take_in(a_reading(), actor=THE_PERSON)
    assert record.reading == a_reading()
    assert door.open_inspections() == (record,)
    answered = door.answer(record.id, CLEAR, actor=THE_PERSON)
    assert answered.answers == CLEAR
    quoted = door.quote(record.id, actor=THE_PERSON)
    assert quoted.quote is not None
    assert quoted.quote.offer is not None
    paper = tmp_path / "paper.pdf"
    paper.write_text("paper")
    bought = door.accept(record.id, actor=THE_PERSON, document=paper, quote_id=quoted.quote_id)
    assert bought.stage is Stage.ACCEPTED
    assert bought.document == paper
    assert door.inspection(record.id) == bought
    assert door.open_inspections() == ()


def test_a_customer_may_keep_the_phone(door):
    record = door.take_in(a_reading(), actor=THE_PERSON)
    assert door.decline(record.id, actor=THE_PERSON).stage is Stage.DECLINED


def test_a_phone_is_looked_at_again_and_compared(door):
    record = door.take_in(a_reading(), actor=THE_PERSON)
    close = {"back_scratches": "not_at_50cm", "back_damage": "small_chip"}
    door.answer(record.id, {**CLEAR, **close}, actor=THE_PERSON)
    looked = door.look_again(record.id, "back", actor=THE_PERSON)
    assert [each.look.surface for each in looked.looked_again] == ["back"]
    compared = door.compare(record.id)
    assert compared.own is not None
    assert compared.own.label == "fair"
    assert {each.standard for each in compared.others} >= {"refurbed", "amazon-renewed", "ctia"}


def test_the_window_finds_its_place_again(door):
    assert door.workspace(THE_PERSON) == Workspace()
    door.save_workspace(Workspace(None, 5, "checklist", "1-2"), actor=THE_PERSON)
    assert door.workspace(THE_PERSON) == Workspace(None, 5, "checklist", "1-2")


def test_slots_keep_their_numbers_and_their_days(door):
    numbers = Numbers().learnt(3, Slot("pci0000:00/0000:00:14.0", "2.1"))
    door.save_slot_numbers(numbers, actor=THE_PERSON)
    assert door.slot_numbers() == numbers
    day = SlotDay("pci0000:00/0000:00:14.0 2.1", date(2026, 11, 22), lost=9)
    door.save_slot_days((day,))
    assert door.slot_days(day.day) == (day,)


def android(model: str, device: str = "") -> Unnamed:
    return Unnamed(Platform.ANDROID, model, device)


def _audited(folder: Path) -> list[tuple[str, str]]:
    """Return action and data of every entry of the audit log."""
    with closing(sqlite3.connect(folder / "shop.sqlite3")) as connection:
        return connection.execute("SELECT action, data FROM audit_entry ORDER BY sequence").fetchall()


def test_a_model_is_given_a_name_which_is_kept_and_audited(door, tmp_path):
    door.keep_name(android("SM-A546X", "a54x"), " Galaxy A54 X ", actor=THE_PERSON)
    assert parse_names((tmp_path / FILE).read_bytes()).models == {"SM-A546X": "Galaxy A54 X"}
    action, data = _audited(tmp_path)[-1]
    assert action == "model.named"
    assert json.loads(data) == {"model": "SM-A546X", "device": "", "name": "Galaxy A54 X"}


def test_an_iphone_and_its_colour_are_given_names_in_their_own_file(door, tmp_path):
    door.keep_name(Unnamed(Platform.IOS, "iPhone99,9"), " iPhone 30 ", actor=THE_PERSON)
    colour = Unnamed(Platform.IOS, "iPhone99,9", colour="7", called="iPhone 30")
    door.keep_name(colour, "sage", actor=THE_PERSON)
    names = apple.parse_names((tmp_path / apple.FILE).read_bytes())
    assert (names.models, names.colours) == ({"iPhone99,9": "iPhone 30"}, {"iPhone99,9": {"7": "sage"}})
    told = [(action, json.loads(data)) for action, data in _audited(tmp_path)[-2:]]
    assert told == [
        ("model.named", {"model": "iPhone99,9", "device": "", "name": "iPhone 30"}),
        ("colour.named", {"model": "iPhone99,9", "colour": "7", "name": "sage"}),
    ]
    assert not (tmp_path / FILE).exists()


def test_a_code_that_several_phones_carry_is_kept_with_its_codename(door, tmp_path):
    door.keep_name(android("MotoG3", "never-heard-of"), "Shop phone", actor=THE_PERSON)
    assert parse_names((tmp_path / FILE).read_bytes()).models == {"MotoG3|never-heard-of": "Shop phone"}


def test_a_name_that_cannot_be_one_is_neither_kept_nor_audited(door, tmp_path):
    door.take_in(a_reading(), actor=THE_PERSON)
    before = _audited(tmp_path)
    with pytest.raises(BadInput):
        door.keep_name(android("SM-A546X"), "x" * 61, actor=THE_PERSON)
    assert not (tmp_path / FILE).exists()
    assert _audited(tmp_path) == before


def test_what_a_person_did_wrong_is_said_in_the_same_words(door):
    record = door.take_in(a_reading(), actor=THE_PERSON)
    with pytest.raises(BadInput) as said:
        door.answer(record.id, {"colour_of_the_moon": "ok"}, actor=THE_PERSON)
    assert said.value.code == "unknown_question"
    assert "colour_of_the_moon" in said.value.message
    assert said.value.hint
