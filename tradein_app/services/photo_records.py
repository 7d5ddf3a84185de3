"""What the photos of an inspection are: frozen records that may cross processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tradein_app.services.records import Actor


class PhotoSource(StrEnum):
    """Where a photo came from."""

    FILE = "file"
    FOLDER = "folder"
    CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept: upright, small enough, and without anything that was written into it.

    Attributes:
        digest: SHA-256 of the kept bytes, in hexadecimal; also the file's name.
        original: SHA-256 of the bytes that it was made of: what tells that two photos were one file.
        size: Bytes.
        width: Pixels.
        height: Pixels.
        taken_at: When the camera says it was taken, UTC; ``None`` where it does not say so with its zone.
    """

    digest: str
    original: str
    size: int
    width: int
    height: int
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a question, as it is saved.

    Attributes:
        id: UUIDv7.
        inspection_id: The inspection that it belongs to.
        question: The question that it shows.
        picture: What it shows.
        source: Where it came from.
        added_at: When it was added, UTC.
        by: Who added it.
        removed_at: When a person took it away again, UTC; ``None`` while it counts.
    """

    id: str
    inspection_id: str
    question: str
    picture: Picture
    source: PhotoSource
    added_at: datetime
    by: Actor
    removed_at: datetime | None = None

    def facts(self) -> dict[str, object]:
        """Return what the audit entry of this photo vouches for, as JSON."""
        picture = self.picture
        return {
            "question": self.question,
            "digest": picture.digest,
            "original": picture.original,
            "size": picture.size,
            "pixels": [picture.width, picture.height],
            "source": self.source.value,
            "taken_at": picture.taken_at.isoformat() if picture.taken_at else None,
        }

    @property
    def at(self) -> datetime:
        """When it was taken, or added where the camera did not say."""
        return self.picture.taken_at or self.added_at


@dataclass(frozen=True, slots=True)
class Photos:
    """The photos of one phone, the oldest first.

    Attributes:
        inspection_id: Whose own ones they are.
        own: Those of this inspection that count.
        earlier: Those of earlier inspections of the same phone.
    """

    inspection_id: str
    own: tuple[Photo, ...] = ()
    earlier: tuple[Photo, ...] = ()

    def of(self, question: str) -> tuple[Photo, ...]:
        """Return the photos of one question, this inspection's first."""
        return tuple(photo for photo in (*self.own, *self.earlier) if photo.question == question)

    def own_of(self, question: str) -> tuple[Photo, ...]:
        """Return this inspection's photos of one question."""
        return tuple(photo for photo in self.own if photo.question == question)

    @property
    def questions(self) -> frozenset[str]:
        """The questions of which this inspection has a photo."""
        return frozenset(photo.question for photo in self.own)
