"""Phones that were read come into their inspections: again and again, until the database takes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from tradein_app.viewmodels.saving import RETRY_MS

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from diagnostics.errors import UserError
    from diagnostics.model import Reading
    from tradein_app.services.records import InspectionRecord
    from tradein_app.viewmodels.devices import DevicesModel
    from tradein_app.viewmodels.saving import Saving


class Taking(QObject):
    """Hands each phone that was read to the desk once, and once more when that could not save it.

    Args:
        devices: The bench, whose ports hold what was handed over.
        saving: The desk.
    """

    failed = Signal(object)
    """The `diagnostics.errors.UserError` that keeps readings from being saved; said once until one is saved."""

    def __init__(self, devices: DevicesModel, saving: Saving, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = devices
        self._saving = saving
        self._untaken: set[int] = set()
        self._imeis: dict[str, tuple[str, datetime]] = {}
        self._again = QTimer(self, interval=RETRY_MS, singleShot=True)
        self._again.timeout.connect(self._on_again)
        devices.settled.connect(self.take_in)
        saving.taken.connect(self._on_taken)
        saving.not_taken.connect(self._on_not_taken)

    def take_in(self, index: int) -> None:
        """Save the reading of the phone in a port, unless it is being read or was handed over already."""
        port = self._devices.board.ports[index]
        phone = port.phone
        if not self._saving.ready or phone is None or not port.settled:
            return
        if port.taken != phone.reading:
            port.taken = phone.reading
            self._saving.take_in(index, phone.key, self._with_word(phone))

    def tell_imei(self, index: int, imei: str) -> None:
        """Take a person's word for the IMEI of the phone in a port, for as long as it is plugged in; it is saved."""
        port = self._devices.board.ports[index]
        if port.phone is not None:
            self._imeis[port.phone.key] = (imei, datetime.now(UTC))
            port.taken = None
            self.take_in(index)

    def _with_word(self, phone: Phone) -> Reading:
        from tradein_app.services.persons_word import wants_imei, with_imei
        from tradein_app.services.records import THE_PERSON

        word = self._imeis.get(phone.key)
        if word is None or not wants_imei(phone.reading):
            return phone.reading
        imei, at = word
        return with_imei(phone.reading, imei, THE_PERSON.name, at)

    def stop(self) -> None:
        """Try no more; the next start finds the phone on the bench again."""
        self._again.stop()

    def _on_taken(self, index: int, _key: str, _record: InspectionRecord) -> None:
        self._untaken.discard(index)

    def _on_not_taken(self, index: int, error: UserError) -> None:
        """Take a phone in again and again until the database takes its reading; say why only once."""
        if not self._untaken:
            self.failed.emit(error)
        self._untaken.add(index)
        self._again.start()

    def _on_again(self) -> None:
        for index in sorted(self._untaken):
            self._devices.board.ports[index].taken = None
            self.take_in(index)
