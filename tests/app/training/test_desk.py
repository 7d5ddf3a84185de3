"""Training at the desk, in this process and behind the pipe: the same promises, and everything audited once."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from diagnostics.errors import BadInput, UserError
from pricing.book.opening import shop_book
from pricing.standing.keeping import read_standing, write_standing
from pricing.standing.places import model_folder
from tests.fakes.backrooms import HeardBackroom, a_config
from tests.fakes.phone_market import csv_rows
from tests.fakes.price_folders import LIMIT, a_price_folder, ended, load_prices, until
from tests.fakes.shop_prices import a_query, crowned
from tests.fakes.shops import PaperShop
from tradein_app.services.door import Door
from tradein_app.services.records import THE_PERSON, Actor
from tradein_app.training.records import Outcome, TrainingState

ANA = Actor("ana", "Ana")

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(params=["here", "in the backroom"])
def door(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Door]:
    a_price_folder(tmp_path)
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


def followed(door: Door) -> TrainingState:
    """Ask the desk until no training runs, as the window does."""
    deadline = time.monotonic() + LIMIT
    while (state := door.training()).running:
        assert time.monotonic() < deadline, state
        time.sleep(0.05)
    return state


def audited(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return action and data of the audit log's entries on price models, with who did it."""
    asked = (
        "SELECT action, data, actor_id FROM audit_entry WHERE action LIKE 'price_model.%' ORDER BY sequence"
    )
    with closing(sqlite3.connect(folder / "shop.sqlite3")) as connection:
        return [(action, json.loads(data) | {"by": by}) for action, data, by in connection.execute(asked)]


def test_a_model_is_trained_taken_back_and_promoted_and_all_is_audited_once(door, tmp_path) -> None:
    assert door.training() == TrainingState()
    began = door.start_training(actor=ANA)
    assert door.start_training(actor=ANA).run == began.run
    state = followed(door)
    assert (state.run, state.outcome) == (began.run, Outcome.PROMOTED)
    door.training()
    version = state.version
    assert door.price_model_back(version, actor=THE_PERSON).champion is None
    # A second click, or the call asked once more after the backroom died, is no second step.
    with pytest.raises(UserError):
        door.price_model_back(version, actor=THE_PERSON)
    standing = door.promote_price_model(version, actor=THE_PERSON)
    assert standing.champion is not None
    assert door.promote_price_model(version, actor=THE_PERSON) == standing == door.price_standing()
    assert audited(tmp_path) == [
        ("price_model.training_started", {"run": began.run, "by": "ana"}),
        ("price_model.trained", {"version": version, "by": "ana"}),
        ("price_model.promoted", {"version": version, "by_itself": True, "by": "ana"}),
        ("price_model.back", {"version": "", "former": version, "by": "local"}),
        ("price_model.promoted", {"version": version, "by": "local"}),
    ]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[PaperShop]:
    a_price_folder(tmp_path)
    shop = PaperShop(tmp_path / "shop.sqlite3")
    yield shop
    shop.close()


def test_a_training_is_cancelled_and_who_did_it_is_kept(shop, tmp_path) -> None:
    load_prices(tmp_path, csv_rows(2000))
    began = shop.desk.start_training(actor=THE_PERSON)
    asked = shop.desk.cancel_training(actor=ANA)
    assert asked.run == began.run
    assert followed(shop.desk).outcome is Outcome.CANCELLED
    shop.desk.cancel_training(actor=ANA)
    assert audited(tmp_path)[1:] == [("price_model.training_cancelled", {"run": began.run, "by": "ana"})]


def test_a_whole_copy_of_another_model_is_neither_promoted_nor_used(shop, tmp_path) -> None:
    whole = crowned(tmp_path)
    shutil.copytree(whole, model_folder(tmp_path, "model-copy"))
    standing = read_standing(tmp_path)
    assert standing.champion is not None
    copy = replace(standing.champion, version="model-copy")
    write_standing(tmp_path, replace(standing, models=(*standing.models, copy)))
    with pytest.raises(BadInput) as said:
        shop.desk.promote_price_model("model-copy", actor=ANA)
    assert said.value.code == "model_damaged"
    assert read_standing(tmp_path).champion == standing.champion
    assert "price_model_unused" not in {each.code for each in shop_book(tmp_path).price(a_query()).warnings}
    write_standing(tmp_path, replace(standing, champion=copy, models=(*standing.models, copy)))
    assert "price_model_unused" in {each.code for each in shop_book(tmp_path).price(a_query()).warnings}


def test_a_damaged_model_is_never_promoted(shop, tmp_path) -> None:
    shop.desk.start_training(actor=ANA)
    version = followed(shop.desk).version
    shop.desk.price_model_back(version, actor=ANA)
    (model_folder(tmp_path, version) / "trees.npz").write_bytes(b"damaged")
    with pytest.raises(BadInput) as said:
        shop.desk.promote_price_model(version, actor=ANA)
    assert said.value.code == "model_damaged"
    assert shop.desk.price_standing().champion is None


def test_a_desk_without_a_folder_says_so(tmp_path) -> None:
    shop = PaperShop()
    try:
        assert shop.desk.training() == TrainingState()
        with pytest.raises(UserError) as said:
            shop.desk.start_training(actor=ANA)
        assert said.value.code == "no_data_folder"
    finally:
        shop.close()


@pytest.mark.thorough
def test_a_backroom_that_dies_takes_no_training_along(tmp_path) -> None:
    a_price_folder(tmp_path, 600)
    heard = HeardBackroom(a_config(tmp_path))
    heard.start()
    try:
        began = heard.desk.start_training(actor=ANA)
        heard.kill()
        until(tmp_path, lambda state: state.run == began.run and (state.share > 0.1 or not state.running))
        assert ended(tmp_path).outcome is Outcome.PROMOTED
        assert heard.desk.training().outcome is Outcome.PROMOTED
    finally:
        heard.stop()
    assert ("price_model.trained", "ana") in [(action, data["by"]) for action, data in audited(tmp_path)]
