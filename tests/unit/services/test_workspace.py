"""The window opens where it was."""

from __future__ import annotations

from tests.fakes.shops import PaperShop
from tradein_app.services.records import THE_PERSON, Actor, Workspace


def test_the_first_window_opens_at_the_beginning(shop):
    assert shop.desk.workspace() == Workspace()


def test_the_window_opens_where_it_was(tmp_path):
    place = Workspace("01890a5d-ac96-774b-bcce-b302099a8057", 3, "checklist", "1-2.3")
    before = PaperShop(tmp_path / "shop.sqlite3")
    before.desk.save_workspace(Workspace(), actor=THE_PERSON)
    before.desk.save_workspace(place, actor=THE_PERSON)
    before.close()
    after = PaperShop(tmp_path / "shop.sqlite3")
    assert after.desk.workspace() == place
    after.close()


def test_each_person_has_a_place_of_their_own(shop):
    other = Actor("other", "Somebody else")
    shop.desk.save_workspace(Workspace(page=5), actor=other)
    assert shop.desk.workspace() == Workspace()
    assert shop.desk.workspace(other) == Workspace(page=5)
