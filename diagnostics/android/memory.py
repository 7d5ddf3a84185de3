"""Puts the memory into a reading: as its maker wrote it, else the size that holds what the kernel has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from diagnostics.android.asking import Answers
from diagnostics.android.parsers import meminfo
from diagnostics.android.refusals import explain, text
from diagnostics.android.rules import rules
from diagnostics.android.storage import most_stated
from diagnostics.building import ReadingBuilder
from diagnostics.model import Quality

_FIELD = "storage.ram_gb"
_GIBI = 2**30
_MEBI_IN_GIBI = 1024
_STATED = re.compile(r"^\W*(\d{1,6}) ?([GM])(?:i?B)?\b", re.IGNORECASE)
_BYTES = re.compile(r"\d{9,12}")


def fill(builder: ReadingBuilder, properties: Mapping[str, str], answers: Answers) -> None:
    """Put the memory; the swap that makers sell as additional memory is none."""
    total = meminfo.total(text(answers, "meminfo"))
    for name in rules("memory")["properties"]:
        stated = _stated(properties.get(name, ""))
        if stated and total and stated > most_stated(total / _GIBI, rules("memory")["box_gb"]):
            _contradict(builder, name, properties[name], total)
            return
        if stated and (total is None or stated * _GIBI >= total):
            builder.put(_FIELD, stated, f"getprop {name}", raw=properties[name])
            return
    if total is None:
        explain(builder, _FIELD, answers, "meminfo")
    else:
        _fill_from_kernel(builder, total)


def _contradict(builder: ReadingBuilder, name: str, stated: str, total: int) -> None:
    """Use neither of two sizes that cannot both be right, and keep both."""
    source, measured = f"getprop {name}", f"MemTotal {total // 1024} kB"
    builder.witness(_FIELD, "stated", source, raw=stated, quality=Quality.REJECTED)
    builder.witness(_FIELD, "kernel", "/proc/meminfo", raw=measured, quality=Quality.REJECTED)
    builder.reject(_FIELD, source, raw=f"{stated}, {measured}", code="contradiction")


def _stated(value: str) -> int | None:
    """Return whole gibibytes of a size that memory has: ``8GiB,Samsung``, ``12GB``, ``6G``, ``8192MB`` or bytes."""
    if _BYTES.fullmatch(value):
        size = int(value) / _GIBI
    elif match := _STATED.match(value):
        size = int(match[1]) / (1 if match[2].upper() == "G" else _MEBI_IN_GIBI)
    else:
        return None
    return int(size) if size in rules("memory")["box_gb"] else None


def _fill_from_kernel(builder: ReadingBuilder, total: int) -> None:
    source = "smallest memory that holds MemTotal (/proc/meminfo)"
    if box := memory_size(total):
        builder.put(_FIELD, box, source, raw=f"{total // 1024} kB", quality=Quality.ESTIMATE)
    else:
        builder.reject(_FIELD, source, raw=f"{total // 1024} kB")


def memory_size(total: int) -> int | None:
    """Return the memory on the box for so many bytes, or ``None`` where it does not tell.

    The smallest size that holds it; the kernel must have at least 85 % of it, the rest is the modem's and the screen's.
    """
    box: int | None = next((gb for gb in sorted(rules("memory")["box_gb"]) if total <= gb * _GIBI), None)
    return box if box and total >= rules("memory")["least_share"] * box * _GIBI else None
