"""The card of a phone that waits for somebody: a drawing, and what to do."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from diagnostics.building import concluded
from diagnostics.model import LockState, Platform, Problem, Reading, State
from resources.opening import load_toml
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.ui.pictures import picture
from tradein_app.ui.tokens import BY_MODE, DARK, LIGHT, Mode
from tradein_app.viewmodels.phone_state import phone_state

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
    State.DEBUGGING_OFF,
    State.CHARGING_ONLY,
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
    assert counter.window.action_bar.text().startswith("Slot 1: ") is not waits_for_itself


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


def test_an_android_phone_in_recovery_is_helped_by_its_own_keys():
    iphone = in_state(State.RECOVERY)
    android = dataclasses.replace(iphone, platform=Platform.ANDROID)
    shown = [phone_state(phone_of(each), each, "en") for each in (iphone, android)]
    assert [re.split("[:.]", state.more)[0] for state in shown if state] == [
        "Press volume up, press volume down, then hold the side button until the screen goes dark",
        "Choose “Reboot system now” in its menu",
    ]


@pytest.mark.parametrize("state", [State.RECOVERY, State.DFU])
def test_each_generation_of_iphones_is_restarted_by_its_own_keys(state: State):
    iphone = in_state(state)
    shown = phone_state(phone_of(iphone), iphone, "en")
    assert shown is not None
    assert "iPhone 7: hold volume down and power; older ones: home and power." in shown.more


def test_in_french_no_line_begins_with_a_sign_that_belongs_to_the_word_before():
    texts = [
        text
        for group in load_toml("messages/states.toml").values()
        for row in group.values()
        for name, text in row.items()
        if name.endswith("fr")
    ]
    assert any("\u00a0»" in text for text in texts)
    assert [text for text in texts if re.search(r"« | [»;:?!]", text)] == []


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
    assert "Code: protocol_error." in card.text()
    card._copy.click()
    report = qapp.clipboard().text()
    assert "identity.imei: bad_check_digit" in report
    assert "protocol_error (not a plist)" in report
    assert "490154203237519" not in report
    assert "F2LXAQKL" not in report


def test_garbled_answers_are_not_called_our_fault_since_a_cable_may_cause_them(counter: Any):
    card = card_of(counter, in_state(State.ERROR, "protocol_error", detail="not a plist"))
    assert "do not make sense. Replug it." in card.text()
    assert "another cable" in card.text()
    assert "Our fault" not in card.text()
    assert "not a plist" not in counter.window.parts.reading.text()
    counter.plug(phone_of(in_state(State.ERROR, "internal_error")))
    assert "Our fault" in card.text()


# --- drawing


@pytest.mark.parametrize(
    "name", ["trust", "locked", "starting", "cable", "restart", "fault", "managed", "debugging", "charging"]
)
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


def is_seen(part: QWidget, window: QWidget) -> bool:
    """Whether a part is seen whole: nothing of it is scrolled or cut away."""
    return part.isVisibleTo(window) and part.visibleRegion().boundingRect() == part.rect()


@pytest.mark.parametrize("state", [State.NEEDS_TRUST, State.SCREEN_LOCKED, State.TIMEOUT])
def test_in_a_small_window_the_card_says_and_does_as_much(counter: Any, state: State):
    now = datetime.now(UTC)
    phone = phone_of(in_state(state))
    if state is State.NEEDS_TRUST:
        phone = dataclasses.replace(phone, asked=now, until=now + timedelta(seconds=120))
    counter.plug(phone)
    window = counter.show_window(size=(1024, 640))
    window.parts.reading._state.ticked.emit()
    counter.settle()
    card = window.parts.reading._state
    assert card._picture.isVisible()
    button = window.parts.reading._again
    parts = [card._text, card._more, card._time, button, *([card._left] if phone.until else [])]
    assert [part for part in parts if not is_seen(part, window)] == []
    assert button.text() == ("Ask again  F5" if phone.until else "Read again  F5")


def test_a_managed_phone_says_once_that_only_its_organisation_releases_it(counter: Any):
    reading = in_state(State.TRUST_DENIED, "pairing_forbidden")
    managed = dataclasses.replace(reading, locks=dataclasses.replace(reading.locks, mdm=LockState.ON))
    counter.plug(phone_of(managed))
    text = counter.show_window().parts.reading.text()
    assert "forbids reading it" in text
    assert text.count("can release it") == 1


def test_a_lost_pairing_says_at_once_what_to_do_where_nothing_is_to_tap(counter: Any):
    assert "Nothing to tap? Unplug it" in card_of(counter, in_state(State.NEEDS_TRUST, "pairing_lost")).text()
