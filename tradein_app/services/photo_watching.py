"""Looks at a folder into which a phone or a scanner drops photos: what is new there, and written to its end.

It is looked at once a second instead of waiting for the system's news: folders of a network give none, no system tells
on all of them when a file is complete, and a look at a thousand files takes a millisecond.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

KINDS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"})
"""How names end that are looked at; drafts of programs that copy end otherwise (``.part``, ``.crdownload``)."""

_Form = tuple[int, int]
"""Size in bytes and time of the last change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What a look at the folder found.

    Attributes:
        files: New since the look before, and no longer growing; the oldest first.
        away: The folder cannot be looked at now.
    """

    files: tuple[Path, ...] = ()
    away: bool = False


class FolderWatch:
    """Remembers what it saw: what lies there at the first look is somebody's album, and never taken.

    A file counts as complete when two looks find the same size and time; one that changes after that counts anew, so
    that a copy that had only paused is not lost.

    Args:
        folder: Need not be there yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._told: dict[str, _Form] | None = None
        self._growing: dict[str, _Form] = {}

    def look(self) -> Arrivals:
        """Return what came since the look before."""
        try:
            seen = _seen(self.folder)
        except OSError:
            return Arrivals(away=True)
        if self._told is None:
            self._told = seen
            return Arrivals()
        new = {name: form for name, form in seen.items() if self._told.get(name) != form}
        whole = [name for name, form in new.items() if form[0] and self._growing.get(name) == form]
        self._growing = new
        self._told.update({name: new[name] for name in whole})
        return Arrivals(tuple(self.folder / name for name in sorted(whole, key=lambda name: new[name][1])))


class Watching:
    """Keeps the watch of the folder that is asked for; another folder begins anew."""

    def __init__(self) -> None:
        self._watch: FolderWatch | None = None

    def arrivals(self, folder: Path) -> Arrivals:
        """Return what came into a folder since the look before; see `FolderWatch`."""
        if self._watch is None or self._watch.folder != folder:
            self._watch = FolderWatch(folder)
        return self._watch.look()


def _seen(folder: Path) -> dict[str, _Form]:
    found: dict[str, _Form] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            hidden = entry.name.startswith((".", "~"))
            if not hidden and os.path.splitext(entry.name)[1].lower() in KINDS:  # noqa: PTH122 - a thousand names
                _note(entry, found)
    return found


def _note(entry: os.DirEntry[str], found: dict[str, _Form]) -> None:
    try:
        if entry.is_file():
            said = entry.stat()
            found[entry.name] = said.st_size, said.st_mtime_ns
    except OSError:
        return  # it went between being listed and being looked at
