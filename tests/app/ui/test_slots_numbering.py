"""Numbering the slots of a bench by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from diagnostics.model import State
from diagnostics.slots.learning import Numbers
from diagnostics.slots.slot import Slot
from tests.fakes.slots import PCI, at
from tests.fakes.windows import Counter, gone
from tradein_app.ui.number_sheet import NumberSheet

Key = Qt.Key


class Numberer:
    """A person with one phone, and the keyboard."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.window = counter.show_window()
        self.window.activateWindow()
        self.plugs = 0

    @property
    def sheet(self) -> NumberSheet:
        assert self.window.handling.numbers is not None
        return self.window.handling.numbers

    def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> str:
        sheet = self.window.handling.numbers
        QTest.keyClick(sheet if sheet is not None and sheet.isVisible() else self.window, key, modifier)
        self.counter.settle()
        return self.sheet.text()

    def open(self) -> str:
        return self.press(Key.Key_F11, Qt.KeyboardModifier.ShiftModifier)

    def plug(self, *ports: str) -> str:
        self.plugs += 1
        phones = [at(each, f"{self.plugs}.{each}", State.NEEDS_TRUST) for each in ports]
        self.counter.plug(*phones)
        self._settle()
        said = self.sheet.text()
        self.counter.plug(*(gone(phone) for phone in phones))
        self._settle()
        return said

    def _settle(self) -> None:
        self.sheet.numbering._settle.stop()
        self.sheet.numbering._look()
        self.counter.settle()

    def numbers(self) -> dict[int, tuple[str, ...]]:
        return dict(self.counter.shop.desk.slot_numbers().by_number)


@pytest.fixture
def person(counter: Counter) -> Numberer:
    return Numberer(counter)


def test_slots_are_numbered_one_after_the_other_and_each_is_saved_at_once(person: Numberer):
    assert person.open() == "Plug a phone into slot 1 now"
    assert person.plug("2.4") == "Plug a phone into slot 2 now\nSlot 1 learnt."
    assert person.numbers() == {1: (f"{PCI} 2.4",)}
    person.plug("2.1")
    person.press(Key.Key_Right)
    person.plug("2.3")
    assert person.numbers() == {1: (f"{PCI} 2.4",), 2: (f"{PCI} 2.1",), 4: (f"{PCI} 2.3",)}
    QTest.keyClick(person.window, Key.Key_Escape)
    assert person.sheet.isHidden()
    person.counter.plug(at("2.9"))
    assert not person.sheet.numbering.task, "a closed sheet learns nothing"
    assert person.numbers().keys() == {1, 2, 4}


def test_a_slot_that_has_a_number_is_asked_about(person: Numberer):
    person.counter.bench.slots.keep(Numbers().learnt(5, Slot(PCI, "2.1")))
    person.open()
    person.press(Key.Key_Right)
    person.press(Key.Key_Right)
    assert person.plug("2.1") == "This place was slot 5. Make it slot 3?"
    assert person.press(Key.Key_Backspace) == "Plug a phone into slot 3 now"
    assert person.numbers() == {5: (f"{PCI} 2.1",)}
    person.plug("2.1")
    assert person.press(Key.Key_Return) == "Plug a phone into slot 4 now\nSlot 3 learnt."
    assert person.numbers() == {3: (f"{PCI} 2.1",)}


def test_two_phones_at_once_teach_nothing(person: Numberer):
    person.open()
    said = person.plug("2.1", "2.2")
    assert said == "Plug a phone into slot 1 now\n2 phones came at once. Unplug them, and plug in one alone."
    assert person.numbers() == {}
    assert "Slot 1 learnt." in person.plug("2.2")


def test_a_question_stands_alone_whatever_was_said_before(person: Numberer):
    person.counter.bench.slots.keep(Numbers().learnt(5, Slot(PCI, "2.1")))
    person.open()
    assert "2 phones came at once" in person.plug("2.2", "2.3")
    assert person.plug("2.1") == "This place was slot 5. Make it slot 1?"


def test_both_faces_of_a_port_are_one_slot(person: Numberer):
    person.open()
    person.plug("2.1")
    assert person.press(Key.Key_Up) == "Plug the other kind of cable into slot 1 now"
    person.plug("7.1")
    assert person.numbers() == {1: (f"{PCI} 2.1", f"{PCI} 7.1")}
    person.press(Key.Key_Escape)
    board = person.counter.bench.devices.board
    assert [board.number(index)[0] for index in board.order()] == [1], "an idle face has no tile of its own"
    person.counter.plug(at("7.1", "A"))
    assert [person.counter.bench.devices.tiles[index].model for index in board.order()] == ["iPhone 13"]
    person.counter.plug(gone(at("7.1", "A")))


def test_a_phone_in_the_first_face_refuses_another_one_beside_it(person: Numberer):
    person.open()
    person.plug("2.1")
    person.counter.plug(at("2.1", "A"))
    person.press(Key.Key_Up)
    said = person.plug("7.1")
    assert "Slot 1 has iPhone 13 in it." in said
    assert said.startswith("Plug the other kind of cable into slot 1 now")
    assert person.numbers() == {1: (f"{PCI} 2.1",)}
    person.counter.plug(gone(at("2.1", "A")))
    assert "Slot 1 has its other face, too, now." in person.plug("7.1")


def test_another_face_is_left_by_a_key_and_what_was_learnt_is_taken_back(person: Numberer):
    person.open()
    person.plug("2.1")
    for leave in (Key.Key_Down, Key.Key_Escape):
        person.press(Key.Key_Up)
        assert person.press(leave) == "Plug a phone into slot 2 now"
        assert person.sheet.isVisible()
    person.press(Key.Key_Up)
    person.plug("7.1")
    said = person.press(Key.Key_Down)
    assert (
        said == "Plug a phone into slot 2 now\nThe other face of slot 1 is taken back; its first one stays."
    )
    assert person.numbers() == {1: (f"{PCI} 2.1",)}
    assert person.press(Key.Key_Down) == "Plug a phone into slot 1 now\nSlot 1 taken back."
    assert person.numbers() == {}
    assert person.press(Key.Key_Down) == "Plug a phone into slot 1 now\nSlot 1 taken back.", (
        "there is no more"
    )


def test_a_number_is_typed_and_the_one_before_is_learnt_anew(person: Numberer):
    person.open()
    person.press(Key.Key_1)
    person.press(Key.Key_2)
    person.sheet._timer.timeout.emit()
    assert person.sheet.text() == "Plug a phone into slot 12 now"
    person.plug("2.1")
    person.press(Key.Key_Left)
    said = person.plug("2.2")
    assert "The place that had this number before has none now." in said
    assert person.numbers() == {12: (f"{PCI} 2.2",)}


def test_a_phone_that_is_there_already_is_not_taken_for_one_that_comes(person: Numberer):
    person.counter.plug(at("2.1", "A", State.NEEDS_TRUST))
    person.open()
    person.counter.plug(at("2.1", "A"))
    person._settle()
    assert person.sheet.text() == "Plug a phone into slot 1 now"
    assert "Slot 1 learnt." in person.plug("2.2")
