"""The steps of an unauthorized phone: kept by its port, through replugs, until it lets this computer in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from diagnostics.android.stepper import step_ids, step_next, step_tile
from diagnostics.model import State
from tests.fakes.window_androids import builder, waiting
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.viewmodels.devices import DevicesModel
from tradein_app.viewmodels.language import pick, pick_named, state_entry
from tradein_app.viewmodels.next_action import NextAction, next_action
from tradein_app.viewmodels.stepping import FORGET, Stepping, StepView
from tradein_app.viewmodels.tile import Tile


class Port:
    """One port, what is told of it, and a clock that a test moves."""

    def __init__(self, language: str = "en") -> None:
        self.time = 1000.0
        self.devices = DevicesModel(language)
        self.stepping = Stepping(self.devices, language, lambda: self.time)
        self.devices.step_of = self.stepping.asked
        self.stepping.changed.connect(self.devices.refresh_port)
        self.told: list[str] = []
        self.devices.tile_changed.connect(lambda index: self.told.append(self.devices.tiles[index].note))

    @property
    def tile(self) -> Tile:
        return self.devices.tiles[0]

    def bar(self) -> NextAction:
        return next_action(self.devices.tiles, selected=None, offer="", language=self.devices.language)

    def tell(self, state: State | None, key: str = "1-2#1", **more: str) -> StepView | None:
        self.devices.apply([waiting(state, key=key, **more)])
        return self.stepping.view(0)

    def begin(self) -> StepView:
        return shown(self.tell(State.UNAUTHORIZED))


def shown(view: StepView | None) -> StepView:
    assert view is not None
    return view


def done(view: StepView) -> list[str]:
    return [step.name for step in view.steps if step.done]


@pytest.fixture
def port(qapp: object) -> Port:
    return Port()


def test_a_phone_that_is_not_authorized_gets_the_first_step(port: Port):
    view = port.begin()
    assert (view.number, view.live, view.here, view.last) == (1, "waiting", True, False)
    assert [step.name for step in view.steps if step.current] == ["Unlock"]
    assert view.words.startswith("Unlock the phone. It asks “Allow USB debugging?”")


def test_other_phones_have_no_steps(port: Port):
    port.devices.apply([phone_of(read_iphone("A", state=State.NEEDS_TRUST, slot="1-2"))])
    assert port.stepping.view(0) is None
    assert port.tell(State.OFFLINE) is None


def test_a_replug_keeps_the_steps_and_ticks_them(port: Port):
    port.begin()
    gone = shown(port.tell(None))
    assert (gone.live, gone.here) == ("gone", False)
    back = shown(port.tell(State.UNAUTHORIZED, "1-2#2"))
    assert done(back) == ["Unlock", "Replug"]
    assert back.live == "waiting"


def test_debugging_off_is_seen_on_the_bare_bus_at_the_same_port(port: Port):
    port.begin()
    port.tell(None)
    off = shown(port.tell(State.DEBUGGING_OFF, "usb:1-2@9", serial="usb:1-2"))
    assert (off.live, off.steps[off.number - 1].name) == ("debugging_off", "Debugging off and on")
    port.tell(None, "usb:1-2@9", serial="usb:1-2")
    assert done(shown(port.tell(State.UNAUTHORIZED, "1-2#3"))) == ["Unlock", "Replug", "Debugging off and on"]


def test_a_phone_that_was_just_put_in_again_is_not_called_allowed(port: Port):
    port.begin()
    port.tell(None)
    assert shown(port.tell(State.CONNECTING, "1-2#2")).live == "gone"
    assert shown(port.tell(State.UNAUTHORIZED, "1-2#2")).live == "waiting"


def test_an_allowed_phone_says_so_until_something_was_read(port: Port):
    port.begin()
    assert shown(port.tell(State.CONNECTING)).live == "allowed"
    reading = builder(State.CONNECTING)
    reading.put("identity.model", "Galaxy A54", "getprop", raw="SM-A546B")
    port.devices.apply([phone_of(reading.partial(), busy=True, key="1-2#1")])
    assert port.stepping.view(0) is None
    assert port.tell(State.OFFLINE) is None, "it is over"


@pytest.mark.parametrize("state", [State.ERROR, State.RECOVERY, State.FASTBOOT])
def test_where_no_step_helps_none_is_shown_and_none_is_lost(port: Port, state: State):
    port.begin()
    port.stepping.next(0)
    assert port.tell(state) is None
    assert done(shown(port.tell(State.UNAUTHORIZED))) == ["Unlock"]


def test_what_did_not_help_leads_on_and_from_the_last_step_back_to_the_first(port: Port):
    port.begin()
    numbers = []
    for _ in range(6):
        port.stepping.next(0)
        numbers.append(shown(port.stepping.view(0)).number)
    assert numbers == [2, 3, 4, 5, 6, 1]


def test_a_phone_that_is_off_the_cable_cannot_be_helped_by_a_step(port: Port):
    port.begin()
    port.tell(None)
    port.stepping.next(0)
    assert shown(port.stepping.view(0)).number == 1


def test_the_next_step_is_offered_after_its_time_and_news_begin_it_anew(port: Port):
    view = port.begin()
    assert (view.left, view.waits) == (15, 15)
    port.time += 16
    assert shown(port.stepping.view(0)).left == 0
    port.tell(State.OFFLINE)
    assert shown(port.stepping.view(0)).left == 15, "the phone changed: it gets its time"


def test_a_phone_that_does_not_come_back_is_forgotten(port: Port):
    port.begin()
    port.tell(None)
    port.time += FORGET + 1
    assert port.stepping.view(0) is None
    assert shown(port.tell(State.UNAUTHORIZED, "1-2#7")).number == 1


def test_another_phone_in_the_port_begins_at_the_first_step(port: Port):
    port.begin()
    port.stepping.next(0)
    port.tell(None)
    assert shown(port.tell(State.UNAUTHORIZED, "1-2#2", serial="OTHER")).number == 1


def test_each_port_has_steps_of_its_own(port: Port):
    port.begin()
    port.stepping.next(0)
    other = phone_of(builder(State.UNAUTHORIZED, serial="B", slot="1-3").build(), key="1-3#1")
    port.devices.apply([other])
    assert [shown(port.stepping.view(index)).number for index in (0, 1)] == [2, 1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_step_has_a_name_and_words(qapp: object, language: str):
    port = Port(language)
    view = port.begin()
    words = {view.words}
    for _ in view.steps[1:]:
        port.stepping.next(0)
        words.add(shown(port.stepping.view(0)).words)
    assert len(words) == len({step.name for step in view.steps}) == 6


def test_news_are_told_once_for_each_change(port: Port):
    told: list[int] = []
    heard: Callable[[int], None] = told.append
    port.stepping.changed.connect(heard)
    port.begin()
    port.tell(State.ERROR)
    port.tell(State.READY)
    assert told == [0, 0, 0]
    port.tell(State.READY)
    assert told == [0, 0, 0], "no steps, no news"


# --- the tile and the bar on top


def test_tile_and_bar_say_the_step_that_the_list_is_at(port: Port):
    port.begin()
    said = [(port.tile.note, port.bar().text, port.bar().act)]
    for _ in range(5):
        port.stepping.next(0)
        said.append((port.tile.note, port.bar().text, port.bar().act))
    assert [note for note, _, _ in said] == [step_tile(step) for step in step_ids()]
    assert [text.partition(": ")[2] for _, text, _ in said] == [step_next(step) for step in step_ids()]
    assert [act for _, _, act in said] == ["read_again"] * 5 + ["select"], "by hand, nothing is asked again"
    port.stepping.next(0)
    assert port.tile.note == "tap Allow"


def test_a_replug_takes_the_tile_to_the_step_after_it_in_one_change(port: Port):
    port.begin()
    port.tell(None)
    port.told.clear()
    port.tell(State.UNAUTHORIZED, "1-2#2")
    assert port.told == ["USB debugging"]
    for _ in range(10):
        port.tell(State.UNAUTHORIZED, "1-2#2")
        port.time += 10
    assert port.told == ["USB debugging"], "time and the same news change nothing"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_step_is_what_the_state_says_so_that_nothing_flips(qapp: object, language: str):
    port, entry = Port(language), state_entry("unauthorized")
    port.begin()
    assert (port.tile.note, port.tile.text) == (pick_named(entry, "short_", language), pick(entry, language))


@pytest.mark.parametrize(
    ("state", "note", "next_note"),
    [
        (State.OFFLINE, "no answer", "USB debugging"),
        (State.DEBUGGING_OFF, "USB debugging", "revoke"),
        (State.CHARGING_ONLY, "File transfer", "by hand"),
    ],
)
def test_a_state_that_calls_for_a_step_says_it_itself_until_that_was_in_vain(
    port: Port, state: State, note: str, next_note: str
):
    port.begin()
    port.tell(state)
    assert (port.tile.note, port.tile.text) == (note, pick(state_entry(state), "en"))
    port.stepping.next(0)
    assert port.tile.note == next_note


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_tile_has_room_for_the_words_of_each_step(language: str):
    assert max(len(step_tile(step, language)) for step in step_ids()) <= 14


def test_a_phone_that_is_let_in_or_gone_is_no_longer_asked_for_a_step(port: Port):
    port.begin()
    port.stepping.next(0)
    port.tell(State.CONNECTING)
    assert port.tile.note != "replug"
    port.tell(State.UNAUTHORIZED)
    assert port.tile.note == "replug"
    port.tell(None)
    assert port.tile.note != "replug"
