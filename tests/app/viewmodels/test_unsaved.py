"""Answers that the database cannot take now are shown, said, tried again, and never lost."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from diagnostics.errors import ServiceMissing
from tests.fakes.shops import OTHER_IMEI, PaperShop, a_reading
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.services.records import THE_PERSON, Stage
from tradein_app.services.unsaved import Unsaved
from tradein_app.store import engines
from tradein_app.store.journal import Journal
from tradein_app.viewmodels import saving, taking
from tradein_app.viewmodels.scanned import take_scan

ROOT = Path(__file__).parents[3]
PATIENCE = 30.0
GIVEN = {"safety": "ok", "clean": "yes"}


@contextmanager
def locked(counter: Counter) -> Iterator[None]:
    """Let another program hold the database, as a backup does."""
    with closing(sqlite3.connect(counter.folder / "shop.sqlite3")) as other:
        other.isolation_level = None
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def connected_with(counter: Counter, statement: str) -> Iterator[None]:
    engine = counter.shop.store._engine

    def on_connect(connection: Any, _record: object) -> None:
        connection.execute(statement).close()

    event.listen(engine, "connect", on_connect)
    engine.dispose()
    yield
    event.remove(engine, "connect", on_connect)
    engine.dispose()


def read_only(counter: Counter) -> AbstractContextManager[None]:
    return connected_with(counter, "PRAGMA query_only = ON")


@contextmanager
def full(counter: Counter) -> Iterator[None]:
    desk = counter.shop.desk
    other = desk.take_in(a_reading(device="other", imei=None), actor=THE_PERSON)
    with connected_with(counter, "PRAGMA max_page_count = 1"):
        with pytest.raises(ServiceMissing, match="disk is full"):
            fill(lambda paint: desk.answer(other.id, {"paint": paint}, actor=THE_PERSON))
        yield


def fill(answer: Callable[[str], object]) -> None:
    for paint in itertools.cycle(["none", "visible"]):
        answer(paint)


class Window(Counter):
    """A counter that notes answers as the program does, on a database that gives up waiting soon."""

    def open(self) -> None:
        journal = Journal(self.folder / "unsaved")
        unsaved = Unsaved(journal)
        unsaved.adopt(journal.left_behind())
        from diagnostics.grading.checklist import load_checklist

        self.bench.load_checklist(load_checklist())
        desk = self.shop.desk
        self.bench.open_desk(desk, desk.open_inspections(), desk.workspace(), self.paper, unsaved)

    def close(self) -> None:
        self.bench.close()
        super().close()

    def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "this never came"
            QCoreApplication.processEvents()
            time.sleep(0.005)
        self.settle()

    def answer_two(self) -> None:
        self.bench.checklist.press_digit(1)
        self.bench.checklist.press_digit(1)

    def saved(self) -> dict[str, str | int]:
        assert self.bench.record_id is not None
        return dict(self.shop.desk.inspection(self.bench.record_id).answers)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(saving, "RETRY_MS", 50)
    monkeypatch.setattr(taking, "RETRY_MS", 50)


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(tmp_path)
    made.open()
    made.plug(phone_of(read_iphone("A")))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("trouble", "said"), [(locked, "in use"), (read_only, "cannot be written"), (full, "disk is full")]
)
def test_answers_wait_visibly_and_are_saved_when_the_database_can(window: Window, trouble: Any, said: str):
    with trouble(window):
        window.answer_two()
        window.until(lambda: window.bench.saving.trouble)
        notice = window.bench.unsaved()
        assert notice is not None
        assert notice.text.startswith("2 answers wait to be saved.")
        assert said in notice.text
        assert window.bench.checklist.answers == GIVEN
        assert window.bench.unsaved_questions() == set(GIVEN)
        assert window.saved() == {}
    window.until(lambda: not window.bench.saving.waiting)
    assert window.saved() == GIVEN
    assert (window.bench.unsaved(), window.bench.unsaved_questions()) == (None, frozenset())
    assert window.bench.checklist.answers == GIVEN


def test_a_question_says_that_its_answer_waits(window: Window):
    made = window.show_window().parts.checklist._made
    rows = {question: row for (_, question), row in made.items()}
    with locked(window):
        window.answer_two()
        window.until(lambda: window.bench.saving.trouble)
        window.settle()
        assert rows["safety"]._waits.text() == "not saved yet"
        assert rows["safety"].accessibleName().endswith("not saved yet")
        assert rows["straight"]._waits.text() == ""
    window.until(lambda: not window.bench.saving.waiting)
    window.settle()
    assert rows["safety"]._waits.text() == ""


def test_the_last_of_several_answers_to_a_question_holds(window: Window):
    with locked(window):
        window.answer_two()
        window.bench.checklist.undo()
        window.until(lambda: window.bench.saving.trouble)
        assert window.bench.checklist.answers == {"safety": "ok"}
    window.until(lambda: not window.bench.saving.waiting)
    assert window.saved() == {"safety": "ok"}


def test_a_scanned_imei_waits_for_the_database_as_well(window: Window):
    window.plug(phone_of(read_iphone("B", imei=None)))
    window.bench.devices.select(1)
    with locked(window):
        assert not take_scan(window.bench, OTHER_IMEI)
        window.until(lambda: window.notices and window.notices[-1].tone == "bad")
        assert window.bench.record is not None
        assert window.bench.record.reading.identity.imei is None
    window.until(lambda: window.bench.record and window.bench.record.reading.identity.imei == OTHER_IMEI)


def test_another_phone_in_between_does_not_hide_what_waits(window: Window):
    window.plug(phone_of(read_iphone("B")))
    with locked(window):
        window.answer_two()
        window.bench.devices.select(1)
        window.until(lambda: window.bench.saving.trouble)
        assert window.bench.checklist.answers == {}
        assert window.bench.unsaved_questions() == frozenset()
        window.bench.devices.select(0)
        assert window.bench.checklist.answers == GIVEN
    window.until(lambda: not window.bench.saving.waiting)
    assert window.saved() == GIVEN


def test_a_window_closed_with_answers_that_wait_loses_none(window: Window, qapp: QApplication):
    shown = window.bench.record_id
    with locked(window):
        window.answer_two()
        window.until(lambda: window.bench.saving.trouble)
        window.bench.close()
        window.settle()
        second = Window(window.folder)
        second.open()
        second.until(lambda: second.bench.saving.trouble)
        assert second.bench.record_id == shown
        assert second.bench.checklist.answers == GIVEN
    second.until(lambda: not second.bench.saving.waiting)
    assert second.saved() == GIVEN
    second.close()
    assert list((window.folder / "unsaved").iterdir()) == []


_DIES_WHILE_THE_DATABASE_IS_LOCKED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.app.viewmodels.test_unsaved import Window, locked
from tests.fakes.windows import phone_of, read_iphone

app = QApplication([])
window = Window(Path(sys.argv[1]))
window.open()
window.plug(phone_of(read_iphone("A")))
with locked(window):
    window.answer_two()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_program_that_is_killed_with_answers_that_wait_loses_none(qapp: QApplication, tmp_path: Path):
    died = subprocess.run(
        [sys.executable, "-c", _DIES_WHILE_THE_DATABASE_IS_LOCKED, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    window = Window(tmp_path)
    window.open()
    window.settle()
    (record,) = window.shop.desk.open_inspections()
    assert record.answers == GIVEN
    window.close()


def test_a_window_without_a_place_for_notes_asks_to_stay_open(qapp: QApplication, tmp_path: Path):
    (tmp_path / "unsaved").write_text("a file where the folder would be")
    window = Window(tmp_path)
    window.open()
    window.plug(phone_of(read_iphone("A")))
    with locked(window):
        window.answer_two()
        window.until(lambda: window.bench.saving.trouble)
        notice = window.bench.unsaved()
        assert notice is not None
        assert notice.tone == "bad"
        assert "Leave the window open" in notice.hint
    window.until(lambda: not window.bench.saving.waiting)
    assert window.saved() == GIVEN
    window.close()


def test_nothing_is_bought_while_an_answer_waits(window: Window):
    window.answer_all()
    assert window.bench.quote().acceptable
    record = window.bench.record
    assert record is not None
    with locked(window):
        window.bench.checklist.go_to_question("frame_scratches")
        window.bench.checklist.press_digit(4)
        window.until(lambda: window.bench.saving.trouble)
        assert not window.bench.quote().acceptable
        assert window.bench.quote().headline == "Answers to this phone are not saved yet."
        window.bench.saving.accept(record)
        window.until(lambda: any("not saved yet" in notice.text for notice in window.notices))
    window.until(lambda: not window.bench.saving.waiting)
    assert window.shop.desk.inspection(record.id).stage is not Stage.ACCEPTED
    assert not (window.folder / "quote.pdf").exists()


def test_a_phone_that_came_while_the_database_was_locked_is_taken_in_later(window: Window):
    with locked(window):
        window.bench.devices.apply([phone_of(read_iphone("B"))])
        window.until(lambda: window.notices)
        assert len(window.shop.desk.open_inspections()) == 1
    window.until(lambda: len(window.shop.desk.open_inspections()) == 2)
    assert len(window.notices) == 1
    assert window.bench.devices.board.ports[1].record_id is not None


def test_an_answer_that_can_never_be_saved_holds_up_no_other(window: Window):
    window.bench.saving.answer(str(window.bench.record_id), {"safety": "purple"})
    window.bench.saving.answer(str(window.bench.record_id), GIVEN)
    window.settle()
    assert window.saved() == GIVEN
    assert "purple" in window.notices[-1].text


def test_what_another_window_answered_is_shown_and_said_at_the_next_answer(window: Window):
    other = PaperShop(window.folder / "shop.sqlite3")
    other.desk.answer(str(window.bench.record_id), {"paint": "none"}, actor=THE_PERSON)
    other.close()
    window.bench.checklist.press_digit(1)
    window.settle()
    assert window.bench.checklist.answers == {"paint": "none", "safety": "ok"}
    assert window.notices[-1].text == "Another window changed answers of this phone."


def test_own_answers_are_never_taken_for_those_of_another_window(window: Window):
    window.answer_one_by_one()
    window.bench.undo()
    window.settle()
    assert window.notices == []


def test_a_deal_that_another_window_closed_is_shown_closed(window: Window):
    other = PaperShop(window.folder / "shop.sqlite3")
    other.desk.decline(str(window.bench.record_id), actor=THE_PERSON)
    other.close()
    window.bench.checklist.press_digit(1)
    window.settle()
    assert "declined" in window.notices[-1].text
    deal = window.bench.closed_deal()
    assert deal is not None
    assert not deal.bought
    assert window.bench.checklist.answers == {}
    assert not window.bench.checklist.enabled
