"""What the quote's panel says and shows whole, in the smallest window, too."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from diagnostics.model import Evidence, LockState, Quality, State
from tests.fakes.shops import NOON
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.ui.languages import install_language
from tradein_app.viewmodels.origins import against_words

SMALLEST = (1024, 640)


@pytest.fixture(params=["en", "fr"])
def speaking(qapp: QApplication, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Counter]:
    """Return a counter in each language, its window's texts translated."""
    translator = install_language(qapp, request.param)
    made = Counter(tmp_path, request.param)
    made.open()
    yield made
    made.close()
    if translator is not None:
        qapp.removeTranslator(translator)


def locked(**locks: LockState) -> Any:
    reading = read_iphone("A")
    return dataclasses.replace(reading, locks=dataclasses.replace(reading.locks, **locks))


def hinting() -> Any:
    row = Evidence("lockdown SIMStatus", Quality.HINT, "kCTSIMSupportSIMStatusOperatorLocked", NOON)
    reading = locked(sim=LockState.ON)
    return dataclasses.replace(reading, evidence={**reading.evidence, "locks.sim": row})


def test_every_amount_is_seen_whole_in_the_smallest_window(speaking: Counter):
    window: Any = speaking.show_window(size=SMALLEST)
    speaking.plug(phone_of(read_iphone("A", model="iPhone 15")))
    speaking.answer_all()
    speaking.bench.accept()
    speaking.settle()
    panel = window.parts.quote
    for opened in (False, True):
        panel._factors.button.setChecked(opened)
        speaking.settle()
        content = panel._scroll.widget()
        assert content.width() <= panel._scroll.viewport().width()
        cut = [
            text.text()
            for text in content.findChildren(QLabel)
            if text.isVisible() and text.mapTo(content, text.rect().topRight()).x() >= content.width()
        ]
        assert cut == []
        narrow = [
            text.text()
            for text in panel._lines.findChildren(QLabel)
            if not text.wordWrap() and text.width() < text.sizeHint().width()
        ]
        assert narrow == []


def test_three_locks_are_named_in_one_sentence_and_what_would_lift_the_hold_is_said(counter: Any):
    window = counter.show_window()
    counter.plug(
        phone_of(locked(activation=LockState.ON, find_my=LockState.ON, account=LockState.ON)),
    )
    (line,) = counter.bench.quote().reasons
    assert all(name in line for name in ("activation", "Find My", "account"))
    grade = counter.bench.grade()
    assert grade.unsaid == ()
    assert all(word in grade.several for word in ("signed out", "activated", "Find My: off"))
    card = window.parts.quote._grade
    assert not card._because.isVisible()
    assert card._better.isVisible()


@pytest.mark.parametrize("lock", ["activation", "find_my", "account", "mdm", "sim"])
def test_every_hold_says_what_would_lift_it(counter: Any, lock: str):
    counter.plug(phone_of(locked(**{lock: LockState.ON})))
    grade = counter.bench.grade()
    assert grade.word == "On hold"
    assert grade.lifts or grade.several


def test_a_hint_at_a_carrier_lock_asks_a_person_and_is_named_beside_the_answer(counter: Any):
    counter.plug(phone_of(hinting()))
    assert counter.bench.grade().word.startswith("So far at best")
    assert "questions" in counter.bench.quote().headline
    counter.answer_all(sim_lock=None)
    assert counter.bench.quote().headline == "Answer 1 question for a price"
    counter.answer_all(sim_lock="not_checked")
    assert counter.bench.quote().decision == "review"
    assert counter.bench.open_point() == "sim_lock"
    counter.answer_all(sim_lock="unlocked")
    view = counter.bench.quote()
    assert (view.decision, view.acceptable) == ("review", False)
    assert view.offer, "the offer that would hold is shown"
    assert "another carrier" in view.reasons[0]
    checklist = counter.bench.checklist
    assert "USB shows a sign" in against_words(checklist, checklist.checklist.question("sim_lock"))
    assert not against_words(checklist, checklist.checklist.question("owner_lock"))


def test_with_only_best_answers_it_never_says_less_than_it_comes_to(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all(wiped=None)
    open_one = counter.bench.grade()
    assert open_one.word == "So far at best Premium · 1 question open"
    assert open_one.caps == ()
    counter.answer_all()
    assert counter.bench.grade().word == "Premium"


def test_a_phone_of_which_nothing_is_known_has_no_grade_at_best(counter: Any):
    counter.plug(phone_of(read_iphone("A", state=State.DFU)))
    assert counter.bench.record is not None, "it was taken in"
    assert counter.bench.grade().word.startswith("No grade yet · ")
    counter.bench.saving.answer(counter.bench.record_id, {"safety": "ok"})
    counter.settle()
    assert counter.bench.grade().word.startswith("So far at best")


def test_what_caps_an_unfinished_phone_is_named(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.bench.saving.answer(counter.bench.record_id, {"safety": "ok"})
    counter.settle()
    grade = counter.bench.grade()
    assert grade.word.startswith("So far at best Excellent")
    assert grade.caps == ("Battery health: 88 %",)
    counter.bench.saving.answer(counter.bench.record_id, {"front_crack": "hairline"})
    counter.settle()
    assert counter.bench.grade().word.startswith("Repair first · ")


def test_a_phone_that_is_chosen_is_never_said_not_to_be(counter: Any):
    assert counter.bench.quote().headline == "No phone chosen"
    counter.plug(phone_of(read_iphone("A", state=State.CONNECTING), busy=True))
    assert counter.bench.quote().headline == "No price before the phone is read"


def test_a_phone_that_was_bought_has_no_day_until_which_it_may_be(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    assert counter.bench.quote().validity
    counter.bench.accept()
    counter.settle()
    assert counter.bench.quote().validity == ""
    assert counter.bench.quote().offer


def test_what_leads_to_the_resale_price_comes_into_view_when_it_is_unfolded(counter: Any):
    window = counter.show_window()
    counter.plug(phone_of(read_iphone("A", model="iPhone 15")))
    counter.answer_all()
    panel = window.parts.quote
    fold, scroll = panel._factors, panel._scroll
    fold.button.setChecked(True)
    counter.settle()
    seen = scroll.viewport().rect()
    top = fold.mapTo(scroll.viewport(), fold.rect().topLeft()).y()
    bottom = fold.mapTo(scroll.viewport(), fold.rect().bottomLeft()).y()
    assert seen.top() <= top
    assert bottom <= seen.bottom() or fold.height() > seen.height()
