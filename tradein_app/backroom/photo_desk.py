"""The photos in the backroom, as the window holds them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from diagnostics.errors import ServiceMissing
from tradein_app.backroom.desk import PATIENCE
from tradein_app.backroom.process import ENDED

if TYPE_CHECKING:
    from tradein_app.backroom.process import Backroom
    from tradein_app.services.photo_records import Photos, PhotoSource, Picture
    from tradein_app.services.photo_watching import Arrivals
    from tradein_app.services.records import Actor


class RemotePhotos:
    """Implements `tradein_app.services.photo_door.PhotoDoor`: pictures are made beside the desk, never before it.

    Args:
        backroom: Where it is done.
    """

    def __init__(self, backroom: Backroom) -> None:
        self._backroom = backroom

    def keep(self, photo: Path | bytes) -> Picture:
        """Keep the picture of a file or of a camera."""
        return cast("Picture", self._call("pictures", "keep", photo))

    def preview(self, path: Path) -> bytes:
        """Return a small JPEG of a file that is not kept."""
        return cast("bytes", self._call("pictures", "preview", path))

    def picture(self, digest: str) -> bytes:
        """Return a kept picture as a JPEG."""
        return cast("bytes", self._call("pictures", "picture", digest))

    def thumbnail(self, digest: str) -> bytes:
        """Return a small JPEG of a kept picture."""
        return cast("bytes", self._call("pictures", "thumbnail", digest))

    def photos(self, inspection_id: str) -> Photos:
        """Return a phone's photos."""
        return cast("Photos", self._call("desk", "photos", inspection_id))

    def add(
        self, inspection_id: str, question: str, picture: Picture, *, source: PhotoSource, actor: Actor
    ) -> Photos:
        """Save that a kept picture shows what a question asks for."""
        done = self._call("desk", "add_photo", inspection_id, question, picture, source=source, actor=actor)
        return cast("Photos", done)

    def remove(self, photo_id: str, *, actor: Actor) -> Photos:
        """Save that a photo counts no more."""
        return cast("Photos", self._call("desk", "remove_photo", photo_id, actor=actor))

    def arrivals(self, folder: Path) -> Arrivals:
        """Return what came into a folder since the look before."""
        return cast("Arrivals", self._backroom.call("arrivals", "arrivals", folder))

    def _call(self, room: str, name: str, *arguments: object, **named: object) -> object:
        """Ask, and ask the next backroom where one died over it: nothing here happens twice by that."""
        try:
            return self._backroom.call(room, name, *arguments, **named)
        except ServiceMissing as error:
            if error.code != ENDED or not self._backroom.wait_until_up(PATIENCE):
                raise
        return self._backroom.call(room, name, *arguments, **named)
