"""What a tile says: how its phone looks, and what exactly it waits for."""

from __future__ import annotations

from typing import Any

import pytest

from diagnostics.model import State
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.tiles import make_tile


def test_a_phone_that_was_read_but_not_taken_in_is_still_being_worked_on():
    tile = make_tile(1, phone_of(read_iphone("A")), None, questions=0, language="en")
    assert (tile.look, tile.text, tile.progress) == (Look.WORKING, "Finishing", 4)


def test_what_needs_a_person_says_which(counter: Any):
    counter.plug(phone_of(read_iphone("A")), phone_of(read_iphone("B", state=State.NEEDS_TRUST)))
    questions, trust = counter.bench.devices.tiles
    assert questions.look is trust.look is Look.NEEDS_YOU
    assert trust.note == "tap Trust"
    assert questions.note.endswith(" questions")


def test_an_unplugged_phone_with_work_half_done_is_to_be_finished_later(counter: Any):
    phone = phone_of(read_iphone("A"))
    counter.plug(phone)
    counter.bench.checklist.press_digit(1)
    counter.settle()
    counter.plug(gone(phone))
    tile = counter.bench.devices.tiles[0]
    assert (tile.word, tile.model, tile.present) == ("Finish later", "iPhone 13", False)
    assert counter.bench.devices.counts() == {Look.LATER: 1}
    assert counter.bench.devices.next_with(Look.LATER) == 0


def test_a_phone_that_moved_to_another_slot_counts_once(counter: Any):
    phone = phone_of(read_iphone("A", slot="1-1"), key="one")
    counter.plug(phone)
    counter.bench.checklist.press_digit(1)
    counter.settle()
    counter.plug(gone(phone))
    counter.plug(phone_of(read_iphone("A", slot="1-2"), key="two"))
    devices = counter.bench.devices
    assert len({port.record_id for port in devices.board.ports}) == 1, "it is one inspection"
    assert devices.counts() == {Look.NEEDS_YOU: 1}


def test_an_unplugged_phone_of_which_nothing_is_known_leaves_its_port_free(counter: Any):
    phone = phone_of(read_iphone("A", state=State.NEEDS_TRUST))
    counter.plug(phone)
    counter.plug(gone(phone))
    assert counter.bench.devices.tiles[0].look is Look.FREE
    assert counter.bench.devices.counts() == {}


def test_a_priced_phone_is_an_offer_until_it_is_decided(counter: Any):
    phone = phone_of(read_iphone("A"))
    counter.plug(phone)
    counter.answer_all()
    assert counter.bench.devices.tiles[0].word == "Offer open"
    counter.bench.accept()
    counter.settle()
    assert counter.bench.devices.tiles[0].word == "Bought"
    counter.plug(gone(phone))
    assert counter.bench.devices.tiles[0].word == "Bought"


def test_a_tile_shows_the_battery_that_counts(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    assert without_isolates(counter.bench.devices.tiles[0].battery) == "88\u00a0%"
    counter.answer_all(battery_settings=84)
    assert without_isolates(counter.bench.devices.tiles[0].battery) == "84\u00a0%"


@pytest.mark.parametrize(
    ("model", "language", "said", "short"),
    [
        ("iPhone SE (3rd generation)", "en", "iPhone SE (3rd generation)", "iPhone SE (3rd)"),
        ("iPhone SE (3rd generation)", "fr", "iPhone SE (3e\u00a0génération)", "iPhone SE (3e)"),
        ("The Fairphone (Gen. 6)", "fr", "The Fairphone (Gen. 6)", "The Fairphone (Gen. 6)"),
    ],
)
def test_a_models_number_is_said_in_the_language_and_kept_where_room_is_short(
    model: str, language: str, said: str, short: str
):
    tile = make_tile(1, phone_of(read_iphone("A", model=model)), None, questions=0, language=language)
    assert (tile.model, tile.short_model) == (said, short)


def test_a_declined_phone_says_so(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    counter.bench.decline()
    counter.settle()
    assert counter.bench.devices.tiles[0].word == "Declined"


@pytest.mark.usefixtures("held")
def test_a_held_phone_that_falls_silent_says_both_and_asks_for_a_person(counter: Any):
    counter.plug(phone_of(read_iphone("A", state=State.TIMEOUT)))
    devices = counter.bench.devices
    tile = devices.tiles[0]
    assert (tile.look, tile.note, tile.trouble) == (Look.HOLD, "carrier lock", "no answer")
    assert devices.counts() == {Look.HOLD: 1}, "one phone counts once"
    assert devices.asking() == {(Look.HOLD, Look.PROBLEM): 1}
    assert devices.next_with(Look.PROBLEM) == 0
    action = counter.bench.next_action()
    assert (action.port, action.act) == (0, "read_again")
    assert "No answer in time" in action.text


@pytest.mark.usefixtures("held")
def test_a_held_phone_that_asks_for_trust_is_freed_first(counter: Any):
    counter.plug(phone_of(read_iphone("A", state=State.NEEDS_TRUST)))
    assert counter.bench.devices.next_with(Look.NEEDS_YOU) == 0
    assert counter.bench.next_action().act == "ask_trust"


def test_a_bought_phone_that_falls_silent_says_so_and_asks_nothing(counter: Any):
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    counter.bench.accept()
    counter.settle()
    counter.plug(phone_of(read_iphone("A", state=State.TIMEOUT)))
    tile = counter.bench.devices.tiles[0]
    assert (tile.look, tile.trouble, tile.wants) == (Look.DONE, "no answer", None)
    assert counter.bench.devices.counts() == {Look.DONE: 1}
