"""The storage, from lockdown's ``com.apple.disk_usage``.

What is free is "about" so much: the phone counts purgeable space in another way than its Settings do since iOS 11
(libimobiledevice #564, #1572).
"""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.apple.values import Found, first_plausible, mapping, whole
from diagnostics.building import ReadingBuilder
from diagnostics.model import Quality

DOMAIN = "com.apple.disk_usage"
FIELDS = ("storage.capacity_gb", "storage.total_bytes", "storage.free_bytes")
BOX_SIZES_GB: Mapping[int, tuple[float, ...]] = {
    **{size: (size * 1e9,) for size in (4, 8, 16, 32, 64, 128, 256, 512)},
    1024: (1000e9, 1024e9),
    2048: (2000e9, 2048e9),
}
"""Size on the box: the bytes that such phones count. What is sold as 1 TB is 1000 or 1024 GB."""
TOLERANCE = 0.03
"""31,708,938,240 bytes are a 32 GB phone, 127,989,493,760 and 128,000,000,000 a 128 GB one (Netimobiledevice #19)."""
MOST_BYTES = 2**42


def box_size_gb(total_bytes: int) -> int | None:
    """Return the size on the box in GB (1024 for 1 TB); ``None`` if no size sold is within 3 %.

    The sizes differ by a factor of two, so a size that is found is certain.
    """
    for size, counted in BOX_SIZES_GB.items():
        if any(abs(total_bytes - bytes_) <= TOLERANCE * bytes_ for bytes_ in counted):
            return size
    return None


def read_storage(domain: object, builder: ReadingBuilder) -> None:
    """Read the size on the box, all bytes and the free ones."""
    values = mapping(domain)
    total = _read_total(values, builder)
    _read_free(values, total, builder)


def _read_total(values: Mapping[str, object], builder: ReadingBuilder) -> int | None:
    fields, source = ("storage.total_bytes", "storage.capacity_gb"), f"{DOMAIN} TotalDiskCapacity"
    raw = values.get("TotalDiskCapacity")
    total = whole(raw, 1, MOST_BYTES)
    size = box_size_gb(total) if total is not None else None
    for field, value in zip(fields, (total, size), strict=True):
        if raw is None:
            builder.problem(field, "absent")
        elif size is None:
            builder.reject(field, source, raw=raw, code=Found(source, raw, None).why)
        else:
            builder.put(field, value, source, raw=raw)
    return total if size is not None else None


def _read_free(values: Mapping[str, object], total: int | None, builder: ReadingBuilder) -> None:
    keys = [key for key in ("AmountDataAvailable", "TotalDataAvailable") if key in values]
    # A phone that tells zero for everything tells nothing: a full one is believed beside a size that can be right.
    limits = (1, MOST_BYTES) if total is None else (0, total)
    found = first_plausible(
        Found(f"{DOMAIN} {key}", values[key], whole(values[key], *limits)) for key in keys
    )
    if found is None:
        builder.problem("storage.free_bytes", "absent")
    elif found.value is None:
        builder.reject("storage.free_bytes", found.source, raw=found.raw, code=found.why)
    else:
        builder.put("storage.free_bytes", found.value, found.source, raw=found.raw, quality=Quality.ESTIMATE)
