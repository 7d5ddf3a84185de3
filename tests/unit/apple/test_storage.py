"""The size on the box, and how much is about free."""

from __future__ import annotations

import pytest

from diagnostics.apple.storage import box_size_gb, read_storage
from diagnostics.model import Quality, Storage
from tests.unit.apple.builders import builder, codes


@pytest.mark.parametrize(
    ("counted", "size"),
    [
        (31_708_938_240, 32),
        (127_989_493_760, 128),
        (128_000_000_000, 128),
        (255_983_177_728, 256),
        (1_000_000_000_000, 1024),
        (1_023_999_979_520, 1024),
        (2_000_000_000_000, 2048),
        (100_000_000_000, None),
        (0, None),
    ],
)
def test_bytes_snap_to_a_size_that_is_sold(counted, size):
    assert box_size_gb(counted) == size


def test_a_plain_answer():
    made = builder()
    read_storage(
        {
            "TotalDiskCapacity": 127989493760,
            "AmountDataAvailable": 70123456789,
            "TotalDataAvailable": 90123456789,
        },
        made,
    )
    reading = made.partial()
    assert reading.storage == Storage(capacity_gb=128, total_bytes=127989493760, free_bytes=70123456789)
    free = reading.evidence["storage.free_bytes"]
    assert (free.source, free.quality) == ("com.apple.disk_usage AmountDataAvailable", Quality.ESTIMATE)
    assert reading.problems == ()


def test_the_other_count_of_free_bytes_is_used_when_the_first_cannot_be_right():
    made = builder()
    read_storage(
        {"TotalDiskCapacity": 64 * 10**9, "AmountDataAvailable": 10**15, "TotalDataAvailable": 5}, made
    )
    assert made.partial().storage.free_bytes == 5


def test_nothing_free_is_a_value():
    made = builder()
    read_storage({"TotalDiskCapacity": 64 * 10**9, "AmountDataAvailable": 0}, made)
    assert made.partial().storage.free_bytes == 0


@pytest.mark.parametrize("total", [0, -1, 10**11, 10**15, 2**64 - 1, "64000000000", True, 6.4e10])
def test_a_total_that_no_phone_has_is_a_problem(total):
    made = builder()
    read_storage({"TotalDiskCapacity": total}, made)
    assert made.partial().storage == Storage()
    why = "not_a_number" if isinstance(total, str) else "implausible"
    assert codes(made, "storage.capacity_gb") == [why]
    assert codes(made, "storage.total_bytes") == [why]
    assert codes(made, "storage.free_bytes") == ["absent"]


def test_zero_for_everything_is_no_phone_that_is_full():
    made = builder()
    read_storage({"TotalDiskCapacity": 0, "AmountDataAvailable": 0, "TotalDataAvailable": 0}, made)
    assert made.partial().storage == Storage()
    assert codes(made, "storage.free_bytes") == ["implausible"]


def test_more_free_than_there_is_in_all_is_a_problem():
    made = builder()
    read_storage({"TotalDiskCapacity": 64 * 10**9, "AmountDataAvailable": 65 * 10**9}, made)
    assert made.partial().storage.capacity_gb == 64
    assert codes(made, "storage.free_bytes") == ["implausible"]


@pytest.mark.parametrize("domain", [None, {}, [], "x"])
def test_an_empty_domain_is_absent(domain):
    made = builder()
    read_storage(domain, made)
    for field in ("capacity_gb", "total_bytes", "free_bytes"):
        assert codes(made, f"storage.{field}") == ["absent"]
