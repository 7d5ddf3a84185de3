"""Answers of a grader's round that the database cannot take now outlive the program, however that ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from diagnostics.errors import UserError
from tests.app.viewmodels.test_unsaved import ROOT, Window, locked
from tradein_app.services.calibration_records import RoundRecord
from tradein_app.services.records import THE_PERSON
from tradein_app.services.unsaved import Given, Unsaved
from tradein_app.store import engines
from tradein_app.store.journal import Journal
from tradein_app.viewmodels import saving, taking
from tradein_app.viewmodels.calibration import CalibrationModel

GIVEN = {"safety": "ok", "clean": "yes"}


class GradingWindow(Window):
    """A counter at which a grader re-grades a reference phone."""

    def begin(self) -> CalibrationModel:
        self.shop.desk.import_practice_calibration(actor=THE_PERSON)
        model = CalibrationModel(self.bench.saving, "en", self.bench)
        model.begin("PRACTICE-01", "Ana")
        self.until(lambda: model.round)
        return model

    def round(self, round_id: str) -> RoundRecord:
        return self.shop.desk.calibration_round(round_id)


def answer_two(model: CalibrationModel) -> None:
    model.bench.checklist.press_digit(1)
    model.bench.checklist.press_digit(1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(saving, "RETRY_MS", 50)
    monkeypatch.setattr(taking, "RETRY_MS", 50)


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[GradingWindow]:
    made = GradingWindow(tmp_path)
    made.open()
    yield made
    made.close()


def test_they_wait_visibly_and_are_saved_when_the_database_can(window: GradingWindow):
    model = window.begin()
    assert model.round is not None
    with locked(window):
        answer_two(model)
        window.until(lambda: model.unsaved == 2)
        notice = window.bench.unsaved()
        assert notice is not None
        assert notice.text.startswith("2 answers wait to be saved.")
        assert model.bench.unsaved_questions() == set(GIVEN)
    window.until(lambda: not window.bench.saving.waiting)
    assert window.round(model.round.id).answers == GIVEN
    assert (model.unsaved, window.bench.unsaved()) == (0, None)


def test_a_round_is_not_finished_before_they_are_saved(window: GradingWindow):
    model = window.begin()
    assert model.round is not None
    said: list[str] = []
    model.noticed.connect(lambda notice: said.append(notice.text))
    with locked(window):
        answer_two(model)
        model.as_it_is = True
        model.finish()
        window.until(lambda: "Answers of this round are not saved yet." in said)
    window.until(lambda: not window.bench.saving.waiting)
    assert window.round(model.round.id).finished_at is None
    model.as_it_is = True
    model.finish()
    window.until(lambda: model.round and model.round.comparison)
    assert model.round.answers == GIVEN


_DIES_WHILE_THE_DATABASE_IS_LOCKED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.app.viewmodels.test_calibration_unsaved import GradingWindow, answer_two
from tests.app.viewmodels.test_unsaved import locked

app = QApplication([])
window = GradingWindow(Path(sys.argv[1]))
window.open()
model = window.begin()
print(model.round.id, flush=True)
with locked(window):
    answer_two(model)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_program_that_is_killed_in_a_round_loses_none(qapp: QApplication, tmp_path: Path):
    died = subprocess.run(
        [sys.executable, "-c", _DIES_WHILE_THE_DATABASE_IS_LOCKED, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    window = GradingWindow(tmp_path)
    assert window.round(died.stdout.decode().strip()).answers == {}
    window.open()
    window.until(lambda: not window.bench.saving.waiting)
    assert window.round(died.stdout.decode().strip()).answers == GIVEN
    model = window.begin()
    assert model.bench.checklist.answers == GIVEN
    window.close()


def test_a_late_answer_yields_to_one_that_was_given_since(window: GradingWindow):
    model = window.begin()
    assert model.round is not None
    key, desk = model.round.id, window.shop.desk
    desk.answer_round(key, {"safety": "ok"}, actor=THE_PERSON)
    long_ago = desk.calibration_round(key).answered["safety"].at - timedelta(hours=1)
    late = {"safety": "lifted_screen", "clean": "yes"}
    found = desk.answer_round(key, late, actor=THE_PERSON, given_at=long_ago)
    assert found.answers == GIVEN


def test_late_answers_to_one_question_of_a_round_are_taken_in_their_order(window: GradingWindow):
    model = window.begin()
    assert model.round is not None
    key, desk = model.round.id, window.shop.desk
    start = datetime.now(UTC) - timedelta(hours=1)
    notes = [
        Given(key, {"paint": answer}, start + timedelta(seconds=second), of_round=True)
        for second, answer in enumerate(("none", "visible", "not_at_50cm"))
    ]
    queue = Unsaved()
    for given in [*notes, *notes]:
        queue.adopt([given])
        assert not queue.save(desk, THE_PERSON).refused_rounds
    assert desk.calibration_round(key).answers["paint"] == "not_at_50cm"


def test_late_answers_to_a_round_that_was_finished_are_told_and_hold_up_no_other(
    window: GradingWindow, tmp_path: Path
):
    model = window.begin()
    assert model.round is not None
    desk, key = window.shop.desk, model.round.id
    desk.finish_round(key, actor=THE_PERSON, as_it_is=True)
    other = desk.begin_round("PRACTICE-02", "Ana", actor=THE_PERSON)
    queue = Unsaved(Journal(tmp_path / "other"))
    at = datetime.now(UTC)
    queue.adopt([Given(key, GIVEN, at, of_round=True), Given(other.id, GIVEN, at, of_round=True)])
    outcome = queue.save(desk, THE_PERSON)
    queue.close()
    ((refused, error),) = outcome.refused_rounds
    assert (refused, error.code, outcome.refused) == (key, "calibration_finished", ())
    assert isinstance(error, UserError)
    assert window.round(other.id).answers == GIVEN
