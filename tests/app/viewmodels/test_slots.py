"""The window's ports are slots: they keep their numbers over restarts, and their inspections through modes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.bench import Phone
from diagnostics.errors import ServiceMissing
from diagnostics.joining import Trouble
from diagnostics.merging import unserved
from diagnostics.model import DeviceId, State, Transport
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.viewmodels.board import Board
from tradein_app.viewmodels.devices import DevicesModel

PCI = "pci0000:00/0000:00:14.0"


def at(name: str, slot: str, ports: str) -> Phone:
    return replace(phone_of(read_iphone(name, slot=slot)), place=f"{PCI} {ports}")


def nameless(phone: Phone) -> Phone:
    """Return the same seat with a phone that tells no name."""
    seen = replace(phone.sighting, id=DeviceId("usb:1-2.3"), transport=Transport.USB, state=State.EDL)
    reading = replace(phone.reading, id=seen.id, state=State.EDL)
    return replace(phone, sighting=seen, reading=reading, before=phone.sighting.id)


def test_a_port_keeps_its_number_when_the_buses_are_numbered_anew():
    board = Board()
    board.apply(at("A", "1-2.3", "2.3"))
    board.apply(at("B", "1-2.4", "2.4"))
    assert board.learned() == (f"{PCI} 2.3", f"{PCI} 2.4")
    after = Board(board.learned())
    assert after.apply(at("B", "3-2.4", "2.4")) == 1
    assert (after.ports[1].chain, after.index_of("3-2.4")) == ("3-2.4", 1)


def test_ports_that_an_earlier_version_learned_go_on_and_take_their_own_names(qapp: Any):
    model = DevicesModel("en", ["1-2.3", "1-2.4"])
    named: list[int] = []
    model.port_named.connect(named.append)
    model.apply([at("B", "1-2.4", "2.4"), at("B", "1-2.4", "2.4")])
    assert (named, len(model.tiles)) == ([1], 2)
    assert model.board.learned() == ("1-2.3", f"{PCI} 2.4")
    assert model.board.index_of("1-2.4") == 1  # where a person was is still found
    model.apply([at("C", "2-9", "9")])
    assert model.board.learned()[-1] == f"{PCI} 9"


def test_two_controllers_that_change_numbers_do_not_change_places():
    board = Board([f"{PCI} 1", "usb/other 1"])
    other = replace(at("B", "1-1", "1"), place="usb/other 1")
    assert board.apply(at("A", "2-1", "1")) == 0
    assert board.apply(other) == 1
    assert [port.chain for port in board.ports] == ["2-1", "1-1"]


def test_an_inspection_stays_with_its_phone_in_a_mode_that_tells_no_name(qapp: Any):
    model = DevicesModel("en")
    settled: list[int] = []
    model.settled.connect(settled.append)
    phone = at("A", "1-2.3", "2.3")
    model.apply([phone])
    port = model.board.ports[0]
    port.record_id, port.taken = "its inspection", phone.reading
    model.apply([nameless(phone)])
    assert (port.record_id, settled) == ("its inspection", [0])
    model.apply([phone])
    assert port.record_id == "its inspection"
    model.apply([nameless(phone), gone(nameless(phone)), at("B", "1-2.3", "2.3")])
    assert settled == [0, 0]
    assert model.board.ports[0].record_id is None


def test_a_service_that_is_down_is_no_news_for_an_inspection(qapp: Any):
    model = DevicesModel("en")
    settled: list[int] = []
    model.settled.connect(settled.append)
    phone = at("A", "1-2.3", "2.3")
    model.apply([phone])
    port = model.board.ports[0]
    port.record_id, port.taken = "its inspection", phone.reading
    model.note_source("usbmux", ServiceMissing("It is down."))
    model.apply([replace(phone, reading=unserved(phone.reading, "usbmux", Trouble.DOWN))])
    assert (settled, port.present, port.record_id) == ([0], True, "its inspection")


PLACES = ("1", "2", "3", "4")
numbers = st.dictionaries(st.integers(1, 3), st.lists(st.sampled_from(PLACES), max_size=4, unique=True))
moves = st.lists(st.sampled_from([(name, ports) for name in "AB" for ports in PLACES]), max_size=20)


def seen(board: Board) -> list[str]:
    """Return the keys of the phones that the board shows as plugged in."""
    shown = (board.ports[index] for index in board.order())
    return sorted(port.phone.key for port in shown if port.phone and port.present)


@given(numbers, st.lists(st.sampled_from(PLACES), unique=True), moves)
def test_each_phone_that_is_there_has_a_tile_whatever_faces_were_learnt(
    learnt: dict[int, list[str]], before: list[str], plugs: list[tuple[str, str]]
):
    faces = {number: [f"{PCI} {ports}" for ports in each] for number, each in learnt.items() if each}
    board = Board([f"{PCI} {ports}" for ports in before], faces)
    here: dict[str, Phone] = {}
    for name, ports in plugs:  # each place has one phone of its own, or another one after it
        phone = replace(at(name, f"1-{ports}", ports), key=name + ports)
        if ports in here:
            board.apply(gone(here.pop(ports)))
        else:
            board.apply(phone)
            here[ports] = phone
        assert seen(board) == sorted(each.key for each in here.values())


def test_a_phone_is_shown_beside_the_one_in_a_place_that_was_learnt_as_its_other_face():
    faces = {1: (f"{PCI} 1", f"{PCI} 2")}
    board = Board([f"{PCI} 1"], faces)
    board.apply(at("A", "1-1", "1"))
    board.apply(at("B", "1-2", "2"))
    assert seen(board) == ["A", "B"]
    board.apply(gone(at("A", "1-1", "1")))
    board.apply(gone(at("B", "1-2", "2")))
    assert len(board.order()) == 1
