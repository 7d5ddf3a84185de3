"""Puts readings of Android phones into tables: makers down, fields across, and the source of each value below."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diagnostics.model import FieldName, LockState, Quality, Reading

_HEAD = """# What Android phones tell, by maker

Written by `python -m benchmarks.makers`; do not edit.

These are practice phones, built from documented formats (AOSP's sources, public dumps); none is a real phone, and every
identifier is made up. Each is read over adb's real protocol by the program's own reader. The number in brackets is the
source, listed below each table. `~` is an estimate, `?` a hint; a word in italics says why there is no value: *refused*
and *absent* are the phone's answers, *dial* asks a person to dial *#06#, *not proved* is a lock that nothing shows and
nothing disproves. What further sources said of a battery is kept beside the first plausible one: the last column counts
them. A reading says of each value also when it was read and what stood there.
"""
_GIGA = 10**9
_MARKS = {Quality.ESTIMATE: "~", Quality.HINT: "?"}
_WORDS = {
    "dial_imei": "dial", "not_proved_off": "not proved", "frp_not_proved": "not proved", "work_profile": "work profile",
    "foreign_system": "foreign keys", "setup_unfinished": "set-up unfinished",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One phone.

    Attributes:
        maker: As the program calls it.
        android: The version.
    """

    maker: str
    android: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class _Column:
    """One field; ``words`` makes its value short, or leaves it out where it is somebody's."""

    head: str
    field: FieldName
    words: Callable[[object], str] = str


def _gigabytes(value: object) -> str:
    return f"{value / _GIGA:.1f} GB" if isinstance(value, int) else str(value)


def _told(_: object) -> str:
    return "✓"


_TABLES: Mapping[str, tuple[_Column, ...]] = {
    "Identity": (
        _Column("name", "identity.model"), _Column("code", "identity.model_code"), _Column("region", "identity.region"),
        _Column("part number", "identity.part_number"), _Column("serial", "identity.serial", _told),
        _Column("IMEI", "identity.imei", _told), _Column("IMEI 2", "identity.imei2", _told),
    ),
    "Battery": (
        _Column("health %", "battery.health_percent"), _Column("cycles", "battery.cycle_count"),
        _Column("full mAh", "battery.full_mah"), _Column("design mAh", "battery.design_mah"),
        _Column("made", "battery.manufactured_on"), _Column("first used", "battery.first_used_on"),
        _Column("level %", "battery.level_percent"), _Column("°C", "battery.temperature_c"),
    ),
    "Storage and memory": (
        _Column("box", "storage.capacity_gb", "{} GB".format), _Column("/data", "storage.total_bytes", _gigabytes),
        _Column("free", "storage.free_bytes", _gigabytes), _Column("RAM", "storage.ram_gb", "{} GB".format),
    ),
    "Locks": (
        _Column("account", "locks.account"), _Column("reset protection", "locks.activation"),
        _Column("screen", "locks.screen"), _Column("MDM, finance", "locks.mdm"), _Column("SIM", "locks.sim"),
        _Column("card", "sim.status"), _Column("bootloader", "locks.bootloader"), _Column("root", "locks.root"),
    ),
}  # fmt: skip
_COUNTED = "Battery"


def document(rows: Sequence[Row]) -> str:
    """Return the whole document, the makers in order of the alphabet and of their versions."""
    ordered = sorted(
        rows, key=lambda row: (row.maker.lower(), _version(row.android), row.reading.identity.model_code)
    )
    makers = len({row.maker for row in rows})
    versions = sorted({int(row.android.split(".")[0]) for row in rows})
    counted = f"\n{len(rows)} phones of {makers} makers, Android {versions[0]} to {versions[-1]}.\n"
    return _HEAD + counted + "".join(_table(title, columns, ordered) for title, columns in _TABLES.items())


def _version(android: str) -> tuple[int, ...]:
    return tuple(int(part) for part in android.split("."))


def _table(title: str, columns: Sequence[_Column], rows: Sequence[Row]) -> str:
    sources: dict[str, int] = {}
    counted = title == _COUNTED
    heads = ["maker", "Android", *(column.head for column in columns), *(["others kept"] if counted else [])]
    lines = [_line(heads), "|" + "---|" * len(heads)]
    for row in rows:
        cells = [_cell(row.reading, column, sources) for column in columns]
        more = [str(_others(row.reading))] if counted else []
        lines.append(_line([row.maker, row.android, *cells, *more]))
    legend = "".join(f"{number}. `{source}`\n" for source, number in sources.items())
    return f"\n## {title}\n\n" + "\n".join(lines) + f"\n\n{legend}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(reading: Reading, column: _Column, sources: dict[str, int]) -> str:
    value, evidence = operator.attrgetter(column.field)(reading), reading.evidence.get(column.field)
    if value in {None, LockState.UNKNOWN} or evidence is None:
        return _gap(reading, column.field)
    number = sources.setdefault(evidence.source, len(sources) + 1)
    return f"{_MARKS.get(evidence.quality, '')}{_plain(column.words(value))} [{number}]"


def _gap(reading: Reading, field: FieldName) -> str:
    code = next((problem.code for problem in reading.problems if problem.field == field), "")
    return f"*{_WORDS.get(code, code)}*" if code else "–"


def _plain(text: str) -> str:
    """Return a phone's words so that no table takes them for marks."""
    return "".join(f"&#{ord(sign)};" if sign in "<>|*`&" else sign for sign in text)


def _others(reading: Reading) -> int:
    return sum(1 for _ in _kept_beside(reading))


def _kept_beside(reading: Reading) -> Iterator[str]:
    yield from (name for name in reading.evidence if name.startswith("battery.") and "@" in name)
