"""What the window remembers on this computer: colours, language, the order of the ports. A small JSON file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

FILE = "window.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices of this computer.

    Attributes:
        mode: ``system``, ``light``, ``dark`` or ``contrast``.
        language: Two letters; ``""`` for the configuration's.
        ports: Port ids in the order in which they were learned.
        chosen: Id of the port that was chosen last: its phone is shown before the database is open.
        seen: What ``system`` meant when the program ran last: the first picture is painted so.
        practised: The way to the practice phones was shown.
        numbers: The slots' numbers as the desk keeps them, so that the first picture stands as it will stay.
        numbers_saved: Whether the desk has them.
        photo_folder: Watched for new photos; ``""`` for none, until a person chooses one.
    """

    mode: str = "system"
    language: str = ""
    ports: tuple[str, ...] = ()
    chosen: str = ""
    seen: str = ""
    practised: bool = False
    numbers: tuple[tuple[int, tuple[str, ...]], ...] = ()
    numbers_saved: bool = True
    photo_folder: str = ""


class SettingsFile:
    """Keeps `Settings` in a file; one that is missing or broken means the defaults, for nothing in it is precious.

    Args:
        folder: The data folder; ``None`` keeps the settings in memory only.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder else None
        self._run: Callable[[Callable[[], None]], None] = _at_once
        self.now = _loaded(self._path) if self._path else Settings()

    def write_with(self, run: Callable[[Callable[[], None]], None]) -> None:
        """Have the file written by ``run`` from now on: off the window's thread."""
        self._run = run

    def change(self, **changes: Any) -> None:
        """Change some settings and have the file written; a folder that cannot be written only forgets."""
        changed = replace(self.now, **changes)
        if changed == self.now:
            return
        self.now = changed
        if self._path is not None:
            self._run(partial(_write, self._path, changed))


def _at_once(task: Callable[[], None]) -> None:
    task()


def _loaded(path: Path) -> Settings:
    if not path.exists():
        return Settings()
    import json

    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        ports = tuple(str(port) for port in document.get("ports", ()))
        mode, language = str(document.get("mode", "system")), str(document.get("language", ""))
        chosen, seen = str(document.get("chosen", "")), str(document.get("seen", ""))
        numbers = tuple(
            (int(number), tuple(map(str, slots))) for number, slots in document.get("numbers", ())
        )
        practised, saved = document.get("practised") is True, document.get("numbers_saved") is not False
        folder = str(document.get("photo_folder", ""))
        return Settings(mode, language, ports, chosen, seen, practised, numbers, saved, folder)
    except (OSError, ValueError, AttributeError, TypeError):
        return Settings()


def _write(path: Path, settings: Settings) -> None:
    import json

    draft = path.with_suffix(".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
        draft.replace(path)
    except OSError:
        return
