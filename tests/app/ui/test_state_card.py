"""The card of a phone that waits for somebody: a drawing, what to do, and for how long it has been waiting."""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from diagnostics.bench import RETRY_AFTER
from diagnostics.building import concluded
from diagnostics.model import Problem, Reading, State
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.ui.pictures import picture
from tradein_app.ui.tokens import BY_MODE, DARK, LIGHT, Mode
from tradein_app.viewmodels.phone_state import Waiting, phone_state

PATIENCE = 5.0
DRAWN = (
    State.NEEDS_TRUST,
    State.TRUST_DENIED,
    State.SCREEN_LOCKED,
    State.BOOTING,
    State.OFFLINE,
    State.TIMEOUT,
    State.RECOVERY,
    State.DFU,
    State.ERROR,
)


def in_state(state: State, *codes: str, **params: str) -> Reading:
    """Return an iPhone's reading whose problems are of the phone as a whole."""
    problems = tuple(Problem("", code, params) for code in codes)
    return dataclasses.replace(read_iphone("A", state=state), problems=problems)


def card_of(counter: Any, reading: Reading, **size: Any) -> Any:
    counter.plug(phone_of(reading))
    window = counter.show_window(**size)
    counter.settle()
    return window.parts.reading._state


@pytest.mark.parametrize("state", DRAWN)
def test_each_state_has_a_drawing_and_says_what_to_do(counter: Any, state: State):
    card = card_of(counter, in_state(state))
    assert not card._picture.isHidden()
    assert card._picture.pixmap().toImage().pixelColor(0, 0).alpha() == 0
    assert counter.bench.devices.tiles[0].text in card.text()
    waits_for_itself = state is State.BOOTING
    assert counter.window.action_bar.text().startswith("Port 1: ") is not waits_for_itself


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("code", "state", "said"),
    [
        ("pairing_lost", State.NEEDS_TRUST, {"en": "forgot our computer", "fr": "oublié notre ordinateur"}),
        ("pairing_broken", State.NEEDS_TRUST, {"en": "no longer fit", "fr": "ne conviennent plus"}),
        ("pairing_forbidden", State.TRUST_DENIED, {"en": "organisation", "fr": "organisation"}),
    ],
)
def test_a_problem_of_the_whole_phone_refines_its_state(
    code: str, state: State, said: dict[str, str], language: str
):
    reading = in_state(state, code)
    shown = phone_state(phone_of(reading), reading, language)
    assert shown is not None
    assert said[language] in shown.text
    plain = phone_state(phone_of(in_state(state)), in_state(state), language)
    assert plain is not None
    assert plain.text != shown.text


def test_a_phone_that_was_read_needs_no_card(counter: Any):
    card = card_of(counter, read_iphone("A"))
    assert card.text() == ""
    counter.plug(gone(phone_of(read_iphone("A"))))
    assert card.text().startswith("Unplugged.")


def test_asking_again_may_raise_the_question_on_the_phone(counter: Any):
    asked: list[tuple[str, bool]] = []
    counter.bench.read_again_asked.connect(lambda key, trust: asked.append((key, trust)))
    card = card_of(counter, in_state(State.TRUST_DENIED, "trust_denied"))
    assert card._act.text() == "Ask again  F5"
    card._act.click()
    assert asked == [("A", True)]


def test_a_fault_of_ours_has_a_code_and_a_report_that_names_nobody(counter: Any, qapp: QApplication):
    read = concluded(read_iphone("A"), State.ERROR, "protocol_error")
    imei = Problem("identity.imei", "bad_check_digit", {"raw": "490154203237519"})
    whole = Problem("", "protocol_error", {"detail": "not a plist"})
    card = card_of(counter, dataclasses.replace(read, problems=(whole, imei, *read.problems)))
    assert "Code: protocol_error (not a plist)" in card.text()
    card._copy.click()
    report = qapp.clipboard().text()
    assert "identity.imei: bad_check_digit" in report
    assert "protocol_error (not a plist)" in report
    assert "490154203237519" not in report
    assert "F2LXAQKL" not in report


# --- time


class MovableNow:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_seconds(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def test_how_long_it_has_been_asking_is_kept_while_another_phone_is_shown(counter: Any):
    now = MovableNow()
    waiting = Waiting(counter.bench.devices, now)
    phone = phone_of(in_state(State.NEEDS_TRUST))
    counter.plug(phone)
    now.pass_seconds(75.4)
    words = waiting.words(phone, "asking", "en")
    assert words == f"Asking for 1:15. It asks again by itself every {RETRY_AFTER[State.NEEDS_TRUST]:g} s."
    trusting = phone_of(in_state(State.SCREEN_LOCKED))
    counter.plug(trusting)
    now.pass_seconds(5)
    assert waiting.words(trusting, "waiting", "fr").startswith("En attente depuis 0:05.")


def test_silence_is_counted_from_the_last_answer(counter: Any):
    now = MovableNow()
    reading = concluded(read_iphone("A"), State.TIMEOUT, "timeout")
    last = max(each.at for each in reading.evidence.values())
    now.time = last + timedelta(seconds=20)
    words = Waiting(counter.bench.devices, now).words(phone_of(reading), "silent", "en")
    assert words.startswith("No answer for 0:20. What was read is kept.")


@pytest.mark.parametrize("state", [State.TIMEOUT, State.ERROR])
def test_the_card_says_whether_it_goes_on_by_itself_or_waits_for_f5(counter: Any, state: State):
    reading = concluded(read_iphone("A"), state, "timeout")
    trying = phone_of(reading)
    card = card_of(counter, reading)
    assert "It is tried again by itself every 5 s." in card.text()
    assert "F5" not in card.text()
    counter.plug(dataclasses.replace(trying, again=None))
    card.ticked.emit()  # nothing else of the phone is new: the line that counts the seconds says so with the next one
    assert "by itself every" not in card.text()
    assert "Press F5 to ask again." in card.text()
    counter.plug(dataclasses.replace(trying, again=None, busy=True))
    card.ticked.emit()
    assert "F5" not in card.text()
    assert "by itself" not in card.text()


@pytest.mark.parametrize("state", [State.TIMEOUT, State.ERROR])
def test_what_comes_next_is_said_in_french_too(counter: Any, state: State):
    trying = phone_of(in_state(state))
    shown = phone_state(trying, trying.reading, "fr")
    assert shown is not None
    waiting = Waiting(counter.bench.devices)
    assert "Nouvel essai automatique toutes les 5 s." in waiting.words(trying, shown.timer, "fr")
    left_alone = waiting.words(dataclasses.replace(trying, again=None), shown.timer, "fr")
    assert left_alone.endswith("Appuyez sur F5 pour redemander.")


class Painted(QObject):
    """Notes which widgets are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self.seen.append(watched)
        return False


def test_a_second_paints_one_label_and_moves_nothing(counter: Any):
    card = card_of(counter, in_state(State.NEEDS_TRUST))
    window = counter.window
    now = MovableNow()
    now.time = datetime.now(UTC)  # the phone was seen first by the clock of the wall
    window.parts.reading._waiting._now = now
    card.ticked.emit()
    counter.settle()
    painted = Painted()
    places = {widget: widget.geometry() for widget in window.findChildren(QWidget)}
    for widget in places:
        widget.installEventFilter(painted)
    now.pass_seconds(1)
    card.ticked.emit()
    deadline = time.monotonic() + PATIENCE
    while card._time not in painted.seen:
        assert time.monotonic() < deadline, "the label was never painted"
        QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    seen = [each for each in painted.seen if isinstance(each, QWidget)]
    # What the label stands in is painted anew there, and only there.
    assert [each for each in seen if not each.isAncestorOf(card._time)] == []
    assert [widget for widget, place in places.items() if widget.geometry() != place] == []


def test_the_seconds_run_only_while_somebody_sees_them(counter: Any):
    card = card_of(counter, in_state(State.NEEDS_TRUST))
    assert card._timer.isActive()
    counter.plug(phone_of(read_iphone("A")))
    assert not card._timer.isActive()
    counter.plug(phone_of(in_state(State.NEEDS_TRUST)))
    assert card._timer.isActive()
    counter.window.hide()
    assert not card._timer.isActive()


# --- drawing


@pytest.mark.parametrize("name", ["trust", "locked", "starting", "cable", "restart", "fault"])
def test_a_drawing_follows_the_colours(qapp: QApplication, name: str):
    light, dark = (picture(f"picture-{name}", tokens, 90, yes="Se fier <&>") for tokens in (LIGHT, DARK))
    assert light.toImage() != dark.toImage()
    assert light.size().height() == 90


def test_the_card_is_painted_anew_in_other_colours(counter: Any, qapp: QApplication):
    card = card_of(counter, in_state(State.NEEDS_TRUST))
    before = card._picture.pixmap().toImage()
    counter.window._theme.apply(qapp, Mode.DARK)
    counter.window.retint()
    assert card._picture.pixmap().toImage() != before
    assert counter.window._theme.tokens is BY_MODE[Mode.DARK]


def test_in_a_small_window_the_card_says_and_does_as_much(counter: Any):
    card = card_of(counter, in_state(State.NEEDS_TRUST), size=(1024, 640))
    assert card._picture.isVisible()
    assert card._act.isVisible()
    assert "tap Trust" in card.text()
    assert "Unplug it, unlock it" in card.text()
    assert "Asking for" in card.text()
    pressed = card.visibleRegion().boundingRect()
    assert pressed.contains(card._act.geometry())
