"""``tradein photo``: adds photos to an inspection and lists them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diagnostics.errors import UserError
from tradein_app.cli.output import put_json, put_line, put_table, say
from tradein_app.config import load_config

if TYPE_CHECKING:
    from tradein_app.services.photo_door import PhotoDesk
    from tradein_app.services.photo_records import Photo, Photos

SCHEMA = "tradein/photos-1"


def add_photos(name: str, files: Sequence[str], question: str, *, as_json: bool) -> int:
    """Add photos to a question of an inspection; returns 1 when one of the files could not be taken.

    Args:
        name: The inspection's id, or the phone's IMEI or serial number.
        files: Their paths.
        question: What they show.
        as_json: Print one JSON document.
    """
    from diagnostics.grading.checklist import load_checklist

    desk = _opened()
    try:
        inspection_id = desk.named(name)
        load_checklist(desk.checklist_of(inspection_id)).question(question)
        failed = [file for file in files if not _add(desk, inspection_id, question, file)]
        _show(desk, desk.photos(inspection_id), as_json=as_json)
    finally:
        desk.close()
    return 1 if failed else 0


def list_photos(name: str, *, as_json: bool) -> int:
    """List the photos of a phone, those of its earlier inspections too; returns 1 when a file is gone or damaged."""
    desk = _opened()
    try:
        whole = _show(desk, desk.photos(desk.named(name)), as_json=as_json)
    finally:
        desk.close()
    return 0 if whole else 1


def _opened() -> PhotoDesk:
    from tradein_app.bootstrap import open_photos

    return open_photos(load_config())


def _add(desk: PhotoDesk, inspection_id: str, question: str, file: str) -> bool:
    """Add one photo; what is wrong with it is said, and the others go on."""
    from tradein_app.services.photo_records import PhotoSource
    from tradein_app.services.records import THE_PERSON

    try:
        picture = desk.keep(Path(file))
        desk.add(inspection_id, question, picture, source=PhotoSource.FILE, actor=THE_PERSON)
    except UserError as error:
        if error.code == "inspection_closed":
            raise
        say(f"{file}: {error}")
        return False
    return True


def _show(desk: PhotoDesk, photos: Photos, *, as_json: bool) -> bool:
    """Print the photos, and return whether all of their files are as they were kept."""
    rows = [_row(desk, photo, photos.inspection_id) for photo in (*photos.own, *photos.earlier)]
    if as_json:
        put_json({"schema": SCHEMA, "inspection": photos.inspection_id, "photos": rows})
    elif not rows:
        put_line("No photos.")
    else:
        heads = ("Question", "Added", "Pixels", "From", "File")
        put_table(heads, [_cells(row) for row in rows], title=photos.inspection_id)
    return all(row["problem"] is None for row in rows)


def _row(desk: PhotoDesk, photo: Photo, inspection_id: str) -> dict[str, Any]:
    picture = photo.picture
    return {
        "id": photo.id,
        "inspection": photo.inspection_id,
        "earlier": photo.inspection_id != inspection_id,
        "question": photo.question,
        "sha256": picture.digest,
        "width": picture.width,
        "height": picture.height,
        "size": picture.size,
        "source": photo.source.value,
        "taken_at": picture.taken_at.isoformat() if picture.taken_at else None,
        "added_at": photo.added_at.isoformat(),
        "by": photo.by.name,
        "problem": _problem(desk, picture.digest),
    }


def _problem(desk: PhotoDesk, digest: str) -> str | None:
    try:
        desk.picture(digest)
    except UserError as error:
        return error.code
    return None


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    when = f"{row['added_at'][:16]}Z" + (" (earlier)" if row["earlier"] else "")
    state = row["problem"] or f"{row['sha256'][:2]}/{row['sha256'][2:10]}…"
    return row["question"], when, f"{row['width']}×{row['height']}", row["source"], state
