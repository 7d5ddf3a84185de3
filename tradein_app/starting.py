"""What happens after the first paint: slow imports, one at a time, on the worker's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from diagnostics.bench import Subscriber
    from diagnostics.grading.checklist import Checklist
    from tradein_app.backroom.process import Backroom
    from tradein_app.config import Config
    from tradein_app.services.door import Door
    from tradein_app.services.photo_door import PhotoDoor
    from tradein_app.services.price_page_door import PriceDoor
    from tradein_app.services.records import InspectionRecord, Workspace
    from tradein_app.services.unsaved import Unsaved

PAPERS = "quotes"


@dataclass(frozen=True, slots=True)
class Opened:
    """What the desk holds when the window opens."""

    desk: Door
    records: tuple[InspectionRecord, ...]
    workspace: Workspace
    unsaved: Unsaved


def open_checklist() -> Checklist:
    """Return the questions of phones; those of every other device are opened, too, so that the window never waits."""
    from diagnostics.grading.checklist import checklist_ids, load_checklist
    from diagnostics.grading.defects import load_defects

    for checklist_id in checklist_ids():
        load_checklist(checklist_id)
        load_defects(checklist_id)
    return load_checklist()


def open_saved(config: Config, backroom: Backroom) -> Opened:
    """Open the database and return where the work stands.

    Raises:
        ServiceMissing: The database cannot be used.
    """
    from tradein_app.backroom.desk import RemoteDesk
    from tradein_app.bootstrap import open_unsaved
    from tradein_app.services.records import THE_PERSON

    desk = RemoteDesk(backroom)
    return Opened(desk, desk.open_inspections(), desk.workspace(THE_PERSON), open_unsaved(config))


def open_photos(backroom: Backroom) -> PhotoDoor:
    """Return what photos are asked for; nothing is asked before it is called."""
    from tradein_app.backroom.photo_desk import RemotePhotos

    return RemotePhotos(backroom)


def open_prices(backroom: Backroom) -> PriceDoor:
    """Return what the page of prices asks; nothing is asked before it is opened."""
    from tradein_app.backroom.price_room import RemotePrices

    return RemotePrices(backroom)


def open_backroom(config: Config, subscriber: Subscriber) -> Backroom:
    """Start the process beside the window."""
    from tradein_app.backroom.process import Backroom

    backroom = Backroom(config, subscriber)
    backroom.start()
    return backroom


def paper_maker(config: Config, language: str) -> Callable[..., Path]:
    """Return what saves the customer's paper: ``save(record, accepted=False)``, of an offer or of a purchase."""

    def save(record: InspectionRecord, *, accepted: bool = False) -> Path:
        from tradein_app.documents.quote_paper import save_quote_pdf
        from tradein_app.documents.shop import load_shop
        from tradein_app.viewmodels.numbers import quote_number

        now, kind = datetime.now(UTC), "purchase" if accepted else "quote"
        path = config.home / PAPERS / f"{kind}-{now.astimezone():%Y%m%d}-{quote_number(record)}.pdf"
        at = now if accepted else None
        shop = load_shop(config.home)
        return save_quote_pdf(record, path, language=language, shop=shop, made=now, accepted_at=at)

    return save
