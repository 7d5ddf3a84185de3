"""The first look at a bench whose ports are not known yet: they get their numbers by where they are.

Phones are told in the order in which the services answer, which has nothing to do with the order of the plugs. So on
the first start those that are there are gathered until every service has told its phones, and take their ports by bus
and port chain. Later phones, and all phones of later starts, go straight to their ports, which never move.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from tradein_app.bridge.pacing import Pacer
from tradein_app.viewmodels.board import chain_order
from tradein_app.viewmodels.faults import SEEING

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.errors import UserError
    from tradein_app.viewmodels.devices import DevicesModel

QUIET_MS = 200
"""So long nothing new may come after the last service has told its phones."""
LIMIT_MS = 2500
"""So long a service that is slow to start is waited for, from the first phone on."""


class FirstLook(QObject):
    """Stands between the bench and the tiles.

    Args:
        devices: Where the phones go.
        parent: Lives as long.
    """

    def __init__(self, devices: DevicesModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = devices
        self._over = bool(devices.board.ports)
        self._phones: dict[str, Phone] = {}
        self._heard: set[str] = set()
        self._placing = False
        self._pacer = Pacer(self)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._limit = QTimer(self, singleShot=True, interval=LIMIT_MS)
        for timer in (self._quiet, self._limit):
            timer.timeout.connect(self.finish)

    def take(self, phones: Iterable[Phone]) -> None:
        """Take news from the bench."""
        if self._over:
            self._devices.apply(phones)
            return
        for phone in phones:
            new = phone.key not in self._phones
            self._phones[phone.key] = phone
            if new and not self._placing:
                self._wait()

    def note_source(self, name: str, error: UserError | None = None) -> None:
        """Note that a service has told its phones, or that it has none to tell."""
        self._devices.note_source(name, error)
        self._heard.add(name)
        if not self._over and not self._placing and self._heard >= SEEING:
            self._quiet.start()

    def _wait(self) -> None:
        if not self._limit.isActive():
            self._limit.start()
        if self._quiet.isActive():
            self._quiet.start()

    def finish(self) -> None:
        """Give the gathered phones their ports, one in each pass of the event loop; later ones come behind them."""
        self._quiet.stop()
        self._limit.stop()
        self._placing = True
        order = sorted(self._phones.values(), key=lambda phone: chain_order(phone.sighting.slot))
        self._phones = {phone.key: phone for phone in order}
        self._devices.expect(len(order))
        self._pacer.ask(self._place_one)

    def _place_one(self) -> None:
        if self._phones:
            key = next(iter(self._phones))
            self._devices.apply((self._phones.pop(key),))
            self._pacer.ask(self._place_one)
        else:
            self._over = True
