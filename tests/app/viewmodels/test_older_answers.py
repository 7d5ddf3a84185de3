"""An inspection that was begun under an older checklist opens, says what does not fit any more, and loses nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from diagnostics.grading.checklist import load_checklist
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.viewmodels.grade import grade_view


def make_old(file: Path) -> None:
    """Make a stored question and a stored answer some that are asked no more, wherever they are named."""
    with sqlite3.connect(file) as database:
        database.execute("UPDATE answer SET question = 'antenna_lines' WHERE question = 'paint'")
        database.execute("UPDATE answer SET value = '\"a_bit\"' WHERE question = 'back_damage'")
        for old, new in (('"paint"', '"antenna_lines"'), ('"small_chip"', '"a_bit"')):
            database.execute("UPDATE grade SET document = replace(document, ?, ?)", (old, new))
    database.close()


def rows(file: Path) -> list[Any]:
    with sqlite3.connect(file) as database:
        found = database.execute("SELECT question, value, at, entry FROM answer ORDER BY id").fetchall()
    database.close()
    return found


@pytest.fixture
def before(counter: Counter) -> Counter:
    """Return a counter whose phone is graded by what is asked no more afterwards."""
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all(paint="visible", back_damage="small_chip")
    counter.settle()
    return counter


@pytest.fixture
def after(before: Counter, tmp_path: Path) -> Iterator[Counter]:
    make_old(tmp_path / "shop.sqlite3")
    again = Counter(tmp_path)
    again.open()
    again.settle()
    yield again
    again.close()


def show(counter: Counter) -> Any:
    ((record, *_),) = (counter.shop.desk.open_inspections(),)
    counter.bench.select_later(record.id)
    counter.settle()
    return counter.bench.record


def test_it_opens_and_says_what_does_not_fit(after):
    record = show(after)
    assert {(each.question, each.answer) for each in record.left} == {
        ("antenna_lines", "visible"),
        ("back_damage", "a_bit"),
    }
    assert {"paint", "back_damage"} <= set(record.grade.unanswered)
    assert "antenna_lines" not in record.said
    assert "antenna_lines = 'visible'" in after.bench.grade().note
    assert after.bench.checklist.current.id in {"paint", "back_damage"}


def test_work_goes_on_and_what_was_stored_stays(after, tmp_path):
    record, stored = show(after), rows(tmp_path / "shop.sqlite3")
    after.bench.saving.answer(record.id, {"paint": "none", "back_damage": "none"})
    after.settle()
    assert after.bench.record.grade.unanswered == ()
    assert after.bench.record.quote is not None
    assert rows(tmp_path / "shop.sqlite3")[: len(stored)] == stored
    assert after.shop.desk.compare(record.id).own is not None


def test_what_was_answered_at_once_with_it_can_be_taken_back(after):
    show(after)
    after.bench.checklist.undo()
    after.settle()
    assert after.bench.record.said == {}
    after.bench.checklist.redo()
    after.settle()
    assert after.bench.record.said["screen_scratches"] == "none"
    assert {"paint", "back_damage"}.isdisjoint(after.bench.record.said)


def test_a_closed_deal_keeps_its_grade_and_shows_its_reasons(before, tmp_path):
    record = before.bench.record
    before.bench.decline()
    before.settle()
    make_old(tmp_path / "shop.sqlite3")
    kept = before.shop.desk.inspection(record.id)
    assert kept.grade.grade == record.grade.grade
    assert "antenna lines" in " ".join(grade_view(kept, load_checklist(), "en").caps)


def test_the_window_shows_it(after):
    show(after)
    window = after.show_window()
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert any("no longer asked" in text for text in shown)
