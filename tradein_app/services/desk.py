"""The shop's desk: every service behind one door, for the window and for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from diagnostics.grading.defects import MarkChange
from diagnostics.model import Reading
from diagnostics.slots.learning import Numbers
from diagnostics.teaching import Unnamed
from diagnostics.usb.history import SlotDay
from tradein_app.services import (
    answering,
    comparing,
    deciding,
    intake,
    looking,
    naming,
    photos,
    quoting,
    second_looks,
    slots,
)
from tradein_app.services import workspace as places
from tradein_app.services.calibration_desk import CalibrationDesk
from tradein_app.services.comparing import Comparison
from tradein_app.services.photo_records import Photos, PhotoSource, Picture
from tradein_app.services.records import THE_PERSON, Actor, How, InspectionRecord, Workspace
from tradein_app.services.sales_desk import SalesDesk
from tradein_app.services.shop import Shop
from tradein_app.services.training_desk import TrainingDesk


class Desk(CalibrationDesk, SalesDesk, TrainingDesk):
    """Saves each step of an inspection as it happens. Blocking, free of Qt, and callable from any thread.

    Every method that changes something is one transaction that also writes the audit entry: after an error, or a
    crash, the state before it stands. All raise `diagnostics.errors.ServiceMissing` when the database cannot be
    used, and `diagnostics.errors.UserError` when the step makes no sense now.
    """

    def __init__(self, shop: Shop, folder: Path | None = None, names: Path | None = None) -> None:
        """Take the shop.

        Args:
            shop: What the services work with.
            folder: The data folder, for what is no database's; ``None`` for none.
            names: The folder that all benches share for the names that they teach; ``None`` for none.
        """
        self._shop = shop
        self._folder = folder
        self._names = names

    def take_in(self, reading: Reading, *, actor: Actor, anew: bool = False) -> InspectionRecord:
        """Save a reading in this phone's open inspection, and grade it; a phone never seen before gets one.

        Args:
            reading: What the phone said.
            actor: Who took it in.
            anew: Open a new inspection where the last one is closed. Without it the closed one is returned as it
                is, and the reading is kept beside it: a phone that was bought is never bought again by itself.
        """
        return intake.take_in(self._shop, reading, actor, anew=anew)

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
        """Save answers by question id, then grade.

        Args:
            inspection_id: An open inspection.
            answers: ``None`` clears an answer. One that is wrong keeps them all from being saved.
            actor: Who answered.
            given_at: When, UTC, where that is not now.
            late: Such answers yield to what was answered and marked since.
            marks: Put on the outline, or taken away, at the same time.
            how: Given, taken back, or given once more: a member of `tradein_app.services.records.How`.

        Raises:
            BadInput: An unknown question, answer or mark.
            UserError: ``better_than_read``: the cable proved something worse.
        """
        return answering.answer(
            self._shop, inspection_id, answers, actor, given_at=given_at, late=late, marks=marks, how=How(how)
        )

    def quote(
        self, inspection_id: str, *, actor: Actor, market: str = "FR", as_of: date | None = None
    ) -> InspectionRecord:
        """Price an inspection; the quote is saved when it differs from the last one.

        Args:
            inspection_id: An open inspection.
            actor: Who asked.
            market: Two letters.
            as_of: The day whose rates hold; today when left out.
        """
        return quoting.quote_inspection(
            self._shop, inspection_id, actor, market=market, as_of=as_of, folder=self._folder
        )

    def accept(
        self, inspection_id: str, *, actor: Actor, document: Path | None, quote_id: str | None = None
    ) -> InspectionRecord:
        """Close an inspection: the customer takes the offer.

        Args:
            inspection_id: An inspection with an offer that still holds.
            actor: Who closed the deal.
            document: The paper that the customer got, already saved.
            quote_id: The quote that the customer saw; the deal is refused when another one holds by now.
        """
        return deciding.accept(self._shop, inspection_id, actor, document, quote_id=quote_id)

    def decline(self, inspection_id: str, *, actor: Actor) -> InspectionRecord:
        """Close an inspection: the customer keeps the phone."""
        return deciding.decline(self._shop, inspection_id, actor)

    def keep_name(self, what: Unnamed, name: str, *, actor: Actor) -> bool:
        """Keep what a model is called that no table knows, or a colour; it counts from the next reading on.

        Returns ``False`` where it waits here for the folder that all benches share.

        Args:
            what: The model, or the colour of a model.
            name: What stands on the box; of a colour its name.
            actor: Who typed it.

        Raises:
            BadInput: The name cannot be one, or the file of names cannot be used as it is.
        """
        return naming.keep_name(self._shop, self._folder, what, name, actor, names=self._names)

    def look_again(self, inspection_id: str, surface: str, *, actor: Actor) -> InspectionRecord:
        """Keep that a person looked at a surface again and found its answers right; it blocks nothing.

        Args:
            inspection_id: An open inspection.
            surface: As the checklist calls it. One that nobody asks about is left alone.
            actor: Who looked.
        """
        return second_looks.look_again(self._shop, inspection_id, surface, actor)

    def compare(self, inspection_id: str) -> Comparison:
        """Return an inspection, open or closed, under every standard; nothing is saved.

        Raises:
            BadInput: There is none with this id.
        """
        return comparing.compare_inspection(self._shop, inspection_id, self._folder)

    def inspection(self, inspection_id: str) -> InspectionRecord:
        """Return an inspection as it is saved.

        Raises:
            BadInput: There is none with this id.
        """
        return looking.inspection(self._shop, inspection_id)

    def open_inspections(self) -> tuple[InspectionRecord, ...]:
        """Return what is neither accepted nor declined, the oldest first."""
        return looking.open_inspections(self._shop)

    def workspace(self, actor: Actor = THE_PERSON) -> Workspace:
        """Return where the window was; the beginning when that was never saved."""
        return places.workspace(self._shop, actor)

    def save_workspace(self, workspace: Workspace, *, actor: Actor) -> None:
        """Save where the window is."""
        places.save_workspace(self._shop, workspace, actor)

    def slot_numbers(self) -> Numbers:
        """Return the numbers that the bench's slots were given; none where nobody ever numbered them."""
        return slots.slot_numbers(self._shop)

    def save_slot_numbers(self, numbers: Numbers, *, actor: Actor) -> None:
        """Keep the numbers in place of what was kept before; the same ones twice are saved once."""
        slots.save_slot_numbers(self._shop, numbers, actor)

    def slot_days(self, day: date | None = None) -> tuple[SlotDay, ...]:
        """Return what happened at each slot on a day; today when left out."""
        return slots.slot_days(self._shop, day)

    def save_slot_days(self, days: tuple[SlotDay, ...]) -> None:
        """Keep what was counted at some slots in place of what was kept of their days before.

        These counts are signs of bad cables, and no part of a deal: they are no entries of the audit log.
        """
        slots.save_slot_days(self._shop, days)

    def photos(self, inspection_id: str) -> Photos:
        """Return an inspection's photos, and those of earlier inspections of the same phone."""
        return photos.photos(self._shop, inspection_id)

    def add_photo(
        self, inspection_id: str, question: str, picture: Picture, *, source: PhotoSource, actor: Actor
    ) -> Photos:
        """Save that a picture, which is kept already, shows what a question asks for.

        Raises:
            BadInput: An unknown inspection or question.
        """
        return photos.add_photo(self._shop, inspection_id, question, picture, source=source, actor=actor)

    def remove_photo(self, photo_id: str, *, actor: Actor) -> Photos:
        """Save that a photo counts no more; its row and its file stay."""
        return photos.remove_photo(self._shop, photo_id, actor)

    def inspection_named(self, name: str) -> str:
        """Return the id of the inspection that is called so, or of the phone's newest by its IMEI or serial."""
        return photos.inspection_named(self._shop, name)

    def close(self) -> None:
        """Let go of the database; the desk cannot be used afterwards."""
        self._shop.close()
