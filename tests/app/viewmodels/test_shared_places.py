"""Two phones that are told to be in one place: both are shown, neither in the other's place, and it is said."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from diagnostics.bench import Bench, Phone
from diagnostics.errors import ServiceMissing
from diagnostics.joining import Joining
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.ports import Sighting
from tests.fakes.sources import FakeSource, FixedClock
from tests.fakes.watched import Watched
from tests.fakes.windows import Counter, gone, phone_of, read_iphone
from tradein_app.viewmodels.board import Board
from tradein_app.viewmodels.devices import DevicesModel
from tradein_app.viewmodels.looks import Look

PCI = "pci0000:00/0000:00:14.0"


def at(name: str, ports: str = "2.3", model: str = "iPhone 13") -> Phone:
    phone = phone_of(read_iphone(name, slot=f"1-{ports}", model=model), key=name)
    return replace(phone, place=f"{PCI} {ports}")


def shown(board: Board) -> list[tuple[int, str]]:
    """Return number and phone of each port in the board's order, ``-`` for an empty one."""
    ports = [(board.number(index)[0], board.ports[index]) for index in board.order()]
    return [(number, port.phone.key if port.phone and port.present else "-") for number, port in ports]


def test_the_second_phone_stands_beside_the_first_under_the_same_number():
    board = Board()
    for phone in (at("A", "1"), at("B"), at("C"), at("D", "4"), at("B"), at("C")):
        board.apply(phone)
    assert shown(board) == [(1, "A"), (2, "B"), (2, "C"), (3, "D")]
    assert [board.sharing(index) for index in range(4)] == [(), (2,), (1,), ()]
    assert board.learned() == (f"{PCI} 1", f"{PCI} 2.3", f"{PCI} 4")
    assert [port.chain for port in board.ports] == ["1-1", "1-2.3", "1-2.3", "1-4"]


def test_whichever_goes_the_other_one_keeps_its_place_alone():
    for goes, stays in (("B", "C"), ("C", "B")):
        board = Board()
        for phone in (at("B"), at("C"), gone(at(goes))):
            board.apply(phone)
        assert shown(board) == [(1, stays)]
        assert not any(board.sharing(index) for index in range(2))
        board.apply(gone(at(stays)))
        assert shown(board) == [(1, "-")]
        board.apply(at("E"))
        assert shown(board) == [(1, "E")]
        assert len(board.ports) == 2


def test_a_number_that_the_shop_gave_the_place_holds_for_both():
    board = Board((), {7: (f"{PCI} 2.3",)})
    board.apply(at("B"))
    board.apply(at("C"))
    assert shown(board) == [(7, "B"), (7, "C")]


def test_a_phone_whose_service_failed_gives_its_place_to_the_one_that_comes(qapp: Any):
    model = DevicesModel("en")
    model.apply([at("B")])
    model.note_source("usbmux", ServiceMissing("It is down."))
    model.apply([at("C")])
    assert shown(model.board) == [(1, "C")]


def test_both_tiles_say_so_for_as_long_as_both_are_there(qapp: Any):
    model = DevicesModel("en")
    orders: list[tuple[int, ...]] = []
    model.order_changed.connect(lambda: orders.append(model.board.order()))
    model.apply([at("B", model="iPhone 13"), at("C", model="iPhone 15")])
    said = [tile.as_text() for tile in model.tiles]
    assert all("two phones here" in text for text in said)
    assert "this one and iPhone 15" in said[0]
    assert "this one and iPhone 13" in said[1]
    assert {tile.asks for tile in model.tiles} == {Look.PROBLEM}
    model.apply([gone(at("B"))])
    assert "two phones" not in model.as_text()
    assert orders[-1] == (1,)


def test_a_held_phone_stays_held_and_one_that_needs_a_tap_still_says_so(qapp: Any):
    model = DevicesModel("en")
    waits = phone_of(read_iphone("B", slot="1-2.3", state=State.NEEDS_TRUST), key="B")
    model.apply([replace(waits, place=f"{PCI} 2.3"), at("C")])
    tile = model.tiles[0]
    assert (tile.look, tile.text) == (Look.NEEDS_YOU, "Unlock the phone and tap Trust.")
    assert tile.trouble == "two phones here"
    assert "unplug one of them" in tile.advice


def test_the_window_shows_both_and_the_card_says_what_to_do(counter: Counter):
    counter.plug(at("B", model="iPhone 13"), at("C", model="iPhone 15"))
    window = counter.show_window()
    counter.settle()
    tiles = [tile for tile in window.parts.devices._tiles if tile.isVisibleTo(window)]
    assert [tile._number.text() for tile in tiles] == ["1", "1"]
    assert [tile._model.text().split(" ·")[0] for tile in tiles] == ["iPhone 13", "iPhone 15"]
    for index in (0, 1):
        counter.bench.devices.select(index)
        counter.settle()
        assert "Two phones are reported in this place" in window.parts.reading._remarks.text()
    counter.plug(gone(at("B")))
    assert "Two phones" not in window.parts.reading._remarks.text()
    assert [tile.isVisibleTo(window) for tile in window.parts.devices._tiles] == [False, True]


def told(name: str, transport: Transport, platform: Platform) -> Sighting:
    return Sighting(name, DeviceId(name), platform, transport, "1-2.3", State.CONNECTING)


async def test_what_two_services_tell_of_one_place_comes_over_the_bench_as_two_phones(qapp: Any):
    iphones, androids = FakeSource("usbmux"), FakeSource("adb")
    bench, model = Bench([iphones, androids], FixedClock(), joining=Joining()), DevicesModel("en")
    watched = Watched(bench)
    bench.subscribe(lambda event: model.apply([event.phone]) if event.phone else None)
    running = asyncio.create_task(bench.run())
    iphones.show(told("00008101-001A2C3E0A42801E", Transport.USBMUX, Platform.IOS))
    androids.show(told("R5CT10TRN1A", Transport.ADB, Platform.ANDROID))
    await watched.until(lambda: len(watched.bench.phones) == len(shown(model.board)) == 2)
    await watched.until(lambda: not any(phone.busy for phone in bench.phones))
    assert {number for number, _ in shown(model.board)} == {1}
    assert len({phone for _, phone in shown(model.board)}) == 2
    assert all("two phones here" in tile.as_text() for tile in model.tiles)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
