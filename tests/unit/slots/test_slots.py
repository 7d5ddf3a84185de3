"""What a slot is called, on which face of a port, and how its number is learnt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.slots.learning import Learning, Numbers
from diagnostics.slots.linux import place_of
from diagnostics.slots.slot import Place, Slot, plain_place

XHCI, EHCI = "pci0000:00/0000:00:14.0", "pci0000:00/0000:00:1a.0"
slots = st.builds(Slot, st.sampled_from([XHCI, EHCI, "bus 1"]), st.sampled_from(["1", "2.3", "2.4", "10"]))


@pytest.fixture
def sysfs(tmp_path: Path) -> Path:
    """Return a bus folder as Linux has it: bus 1 and its SuperSpeed face 2, and bus 3 of another controller."""
    devices, bus = tmp_path / "sys/devices", tmp_path / "sys/bus/usb/devices"
    bus.mkdir(parents=True)
    for number, controller, version in ((1, XHCI, "2.00"), (2, XHCI, "3.10"), (3, EHCI, "2.00")):
        root = devices / controller / f"usb{number}"
        (root / f"{number}-0:1.0").mkdir(parents=True)
        (root / "version").write_text(f" {version}\n")
        (bus / f"usb{number}").symlink_to(root)
    return bus


def peers(sysfs: Path, fast: str, slow: str) -> None:
    """Link two ports as the kernel does; each is the path of its folder below the bus folder."""
    for one, other in ((fast, slow), (slow, fast)):
        (sysfs / one).mkdir(parents=True, exist_ok=True)
        if not (sysfs / one / "peer").exists():
            (sysfs / one / "peer").symlink_to(sysfs / other)


def test_both_faces_of_a_port_are_one_slot_by_the_kernels_word(sysfs: Path):
    peers(sysfs, "usb2/2-0:1.0/usb2-port1", "usb1/1-0:1.0/usb1-port5")  # as on most boards: other numbers
    peers(sysfs, "2-1/2-1:1.0/2-1-port3", "1-5/1-5:1.0/1-5-port3")
    assert place_of("2-1", sysfs) == place_of("1-5", sysfs) == Place(Slot(XHCI, "5"), "1-5")
    assert place_of("2-1.3", sysfs) == place_of("1-5.3", sysfs) == Place(Slot(XHCI, "5.3"), "1-5.3")


def test_both_faces_of_a_port_have_the_same_numbers_where_the_kernel_says_nothing(sysfs: Path):
    assert place_of("2-1.3", sysfs) == place_of("1-1.3", sysfs) == Place(Slot(XHCI, "1.3"), "1-1.3")
    assert place_of("3-1.3", sysfs) == Place(Slot(EHCI, "1.3"), "3-1.3")


def test_where_no_system_tells_more_a_name_is_a_slot_of_its_own(tmp_path: Path):
    assert place_of("1-2.3", tmp_path) == plain_place("1-2.3") == Place(Slot("bus 1", "2.3"), "1-2.3")
    assert place_of("no port", tmp_path).name == "no port"
    assert place_of("1-a", tmp_path) != place_of("1-b", tmp_path)


@given(slots)
def test_a_slot_is_stored_and_found_again(slot: Slot):
    assert Slot.parse(str(slot)) == slot
    assert Slot.parse("1-2.3") is None


def test_the_next_phone_that_comes_is_the_one_in_the_slot():
    one, two, three = (Slot(XHCI, ports) for ports in ("1", "2", "3"))
    waiting = Learning(3, frozenset({one, two}))
    assert waiting.see([one, two]).slot is None
    assert waiting.see([one, two, three]).slot == three
    replugged = waiting.see([one]).see([one, two])
    assert replugged.slot == two
    assert replugged.see([three]).slot == two  # found is found


def test_phones_that_come_together_teach_nothing_until_one_is_plugged_in_again():
    one, two = Slot(XHCI, "1"), Slot(XHCI, "2")
    both = Learning(3).see([one, two])
    assert both.slot is None
    assert both.candidates == {one, two}
    assert both.see([two]).see([one, two]).slot == one


@given(st.lists(st.tuples(st.integers(1, 5), slots, st.booleans()), max_size=20))
def test_a_slot_has_one_number_at_most_and_the_last_word_counts(lessons):
    numbers = Numbers()
    for number, slot, other_face in lessons:
        numbers = numbers.learnt(number, slot, other_face=other_face)
        assert numbers.of(slot) == number
    known = [text for texts in numbers.by_number.values() for text in texts]
    assert len(known) == len(set(known))
    assert all(numbers.by_number.values())


def test_both_faces_can_be_learnt_where_no_system_tells_that_they_are_one():
    fast, slow = Slot("bus 2", "1"), Slot("bus 1", "5")
    numbers = Numbers().learnt(3, slow).learnt(3, fast, other_face=True)
    assert (numbers.of(fast), numbers.of(slow)) == (3, 3)
    assert numbers.learnt(3, slow).of(fast) is None  # learnt anew


def test_numbers_of_earlier_versions_become_what_they_mean_today():
    def today(name: str) -> Place:
        return Place(Slot(XHCI, name.partition("-")[2]), name)

    numbers = Numbers({1: ("1-2.3",), 2: (f"{EHCI} 4",)}).adopted(today)
    assert numbers.of(Slot(XHCI, "2.3")) == 1
    assert numbers.of(Slot(EHCI, "4")) == 2
    assert numbers.adopted(today) == numbers
