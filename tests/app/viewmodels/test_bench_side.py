"""What the devices side says: where a port's number comes from, which service is missing, what comes next."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtTest import QTest

from diagnostics.bench import Phone
from diagnostics.errors import ServiceMissing
from diagnostics.model import State
from resources.opening import load_toml
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.config import load_config
from tradein_app.viewmodels.board import chain_order
from tradein_app.viewmodels.devices import DevicesModel
from tradein_app.viewmodels.faults import Faults, fault_words
from tradein_app.viewmodels.first_look import LIMIT_MS, FirstLook
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.next_action import next_action
from tradein_app.viewmodels.tile import Tile


def _wait_for_tiles(model: DevicesModel, count: int) -> bool:
    for _ in range(2 * LIMIT_MS // 20):
        if len(model.tiles) == count:
            break
        QTest.qWait(20)
    return len(model.tiles) == count


def test_the_first_look_numbers_ports_by_bus_and_chain(qapp: Any):
    model = DevicesModel("en")
    look = FirstLook(model)
    look.note_source("adb")
    look.take([phone_of(read_iphone("C", slot="2-2.10")), phone_of(read_iphone("D", slot="2-2.9"))])
    look.note_source("usbmux")
    look.take([phone_of(read_iphone("A", slot="1-2")), phone_of(read_iphone("B", slot="1-1.4"))])
    assert model.tiles == []
    assert _wait_for_tiles(model, 4)
    assert model.board.learned() == ("1-1.4", "1-2", "2-2.9", "2-2.10")
    QTest.qWait(1)
    look.take([phone_of(read_iphone("E", slot="1-1.1"))])
    assert model.board.learned()[-1] == "1-1.1"
    assert "USB port 1-1.1" in model.tiles[-1].as_text()


def test_a_service_that_never_answers_holds_nothing_up_for_long(qapp: Any):
    model = DevicesModel("en")
    look = FirstLook(model)
    look.take([phone_of(read_iphone("A"))])
    assert _wait_for_tiles(model, 1)


def test_news_and_new_phones_that_come_while_ports_are_given_move_no_port(qapp: Any):
    model = DevicesModel("en")
    look = FirstLook(model)
    last = phone_of(read_iphone("B", slot="1-3", state=State.NEEDS_TRUST))
    look.take([last, phone_of(read_iphone("A", slot="1-1"))])
    look.finish()
    look.take([phone_of(read_iphone("B", slot="1-3")), phone_of(read_iphone("C", slot="1-2"))])
    assert _wait_for_tiles(model, 3)
    assert model.board.learned() == ("1-1", "1-3", "1-2")
    assert model.tiles[1].model == "iPhone 13"


def test_ports_of_earlier_starts_are_filled_at_once(qapp: Any):
    model = DevicesModel("en", ["1-2", "1-1"])
    FirstLook(model).take([phone_of(read_iphone("A", slot="1-1"))])
    assert [tile.model for tile in model.tiles] == ["", "iPhone 13"]


def test_phones_without_a_port_come_last():
    assert sorted([None, "2-1", "1-10", "1-9.2", "1-9"], key=chain_order) == [
        "1-9",
        "1-9.2",
        "1-10",
        "2-1",
        None,
    ]


@pytest.mark.parametrize("code", sorted(load_toml("messages/services.toml")))
def test_every_missing_service_is_said_in_both_languages(code: str):
    error = ServiceMissing("own words", "own hint", code)
    english, french = (fault_words(error, language, "linux") for language in ("en", "fr"))
    assert all(english)
    assert all(french)
    assert not set(english) & set(french)


def test_a_fault_without_words_of_ours_is_said_in_its_own():
    assert fault_words(ServiceMissing("Own words.", "Own hint.", "rare"), "fr") == ("Own words.", "Own hint.")


def test_one_missing_service_does_not_blind_the_bench():
    faults = Faults("en")
    blind = []
    for bus, code in (("usbmux", "usbmuxd_missing"), ("adb", "adb_missing")):
        faults.note(bus, ServiceMissing("x", "", code))
        blind.append(faults.blind)
    assert blind == [False, True]
    faults.note("usbmux", None)
    assert [what for what, _ in faults.lines()] == [
        fault_words(ServiceMissing("", "", "adb_missing"), "en")[0]
    ]


def test_a_language_that_the_environment_names_wins():
    assert load_config({"TRADEIN_LANG": "fr", "TRADEIN_HOME": "/nowhere"}).language_asked
    assert not load_config({"LANG": "fr_FR.UTF-8", "TRADEIN_HOME": "/nowhere"}).language_asked


SILENT = ServiceMissing("Own words.", "Start it.", "usbmuxd_missing_there")


def test_a_failing_service_unplugs_no_phone(counter: Any, held: Phone):
    devices = counter.bench.devices
    untrusted = phone_of(read_iphone("B", state=State.NEEDS_TRUST))
    counter.plug(untrusted)
    devices.note_source("usbmux", SILENT)
    counter.plug(gone(held), gone(untrusted))
    hold, problem = devices.tiles
    assert (hold.look, hold.note, hold.trouble, hold.present) == (
        Look.HOLD,
        "carrier lock",
        "service down",
        True,
    )
    assert (problem.look, problem.note, problem.act) == (Look.PROBLEM, "service down", "")
    assert devices.counts() == {Look.HOLD: 1, Look.PROBLEM: 1}
    action = counter.bench.next_action()
    assert (action.port, action.act) == (None, "")
    assert "usbmuxd" in action.text
    assert "USBMUXD_SOCKET_ADDRESS" in action.hint
    assert "does not answer" in counter.bench.service_state().text
    devices.note_source("usbmux", None)
    counter.plug(held, untrusted)
    assert [tile.trouble for tile in devices.tiles] == ["", ""]
    assert devices.tiles[1].note == "tap Trust"
    assert counter.bench.service_state() is None


def test_a_phone_that_does_not_come_back_with_its_service_was_unplugged(counter: Any, held: Phone):
    devices = counter.bench.devices
    devices.note_source("usbmux", SILENT)
    counter.plug(gone(held))
    devices._back.setInterval(0)
    devices.note_source("usbmux", None)
    QTest.qWait(20)
    assert (devices.tiles[0].look, devices.tiles[0].note) == (Look.LATER, "unplugged")


def test_a_phone_that_was_unplugged_before_its_service_failed_stays_unplugged(counter: Any, held: Phone):
    devices = counter.bench.devices
    counter.plug(gone(held))
    devices.note_source("usbmux", SILENT)
    devices.refresh_all()
    assert devices.tiles[0].note == "unplugged"
    assert counter.bench.service_state() is None


def test_an_offer_that_waits_at_another_port_is_the_next_action():
    tiles = [Tile(1, Look.DONE, present=True), Tile(2, Look.OFFER, text="The offer stands", present=True)]
    action = next_action(tiles, selected=0, offer="", language="en")
    assert (action.port, action.tone, action.text) == (1, "accent", "Slot 2: The offer stands")
