"""From “unauthorized” to let in: one step after the other, and none that was seen to be done already."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.android.stepper import Live, Stepper, live_words, step_ids, step_words
from diagnostics.model import State


def test_the_first_step_is_to_unlock_and_allow():
    stage = Stepper().see(State.UNAUTHORIZED, "1-1#1")
    assert (stage.step, stage.number, stage.live, stage.done) == ("unlock", 1, Live.WAITING, ())
    assert stage.waits > 0


def test_a_phone_that_is_allowed_is_done_at_once():
    stepper = Stepper()
    stepper.see(State.UNAUTHORIZED, "1-1#1")
    assert stepper.see(State.CONNECTING, "1-1#1").live is Live.ALLOWED


def test_a_replug_is_seen_and_not_asked_for_again():
    stepper = Stepper()
    stepper.see(State.UNAUTHORIZED, "1-1#1")
    assert stepper.see(None).live is Live.GONE
    stage = stepper.see(State.UNAUTHORIZED, "1-1#2")
    assert (stage.step, stage.done) == ("toggle", ("unlock", "replug"))


def test_debugging_that_goes_off_and_on_is_seen():
    stepper = Stepper()
    stepper.see(State.UNAUTHORIZED, "1-1#1")
    stepper.see(None)
    off = stepper.see(State.DEBUGGING_OFF, "usb:1-1")
    assert (off.step, off.live) == ("toggle", Live.DEBUGGING_OFF)
    stepper.see(None)
    assert stepper.see(State.UNAUTHORIZED, "1-1#2").step == "revoke"


def test_a_phone_that_only_charges_is_told_to_offer_files():
    stepper = Stepper()
    stepper.see(State.UNAUTHORIZED, "1-1#1")
    stage = stepper.see(State.CHARGING_ONLY, "usb:1-1")
    assert (stage.step, stage.live) == ("file_transfer", Live.CHARGING_ONLY)


def test_a_phone_that_is_offline_still_after_a_replug_is_not_asked_for_another():
    stepper = Stepper()
    stepper.see(State.UNAUTHORIZED, "1-1#1")
    assert stepper.see(State.OFFLINE, "1-1#1").step == "replug"
    stepper.see(None)
    stage = stepper.see(State.OFFLINE, "1-1#2")
    assert (stage.step, stage.live) == ("toggle", Live.OFFLINE)


@pytest.mark.parametrize("state", [State.OFFLINE, State.DEBUGGING_OFF, State.CHARGING_ONLY])
def test_who_goes_on_in_a_state_that_calls_for_a_step_ends_by_hand_too(state):
    stepper = Stepper()
    stages = [stepper.see(state, "1-1#1"), *(stepper.next() for _ in range(6))]
    assert stages[1].step != stages[0].step
    assert stages[-1].step == "by_hand"


def test_who_goes_on_without_success_ends_by_hand():
    stepper = Stepper()
    stages = [stepper.see(State.UNAUTHORIZED, "1-1#1"), *(stepper.next() for _ in range(9))]
    assert [stage.step for stage in stages][:6] == list(step_ids())
    assert stages[-1].step == "by_hand"


@given(st.lists(st.tuples(st.none() | st.sampled_from(State), st.sampled_from("abc"), st.booleans())))
def test_whatever_a_phone_does_there_is_a_step_and_nothing_done_is_undone(seen):
    stepper = Stepper()
    before: set[str] = set()
    for state, key, goes_on in seen:
        stage = stepper.see(state, key)
        if goes_on:
            stage = stepper.next()
        assert stage.step in step_ids()
        assert before <= set(stage.done)
        before = set(stage.done)
        assert (stage.live is Live.GONE) == (state is None)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_everything_has_words(language):
    words = [step_words(step, language) for step in step_ids()] + [live_words(one, language) for one in Live]
    assert len(set(words)) == len(words)
    assert all(len(sentence) > 15 for sentence in words)
