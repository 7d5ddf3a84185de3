"""Numbering the slots: "plug a phone into slot 1 now", one after the other, each kept as soon as it is learnt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.slots.learning import Learning, Numbers
    from diagnostics.slots.slot import Slot
    from tradein_app.viewmodels.devices import DevicesModel
    from tradein_app.viewmodels.slot_numbers import SlotNumbersModel

SETTLE_MS = 800
"""So long another phone may come that was plugged in at the same moment: the bus is looked at twice a second."""
HIGHEST = 999


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What can be taken back: a number, and the numbers before and after it was learnt."""

    number: int
    before: Numbers
    after: Numbers
    other_face: bool


class Numbering(QObject):
    """Waits for phones, and says what it saw.

    Args:
        devices: Which slots have a phone.
        numbers: Where the numbers are kept.
    """

    changed = Signal()

    def __init__(
        self, devices: DevicesModel, numbers: SlotNumbersModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._devices = devices
        self._numbers = numbers
        self._learning: Learning | None = None
        self._other_face = False
        self._done: list[_Learnt] = []
        self.said = ""
        self.tone = "dim"
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._look)
        devices.phone_told.connect(self._on_told)

    # --- what it says

    @property
    def number(self) -> int:
        """The number that is being learnt; 0 while nothing is."""
        return self._learning.number if self._learning else 0

    @property
    def asks(self) -> bool:
        """Whether it waits for yes or no."""
        return self._learning is not None and self._learning.slot is not None

    @property
    def may_have_faces(self) -> bool:
        """Whether there is a slot before this one, whose other face could be learnt."""
        here = self.number - 1 in self._numbers.now.by_number
        return here and not (self.asks or self.learns_other_face)

    @property
    def learns_other_face(self) -> bool:
        """Whether it waits for the other face of a slot that has its number already."""
        return self._learning is not None and self._other_face

    @property
    def may_take_back(self) -> bool:
        """Whether something was learnt here, and nobody changed the numbers since, such as another computer."""
        last = self._done[-1] if self._done else None
        return last is not None and not self.asks and last.after == self._numbers.now

    @property
    def task(self) -> str:
        """What to do, in one sentence; ``""`` while nothing is to be done."""
        if self._learning is None:
            return ""
        if self._learning.slot is not None:
            text = translate("numbering", "This place was slot {0}. Make it slot {1}?")
            return text.format(self._numbers.now.of(self._learning.slot), self.number)
        if self._other_face:
            text = translate("numbering", "Plug the other kind of cable into slot {0} now")
            return text.format(self.number)
        return translate("numbering", "Plug a phone into slot {0} now").format(self.number)

    # --- what a person does

    def start(self, number: int | None = None) -> None:
        """Begin with a number: the first one that no slot has, when left out."""
        self._done.clear()
        taken = self._numbers.now.by_number
        first = next(each for each in range(1, len(taken) + 2) if each not in taken)
        self._say("")
        self._wait_for(number or first)

    def stop(self) -> None:
        """End; what was learnt is kept already."""
        self._learning, self._other_face = None, False
        self._settle.stop()

    def go_to(self, number: int) -> None:
        """Learn another number."""
        if self._learning is not None and 1 <= number <= HIGHEST:
            self._say("")
            self._wait_for(number)

    def skip(self) -> None:
        """Leave this number out."""
        self.go_to(self.number + 1)

    def back(self) -> None:
        """Learn the number before once more."""
        self.go_to(self.number - 1)

    def learn_other_face(self) -> None:
        """Learn the other face of the port that was learnt last: a USB 3 cable reaches another one than a USB 2."""
        if self.may_have_faces:
            self._say("")
            self._wait_for(self.number - 1, other_face=True)

    def take_back(self) -> None:
        """Leave the other face be; otherwise forget what was learnt last, and wait for that number again."""
        if self.learns_other_face:
            self._say("")
            self._wait_for(self.number + 1)
        elif self.may_take_back:
            self._take_back(self._done.pop())

    def _take_back(self, last: _Learnt) -> None:
        face = translate("numbering", "The other face of slot {0} is taken back; its first one stays.")
        self._say(
            (face if last.other_face else translate("numbering", "Slot {0} taken back.")).format(last.number)
        )
        self._numbers.keep(last.before)
        self._wait_for(last.number + last.other_face)

    def yes(self) -> None:
        """Give the slot this number in place of the one that it had."""
        if self._learning is not None and self._learning.slot is not None:
            self._learn(self._learning.slot)

    def no(self) -> None:
        """Leave the slot its number, and wait for another one."""
        if self.asks:
            self._say("")
            self._wait_for(self.number, other_face=self._other_face)

    # --- what the bench shows

    def _on_told(self, _index: int) -> None:
        if self._learning is None or self.asks:
            return
        taken = self._taken()
        # A phone that is pulled is noted at once: it may be back before the others had their time to come.
        self._learning = replace(self._learning, busy=self._learning.busy & taken)
        if taken - self._learning.busy and not self._settle.isActive():
            self._settle.start()

    def _look(self) -> None:
        if self._learning is None or self.asks:
            return
        self._learning = self._learning.see(self._taken())
        if self._learning.candidates:
            several = translate("numbering", "{0} phones came at once. Unplug them, and plug in one alone.")
            self._say(several.format(len(self._learning.candidates)), "warn")
        elif (slot := self._learning.slot) is not None:
            self._found(slot)
        self.changed.emit()

    def _found(self, slot: Slot) -> None:
        if self._is_refused(slot):
            return
        had = self._numbers.now.of(slot)
        if had == self.number:
            self._say(translate("numbering", "This is slot {0} already.").format(had), "ok")
            self._wait_for(self.number + 1)
        elif had is None:
            self._learn(slot)
        else:
            self._say("")  # what was said before would stand under the question

    def _is_refused(self, slot: Slot) -> bool:
        """Refuse a face while the slot's other one holds a phone: two phones at once are in two ports."""
        phone = self._in_twin(slot) if self._other_face else ""
        if not phone:
            return False
        refusal = translate(
            "numbering",
            "Slot {0} has {1} in it. One port takes one cable: pull that one first, then try again.",
        )
        self._say(refusal.format(self.number, phone), "warn")
        self._wait_for(self.number, other_face=True)
        return True

    def _in_twin(self, slot: Slot) -> str:
        """Return what is in the faces that the number has already; ``""`` where nothing is."""
        faces = set(self._numbers.now.by_number.get(self.number, ())) - {str(slot)}
        ports = enumerate(self._devices.board.ports)
        held = (i for i, port in ports if port.present and port.phone and port.phone.place in faces)
        nameless = translate("numbering", "a phone")
        return next((self._devices.tiles[index].model or nameless for index in held), "")

    def _learn(self, slot: Slot) -> None:
        if self._is_refused(slot):
            return
        now, number, face = self._numbers.now, self.number, self._other_face
        after = now.learnt(number, slot, other_face=face)
        self._say(self._words_of(slot), "ok")
        self._done.append(_Learnt(number, now, after, face))
        self._wait_for(number + 1)
        self._numbers.keep(after)

    def _words_of(self, slot: Slot) -> str:
        if self._other_face:
            return translate("numbering", "Slot {0} has its other face, too, now.").format(self.number)
        said = translate("numbering", "Slot {0} learnt.").format(self.number)
        if set(self._numbers.now.by_number.get(self.number, ())) - {str(slot)}:
            said += " " + translate("numbering", "The place that had this number before has none now.")
        return said

    def _wait_for(self, number: int, *, other_face: bool = False) -> None:
        from diagnostics.slots.learning import Learning

        self._settle.stop()
        self._other_face = other_face
        self._learning = Learning(number, self._taken())
        self.changed.emit()

    def _say(self, text: str, tone: str = "dim") -> None:
        self.said, self.tone = text, tone

    def _taken(self) -> frozenset[Slot]:
        from diagnostics.slots.slot import Slot

        phones = (port.phone for port in self._devices.board.ports if port.present)
        slots = (Slot.parse(phone.place) for phone in phones if phone and phone.place)
        return frozenset(slot for slot in slots if slot)
