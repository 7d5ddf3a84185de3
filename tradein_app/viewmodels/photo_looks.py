"""How one photo looks small, and what is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from tradein_app.services.photo_records import Photo


class Look(StrEnum):
    """What there is to see."""

    COMING = "coming"
    SEEN = "seen"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Thumb:
    """A photo, small.

    Attributes:
        look: Whether there is one.
        image: It, where there is one.
        message: Why there is none.
        hint: What to do about that.
    """

    look: Look
    image: QImage | None = None
    message: str = ""
    hint: str = ""


def photo_words(photo: Photo, language: str, *, earlier: bool) -> str:
    """Return a photo's line: when it was taken or added, by whom, from where.

    Args:
        photo: Which.
        language: Two letters.
        earlier: It belongs to an earlier inspection of this phone.
    """
    from tradein_app.viewmodels.formatting import format_day, format_time

    when = (
        format_day(photo.at.astimezone(), language=language)
        if earlier
        else format_time(photo.at, language=language)
    )
    told = translate("photos", "taken {0}") if photo.picture.taken_at else translate("photos", "added {0}")
    parts = [told.format(when), _source_words(photo)]
    if earlier:
        parts.insert(0, translate("photos", "earlier inspection"))
    return " · ".join(parts)


def _source_words(photo: Photo) -> str:
    words = {
        "file": translate("photos", "from a file"),
        "folder": translate("photos", "from the watched folder"),
        "camera": translate("photos", "from the camera"),
    }
    return words[photo.source.value]
