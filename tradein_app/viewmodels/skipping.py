"""Says what a deal is closed without: photos that the rules ask for, and second looks that nobody made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.looking_again import surface_words

if TYPE_CHECKING:
    from tradein_app.services.records import InspectionRecord


def skipped_words(record: InspectionRecord | None, photos: int) -> str:
    """Return ``without 3 photos and without the second look at the back``; ``""`` where nothing is left out.

    Args:
        record: The inspection, open or closed.
        photos: How many it needs and does not have.
    """
    parts = [_photo_words(photos)] if photos else []
    parts += [_look_words(surface) for surface in _surfaces(record)]
    *others, last = parts or [""]
    return translate("skipping", "{0} and {1}").format(", ".join(others), last) if others else last


def _surfaces(record: InspectionRecord | None) -> list[str]:
    if record is None:
        return []
    from tradein_app.services.second_looks import asked

    return [look.surface for look in asked(record)]


def _photo_words(count: int) -> str:
    if count == 1:
        return translate("skipping", "without 1 photo")
    return translate("skipping", "without {0} photos").format(count)


def _look_words(surface: str) -> str:
    return translate("skipping", "without the second look at {0}").format(surface_words(surface))
