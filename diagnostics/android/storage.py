"""Puts the storage into a reading: size on the box, and the bytes of /data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from diagnostics.android.asking import Answers
from diagnostics.android.parsers import disk
from diagnostics.android.refusals import explain, text
from diagnostics.android.rules import rules
from diagnostics.building import ReadingBuilder
from diagnostics.model import Quality

_GIGA = 10**9
_STATED = re.compile(r"^\W*(\d{1,4}) ?(GB|TB)\b", re.IGNORECASE)
LEAST_BYTES, MOST_BYTES = 10**9, 3 * 10**12
"""What the storage of a phone may hold."""


def fill(builder: ReadingBuilder, properties: Mapping[str, str], answers: Answers) -> None:
    """Put the partition's bytes, and the size on the box: as the maker wrote it into a property, else from /data."""
    partition = disk.parse(text(answers, "df"))
    if partition and _plausible(partition):
        quality = Quality.EXACT if partition.exact else Quality.ESTIMATE
        for field, value in (
            ("storage.total_bytes", partition.total),
            ("storage.free_bytes", partition.free),
        ):
            builder.put(field, value, "df -k /data", raw=partition.raw, quality=quality)
    else:
        _fill_capacity(builder, properties, None)
        _explain(builder, answers, partition)
        return
    _fill_capacity(builder, properties, partition)


def _plausible(partition: disk.Disk) -> bool:
    return LEAST_BYTES <= partition.total <= MOST_BYTES and 0 <= partition.free <= partition.total


def _explain(builder: ReadingBuilder, answers: Answers, partition: disk.Disk | None) -> None:
    for field in ("storage.total_bytes", "storage.free_bytes", "storage.capacity_gb"):
        if partition:
            builder.reject(field, "df -k /data", raw=partition.raw)
        else:
            explain(builder, field, answers, "df")


def _fill_capacity(
    builder: ReadingBuilder, properties: Mapping[str, str], partition: disk.Disk | None
) -> None:
    total = partition.total if partition else None
    for name in rules("storage")["properties"]:
        stated = _stated(properties.get(name, ""))
        if stated and partition and stated > most_stated(partition.total / _GIGA, rules("storage")["box_gb"]):
            _contradict(builder, name, properties[name], partition)
            return
        if stated and (total is None or stated * _GIGA >= total):
            builder.put("storage.capacity_gb", stated, f"getprop {name}", raw=properties[name])
            return
    if partition:
        _fill_from_partition(builder, partition)


def most_stated(measured: float, boxes: Sequence[int]) -> float:
    """Return the largest size on the box that can be believed beside a measurement, in its unit.

    It is one size above the smallest that holds it, for a maker may keep more for himself than others do.
    """
    holding = [box for box in sorted(boxes) if box >= measured]
    return holding[:2][-1] if holding else measured


def _contradict(builder: ReadingBuilder, name: str, stated: str, partition: disk.Disk) -> None:
    """Use neither of two sizes that cannot both be right, and keep both: the price hangs on it."""
    field, source = "storage.capacity_gb", f"getprop {name}"
    builder.witness(field, "stated", source, raw=stated, quality=Quality.REJECTED)
    builder.witness(field, "data", "df -k /data", raw=partition.raw, quality=Quality.REJECTED)
    measured = f"/data {partition.total / _GIGA:.0f} GB"
    builder.reject(field, source, raw=f"{stated}, {measured}", code="contradiction")


def _stated(value: str) -> int | None:
    match = _STATED.match(value)
    if not match:
        return None
    size = int(match[1]) * (1024 if match[2].upper() == "TB" else 1)
    return size if size in rules("storage")["box_gb"] else None


def _fill_from_partition(builder: ReadingBuilder, partition: disk.Disk) -> None:
    box = box_size(partition.total)
    source = "smallest box that holds /data (df -k /data)"
    if box:
        builder.put("storage.capacity_gb", box, source, raw=partition.raw, quality=Quality.ESTIMATE)
    else:
        builder.reject("storage.capacity_gb", source, raw=partition.raw)


def box_size(total: int) -> int | None:
    """Return the box size in GB for a data partition of so many bytes, or ``None`` where it does not tell.

    The smallest size that holds it; the partition must fill at least 55 % of it.
    """
    boxes = sorted(rules("storage")["box_gb"])
    box: int | None = next((gb for gb in boxes if total <= gb * _GIGA), None)
    return box if box and total >= rules("storage")["least_share"] * box * _GIGA else None
