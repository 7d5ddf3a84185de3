"""What is left of an error that nobody expected: a report that can be sent, without personal data."""

from __future__ import annotations

import platform
import re
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

KEPT = 20
"""So many reports are kept; the oldest go."""

_PERSONAL = re.compile(r"'[^']*'|\"[^\"]*\"|\S+@\S+|[\w.+-]*\d{4,}[\w.+-]*|\b[0-9A-Fa-f-]{6,}\b")
"""Quoted texts, addresses, serials, IMEIs: whatever a message may have taken from a phone or a person."""


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What can be copied and sent.

    Attributes:
        title: The exception's kind and message, without personal data.
        text: The whole report.
        path: Where it was saved; ``None`` when it was not, or could not be.
    """

    title: str
    text: str
    path: Path | None = None


class ErrorElsewhere(Exception):
    """An unexpected error in another process of this program, whose report was made there.

    Args:
        report: Free of personal data already.
    """

    def __init__(self, report: CrashReport) -> None:
        super().__init__(report)
        self.report = report


def make_report(error: BaseException) -> CrashReport:
    """Return a report that names places in the program, and nothing about a phone or a person."""
    if isinstance(error, ErrorElsewhere):
        return error.report
    chain = list(_chain(error))
    parts = [line for link in chain for line in (_title(link), *_places(link))]
    return CrashReport(_title(error), "\n".join([head(), *parts]) + "\n")


def head() -> str:
    """Return a report's first line: this program, and what it runs on."""
    return (
        f"tradein {version()}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )


def save_report(error: BaseException, folder: Path) -> CrashReport:
    """Save a report under the present time; its path is ``None`` when the folder cannot be written.

    Args:
        error: What happened.
        folder: Made when needed; only the newest reports stay in it.
    """
    report = make_report(error)
    path = folder / datetime.now(UTC).strftime("crash-%Y%m%dT%H%M%S-%fZ.txt")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(report.text, encoding="utf-8")
        for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
            old.unlink()
    except OSError:
        return report
    return CrashReport(report.title, report.text, path)


def version() -> str:
    """Return this program's version; ``unknown`` when it runs without having been installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("tradein")
    except PackageNotFoundError:
        return "unknown"


def _chain(error: BaseException | None) -> list[BaseException]:
    links: list[BaseException] = []
    while error is not None and error not in links:
        links.append(error)
        error = error.__cause__ or error.__context__
    return links


def _title(error: BaseException) -> str:
    return f"{type(error).__name__}: {_PERSONAL.sub('…', str(error))[:300]}".rstrip(": ")


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    """Return a file's last three parts: enough to find it, and no user's name."""
    return "/".join(Path(filename).parts[-3:])
