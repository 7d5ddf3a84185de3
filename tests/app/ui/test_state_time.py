"""What the card says of time: how long is left to tap Trust, when it is tried again, how long it has been waiting."""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from diagnostics.bench import PATIENCE, RETRY_AFTER, RETRY_AFTER_PATIENCE, Phone
from diagnostics.building import concluded
from diagnostics.model import Reading, State, Transport
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.viewmodels.phone_state import phone_state
from tradein_app.viewmodels.waiting import NO_TIME, TimeLine, Waiting

LIMIT = 5.0
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class MovableNow:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def pass_seconds(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


def in_state(state: State) -> Reading:
    return read_iphone("A", state=state)


def asked(again: float = RETRY_AFTER[State.NEEDS_TRUST], since: datetime = START) -> Phone:
    """Return a phone as the bench tells of one that is asked for trust."""
    phone = phone_of(in_state(State.NEEDS_TRUST))
    return dataclasses.replace(phone, asked=since, until=since + timedelta(seconds=PATIENCE), again=again)


def retried(state: State) -> Phone:
    """Return a phone that the bench tries again after its pause."""
    pause = RETRY_AFTER[state]
    return dataclasses.replace(phone_of(in_state(state)), due=START + timedelta(seconds=pause))


def line_of(counter: Any, phone: Phone, after: float, language: str = "en") -> TimeLine:
    """Return what the card says of a phone, so many seconds after the start."""
    now = MovableNow()
    waiting = Waiting(counter.bench.devices, now)
    counter.plug(phone)
    now.pass_seconds(after)
    shown = phone_state(phone, phone.reading, language)
    assert shown is not None
    return waiting.line(phone, shown.timer, language)


# --- in words


@pytest.mark.parametrize(
    ("after", "left"),
    [(0, "2:00"), (0.9, "2:00"), (1, "1:59"), (12, "1:48"), (119, "0:01"), (119.9, "0:01")],
)
def test_the_time_to_tap_trust_runs_down(counter: Any, after: float, left: str):
    line = line_of(counter, asked(), after)
    assert line.words == f"{left} left to tap Trust; it is asked again every second."
    assert RETRY_AFTER[State.NEEDS_TRUST] == 1.0, "the sentence says so"
    assert line.left == left
    assert line.share == pytest.approx(1 - after / PATIENCE)
    assert line.more == ""


@pytest.mark.parametrize(("after", "clock"), [(120, "2:00"), (125, "2:05"), (3725, "1:02:05")])
def test_once_it_is_over_the_card_says_what_helps_and_how_often_it_is_still_asked(
    counter: Any, after: float, clock: str
):
    line = line_of(counter, asked(RETRY_AFTER_PATIENCE), after)
    assert line.words == f"Not tapped for {clock}. Still asked, every 5 s."
    assert line.more.startswith("Is nothing on the screen? Unlock the phone, unplug it")
    assert line.share is None


def test_the_countdown_in_french(counter: Any):
    line = line_of(counter, asked(), 12, "fr")
    assert (
        line.words == "Encore 1:48 pour toucher «\u00a0Se\u00a0fier\u00a0»\u00a0; redemandé chaque seconde."
    )
    over = line_of(counter, asked(RETRY_AFTER_PATIENCE), 125, "fr")
    assert over.words == "Pas touché depuis 2:05. Encore redemandé, toutes les 5 s."
    assert over.more.startswith("Rien à l'écran\u00a0?")


def test_a_phone_that_is_read_anew_has_all_its_time(counter: Any):
    phone = phone_of(in_state(State.NEEDS_TRUST), busy=True)
    line = line_of(counter, phone, 3)
    assert line.words.endswith("Trying now.")
    assert line.share == 1.0


@pytest.mark.parametrize(
    ("state", "after", "said"),
    [
        (State.TIMEOUT, 0.2, "Next try in 5 s."),
        (State.TIMEOUT, 2.5, "Next try in 3 s."),
        (State.TIMEOUT, 4.9, "Next try in 1 s."),
        (State.TIMEOUT, 5.0, "Trying now."),
        (State.SCREEN_LOCKED, 0.5, "Next try in 2 s."),
        (State.BOOTING, 1.5, "Next try in 1 s."),
        (State.OFFLINE, 9, "Trying now."),
        (State.ERROR, 4, "Next try in 1 s."),
    ],
)
def test_the_next_try_comes_nearer(counter: Any, state: State, after: float, said: str):
    assert line_of(counter, retried(state), after).words.endswith(said)


def test_a_clock_that_was_put_back_promises_no_more_than_there_is(counter: Any):
    trust = line_of(counter, asked(), -3600)
    assert (trust.left, trust.share) == ("2:00", 1.0)
    phone = dataclasses.replace(retried(State.TIMEOUT), again=RETRY_AFTER[State.TIMEOUT])
    assert line_of(counter, phone, -3600).words.endswith("Next try in 5 s.")


@pytest.mark.parametrize("state", [State.TIMEOUT, State.ERROR])
def test_a_phone_that_is_left_alone_says_so(counter: Any, state: State):
    left_alone = dataclasses.replace(phone_of(in_state(state)), again=None)
    # Nobody tries it any more, but the bench looks at it still, and reads it once it answers.
    assert line_of(counter, left_alone, 60).words.endswith("Read again once it answers; F5 tries now.")
    in_french = line_of(counter, left_alone, 60, "fr").words
    assert in_french.endswith("Relu dès qu'il répond\u00a0; F5 essaie tout de suite.")
    trying = dataclasses.replace(left_alone, busy=True)
    assert "F5" not in line_of(counter, trying, 60).words


def test_a_phone_that_only_the_bus_shows_and_that_is_left_alone_waits_for_a_person(counter: Any):
    silent = dataclasses.replace(in_state(State.TIMEOUT), transport=Transport.USB)
    left_alone = dataclasses.replace(phone_of(silent), again=None)
    assert line_of(counter, left_alone, 60).words.endswith("Not tried again by itself any more: press F5.")
    in_french = line_of(counter, left_alone, 60, "fr").words
    assert in_french.endswith("Plus de nouvel essai automatique\u00a0: appuyez sur F5.")


def test_how_long_it_has_been_waiting_is_kept_while_another_phone_is_shown(counter: Any):
    now = MovableNow()
    waiting = Waiting(counter.bench.devices, now)
    phone = phone_of(in_state(State.SCREEN_LOCKED))
    counter.plug(phone)
    now.pass_seconds(75.4)
    assert waiting.line(phone, "waiting", "en").words.startswith("Waiting for 1:15.")
    starting = phone_of(in_state(State.BOOTING))
    counter.plug(starting)
    now.pass_seconds(5)
    assert waiting.line(starting, "waiting", "fr").words.startswith("En attente depuis 0:05.")


def test_silence_is_counted_from_the_last_answer(counter: Any):
    now = MovableNow()
    reading = concluded(read_iphone("A"), State.TIMEOUT, "timeout")
    now.time = max(each.at for each in reading.evidence.values()) + timedelta(seconds=20)
    line = Waiting(counter.bench.devices, now).line(phone_of(reading), "silent", "en")
    assert line.words.startswith("No answer for 0:20.")


def test_silence_is_not_counted_from_the_last_reading_of_a_phone_that_answered_looks_since(counter: Any):
    now = MovableNow()
    reading = concluded(read_iphone("A"), State.TIMEOUT, "timeout")
    now.time = max(each.at for each in reading.evidence.values()) + timedelta(minutes=45)
    heard = dataclasses.replace(phone_of(reading), heard=now.time - timedelta(seconds=25))
    line = Waiting(counter.bench.devices, now).line(heard, "silent", "en")
    assert line.words.startswith("No answer for 0:25.")


# --- on the card


def shown(counter: Any, phone: Phone, now: MovableNow, **size: Any) -> Any:
    """Return the card of a phone in a window whose time is that of a test."""
    window = counter.show_window(**size)
    window.parts.reading._waiting.now = now
    counter.plug(phone)
    card = window.parts.reading._state
    card.ticked.emit()
    counter.settle()
    return card


def test_the_bar_shrinks_and_says_what_is_left_to_a_screen_reader(counter: Any):
    now = MovableNow()
    now.pass_seconds(12)
    card = shown(counter, asked(), now)
    assert card._left.isVisible()
    before = card._left.value() / card._left.maximum()
    now.pass_seconds(60)
    card.ticked.emit()
    after = card._left.value() / card._left.maximum()
    assert (before, after) == (pytest.approx(0.9), pytest.approx(0.4))
    told = QAccessible.queryAccessibleInterface(card._left)
    assert told.role() is QAccessible.Role.ProgressBar
    assert told.text(QAccessible.Text.Name) == "Time left"
    assert told.text(QAccessible.Text.Description) == "0:48"


def test_once_the_time_is_over_the_bar_goes_and_the_card_says_what_helps(counter: Any):
    now = MovableNow()
    card = shown(counter, asked(), now)
    assert "Then type the phone's passcode" in card.text()
    now.pass_seconds(PATIENCE + 5)
    counter.plug(asked(RETRY_AFTER_PATIENCE))
    card.ticked.emit()
    assert not card._left.isVisible()
    assert "Not tapped for 2:05." in card.text()
    assert "Is nothing on the screen?" in card.text()
    assert "Then type the phone's passcode" not in card.text()
    counter.plug(asked(since=now.time))  # a person asked again
    card.ticked.emit()
    assert "2:00 left to tap Trust" in card.text()
    assert "Then type the phone's passcode" in card.text()
    assert card._left.isVisible()


def test_a_card_without_time_says_none(counter: Any):
    card = shown(counter, asked(), MovableNow())
    card.show_time(NO_TIME)
    assert not card._left.isVisible()
    assert not card._time.isVisible()


class Painted(QObject):
    """Notes which widgets are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self.seen.append(watched)
        return False


@pytest.mark.parametrize("state", [State.NEEDS_TRUST, State.SCREEN_LOCKED])
def test_a_second_paints_one_label_and_one_bar_once_and_moves_nothing(counter: Any, state: State):
    now = MovableNow()
    phone = asked() if state is State.NEEDS_TRUST else phone_of(in_state(state))
    card = shown(counter, phone, now)
    window = counter.window
    painted = Painted()
    places = {widget: widget.geometry() for widget in window.findChildren(QWidget)}
    for widget in places:
        widget.installEventFilter(painted)
    now.pass_seconds(1)
    card.ticked.emit()
    deadline = time.monotonic() + LIMIT
    while card._time not in painted.seen:
        assert time.monotonic() < deadline, "the label was never painted"
        QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    seen = [each for each in painted.seen if isinstance(each, QWidget)]
    # What label and bar stand in is painted anew there, and only there.
    assert [each for each in seen if not each.isAncestorOf(card._time) and each is not card._left] == []
    assert seen.count(card._time) == 1
    assert seen.count(card._left) <= 1
    assert [widget for widget, place in places.items() if widget.geometry() != place] == []


def test_the_seconds_run_only_while_somebody_sees_them(counter: Any):
    card = shown(counter, asked(), MovableNow())
    assert card._timer.isActive()
    counter.plug(phone_of(read_iphone("A")))
    assert not card._timer.isActive()
    counter.plug(asked())
    assert card._timer.isActive()
    counter.window.hide()
    assert not card._timer.isActive()
