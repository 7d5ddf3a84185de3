"""What the window and the command line ask about photos, whichever process does it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tradein_app.services.desk import Desk
    from tradein_app.services.photo_pictures import Pictures
    from tradein_app.services.photo_records import Photos, PhotoSource, Picture
    from tradein_app.services.photo_watching import Arrivals, Watching
    from tradein_app.services.records import Actor


class PhotoDoor(Protocol):
    """Blocking; `Desk`, `Pictures` and `Watching` say what each of these does and raises."""

    def keep(self, photo: Path | bytes) -> Picture:
        """Keep the picture of a file or of a camera."""
        ...

    def preview(self, path: Path) -> bytes:
        """Return a small JPEG of a file that is not kept."""
        ...

    def picture(self, digest: str) -> bytes:
        """Return a kept picture as a JPEG."""
        ...

    def thumbnail(self, digest: str) -> bytes:
        """Return a small JPEG of a kept picture."""
        ...

    def photos(self, inspection_id: str) -> Photos:
        """Return a phone's photos."""
        ...

    def add(
        self, inspection_id: str, question: str, picture: Picture, *, source: PhotoSource, actor: Actor
    ) -> Photos:
        """Save that a kept picture shows what a question asks for."""
        ...

    def remove(self, photo_id: str, *, actor: Actor) -> Photos:
        """Save that a photo counts no more."""
        ...

    def arrivals(self, folder: Path) -> Arrivals:
        """Return what came into a folder since the look before."""
        ...


class PhotoDesk:
    """Does it all in this process, for the command line.

    Args:
        desk: Keeps the rows.
        pictures: Keeps the files.
        watching: Looks at folders.
    """

    def __init__(self, desk: Desk, pictures: Pictures, watching: Watching) -> None:
        self._desk = desk
        self.keep = pictures.keep
        self.preview = pictures.preview
        self.picture = pictures.picture
        self.thumbnail = pictures.thumbnail
        self.photos = desk.photos
        self.add = desk.add_photo
        self.remove = desk.remove_photo
        self.arrivals = watching.arrivals
        self.named = desk.inspection_named

    def checklist_of(self, inspection_id: str) -> str:
        """Return the id of the checklist that an inspection answers."""
        return self._desk.inspection(inspection_id).checklist

    def close(self) -> None:
        """Let go of the database."""
        self._desk.close()
