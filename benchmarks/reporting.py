"""What is found, as Markdown: the machine, the tables, what passes and what does not."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_VERSIONS = ("PySide6-Essentials", "pymobiledevice3", "adbutils", "SQLAlchemy")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words and figures; the first column is left-aligned, the others are right-aligned."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """Return it as a Markdown table."""
        rule = "|".join([" --- ", *(" ---: " for _ in self.headings[1:])])
        lines = [_line(self.headings), f"|{rule}|", *(_line(row) for row in self.rows)]
        return "\n".join(lines)


@dataclass(slots=True)
class Section:
    """One benchmark's result."""

    title: str
    method: str
    tables: list[Table] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """Return it with its heading."""
        tables = "\n\n".join(table.markdown() for table in self.tables)
        remarks = "\n".join(f"- {remark}" for remark in self.remarks)
        return "\n\n".join(part for part in (f"## {self.title}", self.method, tables, remarks) if part)


def verdict(value: float, bar: float) -> str:
    """Return whether a value is within its bar, which counts as within."""
    return "pass" if value <= bar else "**FAIL**"


def document(sections: Sequence[Section], command: str) -> str:
    """Return the whole report."""
    head = "# Benchmarks\n\nWritten by `make bench`; every bar is compared within one run on one machine."
    return "\n\n".join([head, _machine(command), *(section.markdown() for section in sections)]) + "\n"


def _machine(command: str) -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    packages = ", ".join(f"{name} {version(name)}" for name in _VERSIONS)
    rows = (
        ("Command", f"`{command}`"),
        ("Date", f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"),
        ("Machine", f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"),
        ("Load when written (1, 5, 15 min)", load),
        ("Versions", f"Python {platform.python_version()}, {packages}"),
    )
    return "\n".join(f"- {name}: {value}" for name, value in rows)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
