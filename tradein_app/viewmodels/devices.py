"""The bench as the window shows it: one tile a port, one of them chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tradein_app.viewmodels.board import Board, Port
from tradein_app.viewmodels.faults import Faults
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.sharing import with_sharing
from tradein_app.viewmodels.tile import Tile
from tradein_app.viewmodels.tiles import make_tile, model_name

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.errors import UserError
    from tradein_app.services.records import InspectionRecord
    from tradein_app.viewmodels.judging import NextStep

BACK_MS = 2000
"""So long the phones of a service that works again may take to come back; then they count as unplugged."""
OpenCount = Callable[["InspectionRecord"], int]
StepOf = Callable[[int], "NextStep | None"]
"""Returns the step that a port's person is led to."""


class DevicesModel(QObject):
    """Puts phones into their ports and makes a tile of each.

    Args:
        language: Of the tiles' texts.
        ports: Port ids that were learned before.
        by_number: The numbers that the shop gave its slots.
    """

    tile_changed = Signal(int)
    """A tile's index; its contents are in `tiles`."""
    tile_added = Signal(int)
    """A port was learned; its index never changes."""
    order_changed = Signal()
    """Slots were numbered: the board's order says where each tile stands from now on."""
    port_named = Signal(int)
    """A port that an earlier version learned by its name of that day is known by its slot's own now: it is kept."""
    phone_told = Signal(int)
    """A port's index: its bus told something of its phone, whether its tile shows it or not."""
    selected_changed = Signal()
    settled = Signal(int)
    """The phone in a port was read, well or not: the reading waits to be saved."""

    def __init__(
        self,
        language: str,
        ports: Iterable[str] = (),
        parent: QObject | None = None,
        by_number: Mapping[int, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(parent)
        self.language = language
        self.board = Board(ports, by_number)
        self.records: Mapping[str, InspectionRecord] = {}
        self.count_open: OpenCount = lambda _record: 0
        self.step_of: StepOf = lambda _index: None
        self.selected: int | None = None
        self.expected = 0
        self._faults = Faults(language)
        self._back = QTimer(self, singleShot=True, interval=BACK_MS)
        self._back.timeout.connect(self._give_up)
        self.tiles: list[Tile] = [self._made(index) for index in range(len(self.board.ports))]

    def apply(self, phones: Iterable[Phone]) -> None:
        """Take news from the bench."""
        for phone in phones:
            known, ids, order = len(self.board.ports), self.board.learned(), self._order()
            index = self.board.apply(phone)
            if index is None:
                continue
            if index < known and ids != self.board.learned():
                self.port_named.emit(index)
            self._add_missing()
            port = self.board.ports[index]
            self._note_unseen(port)
            # The steps go on before the tile is made, so that it changes once.
            self.phone_told.emit(index)
            self.refresh_port(index)
            self._refresh_sharing(port, order)
            if port.settled and port.taken != phone.reading:
                self.settled.emit(index)

    def _order(self) -> tuple[int, ...]:
        """Return the board's order where it may change with a phone's news: a place that is shared is rare."""
        return self.board.order() if self.board.is_shared else ()

    def _refresh_sharing(self, port: Port, before: tuple[int, ...]) -> None:
        """Say of the other phones of a place, too, that they share it, or do no more."""
        if not self.board.is_shared:
            return
        for index, other in enumerate(self.board.ports):
            if other is not port and other.stands_for == port.stands_for:
                self.refresh_port(index)
        if self.board.order() != before:
            self.order_changed.emit()

    def shared_with(self, index: int | None) -> str:
        """Return which other phone is told to be in the place of a port's phone; ``""`` for none."""
        others = self.board.sharing(index) if index is not None else ()
        phones = (self.board.ports[other].phone for other in others)
        return next((model_name(phone.reading, self.language) for phone in phones if phone), "")

    def renumber(self, by_number: Mapping[int, Sequence[str]]) -> None:
        """Take the numbers that the shop gives its slots; tiles may stand elsewhere then."""
        before = self.board.order()
        self.board.renumber(by_number)
        self._add_missing()
        self.refresh_all()
        if self.board.order() != before:
            self.order_changed.emit()

    def _add_missing(self) -> None:
        for index in range(len(self.tiles), len(self.board.ports)):
            self.tiles.append(self._made(index))
            self.tile_added.emit(index)

    def expect(self, count: int) -> None:
        """Say how many ports come now, one after the other, so that they are shown from the first as they will stay."""
        self.expected = count

    def note_source(self, name: str, error: UserError | None) -> None:
        """Note that a service fails, or works again: its phones stay in their ports, and come back by themselves."""
        self._faults.note(name, error)
        if error is None and any(port.unseen for port in self.board.ports):
            self._back.start()
        for index, port in enumerate(self.board.ports):
            # One that was unplugged before stays unplugged; one that is there is not asked to be plugged in again.
            if error is not None and port.present and port.bus == name:
                port.unseen = True
                self.refresh_port(index)

    def _note_unseen(self, port: Port) -> None:
        # Where the bare bus showed it beside a service that was down, it is the bus that says it was unplugged.
        left = not port.present and port.lacks_service
        port.unseen = self._faults.fails(port.bus) and not left
        if self._back.isActive() and not any(each.unseen for each in self.board.ports):
            self._back.stop()

    def _give_up(self) -> None:
        for index, port in enumerate(self.board.ports):
            if port.unseen and not self._faults.fails(port.bus):
                port.unseen = False
                self.refresh_port(index)

    def missing(self, index: int | None = None) -> tuple[str, str] | None:
        """Return what is wrong with the service that hides phones, and what to do; ``None`` where none does.

        Args:
            index: Of the port to ask about; any when left out.
        """
        ports = self.board.ports if index is None else self.board.ports[index : index + 1]
        found = (self._faults.words(port.bus) for port in ports if port.unseen)
        return next((words for words in found if words), None)

    def attach(self, index: int, key: str, record: InspectionRecord) -> bool:
        """Give a port its phone's inspection; ``False`` when another phone stands there by now."""
        port = self.board.ports[index]
        if port.phone is None or port.phone.key != key:
            return False
        port.record_id = record.id
        self.refresh_port(index)
        return True

    def refresh(self, record_id: str) -> None:
        """Make the tile of an inspection anew."""
        index = self.board.holding(record_id)
        if index is not None:
            self.refresh_port(index)

    def refresh_all(self) -> None:
        """Make every tile anew."""
        for index in range(len(self.tiles)):
            self.refresh_port(index)

    def select(self, index: int | None) -> None:
        """Choose a port, or none."""
        if index is not None and not 0 <= index < len(self.tiles):
            return
        if index != self.selected:
            self.selected = index
            self.selected_changed.emit()

    @property
    def port(self) -> Port | None:
        """The chosen port."""
        return None if self.selected is None else self.board.ports[self.selected]

    def counts(self) -> dict[Look, int]:
        """Return how many phones have each look, plugged in or to be finished later; each phone counts once."""
        return dict(Counter(tile.look for tile in self._counted()))

    def asking(self) -> dict[tuple[Look, Look], int]:
        """Return how many of those that have one look ask a person for something else: a held phone for trust."""
        return dict(Counter((tile.look, tile.asks) for tile in self._counted() if tile.wants))

    def _counted(self) -> Iterator[Tile]:
        here = {port.record_id for port in self.board.ports if port.present}
        for index in self.board.order():
            tile, port = self.tiles[index], self.board.ports[index]
            # One that was plugged into another slot meanwhile is counted there.
            moved = not tile.present and port.record_id in here
            if tile.present or (tile.look is Look.LATER and not moved):
                yield tile

    def next_with(self, look: Look, step: int = 1) -> int | None:
        """Return the next port, going round from the chosen one, whose phone has a look."""
        order = self.board.order()
        count = len(order)
        start = order.index(self.selected) if self.selected in order else -1 if step > 0 else count
        around = [order[(start + step * distance) % count] for distance in range(1, count + 1)]
        return next((i for i in around if self._is_at(i, look)), None)

    def _is_at(self, index: int, look: Look) -> bool:
        tile = self.tiles[index]
        return look in tile.looks and (tile.present or look is Look.LATER)

    def as_text(self) -> str:
        """Return the tiles as a person would read them out."""
        return "\n".join(self.tiles[index].as_text() for index in self.board.order())

    def refresh_port(self, index: int) -> None:
        """Make a port's tile anew; nothing is told where it stays as it is."""
        tile = self._made(index)
        if tile != self.tiles[index]:
            self.tiles[index] = tile
            self.tile_changed.emit(index)

    def _made(self, index: int) -> Tile:
        port = self.board.ports[index]
        record = self.records.get(port.record_id) if port.record_id else None
        questions = self.count_open(record) if record else 0
        number, follows = self.board.number(index)
        tile = make_tile(
            number,
            port.phone,
            record,
            questions=questions,
            language=self.language,
            slot=port.chain,
            unseen=port.unseen,
            follows=follows,
            step=self.step_of(index),
        )
        return with_sharing(tile, self.shared_with(index))
