"""The numbers of the bench's slots and what happened at each of them outlive the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

from diagnostics.slots.learning import Numbers
from diagnostics.slots.slot import Slot
from diagnostics.usb.history import SlotDay
from tests.fakes.shops import NOON, PaperShop
from tradein_app.services.records import THE_PERSON

HUB = "pci0000:00/0000:00:14.0"
ONE, TWO = Slot(HUB, "2.1"), Slot(HUB, "2.2")
TODAY = NOON.astimezone().date()


def test_a_bench_that_nobody_numbered_has_no_numbers(shop):
    assert dict(shop.desk.slot_numbers().by_number) == {}


def test_numbers_are_found_again_with_both_faces_in_order(tmp_path):
    numbers = Numbers().learnt(2, TWO).learnt(1, ONE).learnt(1, Slot("bus 4", "1"), other_face=True)
    before = PaperShop(tmp_path / "shop.sqlite3")
    before.desk.save_slot_numbers(Numbers().learnt(7, ONE), actor=THE_PERSON)
    before.desk.save_slot_numbers(numbers, actor=THE_PERSON)
    before.close()
    after = PaperShop(tmp_path / "shop.sqlite3")
    assert after.desk.slot_numbers() == numbers
    assert after.desk.slot_numbers().by_number[1] == (str(ONE), "bus 4 1")
    after.close()


def test_two_slots_change_their_numbers(shop):
    shop.desk.save_slot_numbers(Numbers().learnt(1, ONE).learnt(2, TWO), actor=THE_PERSON)
    shop.desk.save_slot_numbers(Numbers().learnt(2, ONE).learnt(1, TWO), actor=THE_PERSON)
    assert dict(shop.desk.slot_numbers().by_number) == {1: (str(TWO),), 2: (str(ONE),)}


def test_numbering_is_audited_once(tmp_path):
    shop = PaperShop(tmp_path / "shop.sqlite3")
    for _ in range(2):
        shop.desk.save_slot_numbers(Numbers().learnt(1, ONE), actor=THE_PERSON)
    shop.close()
    with closing(sqlite3.connect(tmp_path / "shop.sqlite3")) as connection:
        said = connection.execute("SELECT data FROM audit_entry WHERE action = 'slots.numbered'").fetchall()
    assert len(said) == 1
    assert str(ONE) in said[0][0]


def test_counts_of_a_day_are_kept_and_are_no_entries_of_the_audit_log(tmp_path):
    shop = PaperShop(tmp_path / "shop.sqlite3")
    earlier = SlotDay(str(ONE), TODAY - timedelta(days=1), lost=4)
    shop.desk.save_slot_days((earlier, SlotDay(str(ONE), TODAY, lost=8)))
    shop.desk.save_slot_days((SlotDay(str(ONE), TODAY, lost=9, hung=2, read=3, hung_in_a_row=1),))
    assert shop.desk.slot_days() == (SlotDay(str(ONE), TODAY, 9, 2, 3, 1),)
    assert shop.desk.slot_days(earlier.day) == (earlier,)
    shop.close()
    with closing(sqlite3.connect(tmp_path / "shop.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM audit_entry").fetchone() == (0,)
