"""The numbers of the bench's slots, in the window: on this computer for its first picture, with the desk for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.standing import numbers_from

if TYPE_CHECKING:
    from diagnostics.slots.learning import Numbers
    from tradein_app.viewmodels.devices import DevicesModel
    from tradein_app.viewmodels.saving import Saving
    from tradein_app.viewmodels.settings import SettingsFile


class SlotNumbersModel(QObject):
    """Keeps the numbers with the desk, and in the settings, so that no tile jumps when the desk has opened.

    Args:
        settings: This computer's choices.
        devices: Whose tiles stand by the numbers.
        saving: The desk.
    """

    changed = Signal()

    def __init__(
        self, settings: SettingsFile, devices: DevicesModel, saving: Saving, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._devices = devices
        self._saving = saving
        saving.numbers_told.connect(self._on_told)
        saving.numbers_saved.connect(lambda: settings.change(numbers_saved=True))

    @property
    def now(self) -> Numbers:
        """The numbers as they are learnt now."""
        return numbers_from(dict(self._settings.now.numbers))

    def ask_desk(self) -> None:
        """Take what the desk keeps, or have it keep what was learnt while there was none."""
        if self._settings.now.numbers_saved:
            self._saving.ask_numbers()
        else:
            self._saving.save_numbers(self.now)

    def keep(self, numbers: Numbers) -> None:
        """Keep numbers at once."""
        self._take(numbers, saved=False)
        if self._saving.ready:
            self._saving.save_numbers(numbers)

    def forget(self, number: int) -> None:
        """Take a number from its slot: the slot stands behind the others then, or goes with its last phone."""
        kept = {at: slots for at, slots in self.now.by_number.items() if at != number}
        self.keep(numbers_from(kept))

    def _on_told(self, numbers: Numbers) -> None:
        """Take the desk's word; what was learnt while it was asked is newer."""
        if not self._settings.now.numbers_saved:
            return
        if numbers.by_number:
            self._take(numbers, saved=True)
        elif self._settings.now.numbers:
            self._saving.save_numbers(self.now)

    def _take(self, numbers: Numbers, *, saved: bool) -> None:
        kept = tuple((number, tuple(slots)) for number, slots in numbers.by_number.items())
        self._settings.change(numbers=kept, numbers_saved=saved)
        self._devices.renumber(numbers.by_number)
        self.changed.emit()
