"""``tradein db backup`` and ``tradein db restore``: copies of what a shop has, and putting one back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tradein_app import bootstrap
from tradein_app.cli.keeping import SCHEMA
from tradein_app.cli.output import put_json, put_line, say
from tradein_app.config import load_config

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tradein_app.store.backing_up import Backup
    from tradein_app.store.copying import Summary
    from tradein_app.store.restoring import Restored
    from tradein_app.store.verifying import Check

NOT_INCLUDED = "keys of pairing, reports, and answers that a running window has not saved yet"

_KILO, _MEGA = 1_000, 1_000_000


def back_up_database(file: str, *, as_json: bool) -> int:
    """Make a backup; returns 1 where something in it is not as it was written, else 0."""
    made = bootstrap.back_up(load_config(), Path(file).expanduser().absolute())
    if as_json:
        put_json({"schema": SCHEMA, **_backup_json(made)})
    else:
        put_line(f"The backup {made.path} is made and was read again: {_size(made.size)}.")
        put_line(f"It holds {_words(made.holds)} and {made.files} other files (photos, prices, papers).")
        put_line(f"Not in it: {NOT_INCLUDED}.")
    return _said(made.checks)


def restore_database(file: str, *, anyway: bool, as_json: bool) -> int:
    """Put a backup back; returns 1 where something in it is not as it was written, else 0."""
    config = load_config()
    done = bootstrap.restore(config, Path(file).expanduser().absolute(), anyway=anyway)
    if as_json:
        put_json({"schema": SCHEMA, "database": bootstrap.database_place(config), **_restored_json(done)})
    else:
        put_line(f"Restored: {_words(done.holds)}.")
        put_line(f"{_files(done.files)}." if done.made_at else _bare())
        if done.kept:
            put_line(f"The database that was there before is kept: {done.kept}")
        if done.replaced:
            put_line(f"Files that differed are kept in: {done.replaced}")
    return _said(done.checks)


def _files(count: int) -> str:
    return f"{count or 'No'} other file{'' if count == 1 else 's'} had to be put back"


def _bare() -> str:
    return "The file is a bare database: photos and prices are as they were."


def _words(holds: Summary) -> str:
    if holds.newest is None:
        return "a database without inspections"
    count = "1 inspection" if holds.inspections == 1 else f"{holds.inspections} inspections"
    return f"{count}, the newest of {holds.newest.astimezone():%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    return f"{size / _MEGA:.1f} MB" if size >= _MEGA else f"{size / _KILO:.1f} kB"


def _said(checks: Iterable[Check]) -> int:
    """Say what is not as it should be; an older revision is none of that."""
    bad = [check for check in checks if not check.ok and check.name != "schema"]
    for check in bad:
        say(f"tradein: {check.name}: {check.detail}")
    return 1 if bad else 0


def _checks_json(checks: Iterable[Check]) -> list[dict[str, Any]]:
    return [{"check": check.name, "ok": check.ok, "detail": check.detail} for check in checks]


def _holds_json(holds: Summary) -> dict[str, Any]:
    return {
        "inspections": holds.inspections,
        "newest": _time(holds.newest),
        "entries": holds.entries,
        "last_entry": holds.last,
    }


def _backup_json(made: Backup) -> dict[str, Any]:
    about = {"backup": str(made.path), "bytes": made.size, "files": made.files}
    return {**about, **_holds_json(made.holds), "checks": _checks_json(made.checks)}


def _restored_json(done: Restored) -> dict[str, Any]:
    kept = {
        "kept": str(done.kept) if done.kept else None,
        "replaced": str(done.replaced) if done.replaced else None,
    }
    about = {"made_at": _time(done.made_at), "files": done.files, **_holds_json(done.holds), **kept}
    return {**about, "checks": _checks_json(done.checks)}


def _time(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at else None
