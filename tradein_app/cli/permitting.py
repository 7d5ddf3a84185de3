"""``tradein udev``: the rule by which Linux lets a person open Android phones."""

from __future__ import annotations

from pathlib import Path

from diagnostics.android import permission
from tradein_app.cli.output import put_line, say


def show_rule() -> int:
    """Print the rule as it is written to a file; where it goes is said on stderr."""
    for line in permission.rule().splitlines():
        put_line(line)
    say(f"Belongs in {permission.FOLDER / permission.FILE}; “tradein udev --write” writes it.")
    return 0


def write_rule(folder: str) -> int:
    """Write the rule; returns the exit status.

    Args:
        folder: Where to; the system's own when empty.
    """
    written = permission.install(Path(folder) if folder else permission.FOLDER)
    put_line(f"{written} is written. Replug the phone.")
    return 0
