"""What the desk offers, for those who need not know in which process it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tradein_app.services.calibration_door import CalibrationDoor
from tradein_app.services.sales_door import SalesDoor
from tradein_app.services.training_door import TrainingDoor

if TYPE_CHECKING:
    from diagnostics.grading.defects import MarkChange
    from diagnostics.model import Reading
    from diagnostics.slots.learning import Numbers
    from diagnostics.teaching import Unnamed
    from diagnostics.usb.history import SlotDay
    from tradein_app.services.comparing import Comparison
    from tradein_app.services.records import Actor, InspectionRecord, Workspace


class Door(CalibrationDoor, SalesDoor, TrainingDoor, Protocol):
    """The desk as everyone else sees it; `tradein_app.services.desk.Desk` says what each of these does."""

    def take_in(self, reading: Reading, *, actor: Actor, anew: bool = False) -> InspectionRecord:
        """Save a reading in this phone's open inspection."""
        ...

    def answer(
        self,
        inspection_id: str,
        answers: Mapping[str, str | int | None],
        *,
        actor: Actor,
        given_at: datetime | None = None,
        late: bool = True,
        marks: tuple[MarkChange, ...] = (),
        how: str = "answered",
    ) -> InspectionRecord:
        """Save answers by question id."""
        ...

    def quote(
        self, inspection_id: str, *, actor: Actor, market: str = "FR", as_of: date | None = None
    ) -> InspectionRecord:
        """Price an inspection."""
        ...

    def accept(
        self, inspection_id: str, *, actor: Actor, document: Path | None, quote_id: str | None = None
    ) -> InspectionRecord:
        """Close an inspection: the customer takes the offer."""
        ...

    def decline(self, inspection_id: str, *, actor: Actor) -> InspectionRecord:
        """Close an inspection: the customer keeps the phone."""
        ...

    def keep_name(self, what: Unnamed, name: str, *, actor: Actor) -> bool:
        """Keep what a model is called that no table knows, or a colour; ``False`` where it waits for all benches."""
        ...

    def look_again(self, inspection_id: str, surface: str, *, actor: Actor) -> InspectionRecord:
        """Keep that a person looked at a surface again."""
        ...

    def compare(self, inspection_id: str) -> Comparison:
        """Return an inspection under every standard."""
        ...

    def inspection(self, inspection_id: str) -> InspectionRecord:
        """Return an inspection as it is saved."""
        ...

    def open_inspections(self) -> tuple[InspectionRecord, ...]:
        """Return what is neither accepted nor declined."""
        ...

    def workspace(self, actor: Actor) -> Workspace:
        """Return where the window was."""
        ...

    def save_workspace(self, workspace: Workspace, *, actor: Actor) -> None:
        """Save where the window is."""
        ...

    def slot_numbers(self) -> Numbers:
        """Return the numbers that the bench's slots were given."""
        ...

    def save_slot_numbers(self, numbers: Numbers, *, actor: Actor) -> None:
        """Keep the numbers in place of what was kept before."""
        ...

    def slot_days(self, day: date | None = None) -> tuple[SlotDay, ...]:
        """Return what happened at each slot on a day."""
        ...

    def save_slot_days(self, days: tuple[SlotDay, ...]) -> None:
        """Keep what was counted at some slots."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
