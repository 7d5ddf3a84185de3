"""Second looks are kept with who made them, and an inspection is compared under every standard, open or closed."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from diagnostics.errors import BadInput, UserError
from diagnostics.grading.comparing import compare
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.standards import load_standard, standard_ids
from tests.fakes.inspections import best_answers
from tests.fakes.shops import NOON, PaperShop, a_reading
from tradein_app.services.records import THE_PERSON, Actor, Answered
from tradein_app.services.second_looks import asked

CLOSE = {"back_scratches": "not_at_50cm", "back_damage": "small_chip"}
ADA = Actor("ada", "Ada")


@pytest.fixture
def record(shop: PaperShop):
    taken = shop.desk.take_in(a_reading(battery=95), actor=THE_PERSON)
    return shop.desk.answer(taken.id, {**best_answers(), **CLOSE}, actor=THE_PERSON)


def test_a_second_look_is_kept_with_who_and_when(shop, record):
    assert [look.surface for look in asked(record)] == ["back"]
    looked = shop.desk.look_again(record.id, "back", actor=ADA)
    assert asked(looked) == ()
    (kept,) = shop.desk.inspection(record.id).looked_again
    assert kept.answered == Answered(ADA, NOON)
    assert dict(kept.look.answers) == CLOSE


def test_a_look_changes_neither_grade_nor_quote(shop, record):
    quoted = shop.desk.quote(record.id, actor=THE_PERSON)
    looked = shop.desk.look_again(record.id, "back", actor=ADA)
    assert (looked.grade, looked.quote, looked.answers) == (quoted.grade, quoted.quote, quoted.answers)


def test_two_clicks_are_one_look_and_what_nobody_asks_about_is_left_alone(shop, record):
    for surface in ("back", "back", "frame", "nonsense"):
        looked = shop.desk.look_again(record.id, surface, actor=ADA)
    assert len(looked.looked_again) == 1


def test_another_answer_asks_again_and_the_old_look_stays(shop, record):
    shop.desk.look_again(record.id, "back", actor=ADA)
    changed = shop.desk.answer(record.id, {"back_scratches": "not_at_20cm"}, actor=THE_PERSON)
    assert [look.surface for look in asked(changed)] == ["back"]
    assert len(changed.looked_again) == 1


def test_an_open_look_holds_no_offer_back(shop, record):
    quoted = shop.desk.quote(record.id, actor=THE_PERSON)
    assert asked(quoted)
    assert quoted.quote.decision == "offer"
    closed = shop.desk.decline(record.id, actor=THE_PERSON)
    with pytest.raises(UserError):
        shop.desk.look_again(closed.id, "back", actor=ADA)


def test_a_phone_is_compared_under_every_standard_also_when_it_is_closed(shop, record):
    before = shop.desk.compare(record.id)
    assert before.graded_under == record.grade.rule_set
    assert before.own.label == record.grade.grade
    named = {each.standard for each in (before.own, *before.others)}
    assert named == {name for name in standard_ids() if load_standard(name).checklist == "phone-1"}
    again = compare(Inspection(record.reading, record.checklist, record.answers))
    assert {each.rule_set: each.label for each in before.others}.items() <= {
        each.rule_set: each.label for each in again
    }.items()
    shop.desk.decline(record.id, actor=THE_PERSON)
    assert shop.desk.compare(record.id) == before
    assert shop.desk.inspection(record.id).grade == record.grade, "comparing changes nothing"


def test_an_unknown_inspection_cannot_be_compared(shop):
    with pytest.raises(BadInput):
        shop.desk.compare("00000000-0000-7000-8000-000000000000")


def test_the_shops_own_prices_of_repairs_lie_in_its_data_folder(tmp_path: Path):
    shop = PaperShop(tmp_path / "shop.sqlite3")
    (tmp_path / "repairs.toml").write_text('[back_glass]\nother = "5"\nminutes = 0\n')
    taken = shop.desk.take_in(a_reading(battery=95), actor=THE_PERSON)
    shop.desk.answer(taken.id, {**best_answers(), "back_scratches": "visible"}, actor=THE_PERSON)
    quoted = shop.desk.quote(taken.id, actor=THE_PERSON)
    assert quoted.quote is not None
    (cost,) = quoted.quote.repairs[0].repairs
    assert (cost.mark, str(cost.total.amount)) == ("own", "5.00")
    shop.close()


def test_a_standard_that_the_shop_wrote_stands_beside_the_others_or_is_said_to_be_left_out(tmp_path: Path):
    folder = tmp_path / "standards"
    folder.mkdir()
    theirs = (files("resources") / "standards" / "refurbed.toml").read_text(encoding="utf-8")
    (folder / "ours.toml").write_text(theirs.replace('id = "refurbed"', 'id = "our-shop"'), encoding="utf-8")
    (folder / "broken.toml").write_text("id = ", encoding="utf-8")
    shop = PaperShop(tmp_path / "shop.sqlite3")
    taken = shop.desk.take_in(a_reading(battery=95), actor=THE_PERSON)
    shop.desk.answer(taken.id, best_answers(), actor=THE_PERSON)
    compared = shop.desk.compare(taken.id)
    assert "our-shop" in {each.standard for each in compared.others}
    assert {found.file for found in compared.left_out} == {"broken.toml"}
    shop.close()
