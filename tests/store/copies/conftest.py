from __future__ import annotations

import pytest

from tests.fakes.inspections import best_answers
from tests.fakes.shops import a_reading
from tradein_app.services.records import THE_PERSON


@pytest.fixture
def home(tmp_path):
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def file(home):
    return home / "tradein.sqlite3"


@pytest.fixture
def target(tmp_path):
    (tmp_path / "usb stick").mkdir()
    return tmp_path / "usb stick" / "shop.zip"


@pytest.fixture
def record(shop):
    """One phone with its answers."""
    taken = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    return shop.desk.answer(taken.id, best_answers(), actor=THE_PERSON)
