"""The desk in the backroom, as the window holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from diagnostics.errors import ServiceMissing
from tradein_app.backroom.calibration_desk import RemoteCalibration
from tradein_app.backroom.process import ENDED
from tradein_app.backroom.sales_desk import RemoteSales
from tradein_app.backroom.training_desk import RemoteTraining
from tradein_app.services.records import Stage

if TYPE_CHECKING:
    from diagnostics.grading.defects import MarkChange
    from diagnostics.model import Reading
    from diagnostics.slots.learning import Numbers
    from diagnostics.teaching import Unnamed
    from diagnostics.usb.history import SlotDay
    from tradein_app.backroom.process import Backroom
    from tradein_app.services.comparing import Comparison
    from tradein_app.services.records import Actor, InspectionRecord, Workspace

PATIENCE = 15.0
"""Seconds that the next backroom may take to come up."""


class RemoteDesk(RemoteCalibration, RemoteSales, RemoteTraining):
    """Does in the backroom what `tradein_app.services.desk.Desk` describes, and raises what that raises.

    Where the backroom dies before it replies, the next one is asked again: nothing here happens twice by that, for
    what is there already is not added again, and a deal is looked at first. Where no next one comes, a call raises
    `diagnostics.errors.ServiceMissing` with the code ``backroom_ended``: what it began may have been done or not.

    Args:
        backroom: Where the desk stands.
    """

    def __init__(self, backroom: Backroom) -> None:
        self._backroom = backroom

    def take_in(self, reading: Reading, *, actor: Actor, anew: bool = False) -> InspectionRecord:
        """Save a reading in this phone's open inspection."""
        return self._record("take_in", reading, actor=actor, anew=anew)

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
        return self._record(
            "answer",
            inspection_id,
            dict(answers),
            actor=actor,
            given_at=given_at,
            late=late,
            marks=marks,
            how=how,
        )

    def quote(
        self, inspection_id: str, *, actor: Actor, market: str = "FR", as_of: date | None = None
    ) -> InspectionRecord:
        """Price an inspection."""
        return self._record("quote", inspection_id, actor=actor, market=market, as_of=as_of)

    def accept(
        self, inspection_id: str, *, actor: Actor, document: Path | None, quote_id: str | None = None
    ) -> InspectionRecord:
        """Close an inspection: the customer takes the offer."""

        def accept() -> InspectionRecord:
            return self._once("accept", inspection_id, actor=actor, document=document, quote_id=quote_id)

        return self._closed(inspection_id, Stage.ACCEPTED, accept)

    def decline(self, inspection_id: str, *, actor: Actor) -> InspectionRecord:
        """Close an inspection: the customer keeps the phone."""

        def decline() -> InspectionRecord:
            return self._once("decline", inspection_id, actor=actor)

        return self._closed(inspection_id, Stage.DECLINED, decline)

    def keep_name(self, what: Unnamed, name: str, *, actor: Actor) -> bool:
        """Keep what a model is called that no table knows, or a colour; ``False`` where it waits for all benches."""
        return cast("bool", self._call("keep_name", what, name, actor=actor))

    def look_again(self, inspection_id: str, surface: str, *, actor: Actor) -> InspectionRecord:
        """Keep that a person looked at a surface again."""
        return self._record("look_again", inspection_id, surface, actor=actor)

    def compare(self, inspection_id: str) -> Comparison:
        """Return an inspection under every standard."""
        return cast("Comparison", self._call("compare", inspection_id))

    def inspection(self, inspection_id: str) -> InspectionRecord:
        """Return an inspection as it is saved."""
        return self._record("inspection", inspection_id)

    def open_inspections(self) -> tuple[InspectionRecord, ...]:
        """Return what is neither accepted nor declined."""
        return cast("tuple[InspectionRecord, ...]", self._call("open_inspections"))

    def workspace(self, actor: Actor) -> Workspace:
        """Return where the window was."""
        return cast("Workspace", self._call("workspace", actor))

    def save_workspace(self, workspace: Workspace, *, actor: Actor) -> None:
        """Save where the window is."""
        self._call("save_workspace", workspace, actor=actor)

    def slot_numbers(self) -> Numbers:
        """Return the numbers that the bench's slots were given."""
        return cast("Numbers", self._call("slot_numbers"))

    def save_slot_numbers(self, numbers: Numbers, *, actor: Actor) -> None:
        """Keep the numbers in place of what was kept before."""
        self._call("save_slot_numbers", numbers, actor=actor)

    def slot_days(self, day: date | None = None) -> tuple[SlotDay, ...]:
        """Return what happened at each slot on a day."""
        return cast("tuple[SlotDay, ...]", self._call("slot_days", day))

    def save_slot_days(self, days: tuple[SlotDay, ...]) -> None:
        """Keep what was counted at some slots."""
        self._call("save_slot_days", days)

    def close(self) -> None:
        """Let the backroom end."""
        self._backroom.stop()

    def _record(self, name: str, *arguments: object, **named: object) -> InspectionRecord:
        return cast("InspectionRecord", self._call(name, *arguments, **named))

    def _call(self, name: str, *arguments: object, **named: object) -> object:
        try:
            return self._backroom.call("desk", name, *arguments, **named)
        except ServiceMissing as error:
            if not self._may_ask_again(error):
                raise
        return self._backroom.call("desk", name, *arguments, **named)

    def _once(self, name: str, *arguments: object, **named: object) -> InspectionRecord:
        return cast("InspectionRecord", self._backroom.call("desk", name, *arguments, **named))

    def _closed(
        self, inspection_id: str, stage: Stage, close: Callable[[], InspectionRecord]
    ) -> InspectionRecord:
        """Close a deal; where the backroom died over it, look whether it was done before it is tried once more.

        A deal that another window ended otherwise meanwhile is none that was done: that is said by the second try.
        """
        try:
            return close()
        except ServiceMissing as error:
            if not self._may_ask_again(error):
                raise
        found = self.inspection(inspection_id)
        return found if found.stage is stage else close()

    def _may_ask_again(self, error: ServiceMissing) -> bool:
        return error.code == ENDED and self._backroom.wait_until_up(PATIENCE)
