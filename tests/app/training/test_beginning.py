"""A training that begins holds nobody up, and one that does not come up is told as failed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.price_folders import a_price_folder, ended
from tests.fakes.shops import PaperShop
from tradein_app.services.price_page import PricePage
from tradein_app.services.records import THE_PERSON
from tradein_app.training import beginning, starting
from tradein_app.training.records import Outcome, TrainingState
from tradein_app.training.state import write_training

pytestmark = pytest.mark.timeout(300)
SILENT = [sys.executable, "-c", "import time; time.sleep(600)"]
ENDS = [sys.executable, "-c", "raise SystemExit('no room')"]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[PaperShop]:
    a_price_folder(tmp_path)
    made = PaperShop(tmp_path / "shop.sqlite3")
    yield made
    made.close()


def process_of(state: TrainingState) -> subprocess.Popen[bytes]:
    return next(each.process for each in beginning._begun if each.state.run == state.run)


def told(shop: PaperShop) -> TrainingState:
    """Wait until no training runs, and return what the desk says then."""
    while shop.desk.training().running:
        time.sleep(0.01)
    return shop.desk.training()


def test_the_desk_does_not_wait_until_its_process_is_loaded(shop, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(starting, "command", lambda: SILENT)  # it never says anything
    began = shop.desk.start_training(actor=THE_PERSON)
    assert (began.running, began.share, began.step) == (True, 0.0, None)
    # The desk and the page are told that one runs, though nothing of it is in the folder yet.
    assert shop.desk.training() == began == PricePage(tmp_path).overview().training
    assert shop.desk.start_training(actor=THE_PERSON) == began, "a second key begins no second one"
    process_of(began).kill()
    assert told(shop).outcome is Outcome.FAILED


def test_one_that_does_not_come_up_is_told_with_what_it_said(shop, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(starting, "command", lambda: ENDS)
    began = shop.desk.start_training(actor=THE_PERSON)
    state = told(shop)
    assert (state.run, state.outcome) == (began.run, Outcome.FAILED)
    assert state.trouble is not None
    assert state.trouble.code == "training_not_started"
    log = tmp_path / "prices" / "training.log"
    assert str(log) in state.trouble.error().hint
    assert "no room" in log.read_text(encoding="utf-8")
    assert shop.desk.training() == state, "it is told again in the same words"


def test_one_that_hangs_before_it_says_anything_is_ended(shop, monkeypatch) -> None:
    monkeypatch.setattr(starting, "command", lambda: SILENT)
    monkeypatch.setattr(beginning, "PATIENCE", 0.0)
    began = shop.desk.start_training(actor=THE_PERSON)
    assert told(shop).outcome is Outcome.FAILED
    assert process_of(began).returncode is not None


def test_one_that_is_cancelled_before_it_came_up_is_cancelled_and_did_not_fail(shop, monkeypatch) -> None:
    monkeypatch.setattr(starting, "command", lambda: SILENT)
    began = shop.desk.start_training(actor=THE_PERSON)
    assert shop.desk.cancel_training(actor=THE_PERSON).cancelling
    process_of(began).kill()
    assert told(shop).outcome is Outcome.CANCELLED


def test_after_one_that_failed_another_is_begun_and_told(shop, tmp_path, monkeypatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(starting, "command", lambda: ENDS)
        shop.desk.start_training(actor=THE_PERSON)
        told(shop)
    again = shop.desk.start_training(actor=THE_PERSON)
    assert ended(tmp_path).run == again.run
    assert (told(shop).run, told(shop).outcome) == (again.run, Outcome.PROMOTED)


def test_a_clock_that_was_set_back_makes_the_last_training_no_later_one(shop, tmp_path, monkeypatch) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    write_training(
        tmp_path, TrainingState(run="last", started=tomorrow, ended=tomorrow, outcome=Outcome.WAITS)
    )
    monkeypatch.setattr(starting, "command", lambda: SILENT)
    began = shop.desk.start_training(actor=THE_PERSON)
    assert shop.desk.training() == began == shop.desk.start_training(actor=THE_PERSON)
    process_of(began).kill()
    assert told(shop).outcome is Outcome.FAILED
    # What another program trained since is told.
    write_training(
        tmp_path, TrainingState(run="next", started=tomorrow, ended=tomorrow, outcome=Outcome.WAITS)
    )
    assert shop.desk.training().run == "next"


def test_one_that_finds_another_at_work_steps_back_without_a_word(shop, tmp_path, monkeypatch) -> None:
    busy = [sys.executable, "-c", f"raise SystemExit({beginning.BUSY})"]
    monkeypatch.setattr(starting, "command", lambda: busy)
    shop.desk.start_training(actor=THE_PERSON)
    state = told(shop)
    assert (state.run, state.outcome, state.trouble) == ("", None, None)
