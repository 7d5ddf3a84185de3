"""What the services of photos ask of a store."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tradein_app.services.photo_records import Photo
    from tradein_app.services.saved_rows import Entry


class PhotoRows(Protocol):
    """The photos: only ever added, also the row that takes one away."""

    def add(self, photo: Photo, entry: Entry) -> None:
        """Add a photo."""
        ...

    def remove(self, removal_id: str, photo: Photo, entry: Entry) -> None:
        """Say that a photo counts no more."""
        ...

    def of_phone(self, phone_id: str) -> Sequence[Photo]:
        """Return the photos of all inspections of a phone that count, the oldest first."""
        ...

    def get(self, photo_id: str) -> Photo | None:
        """Return one, also one that was taken away."""
        ...

    def inspection_named(self, name: str) -> str | None:
        """Return the newest inspection of the phone that has this IMEI, serial number or id of its own."""
        ...
