"""The repository of photos: rows are only ever added, also the one that takes a photo away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tradein_app.services.photo_records import Photo, PhotoSource, Picture
from tradein_app.services.records import Actor
from tradein_app.services.saved_rows import Entry
from tradein_app.store import tables


class SqlPhotos:
    """Implements `tradein_app.services.ports.PhotoRows`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, photo: Photo, entry: Entry) -> None:
        """Add a photo."""
        picture = photo.picture
        self._session.add(
            tables.Photo(
                id=photo.id,
                inspection_id=photo.inspection_id,
                entry=entry.sequence,
                actor_id=entry.actor.id,
                at=entry.at,
                question=photo.question,
                digest=picture.digest,
                original=picture.original,
                size=picture.size,
                width=picture.width,
                height=picture.height,
                source=photo.source.value,
                taken_at=picture.taken_at,
            )
        )
        self._session.flush()

    def remove(self, removal_id: str, photo: Photo, entry: Entry) -> None:
        """Say that a photo counts no more."""
        self._session.add(
            tables.PhotoRemoval(
                id=removal_id,
                inspection_id=photo.inspection_id,
                entry=entry.sequence,
                actor_id=entry.actor.id,
                at=entry.at,
                photo_id=photo.id,
            )
        )
        self._session.flush()

    def of_phone(self, phone_id: str) -> Sequence[Photo]:
        """Return the photos of all inspections of a phone that count, the oldest first."""
        inspections = select(tables.Inspection.id).filter_by(phone_id=phone_id)
        chosen = _photos().where(
            tables.Photo.inspection_id.in_(inspections), tables.PhotoRemoval.id.is_(None)
        )
        return [as_photo(*_parts(row)) for row in self._session.execute(chosen.order_by(tables.Photo.entry))]

    def get(self, photo_id: str) -> Photo | None:
        """Return one, also one that was taken away."""
        row = self._session.execute(_photos().where(tables.Photo.id == photo_id)).first()
        return as_photo(*_parts(row)) if row else None

    def inspection_named(self, name: str) -> str | None:
        """Return the newest inspection of the phone that has this IMEI, serial number or id of its own."""
        phone, inspection = tables.Phone, tables.Inspection
        called = or_(phone.imei == name, phone.serial == name, phone.device_id == name)
        chosen = select(inspection.id).join(phone, phone.id == inspection.phone_id).where(called)
        return self._session.scalars(chosen.order_by(inspection.opened_at.desc()).limit(1)).first()


def as_photo(row: tables.Photo, actor_name: str = "", removed_at: datetime | None = None) -> Photo:
    """Return a row as a record."""
    return Photo(
        id=row.id,
        inspection_id=row.inspection_id,
        question=row.question,
        picture=Picture(row.digest, row.original, row.size, row.width, row.height, row.taken_at),
        source=PhotoSource(row.source),
        added_at=row.at,
        by=Actor(row.actor_id, actor_name),
        removed_at=removed_at,
    )


def _parts(row: Any) -> tuple[tables.Photo, str, datetime | None]:
    photo, actor_name, removed_at = row
    return photo, actor_name, removed_at


def _photos() -> Any:
    photo, entry, removal = tables.Photo, tables.AuditEntry, tables.PhotoRemoval
    return (
        select(photo, entry.actor_name, removal.at)
        .join(entry, entry.sequence == photo.entry)
        .outerjoin(removal, removal.photo_id == photo.id)
    )
